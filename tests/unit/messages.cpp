#include "messages.h"

#include "replay_fixtures.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "base/text.h"
#include "catch.h"

namespace tracedrop::test {

namespace {

constexpr size_t kEthernetAndIp = 34;
constexpr uint32_t kHandshakePackets = 3;

void put(Octets& out, uint64_t value, int bytes) {
  while (bytes-- > 0) out.push_back(static_cast<uint8_t>(value >> (8 * bytes)));
}

void append(Octets& out, const Octets& more) { out.insert(out.end(), more.begin(), more.end()); }

Octets ip_frame(uint8_t protocol, const Octets& payload, bool forth) {
  Octets frame = octets("000000000001 000000000002 0800");
  put(frame, 0x4500, 2), put(frame, 20 + payload.size(), 2), put(frame, 0x00014000, 4);
  put(frame, 64, 1), put(frame, protocol, 1), put(frame, 0, 2);
  put(frame, forth ? 0x0A000001 : 0x0A000002, 4), put(frame, forth ? 0x0A000002 : 0x0A000001, 4);
  append(frame, payload);
  return frame;
}

/// The text in quotes at the start of `line`, which is removed with the blanks after it.
std::string take_quoted(std::string& line) {
  REQUIRE(line[0] == '"');
  size_t end = 1;
  while (end < line.size() && line[end] != '"') end += line[end] == '\\' ? 2 : 1;
  REQUIRE(end < line.size());
  const std::string text = line.substr(1, end - 1);
  line.erase(0, std::min(line.find_first_not_of(' ', end + 1), line.size()));
  return text;
}

struct Expected {
  std::string line, protocol, info;
  uint32_t link = 0;
};

class Connection {
 public:
  explicit Connection(uint16_t port) : port_(port) {
    send(true, 0x02, {});
    send(false, 0x12, {});
    send(true, 0x10, {});
  }

  void send(bool forth, uint8_t flags, const Octets& payload, size_t kept = SIZE_MAX) {
    uint32_t& seq = next_[forth ? 0 : 1];
    Octets segment;
    put(segment, forth ? 40000 : port_, 2), put(segment, forth ? port_ : 40000, 2);
    put(segment, seq, 4), put(segment, (flags & 0x10) != 0 ? next_[forth ? 1 : 0] : 0, 4);
    put(segment, 0x50, 1), put(segment, flags, 1), put(segment, 0xFFFF0000, 4), put(segment, 0, 2);
    append(segment, payload);
    const size_t headers = kEthernetAndIp + 20;
    reading.add(ip_frame(6, segment, forth), kept == SIZE_MAX ? SIZE_MAX : headers + kept);
    seq += static_cast<uint32_t>(payload.size()) + ((flags & 3) != 0 ? 1 : 0);
  }
  void skip(bool forth, uint32_t count) { next_[forth ? 0 : 1] += count; }

  Reading reading;

 private:
  uint16_t port_;
  uint32_t next_[2] = {1000, 5000};
};

Expected run_line(Connection& connection, std::string line) {
  Expected expected;
  expected.line = line;
  const bool forth = line[0] == '>';
  const bool has_fin = line[1] == 'F';
  line.erase(0, line.find_first_of("+\""));
  if (line[0] == '+') {
    connection.skip(forth, static_cast<uint32_t>(std::stoul(line.substr(1))));
    line.erase(0, line.find('"'));
  }
  const Octets payload = unescape(take_quoted(line));
  size_t kept = SIZE_MAX;
  if (line[0] == '/') {
    kept = std::stoul(line.substr(1));
    line.erase(0, line.find_first_not_of(' ', line.find(' ')));
  }
  connection.send(forth, has_fin ? 0x11 : 0x18, payload, kept);
  std::istringstream rest(line);
  rest >> expected.protocol;
  line.erase(0, std::min(line.find_first_not_of(' ', expected.protocol.size()), line.size()));
  if (line.empty()) return expected;
  if (line[0] == '"') {
    const Octets info = unescape(take_quoted(line));
    expected.info.assign(info.begin(), info.end());
  } else {
    expected.link = static_cast<uint32_t>(std::stoul(line)) + kHandshakePackets;
  }
  return expected;
}

}  // namespace

Octets octets(std::string_view notation) {
  Octets out;
  for (size_t i = 0; i < notation.size(); ++i) {
    if (notation[i] == ' ' || notation[i] == '\n') continue;
    if (notation[i] == '\'') {
      for (++i; i < notation.size() && notation[i] != '\''; ++i) out.push_back(static_cast<uint8_t>(notation[i]));
      continue;
    }
    REQUIRE(i + 1 < notation.size());
    out.push_back(static_cast<uint8_t>(std::stoul(std::string(notation.substr(i, 2)), nullptr, 16)));
    ++i;
  }
  return out;
}

Octets unescape(std::string_view text) {
  Octets out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out.push_back(static_cast<uint8_t>(text[i]));
      continue;
    }
    switch (text[++i]) {
      case 'r': out.push_back('\r'); break;
      case 'n': out.push_back('\n'); break;
      case 't': out.push_back('\t'); break;
      case 'x':
        out.push_back(static_cast<uint8_t>(std::stoul(std::string(text.substr(i + 1, 2)), nullptr, 16)));
        i += 2;
        break;
      default: out.push_back(static_cast<uint8_t>(text[i]));
    }
  }
  return out;
}

Octets udp_frame(const Octets& payload, uint16_t source_port, uint16_t destination_port) {
  Octets datagram;
  put(datagram, source_port, 2), put(datagram, destination_port, 2), put(datagram, 8 + payload.size(), 2),
      put(datagram, 0, 2);
  append(datagram, payload);
  return ip_frame(17, datagram, source_port != 53);
}

dissect::Packet Reading::packet(const Kept& kept) const {
  dissect::Packet packet;
  packet.bytes = Bytes(kept.bytes.data(), kept.bytes.size(), kept.wire_len);
  packet.link_type = 1;
  return packet;
}

void Reading::add(const Octets& frame, size_t kept, int64_t after_ns) {
  const auto end = frame.begin() + static_cast<std::ptrdiff_t>(std::min(kept, frame.size()));
  packets_.push_back({Octets(frame.begin(), end), frame.size(), {}, {}});
  Kept& added = packets_.back();
  now_ns_ += after_ns;
  added.row.ts_ns = now_ns_;
  added.row.cap_len = static_cast<uint32_t>(added.bytes.size());
  added.row.wire_len = static_cast<uint32_t>(added.wire_len);
  dissector_.dissect(packet(added), static_cast<uint32_t>(packets_.size() - 1), added.row, &added.first_info);
  dissector_.take_links([&](uint32_t index, uint32_t number) { packets_[index].row.link = number; });
}

std::vector<Shown> Reading::rows() const {
  std::vector<Shown> shown;
  for (size_t i = 0; i < packets_.size(); ++i) {
    const Kept& kept = packets_[i];
    Shown row{std::string(findings_.protocols.text(kept.row.protocol)), {}, kept.row.link, kept.row.seq};
    dissect::render_info(findings_, kept.row, static_cast<uint32_t>(i), packet(kept), row.info);
    if (row.protocol != "TCP" || row.link == 0) CHECK(row.info == kept.first_info);
    shown.push_back(std::move(row));
  }
  return shown;
}

dissect::Tree Reading::tree(size_t index) const {
  return replayed(
      findings_, index, [&](size_t i) { return packet(packets_[i]); }, [&](size_t i) { return packets_[i].row; });
}

std::vector<std::string> Reading::fields(size_t index) const { return list_fields(tree(index)); }

Shown show_datagram(const Octets& payload, uint16_t source_port, uint16_t destination_port) {
  Reading reading;
  reading.add(udp_frame(payload, source_port, destination_port));
  return reading.last();
}

void check_connection(uint16_t port, std::string_view script) {
  Connection connection(port);
  std::vector<Expected> expected;
  std::istringstream lines{std::string(script)};
  for (std::string line; std::getline(lines, line);) {
    line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
    if (!line.empty()) expected.push_back(run_line(connection, line));
  }
  const std::vector<Shown> rows = connection.reading.rows();
  REQUIRE(rows.size() == expected.size() + kHandshakePackets);
  for (size_t i = 0; i < expected.size(); ++i) {
    const Shown& row = rows[i + kHandshakePackets];
    INFO(expected[i].line);
    CHECK(row.protocol == expected[i].protocol);
    if (row.protocol != "TCP") CHECK(row.info == expected[i].info);
    if (row.protocol == "TCP") CHECK(row.link == expected[i].link);
  }
}

}  // namespace tracedrop::test
