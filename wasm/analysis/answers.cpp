#include "analysis/answers.h"

#include "analysis/walk.h"

namespace tracedrop::analysis {

namespace {

void count_packets(const Trace& trace, const Selection& selection, Answers& answers) {
  const auto& conversations = trace.findings.conversations;
  std::vector<bool> seen(conversations.size());
  answers.packets = selection.count();
  for_each_piece(trace.columns, selection, [&](const trace::Block& block, uint32_t from, uint32_t to, PacketIndex) {
    for (uint32_t at = from; at < to; ++at) {
      answers.bytes += block.wire_len[at];
      const uint32_t c = block.flow[at] >> 1;
      if (seen[c]) continue;
      seen[c] = true;
      ++answers.conversations;
      answers.tcp_connections += conversations[c].transport == dissect::Transport::tcp;
    }
  });
}

std::optional<double> in_seconds(std::optional<int64_t> ns) { return ns ? std::optional(seconds(*ns)) : std::nullopt; }

}  // namespace

Answers answer(const Trace& trace, const Selection& selection) { return answer(trace, selection, CapturePoint(trace)); }

Answers answer(const Trace& trace, const Selection& selection, const CapturePoint& capture_point) {
  Answers answers;
  count_packets(trace, selection, answers);
  answers.activity = activity(trace, selection);
  answers.time = answers.activity.time;
  answers.round_trip = round_trip(trace, selection, capture_point);
  answers.loss = loss(trace, selection);
  answers.distributions = distributions(trace, selection);
  answers.size = size_statistics(answers.distributions.size);
  answers.interarrival = interarrival_statistics(answers.distributions.interarrival_ns);
  answers.health = health(trace, selection);
  return answers;
}

std::vector<Figure> figures(const Answers& a) {
  std::vector<Figure> list;
  const auto add = [&](std::string_view name, std::optional<double> value, bool whole, std::string_view why_absent) {
    list.push_back({name, value, whole, value ? std::string() : std::string(why_absent)});
  };
  const auto of = [&](const std::optional<Statistics>& s, double Statistics::*member) {
    return s ? std::optional((*s).*member) : std::nullopt;
  };
  const auto if_tcp = [&](uint32_t count) { return a.loss.known() ? std::optional<double>(count) : std::nullopt; };
  constexpr std::string_view kNoPackets = "No packets are selected.";
  constexpr std::string_view kNoGap = "An interarrival time takes two packets.";
  const std::optional<double> size_std = a.size ? a.size->std : std::nullopt;
  const Distribution& gaps = a.distributions.interarrival_ns;

  add("packets", a.packets, true, {});
  add("total_time_s", in_seconds(a.activity.total_ns), false, kNoPackets);
  add("active_time_s", in_seconds(a.activity.active_ns), false, kNoPackets);
  add("rtt_ms", a.round_trip.rtt_ms, false, a.round_trip.sentence);
  add("retransmissions", if_tcp(a.loss.retransmissions), true, a.loss.sentence);
  add("lost", if_tcp(a.loss.lost), true, a.loss.sentence);
  add("size_mean", of(a.size, &Statistics::mean), false, kNoPackets);
  add("size_median", of(a.size, &Statistics::median), false, kNoPackets);
  add("size_p90", of(a.size, &Statistics::p90), false, kNoPackets);
  add("size_std", size_std, false, a.size ? "A standard deviation takes two packets." : kNoPackets);
  add("size_min", of(a.size, &Statistics::min), true, kNoPackets);
  add("size_max", of(a.size, &Statistics::max), true, kNoPackets);
  add("iat_mean_s", of(a.interarrival, &Statistics::mean), false, kNoGap);
  add("iat_median_s", of(a.interarrival, &Statistics::median), false, kNoGap);
  add("iat_p90_s", of(a.interarrival, &Statistics::p90), false, kNoGap);
  add("iat_max_s", of(a.interarrival, &Statistics::max), false, kNoGap);
  add("iat_zero", gaps.empty() ? std::nullopt : std::optional<double>(gaps.count_of(0)), true, kNoGap);
  return list;
}

}  // namespace tracedrop::analysis
