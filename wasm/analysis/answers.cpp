#include "analysis/answers.h"

#include "analysis/absent.h"
#include "analysis/walk.h"

namespace tracedrop::analysis {

namespace {

/// Conversations with a selected packet. (Of a whole trace too these may be fewer than were found: a tunnel's own ends
/// have one, and no packet of it.)
void count_conversations(const Trace& trace, const Selection& selection, Answers& answers) {
  const auto& conversations = trace.findings.conversations;
  std::vector<uint8_t> seen(conversations.size());
  for_each_piece(trace.columns, selection, [&](const trace::Block& block, uint32_t from, uint32_t to, PacketIndex) {
    for (uint32_t at = from; at < to; ++at) seen[block.flow[at] >> 1] = 1;
  });
  for (size_t c = 0; c < conversations.size(); ++c) {
    answers.conversations += seen[c];
    answers.tcp_connections += seen[c] != 0 && conversations[c].transport == dissect::Transport::tcp;
  }
}

uint64_t bytes_of(const Distribution& sizes) {
  uint64_t bytes = 0;
  for (uint32_t k = 0; k < sizes.distinct(); ++k) bytes += static_cast<uint64_t>(sizes.value(k)) * sizes.times(k);
  return bytes;
}

/// Takes back what the file's times do not carry.
void forget_unknown_times(const trace::Unknown& unknown, Answers& answers) {
  if (!unknown.gaps.empty()) answers.distributions.interarrival_ns = {};
  // Where packets that came one after the other have the same time, so may those that ask and answer.
  const bool took_no_time = answers.round_trip.rtt_ms == std::optional(0.0) && !unknown.gaps.empty();
  if (unknown.round_trips.empty() && !took_no_time) return;
  answers.round_trip = {};
  answers.round_trip.sentence = unknown.round_trips.empty() ? unknown.gaps : unknown.round_trips;
}

std::optional<double> in_seconds(std::optional<int64_t> ns) { return ns ? std::optional(seconds(*ns)) : std::nullopt; }

}  // namespace

Answers answer(const Trace& trace, const Selection& selection) { return answer(trace, selection, CapturePoint(trace)); }

Answers answer(const Trace& trace, const Selection& selection, const CapturePoint& capture_point) {
  Answers answers;
  answers.packets = selection.count();
  if (selection.empty()) answers.no_packets = no_packets_text(trace);
  count_conversations(trace, selection, answers);
  answers.activity = activity(trace, selection);
  answers.time = answers.activity.time;
  answers.round_trip = round_trip(trace, selection, capture_point);
  answers.loss = loss(trace, selection);
  answers.distributions = distributions(trace, selection);
  answers.unknown = trace.unknown;
  forget_unknown_times(trace.unknown, answers);
  if (trace.unknown.sizes.empty()) {
    answers.bytes = bytes_of(answers.distributions.size);
  } else {
    answers.distributions.size = {};
  }
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
  const auto unless = [](const std::string& unknown, std::string_view why) {
    return unknown.empty() ? why : std::string_view(unknown);
  };
  const std::string_view no_packets = a.no_packets;
  const std::string_view no_size = unless(a.unknown.sizes, no_packets);
  const std::string_view no_span = unless(a.unknown.span, no_packets);
  const std::string_view no_gap =
      unless(a.unknown.gaps, no_packets.empty() ? "An interarrival time takes two packets." : no_packets);
  const std::optional<double> size_std = a.size ? a.size->std : std::nullopt;
  const Distribution& gaps = a.distributions.interarrival_ns;

  add("packets", a.packets, true, {});
  add("total_time_s", in_seconds(a.activity.total_ns), false, no_span);
  add("active_time_s", in_seconds(a.activity.active_ns), false, no_span);
  add("rtt_ms", a.round_trip.rtt_ms, false, a.round_trip.sentence);
  add("retransmissions", if_tcp(a.loss.retransmissions), true, a.loss.sentence);
  add("lost", if_tcp(a.loss.lost), true, a.loss.sentence);
  add("size_mean", of(a.size, &Statistics::mean), false, no_size);
  add("size_median", of(a.size, &Statistics::median), false, no_size);
  add("size_p90", of(a.size, &Statistics::p90), false, no_size);
  add("size_std", size_std, false, a.size ? "A standard deviation takes two packets." : no_size);
  add("size_min", of(a.size, &Statistics::min), true, no_size);
  add("size_max", of(a.size, &Statistics::max), true, no_size);
  add("iat_mean_s", of(a.interarrival, &Statistics::mean), false, no_gap);
  add("iat_median_s", of(a.interarrival, &Statistics::median), false, no_gap);
  add("iat_p90_s", of(a.interarrival, &Statistics::p90), false, no_gap);
  add("iat_max_s", of(a.interarrival, &Statistics::max), false, no_gap);
  add("iat_zero", gaps.empty() ? std::nullopt : std::optional<double>(gaps.count_of(0)), true, no_gap);
  return list;
}

}  // namespace tracedrop::analysis
