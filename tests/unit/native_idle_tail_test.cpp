// New data, told packet by packet over a capture that is longer than one engine is fed with; and what is held back
// because it brings none.
#include "idle_tail.h"

#include <algorithm>

#include "catch.h"
#include "packet_fixtures.h"
#include "recorder.h"

using namespace tracedrop;
using namespace tracedrop::native_capture;
using test::Octets;
using test::octets;
using test::operator+;

namespace {

const std::vector<FileInterface> kEthernet{{"eth0", "", 1, 262144, false, ""}};

Packet packet(const Octets& frame, uint32_t seconds) {
  const auto size = static_cast<uint32_t>(frame.size());
  return {0, seconds, 0, size, size, frame.data()};
}

/// A segment of one connection, from port 1000 + `connection`, with `payload` bytes.
Octets segment(unsigned connection, unsigned seq, unsigned payload) {
  const Octets header = test::be16(1000 + connection) + octets("01BB") + test::be16(seq >> 16) +
                        test::be16(seq & 0xFFFF) + octets("00000001 5010 2000 0000 0000");
  return test::ethernet(0x0800, test::ipv4(6, header + Octets(payload, 0)));
}

class Capture {
 public:
  explicit Capture(uint64_t most_memory) : new_data_(kEthernet, most_memory) {}

  bool brings_new_data(const Octets& frame) {
    const bool found = new_data_.in(packet(frame, ++seconds_));
    most_memory_ = std::max(most_memory_, new_data_.memory());
    return found;
  }
  uint64_t most_memory() const { return most_memory_; }

 private:
  NewData new_data_;
  uint32_t seconds_ = 0;
  uint64_t most_memory_ = 0;
};

}  // namespace

TEST_CASE("keep-alives with a byte are never taken for new data, however long the capture runs") {
  Capture capture(10'000);
  CHECK(capture.brings_new_data(segment(0, 1, 100)));
  for (int i = 0; i < 1000; ++i) {
    INFO(i);
    CHECK_FALSE(capture.brings_new_data(segment(0, 100, 1)));
  }
  CHECK(capture.brings_new_data(segment(0, 101, 100)));
}

TEST_CASE("new data are told in a long capture while its memory stays bounded") {
  Capture capture(100'000);
  for (unsigned i = 0; i < 20000; ++i) {
    INFO(i);
    const unsigned connection = i / 4;
    CHECK(capture.brings_new_data(segment(connection, 1 + i % 4 * 10, 10)));
    if (i % 4 == 3) CHECK_FALSE(capture.brings_new_data(segment(connection, 31, 10)));
  }
  CHECK(capture.most_memory() > 90'000);
  CHECK(capture.most_memory() < 130'000);
}

TEST_CASE("packets that were held back come before the new data, but do not pass the limit") {
  const Octets data = segment(0, 1, 100), keep_alive = segment(0, 100, 1), more = segment(0, 101, 100);
  for (const auto& [limit, written] : {std::pair{0, 4}, {2, 2}, {3, 3}}) {
    CaptureOptions options;
    options.output = "/dev/null";
    options.stop.packets = static_cast<uint64_t>(limit);
    CaptureOutput output(options, kEthernet);
    IdleTail idle_tail(kEthernet);
    Recorder recorder(output, options, &idle_tail);
    recorder.packet(packet(data, 1));
    recorder.packet(packet(keep_alive, 10));
    recorder.packet(packet(keep_alive, 20));
    CHECK(output.packets() == 0);  // nothing waits for the judgement
    idle_tail.finish(recorder);
    CHECK(output.packets() == 1);
    CHECK(idle_tail.held() == 2);
    recorder.packet(packet(more, 21));
    idle_tail.finish(recorder);
    CHECK(output.packets() == static_cast<uint64_t>(written));
    CHECK(recorder.done() == (limit != 0));
  }
}

TEST_CASE("what cannot be judged in time counts as new data, in its order") {
  const Octets data = segment(0, 1, 100), keep_alive = segment(0, 100, 1);
  const auto taken_from = [&](uint64_t most_waiting, std::chrono::milliseconds longest_wait) {
    std::vector<std::pair<uint32_t, bool>> taken;
    const JudgedPackets::Take take = [&](const Packet& one, bool new_data, JudgedPackets::Clock::time_point) {
      CHECK(Octets(one.data, one.data + one.cap_len) == (one.seconds == 1 ? data : keep_alive));
      taken.emplace_back(one.seconds, new_data);
    };
    JudgedPackets packets(kEthernet, most_waiting, longest_wait);
    packets.add(packet(data, 1), take);
    for (uint32_t i = 2; i < 10'000; ++i) packets.add(packet(keep_alive, i), take);
    packets.finish(take);
    REQUIRE(taken.size() == 9'999);
    for (uint32_t i = 0; i < taken.size(); ++i) CHECK(taken[i].first == i + 1);
    return taken;
  };
  const auto judged = taken_from(64 << 20, std::chrono::seconds(60));
  CHECK(std::count_if(judged.begin(), judged.end(), [](const auto& one) { return one.second; }) == 1);
  // Too few may wait, or none at all.
  const auto unjudged = taken_from(0, std::chrono::seconds(60));
  CHECK(std::all_of(unjudged.begin(), unjudged.end(), [](const auto& one) { return one.second; }));
  const auto in_a_hurry = taken_from(64 << 20, std::chrono::milliseconds(0));
  CHECK(in_a_hurry.front().second);
}
