// The round-trip samples of a selection, one by one: what round_trip.cpp takes medians of and evidence.cpp shows.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "analysis/capture_point.h"
#include "analysis/exact.h"
#include "analysis/round_trip.h"

namespace tracedrop::analysis {

/// Time from packet `question` to packet `answer`; absent when a clock ran backwards between them, when one is not
/// there, or when the file does not tell it.
inline std::optional<int64_t> answer_time_ns(const Trace& trace, PacketIndex question, PacketIndex answer) {
  if (question >= trace.size() || answer >= trace.size()) return std::nullopt;
  if (!trace.unknown.round_trips.empty() || !trace.knows_time_between(question, answer)) return std::nullopt;
  const int64_t took_ns = difference_ns(trace.columns.ts_ns(answer), trace.columns.ts_ns(question));
  return took_ns < 0 ? std::nullopt : std::optional(took_ns);
}

/// Whether direction `asking` of a conversation asks across the network: true when the capturing host sends it, false
/// when the far end does, absent when it cannot be told.
inline std::optional<bool> asks_the_network(const CapturePoint& capture_point, uint32_t conversation, uint32_t asking) {
  const uint8_t near = capture_point.near_direction(conversation);
  if (near == dissect::Conversation::kUnknownDirection) return std::nullopt;
  return near == asking;
}

/// Calls visit(sample, took_ns, flow) for each selected data sample whose `flow`, that of the packet that acknowledges,
/// is wanted.
template <typename Wanted, typename Visit>
void for_each_data_sample(const Trace& trace, const Selection& selection, Wanted&& wanted, Visit&& visit) {
  for (const dissect::RttSample& sample : trace.findings.rtt_samples) {
    if (!selection.contains(sample.ack)) continue;
    const uint32_t flow = trace.columns.flow(sample.ack);
    if (!wanted(flow)) continue;
    if (const auto took_ns = answer_time_ns(trace, sample.segment, sample.ack)) visit(sample, *took_ns, flow);
  }
}

/// Ids of the protocols so named.
inline std::vector<bool> protocols_named(const Trace& trace, std::string_view name, std::string_view or_name = {}) {
  const dissect::PacketKinds& protocols = trace.findings.protocols;
  std::vector<bool> ids(protocols.size());
  for (uint32_t id = 1; id < protocols.size(); ++id)
    ids[id] = protocols.text(id) == name || protocols.text(id) == or_name;
  return ids;
}

/// Calls visit(request, reply, took_ns) for each selected request of these protocols with a selected reply, unless it
/// is known that the far end asked and the capturing host answered.
template <typename Visit>
void for_each_request(const Trace& trace, const Selection& selection, const CapturePoint& capture_point,
                      const std::vector<bool>& protocols, Visit&& visit) {
  if (std::find(protocols.begin(), protocols.end(), true) == protocols.end()) return;
  selection.for_each([&](PacketIndex i) {
    if (!protocols[trace.columns.protocol(i)]) return;
    const uint32_t reply = trace.columns.block_of(i).link[i % trace::kBlockRows];
    if (reply <= i + 1 || !selection.contains(reply - 1)) return;
    const uint32_t flow = trace.columns.flow(i);
    if (asks_the_network(capture_point, flow >> 1, flow & 1) == std::optional(false)) return;
    if (const auto took_ns = answer_time_ns(trace, i, reply - 1)) visit(i, reply - 1, *took_ns);
  });
}

/// The requests that measure a round trip where there is no TCP, in the order in which they are preferred: an echo
/// costs the other end nothing, an Initial little, a query may have to be asked further.
struct RequestKind {
  RttMethod method;
  std::string_view protocol;
  std::string_view or_protocol;
};
inline constexpr std::array<RequestKind, 3> kRequestKinds{
    {{RttMethod::echo, "ICMP", "ICMPv6"}, {RttMethod::quic, "QUIC", "QUIC"}, {RttMethod::dns, "DNS", "DNS"}}};

/// Whether a selected packet belongs to a TCP connection.
bool has_tcp(const Trace& trace, const Selection& selection);

}  // namespace tracedrop::analysis
