// Classic pcap, in every dialect and every kind of damage.

#include "capture_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::test;

namespace {

const std::string kEthernet = "interface 0: Ethernet, snap length 262144, 6 digits";

/// A file of this magic with two packets, in this byte order.
std::string two_packets(uint32_t magic, bool big_endian, std::string_view after_header = {},
                        std::string_view extra_header = {}) {
  PcapRecord record{.seconds = 1663875600, .fraction = 123456, .extra_header = extra_header, .big_endian = big_endian};
  std::string file = pcap_header({.magic = magic, .big_endian = big_endian});
  file.append(after_header).append(pcap_record(record));
  record.data = "xyz";
  record.wire_len = 1440;
  return file + pcap_record(record);
}

}  // namespace

TEST_CASE("pcap: every magic in both byte orders") {
  const bool big_endian = GENERATE(false, true);
  CAPTURE(big_endian);
  CHECK(read_capture(two_packets(0xA1B2C3D4, big_endian)) ==
        Lines{kEthernet, "packet at 40: 1663875600.123456000, 4 of 4 bytes, abcd",
              "packet at 60: 1663875600.123456000, 3 of 1440 bytes, xyz"});
  CHECK(read_capture(two_packets(0xA1B23C4D, big_endian)) ==
        Lines{"interface 0: Ethernet, snap length 262144, 9 digits",
              "packet at 40: 1663875600.000123456, 4 of 4 bytes, abcd",
              "packet at 60: 1663875600.000123456, 3 of 1440 bytes, xyz"});
  CHECK(read_capture(two_packets(0xA1B2CD34, big_endian, "", "ifprotoP")) ==
        Lines{kEthernet, "packet at 48: 1663875600.123456000, 4 of 4 bytes, abcd",
              "packet at 76: 1663875600.123456000, 3 of 1440 bytes, xyz"});
  CHECK(read_capture(two_packets(0x1C0001AC, big_endian, "size")) ==
        Lines{"interface 0: Ethernet, snap length 262144, 9 digits",
              "packet at 44: 1663875600.000123456, 4 of 4 bytes, abcd",
              "packet at 64: 1663875600.000123456, 3 of 1440 bytes, xyz"});
  CHECK(read_capture(two_packets(0x1C0001AB, big_endian, "size")) ==
        Lines{kEthernet, "packet at 44: 1663875600.123456000, 4 of 4 bytes, abcd",
              "packet at 64: 1663875600.123456000, 3 of 1440 bytes, xyz"});
}

TEST_CASE("pcap: the link type's upper bits tell the frame check sequence") {
  const auto interface = [](uint32_t network) { return read_capture(pcap_header({.network = network})).at(0); };
  CHECK(interface(0x24000001) == "interface 0: Ethernet, snap length 262144, 6 digits, FCS 4");
  CHECK(interface(0x14000071) == "interface 0: Linux cooked v1, snap length 262144, 6 digits, FCS 2");
  CHECK(interface(0x04000065) == "interface 0: Raw IP, snap length 262144, 6 digits");
  CHECK(interface(0x20000001) == kEthernet);
  CHECK(interface(0xFFFF) == "interface 0: unknown link type, snap length 262144, 6 digits");
}

TEST_CASE("pcap: before version 2.4 the two lengths may be the other way round") {
  const auto packet = [](uint16_t major, uint16_t minor, int64_t first, int64_t second) {
    const std::string file = pcap_header({.major = major, .minor = minor}) +
                             pcap_record({.data = "abcd", .cap_len = first, .wire_len = second});
    return read_capture(file).at(1);
  };
  const std::string cut = "packet at 40: 1.000002000, 4 of 60 bytes, abcd";
  CHECK(packet(2, 2, 60, 4) == cut);
  CHECK(packet(2, 3, 60, 4) == cut);
  CHECK(packet(2, 3, 4, 60) == cut);
  CHECK(packet(2, 4, 4, 60) == cut);
  CHECK(packet(543, 0, 60, 4) == cut);
  CHECK(packet(3, 0, 4, 60) == cut);
}

TEST_CASE("pcap: odd figures are taken as they are") {
  const std::string file = pcap_header() + pcap_record({.wire_len = 2}) + pcap_record({.fraction = 1'500'000}) +
                           pcap_record({.seconds = UINT32_MAX, .fraction = UINT32_MAX}) + pcap_record({.data = ""});
  CHECK(read_capture(file) == Lines{kEthernet, "packet at 40: 1.000002000, 4 of 2 bytes, abcd",
                                    "warning odd-fraction at 44: A packet's time stamp has a fraction of 1,000,000 "
                                    "microseconds or more, which is a second; the first such packet begins at byte 44. "
                                    "The times were taken as they are: figures of time are not to be trusted.",
                                    "packet at 60: 2.500000000, 4 of 4 bytes, abcd",
                                    "packet at 80: 4294971589.967295000, 4 of 4 bytes, abcd",
                                    "packet at 100: 1.000002000, 0 of 0 bytes, "});
}

TEST_CASE("pcap: no packets at all") { CHECK(read_capture(pcap_header()) == Lines{kEthernet}); }

TEST_CASE("pcap: a file cut short keeps what is whole") {
  const std::string file = pcap_header() + pcap_record() + pcap_record();
  const Lines before{kEthernet, "packet at 40: 1.000002000, 4 of 4 bytes, abcd"};
  for (size_t there = 1; there < 20; ++there) {
    CAPTURE(there);
    Lines expected = before;
    expected.push_back(
        "warning truncated at 44: The file was cut short in the middle of a packet, which begins at byte "
        "44: only " +
        std::to_string(there) + (there == 1 ? " byte of it is there." : " bytes of it are there.") +
        " Everything before it was read.");
    CHECK(read_capture(file.substr(0, 44 + there)) == expected);
  }
  CHECK(read_capture(file.substr(0, 44)) == before);
  CHECK(read_capture(file.substr(0, 23)) ==
        Lines{"error damaged at 23: The file is damaged at byte 23: the file ends within the 24 bytes of its header. "
              "Everything before it was read."});
}

TEST_CASE("pcap: a captured length that cannot be ends the reading there") {
  const auto read = [](uint32_t network, int64_t cap_len) {
    return read_capture(pcap_header({.network = network}) + pcap_record() + pcap_record({.cap_len = cap_len}) +
                        pcap_record());
  };
  CHECK(
      read(1, 262145) ==
      Lines{kEthernet, "packet at 40: 1.000002000, 4 of 4 bytes, abcd",
            "error damaged at 44: The file is damaged at byte 44: a packet is said to have 262145 captured bytes, more "
            "than the 262144 that are possible. Everything before it was read."});
  CHECK(read(1, 0xFFFFFFFF).back().substr(0, 22) == "error damaged at 44: T");
  // 262144 and, for links with large messages, 128 MB are possible: such a packet is only not all there.
  CHECK(read(1, 262144).back().substr(0, 24) == "warning truncated at 44:");
  CHECK(read(249, 134217728).back().substr(0, 24) == "warning truncated at 44:");
  CHECK(read(249, 134217729).back().substr(0, 20) == "error damaged at 44:");
}

TEST_CASE("pcap: a large packet over many chunks") {
  const std::string data(262144, 'x');
  const std::string file = pcap_header() + pcap_record({.data = data}) + pcap_record();
  std::vector<size_t> cuts;
  for (size_t at = 1000; at < file.size(); at += 1000) cuts.push_back(at);
  const Lines whole = read_pieces(file, {});
  REQUIRE(whole.size() == 3);
  CHECK(whole[2] == "packet at 262200: 1.000002000, 4 of 4 bytes, abcd");
  CHECK(read_pieces(file, cuts) == whole);
}

TEST_CASE("pcap: an unsupported version says so") {
  CHECK(read_capture(pcap_header({.major = 1, .minor = 7}) + pcap_record()) ==
        Lines{"error unsupported at 4: Reading ends at byte 4: pcap version 1.7 is not supported."});
}
