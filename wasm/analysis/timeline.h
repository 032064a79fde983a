// Packets and bytes per time bin.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::analysis {

using trace::PacketIndex;
using trace::Selection;
using trace::Trace;

struct TimeRange {
  int64_t first_ns = 0;  ///< the earliest time, wherever in the file it stands
  int64_t last_ns = 0;   ///< the latest time
};

/// Absent when nothing is selected.
std::optional<TimeRange> time_range(const Trace& trace, const Selection& selection);

/// Bin b holds the packets with from_ns + b * width_ns ≤ time < from_ns + (b + 1) * width_ns. The width is the smallest
/// whole number of nanoseconds with which the bins reach to `to_ns` inclusively.
struct Timeline {
  int64_t from_ns = 0;
  int64_t width_ns = 0;
  std::vector<uint32_t> packets;
  std::vector<uint64_t> bytes;  ///< empty where sizes are not known
  /// Selected packets whose time lies before `from_ns` or after `to_ns`.
  uint32_t outside = 0;
};

/// `bins` at least 1; a range that runs backwards has no packets. The packets' times may go backwards as they like.
Timeline timeline(const Trace& trace, const Selection& selection, int64_t from_ns, int64_t to_ns, uint32_t bins);

}  // namespace tracedrop::analysis
