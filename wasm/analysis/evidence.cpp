#include "analysis/evidence.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/distribution.h"
#include "analysis/health.h"
#include "analysis/idle_tail.h"
#include "analysis/loss.h"
#include "analysis/samples.h"
#include "analysis/statistics.h"
#include "analysis/walk.h"

namespace tracedrop::analysis {

namespace {

struct NotedFigure {
  std::string_view name;
  uint16_t with;
  uint16_t without;
};

constexpr std::array<NotedFigure, 10> kNoted{{
    {"retransmissions", dissect::kRetransmission, 0},
    {"fast", dissect::kFastRetransmission, dissect::kSpuriousRetransmission},
    {"spurious", dissect::kSpuriousRetransmission, 0},
    {"timeout", dissect::kRetransmission, dissect::kFastRetransmission | dissect::kSpuriousRetransmission},
    {"out_of_order", dissect::kOutOfOrder, 0},
    {"lost_segments", dissect::kLostSegment, 0},
    {"acked_lost_segments", dissect::kAckedLostSegment, 0},
    {"duplicate_acks", dissect::kDuplicateAck, 0},
    {"keep_alives", dissect::kKeepAlive, 0},
    {"keep_alive_acks", dissect::kKeepAliveAck, 0},
}};

Selection none() { return Selection::run(0, 0); }

Selection idle_tail_packets(const Trace& trace, const Selection& selection) {
  const Activity found = activity(trace, selection);
  if (!found.idle_tail) return none();
  return selection.intersect(Selection::run(found.idle_tail->first_packet, trace.size()));
}

/// The first packet with the earliest time and the last one with the latest, before packet `end`.
Selection ends(const Trace& trace, const Selection& selection, PacketIndex end) {
  std::vector<PacketIndex> found;
  selection.for_each([&](PacketIndex i) {
    if (i >= end) return;
    if (found.empty()) found = {i, i};
    if (trace.columns.ts_ns(i) < trace.columns.ts_ns(found[0])) found[0] = i;
    if (trace.columns.ts_ns(i) >= trace.columns.ts_ns(found[1])) found[1] = i;
  });
  return Selection::of_list(found, trace.size());
}

Selection active_ends(const Trace& trace, const Selection& selection) {
  const Activity found = activity(trace, selection);
  return ends(trace, selection, found.idle_tail ? found.idle_tail->first_packet : trace.size());
}

Selection handshake_packets(const Trace& trace, const RoundTrip& measured) {
  PacketSet found(trace.size());
  for (const Handshake& h : measured.handshakes)
    for (const PacketIndex i : {h.syn, h.syn_ack, h.ack}) found.add(i);
  return found.take();
}

Selection data_rtt_packets(const Trace& trace, const Selection& selection, const CapturePoint& capture_point) {
  PacketSet found(trace.size());
  const auto crosses = [&](uint32_t answering) {
    return asks_the_network(capture_point, answering >> 1, 1 - (answering & 1)) == std::optional(true);
  };
  for_each_data_sample(trace, selection, crosses, [&](const dissect::RttSample& sample, int64_t, uint32_t) {
    found.add(sample.segment);
    found.add(sample.ack);
  });
  return found.take();
}

Selection request_packets(const Trace& trace, const Selection& selection, const CapturePoint& capture_point,
                          RttMethod method) {
  PacketSet found(trace.size());
  for (const RequestKind& kind : kRequestKinds) {
    if (kind.method != method) continue;
    for_each_request(trace, selection, capture_point, protocols_named(trace, kind.protocol, kind.or_protocol),
                     [&](PacketIndex request, PacketIndex reply, int64_t) {
                       found.add(request);
                       found.add(reply);
                     });
  }
  return found.take();
}

Selection round_trip_packets(const Trace& trace, const Selection& selection, std::string_view name) {
  const CapturePoint capture_point(trace);
  if (name == "data_rtt") return data_rtt_packets(trace, selection, capture_point);
  const RoundTrip measured = round_trip(trace, selection, capture_point);
  if (name == "handshake" || measured.method == RttMethod::handshake) return handshake_packets(trace, measured);
  if (measured.method == RttMethod::data) return data_rtt_packets(trace, selection, capture_point);
  return request_packets(trace, selection, capture_point, measured.method);
}

Selection needless_packets(const Trace& trace, const Loss& found) {
  PacketSet packets(trace.size());
  for (const auto& needless : found.needless) {
    packets.add(needless.retransmission);
    packets.add(needless.proof);
  }
  return packets.take();
}

Selection copied_packets(const Trace& trace, const Loss& found) {
  PacketSet packets(trace.size());
  for (const auto& needless : found.needless) {
    if (needless.why != dissect::NeedlessRetransmission::Why::copy) continue;
    packets.add(needless.retransmission);
    packets.add(needless.proof);
  }
  return packets.take();
}

Selection lost_packets(const Trace& trace, const Selection& selection) {
  const Loss found = loss(trace, selection);
  if (found.lost == 0) return needless_packets(trace, found);
  PacketSet needless_set(trace.size());
  for (const auto& known : found.needless) needless_set.add(known.retransmission);
  const Selection needless = needless_set.take();
  return packets_where(trace, selection, [&](PacketIndex i) {
    return (trace.columns.notes(i) & dissect::kRetransmission) != 0 && !needless.contains(i);
  });
}

Selection size_packets(const Trace& trace, const Selection& selection, std::string_view name) {
  const Distribution sizes = size_distribution(trace, selection);
  if (sizes.empty()) return none();
  const int64_t least = sizes.value(0);
  const int64_t most = sizes.values().back();
  if (name == "size_min") return packets_of_size(trace, selection, least, least);
  if (name == "size_max") return packets_of_size(trace, selection, most, most);
  const double limit = percentile(sizes, name == "size_p90" ? 90 : 50, Interpolation::exact);
  return packets_of_size(trace, selection, least, static_cast<int64_t>(std::floor(limit)));
}

/// Packets after the longest gaps, and those before them.
Selection longest_gap_packets(const Trace& trace, const Selection& selection, int64_t longest_ns) {
  PacketSet found(trace.size());
  PacketIndex before = selection.at(0);
  for_each_gap(trace.columns, selection, [&](int64_t gap_ns, PacketIndex i) {
    if (gap_ns == longest_ns) {
      found.add(before);
      found.add(i);
    }
    before = i;
  });
  return found.take();
}

Selection interarrival_packets(const Trace& trace, const Selection& selection, std::string_view name) {
  if (name == "iat_zero") return packets_after_gap(trace, selection, 0, 0);
  if (name == "iat_negative") return packets_after_gap(trace, selection, INT64_MIN, -1);
  const Distribution gaps = interarrival_distribution(trace, selection);
  if (gaps.empty()) return none();
  if (name == "iat_max_s") return longest_gap_packets(trace, selection, gaps.values().back());
  const double limit = percentile(gaps, name == "iat_p90_s" ? 90 : 50, Interpolation::exact);
  return packets_after_gap(trace, selection, INT64_MIN, static_cast<int64_t>(std::floor(limit)));
}

template <size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Nothing proves a figure that the file leaves unknown.
bool is_unknown(const Trace& trace, std::string_view name) {
  const auto begins = [&](std::string_view with) { return name.substr(0, with.size()) == with; };
  const trace::Unknown& unknown = trace.unknown;
  return (begins("size_") && !unknown.sizes.empty()) || (begins("iat_") && !unknown.gaps.empty()) ||
         ((name == "total_time_s" || name == "active_time_s" || name == "idle_tail") && !unknown.span.empty());
}

}  // namespace

Selection evidence(const Trace& trace, const Selection& selection, std::string_view name) {
  constexpr std::array<std::string_view, 4> kAll{"packets", "size_mean", "size_std", "iat_mean_s"};
  constexpr std::array<std::string_view, 3> kRoundTrip{"rtt_ms", "handshake", "data_rtt"};
  constexpr std::array<std::string_view, 4> kSize{"size_median", "size_p90", "size_min", "size_max"};
  constexpr std::array<std::string_view, 5> kInterarrival{"iat_median_s", "iat_p90_s", "iat_max_s", "iat_zero",
                                                          "iat_negative"};
  for (const NotedFigure& noted : kNoted) {
    if (noted.name != name) continue;
    return packets_where(trace, selection, [&](PacketIndex i) {
      const uint16_t notes = trace.columns.notes(i);
      return (notes & noted.with) != 0 && (notes & noted.without) == 0 &&
             (trace.columns.flags(i) & dissect::kOptionsCut) == 0;
    });
  }
  if (is_unknown(trace, name)) return none();
  if (is_one_of(name, kAll)) return selection;
  if (is_one_of(name, kRoundTrip)) return round_trip_packets(trace, selection, name);
  if (is_one_of(name, kSize)) return size_packets(trace, selection, name);
  if (is_one_of(name, kInterarrival)) return interarrival_packets(trace, selection, name);
  if (name == "total_time_s") return ends(trace, selection, trace.size());
  if (name == "active_time_s") return active_ends(trace, selection);
  if (name == "idle_tail") return idle_tail_packets(trace, selection);
  if (name == "needless") return needless_packets(trace, loss(trace, selection));
  if (name == "copies") return copied_packets(trace, loss(trace, selection));
  if (name == "lost") return lost_packets(trace, selection);
  return health_packets(trace, selection, name);
}

}  // namespace tracedrop::analysis
