// The answers as one JSON object: the contract's figures by name at the top, what stands behind them below.
//
//   { "packets": 2544, "total_time_s": 92.001504, …, "iat_zero": 181,      a figure that cannot be known is not there …
//     "unknown": {"rtt_ms": "No measurable handshake …"},                   … and here is why
//     "details": {
//       "bytes", "conversations", "tcp_connections", "first_time", "first_time_ns",
//       "idle_tail": {"first_packet", "gap_s", "packets", "keep_alives", "keep_alive_acks", "resets", "fins",
//       "neighbor_discovery", "other"} or null, "idle_tail_reason", "rtt": {"method", "samples", "sentence",
//       "initial_rtt_ms", "ambiguous_handshakes", "handshake_count",
//               "handshakes": [{"client", "server", "rtt_ms", "initial_rtt_ms", "captured_at_server", "syn", "syn_ack",
//               "ack"}], "data": [{"from", "to", "network": true, false or null, "samples", "min_ms", "median_ms",
//               "max_ms"}]},
//       "loss": {"verdict", "sentence", "retransmissions", "fast", "spurious", "timeout", "lost", "copies", "unmarked",
//                "needless": [{"retransmission", "proof", "why"}], "needless_count", "out_of_order", "lost_segments",
//                "acked_lost_segments", "duplicate_acks", "keep_alives", "keep_alive_acks"},
//       "size", "interarrival": {"count", "mean", "std", "min", "q25", "median", "q75", "p90", "max", "sum"} or null;
//                               interarrival in seconds, with "zero" and "negative"},
//     "warnings": [{"severity", "code", "text", "count", "offset" or "first_packet"}] }
//
// Packet numbers are those on screen, from 1. In rtt.data "from" sent the data and "to" acknowledged it. Lists of
// handshakes and needless retransmissions end after kMostListed, but their counts are complete; of directions those
// with the most samples are listed.
#pragma once

#include <cstddef>
#include <string>

#include "analysis/answers.h"
#include "trace/trace.h"

namespace tracedrop::exporting {

inline constexpr size_t kMostListed = 20;

std::string summary_json(const trace::Trace& trace, const analysis::Answers& answers);

}  // namespace tracedrop::exporting
