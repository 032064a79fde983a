// Captures behind each other in one file, and zeros where a packet should begin.
#include "capture_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::test;

namespace {

const Pcapng le;
const Pcapng be(true);

const std::string kPcap = pcap_header() + pcap_record();                                              // 44 bytes
const std::string kPcapng = le.section() + le.interface() + le.packet(0, 1663848000'000000, "abcd");  // 84 bytes
const std::string kInterface = "interface 0: Ethernet, snap length 262144, 6 digits";
const std::string kPacket = "packet at 40: 1.000002000, 4 of 4 bytes, abcd";

/// The lines without the words of warnings: "warning appended-capture at 44".
Lines outline(std::string_view file) {
  Lines lines = read_capture(file);
  for (std::string& line : lines)
    if (line.find("packet") != 0 && line.find("interface") != 0) line.resize(line.find(": "));
  return lines;
}

}  // namespace

TEST_CASE("appended captures: a pcap behind a pcap is read on, and said") {
  const Lines lines = read_capture(kPcap + kPcap);
  REQUIRE(lines.size() == 5);
  CHECK(lines[0] == kInterface);
  CHECK(lines[1] == kPacket);
  CHECK(lines[2].find("warning appended-capture at 44: At byte 44 another capture begins, a pcap file: files were "
                      "appended to each other") == 0);
  CHECK(lines[2].find("mergecap -w both.pcapng a.pcap b.pcap") != std::string::npos);
  CHECK(lines[3] == "interface 1: Ethernet, snap length 262144, 6 digits");
  CHECK(lines[4] == "packet at 84: 1.000002000, 4 of 4 bytes, abcd, interface 1");
}

TEST_CASE("appended captures: of any byte order, resolution, link type and dialect, any number of them") {
  const std::string nano = pcap_header({.magic = 0xA1B23C4D, .network = 113, .big_endian = true}) +
                           pcap_record({.fraction = 999'999'999, .big_endian = true});
  const std::string ixia = pcap_header({.magic = 0x1C0001AB}) + "size" + pcap_record();
  CHECK(outline(kPcap + nano + ixia + kPcap) ==
        Lines{kInterface, kPacket, "warning appended-capture at 44",
              "interface 1: Linux cooked v1, snap length 262144, 9 digits",
              "packet at 84: 1.999999999, 4 of 4 bytes, abcd, interface 1", "warning appended-capture at 88",
              "interface 2: Ethernet, snap length 262144, 6 digits",
              "packet at 132: 1.000002000, 4 of 4 bytes, abcd, interface 2", "warning appended-capture at 136",
              "interface 3: Ethernet, snap length 262144, 6 digits",
              "packet at 176: 1.000002000, 4 of 4 bytes, abcd, interface 3"});
}

TEST_CASE("appended captures: captures without packets") {
  CHECK(outline(pcap_header() + kPcap).size() == 4);
  CHECK(outline(kPcap + pcap_header()) == Lines{kInterface, kPacket, "warning appended-capture at 44",
                                                "interface 1: Ethernet, snap length 262144, 6 digits"});
  CHECK(outline(kPcap + pcap_header().substr(0, 20)).back() == "error damaged at 64");
}

TEST_CASE("appended captures: a pcapng behind a pcapng is one file, without a word") {
  CHECK(outline(kPcapng + be.section() + be.interface() + be.packet(0, 1663848000'000000, "abcd")) ==
        Lines{"interface 0: Ethernet, snap length 0, 6 digits",
              "packet at 76: 1663848000.000000000, 4 of 4 bytes, abcd",
              "interface 1: Ethernet, snap length 0, 6 digits",
              "packet at 160: 1663848000.000000000, 4 of 4 bytes, abcd, interface 1"});
}

TEST_CASE("appended captures: pcap and pcapng in either order") {
  CHECK(outline(kPcap + kPcapng) == Lines{kInterface, kPacket, "warning appended-capture at 44",
                                          "interface 1: Ethernet, snap length 0, 6 digits",
                                          "packet at 120: 1663848000.000000000, 4 of 4 bytes, abcd, interface 1"});
  const Pcapng order = GENERATE(Pcapng(false), Pcapng(true));
  for (const bool big_endian : {false, true}) {
    const std::string pcapng = order.section() + order.interface() + order.packet(0, 1663848000'000000, "abcd");
    const std::string pcap = pcap_header({.big_endian = big_endian}) + pcap_record({.big_endian = big_endian});
    CHECK(outline(pcapng + pcap + pcapng) ==
          Lines{"interface 0: Ethernet, snap length 0, 6 digits",
                "packet at 76: 1663848000.000000000, 4 of 4 bytes, abcd", "warning appended-capture at 84",
                "interface 1: Ethernet, snap length 262144, 6 digits",
                "packet at 124: 1.000002000, 4 of 4 bytes, abcd, interface 1", "warning appended-capture at 128",
                "interface 2: Ethernet, snap length 0, 6 digits",
                "packet at 204: 1663848000.000000000, 4 of 4 bytes, abcd, interface 2"});
  }
}

TEST_CASE("appended captures: behind one that was cut short, wherever that was") {
  const std::string data(100, 'd');
  const std::string second = pcap_header() + pcap_record({.seconds = 1700000002, .data = data});
  SECTION("a pcap") {
    const std::string first = pcap_header() + pcap_record({.seconds = 1700000000, .data = data}) +
                              pcap_record({.seconds = 1700000001, .data = data});
    // Within the data of its last packet, or within the lengths before them.
    for (const size_t kept : {17u, 50u, 80u, 114u, 115u, 9u, 10u, 13u}) {
      CAPTURE(kept);
      const Lines lines = outline(first.substr(0, 140 + kept) + second);
      REQUIRE(lines.size() == 6);
      CHECK(lines[2] == "warning truncated at 140");
      CHECK(lines[3] == "warning appended-capture at " + std::to_string(140 + kept));
      CHECK(lines[5].find("packet at " + std::to_string(180 + kept) + ": 1700000002.") == 0);
    }
  }
  SECTION("a pcapng") {
    const std::string last = le.packet(0, 1663848000'000000, data);
    for (const size_t kept : {12u, 40u, 120u, 131u}) {
      CAPTURE(kept);
      const Lines lines = outline(kPcapng + last.substr(0, kept) + second);
      REQUIRE(lines.size() == 6);
      CHECK(lines[2] == "warning truncated at 84");
      CHECK(lines[3] == "warning appended-capture at " + std::to_string(84 + kept));
    }
  }
  SECTION("a capture within a packet is one of its bytes' matter") {
    const std::string inside = second.substr(0, 60);
    CHECK(outline(pcap_header() + pcap_record({.data = inside}) + pcap_record()).size() == 3);
    CHECK(outline(kPcapng + le.packet(0, 1663848000'000000, inside)).size() == 3);
  }
}

TEST_CASE("appended captures: a time that is the magic by chance is a time") {
  const std::string file = pcap_header() + pcap_record({.seconds = 0xA1B2C3D4, .fraction = 5}) +
                           pcap_record({.seconds = 0xA1B2C3D4, .fraction = 0x00050002});
  CHECK(outline(file).size() == 3);
}

TEST_CASE("zeros: behind the last packet of a pcap") {
  for (const size_t count : {1u, 5u, 15u, 16u, 17u, 40u, 1000u}) {
    CAPTURE(count);
    CHECK(outline(kPcap + std::string(count, '\0')) == Lines{kInterface, kPacket, "warning zero-tail at 44"});
  }
  const Lines lines = read_capture(kPcap + std::string(1024, '\0'));
  CHECK(lines[2].find("warning zero-tail at 44: The file ends with 1024 zero bytes, from byte 44 on") == 0);
  const Lines nothing_else = outline(pcap_header() + std::string(36, '\0'));
  CHECK(nothing_else.size() == 5);  // nothing tells that these are no packets
  CHECK(nothing_else[1] == "warning zero-records at 24");
  CHECK(nothing_else[4] == "warning zero-tail at 56");
  CHECK(
      outline(pcap_header({.big_endian = true}) + pcap_record({.big_endian = true}) + std::string(100, '\0')).size() ==
      3);
}

TEST_CASE("zeros: a packet of zeros, or at time 0, is a packet") {
  CHECK(outline(pcap_header() + pcap_record({.data = std::string(100, '\0')}) + pcap_record()).size() == 3);
  CHECK(outline(pcap_header() + pcap_record({.seconds = 0, .fraction = 0}) + pcap_record({.seconds = 0})).size() == 3);
  CHECK(outline(pcap_header() + pcap_record({.seconds = 0, .fraction = 1, .data = ""})).size() == 2);
}

TEST_CASE("zeros: between packets") {
  const Lines expected{kInterface, kPacket, "warning zero-gap at 44", "packet at 92: 1.000002000, 4 of 4 bytes, abcd"};
  CHECK(outline(kPcap + std::string(32, '\0') + pcap_record()) == expected);
  CHECK(read_capture(kPcap + std::string(32, '\0') + pcap_record())[2].find(
            "warning zero-gap at 44: 32 zero bytes stand between packets, from byte 44 on.") == 0);
  CHECK(outline(kPcap + std::string(30, '\0') + "no record begins here, nor a file") ==
        Lines{kInterface, kPacket, "error damaged at 44"});
  CHECK(outline(kPcap + std::string(32, '\0') + "short") == Lines{kInterface, kPacket, "warning truncated at 76"});
}

TEST_CASE("zeros: between appended captures, of any length") {
  for (const size_t count : {1u, 7u, 16u, 23u, 100u}) {
    CAPTURE(count);
    const std::string zeros(count, '\0');
    const std::string at = std::to_string(44 + count);
    // Fewer zeros than a record's header cannot be told from the beginning of a record.
    if (count >= 16) {
      CHECK(outline(kPcap + zeros + kPcap).size() == 6);
      CHECK(outline(kPcap + zeros + kPcap)[3] == "warning appended-capture at " + at);
      CHECK(outline(kPcap + zeros + kPcapng).size() == 6);
    }
    const Lines behind_pcapng = outline(kPcapng + std::string(count + 8, '\0') + kPcap);
    CHECK(behind_pcapng[2] == "warning zero-gap at 84");
    CHECK(behind_pcapng[3] == "warning appended-capture at " + std::to_string(92 + count));
    CHECK(behind_pcapng.size() == 6);
  }
}

TEST_CASE("zeros: in a pcapng") {
  const Lines start{"interface 0: Ethernet, snap length 0, 6 digits",
                    "packet at 76: 1663848000.000000000, 4 of 4 bytes, abcd"};
  const auto read = [](const std::string& more) {
    const Lines lines = outline(kPcapng + more);
    return Lines(lines.begin() + 2, lines.end());
  };
  for (const size_t count : {1u, 4u, 7u, 8u, 9u, 1000u}) {
    CAPTURE(count);
    CHECK(read(std::string(count, '\0')) == Lines{"warning zero-tail at 84"});
  }
  CHECK(read(std::string(40, '\0') + kPcapng) ==
        Lines{"warning zero-gap at 84", "interface 1: Ethernet, snap length 0, 6 digits",
              "packet at 200: 1663848000.000000000, 4 of 4 bytes, abcd, interface 1"});
  CHECK(read(std::string(40, '\0') + le.packet(0, 1, "abcd")) == Lines{"error damaged at 84"});
}
