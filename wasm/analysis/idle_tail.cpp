#include "analysis/idle_tail.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "analysis/absent.h"
#include "analysis/exact.h"
#include "analysis/words.h"

namespace tracedrop::analysis {

namespace {

/// Position in the selection of its last packet with new data, or count() when there is none.
uint32_t last_with_new_data(const Trace& trace, const Selection& selection) {
  for (uint32_t n = selection.count(); n-- > 0;)
    if (carries_new_data(trace, selection.at(n))) return n;
  return selection.count();
}

void count_kind(const Trace& trace, PacketIndex i, IdleTail& tail) {
  const uint16_t notes = trace.columns.notes(i);
  const uint16_t flags = trace.columns.flags(i);
  ++tail.packets;
  if ((flags & dissect::kRst) != 0) {
    ++tail.resets;
  } else if ((flags & dissect::kFin) != 0) {
    ++tail.fins;
  } else if ((notes & dissect::kKeepAlive) != 0) {
    ++tail.keep_alives;
  } else if ((notes & dissect::kKeepAliveAck) != 0) {
    ++tail.keep_alive_acks;
  } else if ((flags & dissect::kIsTcp) == 0) {
    ++tail.neighbor_discovery;
  } else {
    ++tail.other;
  }
}

std::string describe(const IdleTail& tail) {
  const std::array<std::pair<uint32_t, std::string>, 6> kinds{{
      {tail.keep_alives, counted(tail.keep_alives, "keep-alive")},
      {tail.keep_alive_acks, counted(tail.keep_alive_acks, "keep-alive ACK")},
      {tail.resets, counted(tail.resets, "RST")},
      {tail.fins, counted(tail.fins, "FIN")},
      {tail.neighbor_discovery,
       counted(tail.neighbor_discovery, "packet of ARP or neighbor discovery", "packets of ARP or neighbor discovery")},
      {tail.other, counted(tail.other, "other segment without new data", "other segments without new data")},
  }};
  const auto total =
      static_cast<size_t>(std::count_if(kinds.begin(), kinds.end(), [](auto& k) { return k.first > 0; }));
  std::string out = "After " + packet_number(tail.before_packet) + " nothing comes for " + duration(tail.gap_ns) +
                    ", and then no new data: only ";
  size_t index = 0;
  for (const auto& [count, text] : kinds)
    if (count > 0) append_part(out, text, index++, total);
  return out + ".";
}

std::optional<IdleTail> find_tail(const Trace& trace, const Selection& selection, uint32_t last_data) {
  PacketIndex before = selection.at(last_data);
  for (uint32_t n = last_data + 1; n < selection.count(); ++n) {
    const PacketIndex i = selection.at(n);
    const int64_t gap_ns = difference_ns(trace.columns.ts_ns(i), trace.columns.ts_ns(before));
    if (gap_ns > kIdleGapNs) {
      IdleTail tail;
      tail.first_packet = i;
      tail.before_packet = before;
      tail.gap_ns = gap_ns;
      for (; n < selection.count(); ++n) count_kind(trace, selection.at(n), tail);
      return tail;
    }
    before = i;
  }
  return std::nullopt;
}

int64_t length_ns(const TimeRange& range) { return difference_ns(range.last_ns, range.first_ns); }

/// The time range of the selected packets before packet `end`, of which there is one at least.
TimeRange range_before(const Trace& trace, const Selection& selection, PacketIndex end) {
  if (selection.is_run()) return *time_range(trace, Selection::run(selection.first(), end));
  return *time_range(trace, selection.intersect(Selection::run(0, end)));
}

}  // namespace

bool carries_new_data(const Trace& trace, PacketIndex i) {
  constexpr uint16_t kOld = dissect::kRetransmission | dissect::kKeepAlive | dissect::kZeroWindowProbe;
  if ((trace.columns.notes(i) & kOld) != 0) return false;  // noted in a csv's rows that hide their segment, too
  const uint16_t flags = trace.columns.flags(i);
  if ((flags & dissect::kIsTcp) == 0) return (flags & dissect::kFindsNeighbors) == 0;
  return (flags & dissect::kSyn) != 0 || trace.columns.payload_len(i) > 0;
}

Activity activity(const Trace& trace, const Selection& selection) {
  Activity result;
  if (selection.empty()) {
    result.reason = no_packets_text(trace);
    return result;
  }
  if (!trace.unknown.span.empty()) {
    result.reason = trace.unknown.span;
    return result;
  }
  result.time = time_range(trace, selection);
  result.total_ns = length_ns(*result.time);
  result.active_ns = result.total_ns;
  const uint32_t last_data = last_with_new_data(trace, selection);
  if (last_data == selection.count()) {
    result.reason = "No selected packet carries new data, so that nothing tells active time from idle time.";
    return result;
  }
  result.idle_tail = find_tail(trace, selection, last_data);
  if (result.idle_tail) {
    result.active_ns = length_ns(range_before(trace, selection, result.idle_tail->first_packet));
    result.reason = describe(*result.idle_tail);
  } else {
    result.reason = "No gap of more than one second follows the last packet with new data (" +
                    packet_number(selection.at(last_data)) + ").";
  }
  return result;
}

}  // namespace tracedrop::analysis
