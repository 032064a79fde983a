#include "time_merger.h"

namespace tracedrop::native_capture {

void TimeMerger::add(const Packet& packet) {
  const int64_t ts_ns = int64_t{packet.seconds} * 1000000000 + int64_t{packet.fraction} * fraction_ns_;
  waiting_.push({ts_ns, added_++, packet, std::vector<uint8_t>(packet.data, packet.data + packet.cap_len)});
}

void TimeMerger::release(int64_t before_ns, const std::function<void(const Packet&)>& take) {
  while (!waiting_.empty() && waiting_.top().ts_ns < before_ns) {
    Packet packet = waiting_.top().packet;
    packet.data = waiting_.top().bytes.data();
    take(packet);
    waiting_.pop();
  }
}

}  // namespace tracedrop::native_capture
