// What is written is what the engine's own readers read.
#include "capture_fixtures.h"
#include "capture_format.h"
#include "capture_output.h"
#include "catch.h"
#include "time_merger.h"

using namespace tracedrop::native_capture;
using tracedrop::test::Lines;
using tracedrop::test::read_capture;

namespace {

Packet packet(std::string_view data, uint32_t seconds, uint32_t fraction, uint32_t wire_len = 0,
              uint32_t interface = 0) {
  return {interface,
          seconds,
          fraction,
          static_cast<uint32_t>(data.size()),
          wire_len != 0 ? wire_len : static_cast<uint32_t>(data.size()),
          reinterpret_cast<const uint8_t*>(data.data())};
}

FileInterface interface(const char* name, uint16_t link_type = 1, uint32_t snap_len = 262144) {
  return {name, "", link_type, snap_len, false, "host 192.0.2.1"};
}

std::string text(const ByteBuffer& buffer) { return {reinterpret_cast<const char*>(buffer.data()), buffer.size()}; }

}  // namespace

TEST_CASE("pcap, in microseconds and in nanoseconds") {
  for (const bool nanoseconds : {false, true}) {
    const auto format = make_pcap_format(nanoseconds);
    ByteBuffer out(8);
    format->begin(out, {interface("eth0", 1, 100)});
    format->packet(out, packet("abcd", 1, 2));
    format->packet(out, packet("", 1, 3, 60));
    format->end(out, {{}}, 5);
    CHECK(read_capture(text(out)) == Lines{nanoseconds ? "interface 0: Ethernet, snap length 100, 9 digits"
                                                       : "interface 0: Ethernet, snap length 100, 6 digits",
                                           nanoseconds ? "packet at 40: 1.000000002, 4 of 4 bytes, abcd"
                                                       : "packet at 40: 1.000002000, 4 of 4 bytes, abcd",
                                           nanoseconds ? "packet at 60: 1.000000003, 0 of 60 bytes, "
                                                       : "packet at 60: 1.000003000, 0 of 60 bytes, "});
  }
}

TEST_CASE("pcapng, with its interfaces and what was dropped") {
  for (const bool nanoseconds : {false, true}) {
    const auto format = make_pcapng_format(nanoseconds, "Linux 6.1");
    ByteBuffer out(8);
    format->begin(out, {interface("eth0"), interface("lo", 113)});
    const size_t first = out.size() + 28;
    for (const std::string_view data : {"", "a", "ab", "abc", "abcd"}) format->packet(out, packet(data, 1, 2));
    format->packet(out, packet("xyz", 3, 4, 90, 1));
    CaptureCounters counters;
    counters.received = 9;
    counters.dropped_by_kernel = 7;
    counters.dropped_by_interface = 2;
    format->end(out, {{}, counters}, 5'000'000);
    const Lines lines = read_capture(text(out));
    const std::string digits = nanoseconds ? "9" : "6";
    const std::string time = nanoseconds ? "1.000000002" : "1.000002000";
    const auto at = [&](size_t offset) { return std::to_string(first + offset); };
    CHECK(lines == Lines{"interface 0: Ethernet, snap length 262144, " + digits + " digits, eth0",
                         "interface 1: " + std::string(tracedrop::capture::link_type_name(113)) +
                             ", snap length 262144, " + digits + " digits, lo",
                         "packet at " + at(0) + ": " + time + ", 0 of 0 bytes, ",
                         "packet at " + at(32) + ": " + time + ", 1 of 1 bytes, a",
                         "packet at " + at(68) + ": " + time + ", 2 of 2 bytes, ab",
                         "packet at " + at(104) + ": " + time + ", 3 of 3 bytes, abc",
                         "packet at " + at(140) + ": " + time + ", 4 of 4 bytes, abcd",
                         "packet at " + at(176) + ": " + (nanoseconds ? "3.000000004" : "3.000004000") +
                             ", 3 of 90 bytes, xyz, interface 1",
                         "interface 1 dropped 9"});
  }
}

TEST_CASE("a file cut at any byte ends with its last whole record") {
  for (const bool pcapng : {false, true}) {
    const auto format = pcapng ? make_pcapng_format(false, "") : make_pcap_format(false);
    ByteBuffer out(8);
    std::vector<size_t> ends{0};
    for (const std::string_view data : {"abcd", "", "abcde", "a"}) {
      format->packet(out, packet(data, 1, 2));
      ends.push_back(out.size());
    }
    for (size_t size = 0; size <= out.size(); ++size) {
      const size_t expected = *std::prev(std::upper_bound(ends.begin(), ends.end(), size));
      CHECK(format->whole_records()(out.data(), size) == expected);
    }
  }
}

TEST_CASE("a ring's files are named after their number and time") {
  CHECK(ring_file_name("trace.pcap", 7, 1663841700) == "trace_00007_20220922101500.pcap");
  CHECK(ring_file_name("folder.d/trace", 123456, 0) == "folder.d/trace_123456_19700101000000");
  CHECK(ring_file_name("/tmp/.hidden", 1, 0) == "/tmp/.hidden_00001_19700101000000");
}

TEST_CASE("packets of several interfaces come out in the order of their times") {
  TimeMerger merger(false);
  std::string taken;
  const auto take = [&](const Packet& packet) { taken += static_cast<char>(packet.data[0]); };
  merger.add(packet("b", 1, 20));
  merger.add(packet("d", 1, 40));
  merger.add(packet("a", 1, 10, 0, 1));
  merger.add(packet("c", 1, 20, 0, 1));
  merger.release(1'000'020'000, take);
  CHECK(taken == "a");
  merger.release(1'000'020'001, take);
  CHECK(taken == "abc");
  merger.release(INT64_MAX, take);
  CHECK(taken == "abcd");
}
