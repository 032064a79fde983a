// pcap's dialects that only the first records tell: other lengths of the record header, other fractions of a second.
#include "capture_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::test;

namespace {

constexpr uint32_t kNano = 0xA1B23C4D, kModified = 0xA1B2CD34;
const std::string kEthernet = "interface 0: Ethernet, snap length 262144, 6 digits";
const std::string kEthernetNs = "interface 0: Ethernet, snap length 262144, 9 digits";

struct Form {
  uint32_t magic = 0xA1B2C3D4;
  std::string_view extra_header = {};
  bool big_endian = false;
  uint16_t minor = 4;
  uint32_t network = 1;
};

/// A file with a record for each fraction, of 20 bytes, 21, … in the same minute.
std::string file_of(const Form& form, const std::vector<uint32_t>& fractions) {
  std::string file =
      pcap_header({.magic = form.magic, .minor = form.minor, .network = form.network, .big_endian = form.big_endian});
  std::string data = "twenty bytes of data";
  for (size_t i = 0; i < fractions.size(); ++i, data += 'x') {
    file += pcap_record({.seconds = static_cast<uint32_t>(1700000000 + i),
                         .fraction = fractions[i],
                         .data = data,
                         .extra_header = form.extra_header,
                         .big_endian = form.big_endian});
  }
  return file;
}

std::string packet_line(size_t i, size_t header_bytes, std::string_view fraction) {
  size_t at = 24 + header_bytes;
  for (size_t before = 0; before < i; ++before) at += header_bytes + 20 + before;
  const std::string size = std::to_string(20 + i);
  return "packet at " + std::to_string(at) + ": " + std::to_string(1700000000 + i) + "." + std::string(fraction) +
         ", " + size + " of " + size + " bytes, twenty bytes of data" + std::string(i, 'x');
}

Lines packets(size_t header_bytes) {
  return {kEthernet, packet_line(0, header_bytes, "123456000"), packet_line(1, header_bytes, "000020000"),
          packet_line(2, header_bytes, "999999000")};
}

bool has_warning(const Lines& lines, std::string_view code) {
  for (const std::string& line : lines)
    if (line.find("warning " + std::string(code)) == 0) return true;
  return false;
}

}  // namespace

TEST_CASE("pcap: longer record headers are told by the records") {
  const std::vector<uint32_t> fractions{123456, 20, 999999};
  const bool big_endian = GENERATE(false, true);
  CAPTURE(big_endian);
  const auto read = [&](uint32_t magic, std::string_view extra) {
    return read_capture(file_of({.magic = magic, .extra_header = extra, .big_endian = big_endian}, fractions));
  };
  CHECK(read(0xA1B2C3D4, "") == packets(16));
  CHECK(read(0xA1B2C3D4, "noka") == packets(20));
  CHECK(read(0xA1B2C3D4, std::string(4, '\0')) == packets(20));
  CHECK(read(0xA1B2C3D4, "ifprotoP") == packets(24));
  CHECK(read(0xA1B2C3D4, std::string("\2\0\0\0\10\0\0\0", 8)) == packets(24));
  CHECK(read(kModified, "ifprotoP") == packets(24));
  CHECK(read(kModified, "ifprotoPcpus") == packets(28));
  CHECK(read(kNano, "noka").at(1) == packet_line(0, 20, "000123456"));
}

TEST_CASE("pcap: one packet with a longer header, and one that is cut short behind a usual one") {
  CHECK(read_capture(file_of({.extra_header = "noka"}, {7})) == Lines{kEthernet, packet_line(0, 20, "000007000")});
  CHECK(read_capture(file_of({.extra_header = "ifprotoP"}, {7})) == Lines{kEthernet, packet_line(0, 24, "000007000")});
  const std::string two = file_of({}, {7, 8});
  for (const size_t there : {4u, 8u, 12u}) {
    const Lines lines = read_capture(two.substr(0, 24 + 36 + there));
    REQUIRE(lines.size() == 3);
    CHECK(lines[1] == packet_line(0, 16, "000007000"));
    CHECK(has_warning(lines, "truncated at 60"));
  }
}

TEST_CASE("pcap: odd records do not make a dialect") {
  const std::string start = file_of({}, {1, 2, 3});
  SECTION("more captured than was on the wire") {
    const Lines lines = read_capture(start + pcap_record({.seconds = 1700000009, .data = "abcdef", .wire_len = 2}));
    CHECK(lines.size() == 5);
    CHECK(lines.back() == "packet at 151: 1700000009.000002000, 6 of 2 bytes, abcdef");
  }
  SECTION("a packet of another decade") {
    CHECK(read_capture(start + pcap_record({.seconds = 700000000})).size() == 5);
  }
  SECTION("damage behind sound packets") {
    const Lines lines = read_capture(start + pcap_record({.seconds = 1700000009, .cap_len = 0x7FFFFFFF}));
    CHECK(lines.size() == 5);
    CHECK(lines.back().find("error damaged at 135: ") == 0);
  }
}

TEST_CASE("pcap: nanoseconds in a file of microseconds") {
  const bool big_endian = GENERATE(false, true);
  const auto read = [&](const std::vector<uint32_t>& fractions) {
    return read_capture(file_of({.big_endian = big_endian}, fractions));
  };
  const Lines few_small = read({5, 123456789, 999999999, 234567890});
  REQUIRE(few_small.size() == 6);
  CHECK(few_small[0] == kEthernetNs);
  CHECK(few_small[1].find("warning nanosecond-fractions at 24: The file's header says that its time stamps count "
                          "microseconds") == 0);
  CHECK(few_small[2] == packet_line(0, 16, "000000005"));
  CHECK(few_small[3] == packet_line(1, 16, "123456789"));
  CHECK(has_warning(read({999999999}), "nanosecond-fractions"));
  CHECK(has_warning(read(std::vector<uint32_t>(100, 500000000)), "nanosecond-fractions"));
  // Neither a few wrong ones, nor a count that ran over, nor what is no nanosecond either.
  CHECK_FALSE(has_warning(read({5, 6, 7, 500000000}), "nanosecond-fractions"));
  CHECK_FALSE(has_warning(read({1000001, 1000002, 1999999}), "nanosecond-fractions"));
  CHECK_FALSE(has_warning(read({500000000, 1000000000}), "nanosecond-fractions"));
  CHECK_FALSE(has_warning(read({1, 2, 999999}), "odd-fraction"));
  const Lines odd = read({5, 6, 500000000, 500000001});
  CHECK(odd[0] == kEthernet);
  CHECK(odd[3].find("warning odd-fraction at 97: ") == 0);
  CHECK(odd.size() == 6);
}

TEST_CASE("pcap: a nanosecond file stays one, whatever its fractions") {
  const Lines lines = read_capture(file_of({.magic = kNano}, {123, 456, 999999}));
  CHECK(lines == Lines{kEthernetNs, packet_line(0, 16, "000000123"), packet_line(1, 16, "000000456"),
                       packet_line(2, 16, "000999999")});
}

TEST_CASE("pcap: AIX counts nanoseconds and gives the interface's type") {
  const bool big_endian = GENERATE(false, true);
  const auto read = [&](uint32_t network, uint16_t minor = 2) {
    return read_capture(file_of({.big_endian = big_endian, .minor = minor, .network = network}, {123456789, 5}));
  };
  CHECK(read(6) == Lines{kEthernetNs, packet_line(0, 16, "123456789"), packet_line(1, 16, "000000005")});
  CHECK(read(9)[0] == "interface 0: Token Ring, snap length 262144, 9 digits");
  CHECK(read(15)[0] == "interface 0: FDDI, snap length 262144, 9 digits");
  CHECK(read(24)[0] == "interface 0: BSD loopback, snap length 262144, 9 digits");
  CHECK(read(1, 2)[0] == kEthernet);
  CHECK(read(6, 4)[0] == "interface 0: Token Ring, snap length 262144, 6 digits");
}

TEST_CASE("pcap: a first packet that is larger than what is looked at") {
  const std::string data(2'000'000, 'x');
  const std::string file = pcap_header({.network = 249}) + pcap_record({.data = data}) + pcap_record();
  const Lines whole = read_pieces(file, {});
  CHECK(whole.size() == 3);
  std::vector<size_t> cuts;
  for (size_t at = 50'000; at < file.size(); at += 50'000) cuts.push_back(at);
  CHECK(read_pieces(file, cuts) == whole);
}
