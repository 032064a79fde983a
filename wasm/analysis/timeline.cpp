#include "analysis/timeline.h"

#include <algorithm>

#include "analysis/walk.h"

namespace tracedrop::analysis {

std::optional<TimeRange> time_range(const Trace& trace, const Selection& selection) {
  if (selection.empty()) return std::nullopt;
  if (trace.columns.in_order()) {
    return TimeRange{trace.columns.ts_ns(selection.at(0)), trace.columns.ts_ns(selection.at(selection.count() - 1))};
  }
  TimeRange range{INT64_MAX, INT64_MIN};
  for_each_piece(trace.columns, selection, [&](const trace::Block& block, uint32_t from, uint32_t to, PacketIndex) {
    for (uint32_t at = from; at < to; ++at) {
      range.first_ns = std::min(range.first_ns, block.ts_ns[at]);
      range.last_ns = std::max(range.last_ns, block.ts_ns[at]);
    }
  });
  return range;
}

Timeline timeline(const Trace& trace, const Selection& selection, int64_t from_ns, int64_t to_ns, uint32_t bins) {
  bins = std::max(bins, 1U);
  Timeline line;
  line.from_ns = from_ns;
  line.packets.resize(bins);
  line.bytes.resize(bins);
  // The width of the whole range fits in 64 bits without a sign; to_ns itself belongs to the last bin, hence the + 1.
  const uint64_t span = to_ns < from_ns ? 0 : static_cast<uint64_t>(to_ns) - static_cast<uint64_t>(from_ns);
  const uint64_t width = span == UINT64_MAX && bins == 1 ? UINT64_MAX : span / bins + 1;
  line.width_ns = static_cast<int64_t>(std::min<uint64_t>(width, INT64_MAX));
  for_each_piece(trace.columns, selection, [&](const trace::Block& block, uint32_t from, uint32_t to, PacketIndex) {
    for (uint32_t at = from; at < to; ++at) {
      const int64_t ts_ns = block.ts_ns[at];
      if (ts_ns < from_ns || ts_ns > to_ns) {
        ++line.outside;
        continue;
      }
      const uint64_t since = static_cast<uint64_t>(ts_ns) - static_cast<uint64_t>(from_ns);
      const auto bin = std::min(static_cast<size_t>(since / width), size_t{bins} - 1);
      ++line.packets[bin];
      line.bytes[bin] += block.wire_len[at];
    }
  });
  if (!trace.unknown.sizes.empty()) line.bytes.clear();
  return line;
}

}  // namespace tracedrop::analysis
