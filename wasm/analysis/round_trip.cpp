#include "analysis/round_trip.h"

#include <algorithm>

#include "analysis/absent.h"
#include "analysis/data_round_trip.h"
#include "analysis/exact.h"
#include "analysis/samples.h"
#include "analysis/walk.h"
#include "analysis/words.h"

namespace tracedrop::analysis {

namespace {

using dissect::Conversation;

/// Milliseconds; `values` is not empty and gets reordered.
double median_ms(std::vector<int64_t>& values) {
  const auto half = values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), half, values.end());
  if (values.size() % 2 == 1) return milliseconds(*half);
  return ratio(Int128{*std::max_element(values.begin(), half)} + *half, 2'000'000);
}

/// What was sent twice in a conversation's handshake before it was answered.
enum Repeated : uint8_t { kRepeatedSyn = 1, kRepeatedSynAck = 2 };

std::vector<uint8_t> repeated_handshakes(const Trace& trace) {
  const auto& conversations = trace.findings.conversations;
  std::vector<uint8_t> repeated(conversations.size());
  const auto again = [](const trace::Block& block, uint32_t at) {
    return (block.notes[at] & dissect::kRetransmission) != 0;
  };
  find_rare(trace, Selection::all(trace.size()), again, [&](PacketIndex i) {
    const uint16_t flags = trace.columns.flags(i);
    if ((flags & dissect::kSyn) == 0 || (flags & dissect::kIsCopy) != 0) return;
    const uint32_t c = trace.columns.flow(i) >> 1;
    const bool answer = (flags & dissect::kAck) != 0;
    if (!answer && i < conversations[c].syn_ack) repeated[c] |= kRepeatedSyn;
    if (answer && i < conversations[c].handshake_ack) repeated[c] |= kRepeatedSynAck;
  });
  return repeated;
}

/// The selected handshake of one conversation, if it can be measured.
std::optional<Handshake> measure(const Trace& trace, const Selection& selection, const CapturePoint& capture_point,
                                 uint32_t conversation, uint8_t repeated, uint32_t& ambiguous) {
  const Conversation& c = trace.findings.conversations[conversation];
  const std::optional<int64_t> to_server_ns = answer_time_ns(trace, c.syn, c.syn_ack);
  const std::optional<int64_t> to_client_ns = answer_time_ns(trace, c.syn_ack, c.handshake_ack);
  if (!to_server_ns) return std::nullopt;
  const uint32_t client = trace.columns.flow(c.syn) & 1;
  Handshake h;
  h.conversation = conversation;
  h.syn = c.syn;
  h.syn_ack = c.syn_ack;
  h.ack = c.handshake_ack;
  h.captured_at_server = asks_the_network(capture_point, conversation, client) == std::optional(false);
  if (!selection.contains(h.captured_at_server ? c.handshake_ack : c.syn_ack)) return std::nullopt;
  if ((repeated & (h.captured_at_server ? kRepeatedSynAck : kRepeatedSyn)) != 0) {
    ++ambiguous;
    return std::nullopt;
  }
  const std::optional<int64_t> rtt_ns = h.captured_at_server ? to_client_ns : to_server_ns;
  if (!rtt_ns) return std::nullopt;
  h.rtt_ns = *rtt_ns;
  if (repeated == 0) h.initial_rtt_ns = answer_time_ns(trace, c.syn, c.handshake_ack);
  return h;
}

void measure_handshakes(const Trace& trace, const Selection& selection, const CapturePoint& capture_point,
                        RoundTrip& result) {
  const auto& conversations = trace.findings.conversations;
  const auto complete = [](const Conversation& c) { return c.syn_ack != dissect::kNoPacket; };
  const auto count = std::count_if(conversations.begin(), conversations.end(), complete);
  if (count == 0) return;
  result.handshakes.reserve(static_cast<size_t>(count));
  const std::vector<uint8_t> repeated = repeated_handshakes(trace);
  std::vector<int64_t> initial;
  for (uint32_t c = 0; c < conversations.size(); ++c) {
    if (!complete(conversations[c])) continue;
    const auto handshake = measure(trace, selection, capture_point, c, repeated[c], result.ambiguous_handshakes);
    if (!handshake) continue;
    result.handshakes.push_back(*handshake);
    if (handshake->initial_rtt_ns) initial.push_back(*handshake->initial_rtt_ns);
  }
  if (!initial.empty()) result.initial_rtt_ms = median_ms(initial);
}

std::string karn_text(const RoundTrip& result) {
  if (result.ambiguous_handshakes == 0) return {};
  return " " + counted(result.ambiguous_handshakes, "handshake") +
         " left out: a SYN that was sent twice does not tell which one was answered (Karn's rule).";
}

std::string handshake_sentence(const Trace& trace, const CapturePoint& capture_point, const RoundTrip& result) {
  uint32_t at_server = 0;
  uint32_t unplaced = 0;
  for (const Handshake& h : result.handshakes) {
    at_server += h.captured_at_server;
    unplaced += !asks_the_network(capture_point, h.conversation, trace.columns.flow(h.syn) & 1).has_value();
  }
  const auto all = static_cast<uint32_t>(result.handshakes.size());
  std::string out = all == 1 ? "" : "Median of " + counted(all, "connection") + ": ";
  if (at_server == all) {
    out += "SYN/ACK to ACK, because the capture was made at the server: this part crossed the network";
  } else if (at_server == 0) {
    out += "SYN to SYN/ACK, at the sender of the SYN";
  } else {
    out += "SYN to SYN/ACK at the sender of the SYN, and SYN/ACK to ACK for the " + counted(at_server, "connection") +
           " that the capturing host accepted";
  }
  if (unplaced == all) {
    out += "; the packets do not tell at which end the capture was made, so it is taken to be the sender's";
  }
  return out + "." + karn_text(result);
}

bool measure_requests(const Trace& trace, const Selection& selection, const CapturePoint& capture_point,
                      RoundTrip& result) {
  for (const RequestKind& kind : kRequestKinds) {
    std::vector<int64_t> times;
    for_each_request(trace, selection, capture_point, protocols_named(trace, kind.protocol, kind.or_protocol),
                     [&](PacketIndex, PacketIndex, int64_t took_ns) { times.push_back(took_ns); });
    if (times.empty()) continue;
    result.method = kind.method;
    result.samples = static_cast<uint32_t>(times.size());
    result.rtt_ms = median_ms(times);
    const std::string median = times.size() == 1 ? "" : "Median of " + counted(times.size(), "sample") + ": ";
    switch (kind.method) {
      case RttMethod::echo: result.sentence = median + "ICMP echo request to its reply."; break;
      case RttMethod::quic: result.sentence = median + "QUIC Initial to the answering Initial."; break;
      default: result.sentence = median + "DNS query to its response, the server's own work included."; break;
    }
    return true;
  }
  return false;
}

std::string absence(const Trace& trace, const Selection& selection, const RoundTrip& result) {
  if (selection.empty()) return no_packets_text(trace);
  if (std::string undissected = undissected_text(trace, selection); !undissected.empty()) return undissected;
  if (!has_tcp(trace, selection)) {
    return "The selection holds no TCP connection, and no echo request, QUIC Initial or DNS query with its reply.";
  }
  std::string out = "No measurable handshake (SYN and its SYN/ACK) is among these packets";
  if (result.data.empty()) {
    out += trace.kind == trace::SourceKind::csv ? ", and a csv tells no other acknowledgment's segment."
                                                : ", and no acknowledgment of a data segment.";
  } else {
    const auto own = [](const DataRtt& d) { return d.network == std::optional(false); };
    out += std::all_of(result.data.begin(), result.data.end(), own)
               ? "; all acknowledgments were sent by the capturing host itself, and measure that host, not the network."
               : "; data was acknowledged, but the packets do not tell in which direction that crossed the network.";
  }
  return out + karn_text(result);
}

}  // namespace

bool has_tcp(const Trace& trace, const Selection& selection) {
  bool found = false;
  for_each_piece(trace.columns, selection, [&](const trace::Block& block, uint32_t from, uint32_t to, PacketIndex) {
    for (uint32_t at = from; at < to && !found; ++at) {
      found = (block.flags[at] & dissect::kIsTcp) != 0 ||
              trace.findings.conversations[block.flow[at] >> 1].transport == dissect::Transport::tcp;
    }
  });
  return found;
}

RoundTrip round_trip(const Trace& trace, const Selection& selection, const CapturePoint& capture_point) {
  RoundTrip result;
  measure_handshakes(trace, selection, capture_point, result);
  const NetworkRtt network = measure_data(trace, selection, capture_point, result.handshakes.empty(), result);
  if (!result.handshakes.empty()) {
    std::vector<int64_t> times;
    for (const Handshake& h : result.handshakes) times.push_back(h.rtt_ns);
    result.method = RttMethod::handshake;
    result.samples = static_cast<uint32_t>(times.size());
    result.rtt_ms = median_ms(times);
    result.sentence = handshake_sentence(trace, capture_point, result);
  } else if (network.samples > 0) {
    result.method = RttMethod::data;
    result.samples = network.samples;
    result.rtt_ms = network.median_ms;
    result.sentence = "No handshake is among these packets: median of " + counted(result.samples, "data segment") +
                      " to the ACK from the far end." + karn_text(result);
  } else if (has_tcp(trace, selection) || !measure_requests(trace, selection, capture_point, result)) {
    result.sentence = absence(trace, selection, result);
  }
  return result;
}

std::string_view method_name(RttMethod method) {
  switch (method) {
    case RttMethod::handshake: return "handshake";
    case RttMethod::data: return "data";
    case RttMethod::echo: return "echo";
    case RttMethod::quic: return "quic";
    case RttMethod::dns: return "dns";
    case RttMethod::none: break;
  }
  return "none";
}

}  // namespace tracedrop::analysis
