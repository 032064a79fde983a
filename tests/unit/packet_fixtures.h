// Packets below the transport layer for tests, and their rows as lines of text that a reviewer can compare:
//
//   CHECK(row_of(kEthernet, ethernet(0x0800, ipv4(17, octets("03E8 07D0 000C 0000 61626364")))) ==
//         "10.0.0.1 > 10.0.0.2 | UDP | 1000 → 2000 Len=4");
#pragma once

#include <string>
#include <vector>

#include "base/text.h"
#include "catch.h"
#include "dissect/dissector.h"
#include "messages.h"
#include "replay_fixtures.h"

namespace tracedrop::test {

inline constexpr uint16_t kEthernet = 1, kNull = 0, kLoop = 108, kRaw = 101, kCooked = 113, kCooked2 = 276, kPpp = 9;

inline Octets operator+(Octets a, const Octets& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

inline Octets be16(unsigned value) { return {static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value)}; }

/// An Ethernet frame from 02:00:00:00:00:01 to everybody.
inline Octets ethernet(unsigned type, const Octets& payload) {
  return octets("FFFFFFFFFFFF 020000000001") + be16(type) + payload;
}

struct Ipv4 {
  std::string source = "0A000001", destination = "0A000002";
  unsigned id = 1;
  unsigned fragment = 0;  ///< flags and offset, as they stand in the header
  unsigned ttl = 64;
  std::string options = "";
  int total_len = -1;  ///< what the header says; the truth when negative
};

inline Octets ipv4(unsigned protocol, const Octets& payload, const Ipv4& header = {}) {
  const Octets options = octets(header.options);
  const size_t header_len = 20 + options.size();
  const unsigned total = header.total_len < 0 ? static_cast<unsigned>(header_len + payload.size())
                                              : static_cast<unsigned>(header.total_len);
  const Octets start{static_cast<uint8_t>(0x40 | header_len / 4), 0};
  const Octets middle{static_cast<uint8_t>(header.ttl), static_cast<uint8_t>(protocol), 0, 0};
  return start + be16(total) + be16(header.id) + be16(header.fragment) + middle + octets(header.source) +
         octets(header.destination) + options + payload;
}

/// From 2001:db8::1 to 2001:db8::2.
inline Octets ipv6(unsigned next_header, const Octets& payload, int payload_len = -1) {
  const Octets next{static_cast<uint8_t>(next_header), 64};
  return octets("60000000") +
         be16(payload_len < 0 ? static_cast<unsigned>(payload.size()) : static_cast<unsigned>(payload_len)) + next +
         octets("20010DB8 00000000 00000000 00000001 20010DB8 00000000 00000000 00000002") + payload;
}

/// A datagram from port 1000 to port 2000.
inline Octets udp(const Octets& payload, unsigned checksum = 1) {
  return octets("03E8 07D0") + be16(static_cast<unsigned>(payload.size() + 8)) + be16(checksum) + payload;
}

/// Captured frames of one link type, read as a file is.
class Rows {
 public:
  explicit Rows(uint16_t link_type = kEthernet) : link_type_(link_type) {}

  /// `kept` is how much of the frame the capture kept.
  Rows& add(const Octets& frame, size_t kept = SIZE_MAX) {
    Packet packet{frame, frame.size(), {}, {}};
    packet.bytes.resize(std::min(kept, frame.size()));
    packet.row.ts_ns = static_cast<int64_t>(packets_.size()) * 1'000'000;
    packet.row.cap_len = static_cast<uint32_t>(packet.bytes.size());
    packet.row.wire_len = static_cast<uint32_t>(packet.wire_len);
    const auto index = static_cast<dissect::PacketIndex>(packets_.size());
    packets_.push_back(std::move(packet));
    dissector_.dissect(as_captured(packets_.back()), index, packets_.back().row, &packets_.back().first_info);
    dissector_.take_links([&](dissect::PacketIndex earlier, uint32_t number) {
      packets_[earlier].row.link = number;
      packets_[earlier].linked_later = true;
    });
    return *this;
  }

  /// "source > destination | Protocol | Info".
  std::string line(size_t i) const {
    const Packet& packet = packets_[i];
    const dissect::Conversation& conversation = findings_.conversations[packet.row.flow >> 1];
    const uint32_t way = packet.row.flow & 1;
    std::string out;
    append_address(out, findings_.addresses.at(conversation.address[way]));
    out += " > ";
    append_address(out, findings_.addresses.at(conversation.address[1 - way]));
    out += " | ";
    out += findings_.protocols.text(packet.row.protocol);
    return out + " | " + info(i);
  }
  std::vector<std::string> lines() const {
    std::vector<std::string> all;
    for (size_t i = 0; i < packets_.size(); ++i) all.push_back(line(i));
    return all;
  }
  /// The Info text as it is shown in the end; the first pass said the same unless a later packet changed it.
  std::string info(size_t i) const {
    std::string out;
    render_info(findings_, packets_[i].row, static_cast<dissect::PacketIndex>(i), as_captured(packets_[i]), out);
    if (!packets_[i].linked_later) CHECK(packets_[i].first_info == out);
    return out;
  }
  const dissect::Row& row(size_t i) const { return packets_[i].row; }
  const dissect::Findings& findings() const { return findings_; }

  /// The fields of a packet as "name=value": numbers in decimal, bytes in hexadecimal.
  std::vector<std::string> fields(size_t i) const { return list_fields(tree(i)); }
  dissect::Tree tree(size_t i) const {
    return replayed(
        findings_, i, [&](size_t k) { return as_captured(packets_[k]); }, [&](size_t k) { return packets_[k].row; });
  }

 private:
  struct Packet {
    Octets bytes;
    size_t wire_len;
    dissect::Row row;
    std::string first_info;
    bool linked_later = false;
  };

  dissect::Packet as_captured(const Packet& packet) const {
    return {Bytes(packet.bytes.data(), packet.bytes.size(), packet.wire_len), link_type_, 0};
  }

  uint16_t link_type_;
  dissect::Findings findings_;
  dissect::Dissector dissector_{findings_};
  std::vector<Packet> packets_;
};

inline std::string row_of(uint16_t link_type, const Octets& frame, size_t kept = SIZE_MAX) {
  return Rows(link_type).add(frame, kept).line(0);
}

inline bool contains(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

/// The frame cut at every length, by the capture and by its sender: read without harm, with the same Info both times,
/// and never blamed on the wrong one of them. Returns how many of the snapped frames say so.
inline size_t check_every_cut(uint16_t link_type, const Octets& frame) {
  size_t said = 0;
  for (size_t length = 0; length <= frame.size(); ++length) {
    CAPTURE(length);
    const std::string snapped = row_of(link_type, frame, length);
    CHECK(snapped.find("[Malformed Packet]") == std::string::npos);
    said += snapped.find("[Packet size limited during capture]") != std::string::npos;
    Rows whole(link_type);
    whole.add(Octets(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(length)));
    CHECK(whole.info(0).find("[Packet size limited during capture]") == std::string::npos);
    whole.fields(0);
  }
  return said;
}

}  // namespace tracedrop::test
