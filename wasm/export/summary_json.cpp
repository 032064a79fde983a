#include "export/summary_json.h"

#include <algorithm>
#include <chrono>

#include "analysis/exact.h"
#include "analysis/groups.h"
#include "base/text.h"
#include "export/json.h"
#include "export/statistics_json.h"

namespace tracedrop::exporting {

namespace {

using namespace analysis;
using dissect::kNoPacket;

/// ISO 8601 to the nanosecond for absolute times ("Z" unless a csv left the zone open), else seconds.
std::string time_text(const Trace& trace, int64_t ts_ns) {
  std::string out;
  if (trace.time_base != trace::TimeBase::absolute) {
    append_seconds(out, ts_ns, 9);
    return out;
  }
  using namespace std::chrono;
  constexpr int64_t kDayNs = 86'400'000'000'000;
  const bool before_1970 = ts_ns % kDayNs < 0;
  const int64_t day = ts_ns / kDayNs - before_1970;
  const int64_t in_day = ts_ns % kDayNs + (before_1970 ? kDayNs : 0);
  const year_month_day date{sys_days{days{static_cast<int>(day)}}};
  const auto append = [&](int64_t value, int width, std::string_view after) {
    append_padded(out, static_cast<uint64_t>(value), width);
    out += after;
  };
  append(static_cast<int>(date.year()), 4, "-");
  append(static_cast<unsigned>(date.month()), 2, "-");
  append(static_cast<unsigned>(date.day()), 2, "T");
  append(in_day / 3'600'000'000'000, 2, ":");
  append(in_day / 60'000'000'000 % 60, 2, ":");
  append(in_day / 1'000'000'000 % 60, 2, ".");
  append(in_day % 1'000'000'000, 9, trace.kind == trace::SourceKind::csv ? "" : "Z");
  return out;
}

void packet(Json& json, std::string_view name, PacketIndex i) {
  if (i == kNoPacket) {
    json.null(name);
  } else {
    json.count(name, uint64_t{i} + 1);
  }
}

void write_figures(Json& json, const Answers& answers) {
  const std::vector<Figure> all = figures(answers);
  for (const Figure& figure : all)
    if (figure.value) json.number(figure.name, *figure.value);
  json.begin_object("unknown");
  for (const Figure& figure : all)
    if (!figure.value) json.text(figure.name, figure.why_absent);
  json.end_object();
}

void write_idle_tail(Json& json, const Activity& activity) {
  if (activity.idle_tail) {
    const IdleTail& tail = *activity.idle_tail;
    json.begin_object("idle_tail");
    packet(json, "first_packet", tail.first_packet);
    json.number("gap_s", seconds(tail.gap_ns));
    json.count("packets", tail.packets);
    json.count("keep_alives", tail.keep_alives);
    json.count("keep_alive_acks", tail.keep_alive_acks);
    json.count("resets", tail.resets);
    json.count("fins", tail.fins);
    json.count("neighbor_discovery", tail.neighbor_discovery);
    json.count("other", tail.other);
    json.end_object();
  } else {
    json.null("idle_tail");
  }
  json.text("idle_tail_reason", activity.reason);
}

void write_handshake(Json& json, const Trace& trace, const Handshake& h) {
  const dissect::Conversation& c = trace.findings.conversations[h.conversation];
  const uint32_t client = trace.columns.flow(h.syn) & 1;
  const auto endpoint = [&](uint32_t e) {
    std::string out = address_text(trace, c.address[e]) + ":";
    append_number(out, c.port[e]);
    return out;
  };
  json.begin_object();
  json.text("client", endpoint(client));
  json.text("server", endpoint(1 - client));
  json.number("rtt_ms", milliseconds(h.rtt_ns));
  json.number("initial_rtt_ms",
              h.initial_rtt_ns ? std::optional(milliseconds(*h.initial_rtt_ns)) : std::optional<double>());
  json.boolean("captured_at_server", h.captured_at_server);
  packet(json, "syn", h.syn);
  packet(json, "syn_ack", h.syn_ack);
  packet(json, "ack", h.ack);
  json.end_object();
}

void write_direction(Json& json, const Trace& trace, const DataRtt& d) {
  json.begin_object();
  json.text("from", address_text(trace, d.from));
  json.text("to", address_text(trace, d.to));
  json.boolean("network", d.network);
  json.count("samples", d.samples);
  json.number("min_ms", milliseconds(d.min_ns));
  json.number("median_ms", d.median_ms);
  json.number("max_ms", milliseconds(d.max_ns));
  json.end_object();
}

void write_round_trip(Json& json, const Trace& trace, const RoundTrip& rtt) {
  json.begin_object("rtt");
  json.text("method", method_name(rtt.method));
  json.count("samples", rtt.samples);
  json.text("sentence", rtt.sentence);
  json.number("initial_rtt_ms", rtt.initial_rtt_ms);
  json.count("ambiguous_handshakes", rtt.ambiguous_handshakes);
  json.count("handshake_count", rtt.handshakes.size());
  json.begin_array("handshakes");
  for (size_t n = 0; n < std::min(rtt.handshakes.size(), kMostListed); ++n)
    write_handshake(json, trace, rtt.handshakes[n]);
  json.end_array();
  json.begin_array("data");
  for (size_t n = 0; n < std::min(rtt.data.size(), kMostListed); ++n) write_direction(json, trace, rtt.data[n]);
  json.end_array();
  json.end_object();
}

std::string_view why_name(dissect::NeedlessRetransmission::Why why) {
  switch (why) {
    case dissect::NeedlessRetransmission::Why::duplicate_sack: return "duplicate_sack";
    case dissect::NeedlessRetransmission::Why::copy: return "copy";
    case dissect::NeedlessRetransmission::Why::already_acked: break;
  }
  return "already_acked";
}

void write_needless(Json& json, const Loss& loss) {
  json.begin_array("needless");
  for (size_t n = 0; n < std::min(loss.needless.size(), kMostListed); ++n) {
    const dissect::NeedlessRetransmission& needless = loss.needless[n];
    json.begin_object();
    packet(json, "retransmission", needless.retransmission);
    packet(json, "proof", needless.proof);
    json.text("why", why_name(needless.why));
    json.end_object();
  }
  json.end_array();
  json.count("needless_count", loss.needless.size());
}

/// Without a TCP segment there is nothing that was counted: only the verdict is written.
void write_loss(Json& json, const Loss& loss) {
  json.begin_object("loss");
  json.text("verdict", verdict_name(loss.verdict));
  json.text("sentence", loss.sentence);
  if (loss.known()) {
    json.count("retransmissions", loss.retransmissions);
    json.count("fast", loss.fast);
    json.count("spurious", loss.spurious);
    json.count("timeout", loss.timeout);
    json.count("lost", loss.lost);
    json.count("copies", loss.copies);
    json.count("unmarked", loss.unmarked);
    write_needless(json, loss);
    json.count("out_of_order", loss.out_of_order);
    json.count("lost_segments", loss.lost_segments);
    json.count("acked_lost_segments", loss.acked_lost_segments);
    json.count("duplicate_acks", loss.duplicate_acks);
    json.count("keep_alives", loss.keep_alives);
    json.count("keep_alive_acks", loss.keep_alive_acks);
  }
  json.end_object();
}

void write_distributions(Json& json, const Answers& answers) {
  if (answers.size) {
    json.begin_object("size");
    write_statistics(json, *answers.size);
    json.end_object();
  } else {
    json.null("size");
  }
  if (answers.interarrival) {
    const Distribution& gaps = answers.distributions.interarrival_ns;
    json.begin_object("interarrival");
    write_statistics(json, *answers.interarrival);
    json.count("zero", gaps.count_of(0));
    json.count("negative", gaps.count_at_most(-1));
    json.end_object();
  } else {
    json.null("interarrival");
  }
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: break;
  }
  return "error";
}

void write_warnings(Json& json, const Trace& trace, const Answers& answers) {
  json.begin_array("warnings");
  for (const Warning& warning : trace.warnings.list()) {
    json.begin_object();
    json.text("severity", severity_name(warning.severity));
    json.text("code", warning.code);
    json.text("text", warning.text);
    json.count("count", warning.count);
    if (warning.offset != Warning::kNowhere) json.count("offset", warning.offset);
    json.end_object();
  }
  for (const HealthNote& note : answers.health) {
    json.begin_object();
    json.text("severity", severity_name(note.severity));
    json.text("code", note.code);
    json.text("text", note.text);
    json.count("count", note.count);
    if (note.first != kNoPacket) packet(json, "first_packet", note.first);
    json.end_object();
  }
  json.end_array();
}

void write_details(Json& json, const Trace& trace, const Answers& answers) {
  json.begin_object("details");
  if (answers.bytes) {
    json.count("bytes", *answers.bytes);
  } else {
    json.null("bytes");
  }
  json.count("conversations", answers.conversations);
  json.count("tcp_connections", answers.tcp_connections);
  if (answers.time) {
    std::string ns;
    append_number(ns, answers.time->first_ns);
    json.text("first_time", time_text(trace, answers.time->first_ns));
    json.text("first_time_ns", ns);  // a text: it is larger than the integers that JavaScript's numbers hold
  }
  write_idle_tail(json, answers.activity);
  write_round_trip(json, trace, answers.round_trip);
  write_loss(json, answers.loss);
  write_distributions(json, answers);
  json.end_object();
}

}  // namespace

std::string summary_json(const Trace& trace, const Answers& answers) {
  Json json;
  json.begin_object();
  write_figures(json, answers);
  write_details(json, trace, answers);
  write_warnings(json, trace, answers);
  json.end_object();
  return json.take();
}

}  // namespace tracedrop::exporting
