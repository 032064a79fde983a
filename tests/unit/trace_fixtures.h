// A trace, written as one reads it:
//
//   trace_of(R"(
//     0.000000  10.0.0.1:1000 > 10.0.0.2:443  TCP  78  [SYN] Seq=0 Len=0
//     0.004181  10.0.0.2:443 > 10.0.0.1:1000  TCP  66  [SYN, ACK] Seq=0 Ack=1 Len=0
//     0.030000  10.0.0.1:1000 > 10.0.0.2:443  TCP  656 [TCP Retransmission] [PSH, ACK] Seq=1 Ack=1 Len=602 {acks 7}
//     1.5       10.0.0.9:5353 > 10.0.0.1:53   DNS  70  Standard query (reply in 5)
//     2.5       10.0.0.9 > 10.0.0.1           ICMP 98  {captured 96}
//   )")
//
// Time in seconds, addresses (with ports: TCP, or UDP for protocols that are not shown with TCP flags), protocol,
// length on the wire, and of Wireshark's Info what a row keeps: notes, flags, Seq, Ack, Len, "(reply in N)". In braces
// what dissection finds out: "acks N" (an RTT sample of packet N), "D-SACK of N" (packet N was needless), "copy of N"
// (the packet stands there already), "captured N" bytes, "options cut" (by the snap length). Lines that begin with #
// are comments. The handshake of each connection is found as dissection finds it.
#pragma once

#include <array>
#include <cstdlib>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::test {

using dissect::kNoPacket;

/// "1.5" as nanoseconds, exactly.
inline int64_t ns_of(const std::string& seconds) {
  const bool negative = seconds[0] == '-';
  const size_t point = seconds.find('.');
  const int64_t whole = std::atoll(seconds.substr(negative, point - negative).c_str());
  std::string fraction = point == std::string::npos ? "" : seconds.substr(point + 1);
  fraction.resize(9, '0');
  const int64_t ns = whole * 1'000'000'000 + std::atoll(fraction.c_str());
  return negative ? -ns : ns;
}

/// The number after `key` in `info`, or `otherwise`.
inline uint32_t number_after(std::string_view info, std::string_view key, uint32_t otherwise = 0) {
  const size_t at = info.find(key);
  if (at == std::string_view::npos) return otherwise;
  return static_cast<uint32_t>(std::strtoul(std::string(info.substr(at + key.size())).c_str(), nullptr, 10));
}

inline uint16_t flags_of(std::string_view info) {
  constexpr std::array<std::pair<std::string_view, uint16_t>, 5> kFlags{{{"FIN", dissect::kFin},
                                                                         {"SYN", dissect::kSyn},
                                                                         {"RST", dissect::kRst},
                                                                         {"PSH", dissect::kPsh},
                                                                         {"ACK", dissect::kAck}}};
  for (size_t open = info.find('['); open != std::string_view::npos; open = info.find('[', open + 1)) {
    const std::string_view list = info.substr(open + 1, info.find(']', open) - open - 1);
    if (list.substr(0, 4) == "TCP ") continue;
    uint16_t flags = dissect::kIsTcp;
    for (const auto& [name, bit] : kFlags)
      if (list.find(name) != std::string_view::npos) flags |= bit;
    return flags;
  }
  return 0;
}

inline uint16_t notes_of(std::string_view info) {
  constexpr uint16_t kAgain = dissect::kRetransmission;
  constexpr std::array<std::pair<std::string_view, uint16_t>, 10> kNotes{
      {{"[TCP Retransmission]", kAgain},
       {"[TCP Fast Retransmission]", kAgain | dissect::kFastRetransmission},
       {"[TCP Spurious Retransmission]", kAgain | dissect::kSpuriousRetransmission},
       {"[TCP Out-Of-Order]", dissect::kOutOfOrder},
       {"[TCP Previous segment not captured]", dissect::kLostSegment},
       {"[TCP ACKed unseen segment]", dissect::kAckedLostSegment},
       {"[TCP Dup ACK", dissect::kDuplicateAck},
       {"[TCP Keep-Alive]", dissect::kKeepAlive},
       {"[TCP Keep-Alive ACK]", dissect::kKeepAliveAck},
       {"[TCP ZeroWindowProbe]", dissect::kZeroWindowProbe}}};
  uint16_t notes = 0;
  for (const auto& [text, note] : kNotes)
    if (info.find(text) != std::string_view::npos) notes |= note;
  return notes;
}

class TraceBuilder {
 public:
  TraceBuilder() {
    trace_.kind = trace::SourceKind::pcap;
    trace_.complete = true;
    capture::Interface ethernet;
    ethernet.link_type = 1;
    trace_.interfaces.push_back(ethernet);
  }

  void add(const std::string& line) {
    std::istringstream in(line);
    std::string time, from, arrow, to, protocol, info;
    dissect::Row row;
    in >> time >> from >> arrow >> to >> protocol >> row.wire_len;
    std::getline(in, info);
    row.ts_ns = ns_of(time);
    row.protocol = static_cast<uint16_t>(trace_.findings.protocols.intern(protocol));
    row.flags = flags_of(info);
    row.notes = notes_of(info);
    row.seq = number_after(info, "Seq=");
    row.ack = number_after(info, "Ack=");
    row.payload_len = static_cast<uint16_t>(number_after(info, "Len="));
    row.link = number_after(info, "(reply in ");
    row.cap_len = number_after(info, "{captured ", row.wire_len);
    row.flow = flow(from, to, row.flags != 0 || protocol == "TCP" || protocol.rfind("TLS", 0) == 0);
    const PacketIndex i = trace_.size();
    const uint32_t first = number_after(info, "{copy of ");
    if (first != 0) row.flags |= dissect::kIsCopy;
    if (info.find("{finds neighbors}") != std::string_view::npos) row.flags |= dissect::kFindsNeighbors;
    if (info.find("{options cut}") != std::string_view::npos) row.flags |= dissect::kOptionsCut;
    if (first != 0 && (row.notes & dissect::kRetransmission) != 0)
      trace_.findings.needless.push_back({i, first - 1, dissect::NeedlessRetransmission::Why::copy});
    trace_.columns.push(row);
    handshake(i, row);
    if (const uint32_t segment = number_after(info, "{acks ")) trace_.findings.rtt_samples.push_back({i, segment - 1});
    if (const uint32_t needless = number_after(info, "{D-SACK of "))
      trace_.findings.needless.push_back({needless - 1, i, dissect::NeedlessRetransmission::Why::duplicate_sack});
  }

  trace::Trace take() { return std::move(trace_); }

 private:
  using PacketIndex = dissect::PacketIndex;
  using Endpoint = std::pair<uint32_t, uint16_t>;

  Endpoint endpoint(const std::string& text) {
    const size_t colon = text.find(':');
    const uint16_t port =
        colon == std::string::npos ? uint16_t{0} : static_cast<uint16_t>(std::atoi(text.c_str() + colon + 1));
    return {trace_.findings.addresses.intern(Address::text(std::string_view(text).substr(0, colon))), port};
  }

  uint32_t flow(const std::string& from, const std::string& to, bool is_tcp) {
    const Endpoint source = endpoint(from);
    const Endpoint target = endpoint(to);
    if (const auto back = flows_.find({target, source, is_tcp}); back != flows_.end()) return back->second + 1;
    auto& conversations = trace_.findings.conversations;
    const auto [at, is_new] =
        flows_.try_emplace({source, target, is_tcp}, static_cast<uint32_t>(conversations.size() * 2));
    if (is_new) {
      dissect::Conversation c;
      c.address = {source.first, target.first};
      c.port = {source.second, target.second};
      c.transport = source.second == 0 ? dissect::Transport::none
                    : is_tcp           ? dissect::Transport::tcp
                                       : dissect::Transport::udp;
      conversations.push_back(c);
    }
    return at->second;
  }

  void handshake(PacketIndex i, const dissect::Row& row) {
    dissect::Conversation& c = trace_.findings.conversations[row.flow >> 1];
    const bool syn = (row.flags & dissect::kSyn) != 0;
    const bool ack = (row.flags & dissect::kAck) != 0;
    if (syn && !ack && c.syn == kNoPacket) c.syn = i;
    if (syn && ack && c.syn_ack == kNoPacket) c.syn_ack = i;
    const bool from_client = c.syn != kNoPacket && trace_.columns.flow(c.syn) == row.flow;
    if (!syn && ack && from_client && c.syn_ack != kNoPacket && c.handshake_ack == kNoPacket) c.handshake_ack = i;
  }

  trace::Trace trace_;
  std::map<std::tuple<Endpoint, Endpoint, bool>, uint32_t> flows_;
};

inline trace::Trace trace_of(const std::string& lines) {
  TraceBuilder builder;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    const size_t begin = line.find_first_not_of(' ');
    if (begin != std::string::npos && line[begin] != '#') builder.add(line.substr(begin));
  }
  return builder.take();
}

/// Says of every conversation of `host` that the capture was made there, as a Linux cooked capture does.
inline void captured_at(trace::Trace& trace, std::string_view host) {
  const uint32_t id = trace.findings.addresses.intern(Address::text(host));
  for (dissect::Conversation& c : trace.findings.conversations)
    for (const uint8_t direction : {uint8_t{0}, uint8_t{1}})
      if (c.address[direction] == id) c.sent_by_capturer = direction;
}

/// Packet numbers (from 1) of a selection.
inline std::vector<uint32_t> numbers(const trace::Selection& selection) {
  std::vector<uint32_t> found;
  selection.for_each([&](dissect::PacketIndex i) { found.push_back(i + 1); });
  return found;
}

/// All packets of a trace.
inline trace::Selection all(const trace::Trace& trace) { return trace::Selection::all(trace.size()); }

}  // namespace tracedrop::test
