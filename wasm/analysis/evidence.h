// The packets that prove a figure: one click filters the table to them.
#pragma once

#include <string_view>

#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::analysis {

/// The selected packets behind a figure; the proof of a needless retransmission is shown even when it is not selected.
///
///   packets, size_mean, size_std, iat_mean_s            all selected packets
///   total_time_s, active_time_s                         the earliest and the latest packet (before the idle tail)
///   rtt_ms, handshake, data_rtt                         what was measured: SYN, SYN/ACK, ACK; segments and their ACKs
///   retransmissions, fast, spurious, timeout, lost      lost: when all are needless, these and their proofs
///   needless                                            needless retransmissions and their proofs
///   out_of_order, lost_segments, acked_lost_segments, duplicate_acks, keep_alives, keep_alive_acks
///   idle_tail                                           the packets of the idle tail
///   size_median, size_p90, iat_median_s, iat_p90_s      those that are at most as large (or came after such a gap)
///   size_min, size_max                                  those of that size
///   iat_max_s                                           the packets on both sides of the longest gaps
///   iat_zero, iat_negative                              those that came after such a gap
///   and each code of health.h
///
/// Empty for any other name.
trace::Selection evidence(const trace::Trace& trace, const trace::Selection& selection, std::string_view name);

}  // namespace tracedrop::analysis
