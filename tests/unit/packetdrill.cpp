#include "packetdrill.h"

#include <cstdio>
#include <sstream>

#include "catch.h"
#include "dissect/dissector.h"
#include "protocols/transport/tcp/info.h"

namespace tracedrop::test {

namespace {

constexpr uint32_t kFirstSeq = 0xFFFFFF00;
constexpr uint16_t kClientPort = 40000, kServerPort = 9999;

struct Line {
  int64_t gap_ns = 0;
  bool from_client = true;
  uint16_t flags = 0;
  uint32_t seq = 0, ack = 0;
  uint32_t length = 0;
  uint16_t window = 0;
  uint16_t id = 0;
  unsigned ttl = 64;
  std::vector<uint8_t> options;
};

void put(std::vector<uint8_t>& out, uint64_t value, int bytes) {
  while (bytes-- > 0) out.push_back(static_cast<uint8_t>(value >> (8 * bytes)));
}

uint16_t read_flags(const std::string& text) {
  uint16_t flags = 0;
  for (const char c : text) {
    switch (c) {
      case 'F': flags |= dissect::kFin; break;
      case 'S': flags |= dissect::kSyn; break;
      case 'R': flags |= dissect::kRst; break;
      case 'P': flags |= dissect::kPsh; break;
      case '.': flags |= dissect::kAck; break;
      case 'U': flags |= dissect::kUrg; break;
      case 'E': flags |= dissect::kEce; break;
      case 'W': flags |= dissect::kCwr; break;
      default: FAIL("unknown flag " << c);
    }
  }
  return flags;
}

void add_option(std::vector<uint8_t>& out, const std::string& text) {
  unsigned a = 0, b = 0;
  if (std::sscanf(text.c_str(), "mss %u", &a) == 1) {
    put(out, 0x0204, 2), put(out, a, 2);
  } else if (std::sscanf(text.c_str(), "wscale %u", &a) == 1) {
    put(out, 0x0303, 2), put(out, a, 1);
  } else if (text == "sackOK") {
    put(out, 0x0402, 2);
  } else if (text == "nop") {
    put(out, 1, 1);
  } else if (std::sscanf(text.c_str(), "sack %u:%u", &a, &b) == 2) {
    put(out, 0x050A, 2), put(out, kFirstSeq + a, 4), put(out, kFirstSeq + b, 4);
  } else if (std::sscanf(text.c_str(), "TS val %u ecr %u", &a, &b) == 2) {
    put(out, 0x080A, 2), put(out, a, 4), put(out, b, 4);
  } else {
    FAIL("unknown option " << text);
  }
}

void read_options(std::vector<uint8_t>& out, const std::string& text) {
  std::istringstream in(text);
  for (std::string option; std::getline(in, option, ',');) add_option(out, option);
  while (out.size() % 4 != 0) out.push_back(0);
}

Line read_line(const std::string& text) {
  Line line;
  std::istringstream in(text);
  std::string time, way, flags, range, word;
  in >> time >> way >> flags >> range;
  line.gap_ns = static_cast<int64_t>(std::stod(time.substr(1)) * 1e9 + 0.5);
  line.from_client = way == ">";
  line.flags = read_flags(flags);
  unsigned seq = 0, end = 0, length = 0;
  REQUIRE(std::sscanf(range.c_str(), "%u:%u(%u)", &seq, &end, &length) == 3);
  REQUIRE(end - seq == length);
  line.seq = seq;
  line.length = length;
  while (in >> word) {
    if (word == "ack") in >> line.ack;
    if (word == "win") in >> line.window;
    if (word == "id") in >> line.id;
    if (word == "ttl") in >> line.ttl;
    if (word[0] != '<') continue;
    std::string rest;
    if (word.back() != '>') std::getline(in, rest, '>');
    if (word.back() == '>') word.pop_back();
    read_options(line.options, word.substr(1) + rest);
  }
  return line;
}

std::vector<uint8_t> build_packet(const Line& line) {
  std::vector<uint8_t> out(12, 2);
  put(out, 0x0800, 2);
  const size_t header = 20 + line.options.size();
  put(out, 0x4500, 2), put(out, 20 + header + line.length, 2), put(out, line.id, 2), put(out, 0, 2);
  put(out, line.ttl << 8 | 6, 2), put(out, 0, 2);
  put(out, line.from_client ? 0x0A000001 : 0x0A000002, 4);
  put(out, line.from_client ? 0x0A000002 : 0x0A000001, 4);
  put(out, line.from_client ? kClientPort : kServerPort, 2);
  put(out, line.from_client ? kServerPort : kClientPort, 2);
  put(out, kFirstSeq + line.seq, 4);
  put(out, (line.flags & dissect::kAck) != 0 ? kFirstSeq + line.ack : 0, 4);
  put(out, header / 4 << 12 | line.flags, 2), put(out, line.window, 2), put(out, 0, 4);
  out.insert(out.end(), line.options.begin(), line.options.end());
  out.resize(out.size() + line.length, 'x');
  return out;
}

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  const size_t start = text.find_first_not_of(' ');
  return start == std::string::npos ? "" : text.substr(start);
}

}  // namespace

Drill run_script(std::string_view script) {
  Drill drill;
  dissect::Dissector dissector(drill.findings);
  std::istringstream in{std::string(script)};
  int64_t now_ns = 1'000'000'000;
  for (std::string text; std::getline(in, text);) {
    const size_t semicolon = text.find(';');
    DrillPacket packet;
    packet.line = trimmed(text.substr(0, semicolon));
    if (packet.line.empty()) continue;
    if (semicolon != std::string::npos) packet.expected = trimmed(text.substr(semicolon + 1));
    const Line line = read_line(packet.line);
    now_ns += line.gap_ns;
    const std::vector<uint8_t> bytes = build_packet(line);
    packet.row.ts_ns = now_ns;
    packet.row.cap_len = packet.row.wire_len = static_cast<uint32_t>(bytes.size());
    const auto index = static_cast<dissect::PacketIndex>(drill.packets.size());
    dissector.dissect({Bytes(bytes.data(), bytes.size()), 1, 0}, index, packet.row);
    dissect::tcp::append_notes(packet.notes, drill.findings, packet.row, index);
    packet.notes = trimmed(packet.notes);
    drill.packets.push_back(packet);
  }
  return drill;
}

void check_notes(std::string_view script) {
  for (const DrillPacket& packet : run_script(script).packets) {
    INFO(packet.line);
    CHECK(packet.notes == packet.expected);
  }
}

}  // namespace tracedrop::test
