#include "idle_tail.h"

#include "analysis/idle_tail.h"
#include "recorder.h"

namespace tracedrop::native_capture {
namespace {

/// So many keep-alives do not happen: something else is going on, and it belongs into the file.
constexpr size_t kMostHeld = 100000;

}  // namespace

IdleTail::IdleTail(const std::vector<FileInterface>& interfaces)
    : new_data_(interfaces), fraction_ns_(interfaces.front().nanoseconds ? 1 : 1000) {}

void IdleTail::packet(const Packet& packet, Recorder& recorder) {
  const int64_t ts_ns = int64_t{packet.seconds} * 1000000000 + int64_t{packet.fraction} * fraction_ns_;
  const bool new_data = new_data_.in(packet);
  const bool after_gap = previous_ns_ && ts_ns - *previous_ns_ > analysis::kIdleGapNs;
  previous_ns_ = ts_ns;
  if (!new_data && (after_gap || !held_.empty()) && last_new_data_ && held_.size() < kMostHeld) {
    held_.push_back({packet, std::vector<uint8_t>(packet.data, packet.data + packet.cap_len)});
    return;
  }
  if (new_data) last_new_data_ = Clock::now();
  for (Held& held : held_) {
    held.packet.data = held.bytes.data();
    recorder.write(held.packet);
  }
  held_.clear();
  recorder.write(packet);
}

}  // namespace tracedrop::native_capture
