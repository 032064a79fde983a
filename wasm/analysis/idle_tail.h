// How long the trace is, and how long it was active: whether it ends in an idle tail, where a connection that nobody
// uses any more only keeps itself alive or closes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "analysis/timeline.h"
#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::analysis {

using trace::PacketIndex;
using trace::Selection;
using trace::Trace;

/// A gap longer than this, after the last packet that carries new data, ends the active time.
inline constexpr int64_t kIdleGapNs = 1'000'000'000;

struct IdleTail {
  PacketIndex first_packet = 0;   ///< the first packet of the tail
  PacketIndex before_packet = 0;  ///< the selected packet before it: the active time's last
  int64_t gap_ns = 0;             ///< the time between these two
  /// The tail's packets, and what they are (each counted once).
  uint32_t packets = 0;
  uint32_t keep_alives = 0;
  uint32_t keep_alive_acks = 0;
  uint32_t resets = 0;
  uint32_t fins = 0;
  uint32_t neighbor_discovery = 0;  ///< ARP too
  uint32_t other = 0;
};

struct Activity {
  /// Absent without packets or known times (Trace::unknown), like both that follow.
  std::optional<TimeRange> time;
  /// From the earliest to the latest selected packet, and to the last one before the idle tail.
  std::optional<int64_t> total_ns;
  std::optional<int64_t> active_ns;
  std::optional<IdleTail> idle_tail;
  /// Why the tail was cut, or why there is none: a sentence.
  std::string reason;
};

/// Whether packet i carries new data. A TCP segment does with a SYN or payload that is no retransmission, keep-alive or
/// zero-window probe; ARP and IPv6's neighbor discovery do not, as they only keep addresses known; anything else does
/// (a csv's rows that show another protocol included).
bool carries_new_data(const Trace& trace, PacketIndex i);

Activity activity(const Trace& trace, const Selection& selection);

}  // namespace tracedrop::analysis
