// A capture that is dissected on its way: answered while it is small, given up before it takes too much memory.
#include "capture_answers.h"
#include "catch.h"

using namespace tracedrop;
using namespace tracedrop::native_capture;

namespace {

/// `count` packets of nothing but zeros, as a pcap file.
ByteBuffer packets(int count) {
  const uint8_t zeros[60] = {};
  const auto format = make_pcap_format(false);
  ByteBuffer out(4096);
  format->begin(out, {{"eth0", "", 1, 262144, false, ""}});
  for (int i = 0; i < count; ++i) format->packet(out, {0, 1, 0, sizeof zeros, sizeof zeros, zeros});
  return out;
}

}  // namespace

TEST_CASE("what passes is kept unless it takes too much memory") {
  const ByteBuffer bytes = packets(1000);
  for (const auto& [most_memory, complete] : {std::pair{100'000, true}, {50'000, false}}) {
    PassingCapture passing(static_cast<uint64_t>(most_memory));
    passing.start();
    for (size_t at = 0; at < bytes.size(); at += 100)
      passing.push(Bytes(bytes.data() + at, std::min<size_t>(100, bytes.size() - at)));
    CHECK(passing.complete() == complete);
  }
}

TEST_CASE("a device and standard output cannot be read back") {
  CaptureOptions options;
  options.output = "-";
  CHECK_FALSE(can_be_read_back(options));
  options.output = "/dev/null";
  CHECK_FALSE(can_be_read_back(options));
  options.output = "trace.pcap";
  CHECK(can_be_read_back(options));
}
