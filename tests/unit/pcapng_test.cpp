// pcapng: sections, interfaces, every packet block, time units, and every kind of damage.
#include "capture/pcapng.h"

#include "capture/clock.h"
#include "capture_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::test;

namespace {

const Pcapng le;
const Pcapng be(true);
const std::string kEthernet = "interface 0: Ethernet, snap length 0, 6 digits";
const std::string kStart = le.section() + le.interface();  // 28 + 20 bytes
constexpr uint64_t kNoon = 1663848000'000000;              // 2022-09-22 12:00:00 UTC in microseconds
const std::string kFirst = le.packet(0, kNoon, "abcd");    // 36 bytes
const Lines kFirstRead{kEthernet, "packet at 76: 1663848000.000000000, 4 of 4 bytes, abcd"};

Lines with(Lines lines, std::string_view more) {
  lines.emplace_back(more);
  return lines;
}

/// What is read of a sound start followed by `more`, without the lines of the start.
Lines read_after(std::string_view more) {
  Lines lines = read_capture(kStart + kFirst + std::string(more));
  REQUIRE(lines.size() >= 2);
  REQUIRE(Lines(lines.begin(), lines.begin() + 2) == kFirstRead);
  return {lines.begin() + 2, lines.end()};
}

std::string damage(uint64_t offset, std::string_view what) {
  const std::string at = std::to_string(offset);
  return "error damaged at " + at + ": The file is damaged at byte " + at + ": " + std::string(what) +
         ". Everything before it was read.";
}

}  // namespace

TEST_CASE("pcapng: enhanced packets in both byte orders") {
  for (const Pcapng& format : {le, be}) {
    const std::string file = format.section() + format.interface(113, 65535) + format.packet(0, kNoon + 1, "abcd") +
                             format.packet_block(0, kNoon + 2, 3, 1440, "xyz", format.option(1, "a comment"));
    CHECK(read_capture(file) == Lines{"interface 0: Linux cooked v1, snap length 65535, 6 digits",
                                      "packet at 76: 1663848000.000001000, 4 of 4 bytes, abcd",
                                      "packet at 112: 1663848000.000002000, 3 of 1440 bytes, xyz"});
  }
}

TEST_CASE("pcapng: obsolete and simple packets") {
  for (const Pcapng& format : {le, be}) {
    const std::string obsolete = format.block(
        2, std::string(format.blob().u16(0).u16(7).u32(kNoon >> 32).u32(kNoon).u32(4).u32(60).raw("abcd")));
    const std::string simple = format.block(3, std::string(format.blob().u32(60).padded("cut to five.")));
    CHECK(read_capture(format.section() + format.interface(1, 10) + obsolete + simple) ==
          Lines{"interface 0: Ethernet, snap length 10, 6 digits",
                "packet at 76: 1663848000.000000000, 4 of 60 bytes, abcd",
                "packet at 96: no time, 10 of 60 bytes, cut to fiv"});
  }
  CHECK(read_after(le.block(3, std::string(le.blob().u32(3).padded("abc")))) ==
        Lines{"packet at 96: no time, 3 of 3 bytes, abc"});
  CHECK(read_after(le.block(3, std::string(le.blob().u32(9).padded("abc")))) ==
        Lines{damage(84, "a packet is said to have 9 captured bytes, more than the 4 that are possible")});
}

TEST_CASE("pcapng: sections count their own interfaces and have their own byte order") {
  const std::string file = le.section() + le.interface(1) + le.interface(101) + le.packet(1, 1000000, "ab") +  //
                           be.section() + be.interface(113) + be.packet(0, 2000000, "cd") +                    //
                           le.section(1, 2) + le.interface(276) + le.interface(0) + le.packet(1, 3000000, "ef");
  CHECK(read_capture(file) == Lines{kEthernet, "interface 1: Raw IP, snap length 0, 6 digits",
                                    "packet at 96: 1.000000000, 2 of 2 bytes, ab, interface 1",
                                    "interface 2: Linux cooked v1, snap length 0, 6 digits",
                                    "packet at 180: 2.000000000, 2 of 2 bytes, cd, interface 2",
                                    "interface 3: Linux cooked v2, snap length 0, 6 digits",
                                    "interface 4: BSD loopback, snap length 0, 6 digits",
                                    "packet at 284: 3.000000000, 2 of 2 bytes, ef, interface 4"});
}

TEST_CASE("pcapng: an interface's options") {
  for (const Pcapng& format : {le, be}) {
    const std::string options = format.option(2, "en0") + format.option(3, "described") + format.option(9, "\x09") +
                                format.option(14, std::string(format.blob().u64(1'600'000'000))) +
                                format.option(13, "\x04") + format.option(0, "") + "behind the end";
    CHECK(read_capture(format.section() + format.interface(1, 96, options + "..") + format.packet(0, 5, "ab")) ==
          Lines{"interface 0: Ethernet, snap length 96, 9 digits, FCS 4, en0",
                "packet at 148: 1600000000.000000005, 2 of 2 bytes, ab"});
  }
  const auto fcs = [](std::string_view value) {
    return read_capture(le.section() + le.interface(1, 0, le.option(13, value))).at(0);
  };
  CHECK(fcs(std::string(1, 32)) == kEthernet + ", FCS 4");
  CHECK(fcs(std::string(1, 2)) == kEthernet + ", FCS 2");
  CHECK(fcs(std::string(1, 0)) == kEthernet);
}

TEST_CASE("pcapng: an option that lies about its length is left out") {
  const std::string file =
      le.section() + le.interface(1, 0, le.option(2, "en0") + std::string(le.blob().u16(9).u16(500).raw("\x09..."))) +
      kFirst;
  const Lines lines = read_capture(file);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].substr(0, 26) == "warning bad-option at 28: ");
  CHECK(lines[1] == kEthernet + ", en0");
  CHECK(lines[2] == "packet at 92: 1663848000.000000000, 4 of 4 bytes, abcd");
  // A packet's options are not needed: its bytes are kept whatever stands in them.
  CHECK(read_after(le.packet(0, kNoon, "ab", std::string(le.blob().u16(1).u16(500)))) ==
        Lines{"packet at 112: 1663848000.000000000, 2 of 2 bytes, ab"});
}

TEST_CASE("pcapng: time units") {
  using capture::Clock;
  const auto ns = [](uint8_t resolution, uint64_t count, int64_t offset_s = 0) {
    return Clock::of(resolution, offset_s)->ns(count);
  };
  const auto digits = [](uint8_t resolution) { return int{Clock::of(resolution, 0)->time_digits()}; };
  const uint64_t count = 0x123456789ABCDE;  // 5124095576030430
  CHECK(ns(6, count) == 5124095576'030430'000);
  CHECK(ns(9, count) == 5124095'576030430);
  CHECK(ns(3, 1663848000123) == 1663848000'123000000);
  CHECK(ns(0, 1663848000) == 1663848000'000000000);
  CHECK(ns(10, count) == 512409'557603043);
  CHECK(ns(12, count) == 5124'095576030);
  CHECK(ns(19, UINT64_MAX) == 1'844674407);
  // Two to the minus n: what Wireshark 4.6 prints for these.
  CHECK(ns(0x80 | 10, 1663848000ull << 10 | 512) == 1663848000'500000000);
  CHECK(ns(0x80 | 22, count) == 1221679586'417777538);
  CHECK(ns(0x80 | 32, count) == 1193046'471111110);
  CHECK(ns(0x80 | 33, count) == 596523'235555555);
  CHECK(ns(0x80 | 44, count) == 291'271111111);
  CHECK(ns(0x80 | 63, count) == 555555);
  CHECK(ns(0x80 | 63, UINT64_MAX) == 1'999999999);
  CHECK(ns(0x80 | 0, 5) == 5'000000000);
  // if_tsoffset, and the limits of 64 bits
  CHECK(ns(6, 1'500000, -10) == -8'500000000);
  CHECK(ns(9, 999999999, -1) == -1);
  CHECK(ns(9, 5, 1663848000) == 1663848000'000000005);
  CHECK(ns(6, INT64_MAX) == INT64_MAX);
  CHECK(ns(6, INT64_MAX / 1000) == INT64_MAX - 807);
  CHECK(ns(0, INT64_MAX, INT64_MAX) == INT64_MAX);
  CHECK(ns(0, 0, INT64_MIN) == INT64_MIN);
  CHECK(ns(19, UINT64_MAX, INT64_MIN) == INT64_MIN);
  // A top bit that only a negative number can mean
  CHECK(ns(6, 0xFFFFFFFF'E1DFDEF9) == -505'422'087'000);
  CHECK(ns(9, UINT64_MAX) == -1);
  CHECK(ns(9, 1ull << 63) == INT64_MIN);
  CHECK(ns(3, UINT64_MAX, 1) == 999'000'000);
  CHECK(ns(0x80 | 1, UINT64_MAX) == -500'000'000);
  CHECK(ns(0x80 | 30, 1ull << 63) == (1ll << 33) * 1'000'000'000);

  CHECK(digits(0) == 0);
  CHECK(digits(3) == 3);
  CHECK(digits(12) == 9);
  CHECK(digits(0x80 | 2) == 0);
  CHECK(digits(0x80 | 4) == 1);
  CHECK(digits(0x80 | 10) == 3);
  CHECK(digits(0x80 | 29) == 8);
  CHECK(digits(0x80 | 30) == 9);

  CHECK_FALSE(Clock::of(20, 0).has_value());
  CHECK_FALSE(Clock::of(0x80 | 64, 0).has_value());
  CHECK(read_capture(le.section() + le.interface(1, 0, le.option(9, "\x14")) + kFirst) ==
        Lines{"error unsupported at 28: Reading ends at byte 28: an interface's time stamps have the resolution 20, "
              "which 64 "
              "bits cannot count."});
}

TEST_CASE("pcapng: nanoseconds from an interface that is said to count microseconds") {
  const uint64_t noon_ns = kNoon * 1000;
  const std::string nanoseconds = le.packet(0, noon_ns + 5, "abcd") + le.packet(0, noon_ns + 1'000'000'000, "abcd");
  const Lines lines = read_capture(kStart + nanoseconds);
  REQUIRE(lines.size() == 4);
  CHECK(lines[1].find("warning nanosecond-times at 48: The interface of the packet at byte 48 is said to count") == 0);
  CHECK(lines[2] == "packet at 76: 1663848000.000000005, 4 of 4 bytes, abcd");
  CHECK(lines[3] == "packet at 112: 1663848001.000000000, 4 of 4 bytes, abcd");
  // Only the first packet tells, and only a time that cannot be.
  CHECK(read_capture(kStart + kFirst + nanoseconds).size() == 4);
  CHECK(read_capture(kStart + le.packet(0, UINT64_MAX / 3, "abcd")).size() == 2);
}

TEST_CASE("pcapng: blocks without packets are passed over") {
  const std::string names = le.block(4, std::string(le.blob().u16(0).u16(0)));
  const std::string secrets = le.block(10, std::string(le.blob().u32(0x544C534B).u32(6).padded("secret")));
  const std::string custom = le.block(0x40000BAD, std::string(le.blob().u32(1234).raw(std::string(5000, 'c'))));
  const std::string unknown = le.block(0x7FFF0000, "");
  const Lines lines = read_pieces(kStart + kFirst + names + secrets + custom + unknown + kFirst, {});
  CHECK(lines == with(kFirstRead, "packet at 5184: 1663848000.000000000, 4 of 4 bytes, abcd"));
  CHECK(read_after(names + secrets + unknown) == Lines{});
}

TEST_CASE("pcapng: statistics tell the drops") {
  const auto statistics = [](uint32_t interface, std::string_view options) {
    return le.block(5, std::string(le.blob().u32(interface).u64(0).raw(options)));
  };
  const auto counter = [](uint16_t code, uint64_t value) { return le.option(code, std::string(le.blob().u64(value))); };
  CHECK(read_after(statistics(0, counter(4, 1000) + counter(5, 7) + counter(7, 3))) == Lines{"interface 0 dropped 10"});
  CHECK(read_after(statistics(0, counter(5, 0))) == Lines{"interface 0 dropped 0"});
  CHECK(read_after(statistics(0, counter(4, 1000))) == Lines{});
  CHECK(read_after(statistics(9, counter(5, 7))) == Lines{});
  CHECK(read_after(le.block(5, "shrt")) == Lines{});
}

TEST_CASE("pcapng: lengths that lie are damage") {
  const std::string multiple = "a block is said to have ";
  const std::string rule = " bytes; that must be a multiple of 4, at least 12, and below 128 MB";
  CHECK(read_after(std::string(le.blob().u32(99).u32(8)) + kFirst) == Lines{damage(84, multiple + "8" + rule)});
  CHECK(read_after(le.block(99, "abcde") + kFirst) == Lines{damage(84, multiple + "17" + rule)});
  CHECK(read_after(std::string(le.blob().u32(99).u32(0x7FFFFFFC)) + kFirst) ==
        Lines{damage(84, multiple + "2147483644" + rule)});
  CHECK(read_after(std::string(le.blob().u32(6).u32(8 << 20)) + kFirst) ==
        Lines{damage(84, "a block of type 6 is said to have 8388608 bytes")});
  CHECK(read_after(le.block(99, "abcd", 44) + kFirst) ==
        Lines{damage(84, "a block is said to have 16 bytes at its beginning, but 44 at its end")});
  CHECK(read_after(le.block(6, std::string(le.blob().u32(0).u64(0).u32(4).u32(4).raw("abcd")), 40) + kFirst) ==
        Lines{damage(84, "a block is said to have 36 bytes at its beginning, but 40 at its end")});
  CHECK(read_after(le.packet_block(0, 0, 9, 9, "abcd") + kFirst) ==
        Lines{damage(84, "a packet is said to have 9 captured bytes, more than the 4 that are possible")});
  CHECK(read_after(le.block(6, "") + kFirst) == Lines{damage(84, "a packet's block is too short")});
  CHECK(read_after(le.block(2, "sixteen bytes of") + kFirst) == Lines{damage(84, "a packet's block is too short")});
  CHECK(read_after(le.block(3, "") + kFirst) == Lines{damage(84, "a packet's block is too short")});
}

TEST_CASE("pcapng: a second length without the padding is tolerated") {
  CHECK(read_after(le.block(6, std::string(le.blob().u32(0).u64(0).u32(3).u32(3).padded("abc")), 35)) ==
        Lines{"packet at 112: 0.000000000, 3 of 3 bytes, abc"});
}

TEST_CASE("pcapng: packets of no interface are damage") {
  CHECK(read_after(le.packet(1, 0, "abcd") + kFirst) ==
        Lines{damage(84, "a packet is said to come from interface 1, but only 1 are described before it")});
  CHECK(read_capture(le.section() + kFirst) ==
        Lines{damage(28, "a packet is said to come from interface 0, but only 0 are described before it")});
  // A new section has no interfaces at first.
  CHECK(read_after(le.section() + kFirst) ==
        Lines{damage(112, "a packet is said to come from interface 0, but only 0 are described before it")});
}

TEST_CASE("pcapng: section headers that cannot be") {
  CHECK(read_after(le.block(0x0A0D0D0A, std::string(le.blob().u32(0x11223344).u32(1).u64(0)))) ==
        Lines{damage(84, "a section header has no valid byte-order magic")});
  CHECK(read_after(le.section(2, 0)) ==
        Lines{"error unsupported at 84: Reading ends at byte 84: pcapng version 2.0 is not supported."});
  CHECK(read_capture(le.section(1, 1)) ==
        Lines{"error unsupported at 0: Reading ends at byte 0: pcapng version 1.1 is not supported."});
}

TEST_CASE("pcapng: a file cut short keeps what is whole") {
  const std::string last = le.packet(0, kNoon, "last");
  for (size_t there = 1; there < last.size(); ++there) {
    CAPTURE(there);
    const Lines lines = read_after(last.substr(0, there));
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].substr(0, 78) == "warning truncated at 84: The file was cut short in the middle of a block, whic");
    CHECK(lines[0].find(": only " + std::to_string(there) + " byte") != std::string::npos);
  }
  // Blocks that are passed over are missed as well.
  const std::string unknown = le.block(99, "abcdefgh");
  for (size_t there = 1; there < unknown.size(); ++there) {
    const Lines lines = read_after(unknown.substr(0, there));
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].find(": only " + std::to_string(there) + " byte") != std::string::npos);
  }
  CHECK(read_capture(le.section().substr(0, 20)) == Lines{damage(20, "the file ends within its section header")});
}

TEST_CASE("pcapng: the largest packets") {
  const auto read = [](uint16_t link_type, size_t size) {
    const std::string file = le.section() + le.interface(link_type) + le.packet(0, 0, std::string(size, 'x'));
    return read_pieces(file, {60, 100000}).back().substr(0, 60);
  };
  CHECK(read(1, 262144) == "packet at 76: 0.000000000, 262144 of 262144 bytes, xxxxxxxxx");
  CHECK(read(1, 262148) == "error damaged at 48: The file is damaged at byte 48: a packe");
  CHECK(read(249, 1048576) == "packet at 76: 0.000000000, 1048576 of 1048576 bytes, xxxxxxx");
}
