#include "idle_tail.h"

#include <algorithm>
#include <new>

#include "analysis/idle_tail.h"
#include "recorder.h"

namespace tracedrop::native_capture {
namespace {

/// So many keep-alives do not happen: something else is going on, and it belongs into the file.
constexpr size_t kMostHeld = 100'000;
constexpr uint64_t kMostHeldBytes = 64 << 20;

}  // namespace

IdleTail::IdleTail(const std::vector<FileInterface>& interfaces)
    : packets_(interfaces), fraction_ns_(interfaces.front().nanoseconds ? 1 : 1000) {}

JudgedPackets::Take IdleTail::into(Recorder& recorder) {
  return [this, &recorder](const Packet& packet, bool new_data, Clock::time_point came) {
    judged(packet, new_data, came, recorder);
  };
}

void IdleTail::packet(const Packet& packet, Recorder& recorder) { packets_.add(packet, into(recorder)); }
void IdleTail::release(Recorder& recorder) { packets_.release(into(recorder)); }
void IdleTail::finish(Recorder& recorder) { packets_.finish(into(recorder)); }

std::optional<IdleTail::Clock::time_point> IdleTail::last_new_data() const {
  return std::max(last_new_data_, packets_.last_waiting());  // nothing is less than any time
}

void IdleTail::judged(const Packet& packet, bool new_data, Clock::time_point came, Recorder& recorder) {
  const int64_t ts_ns = int64_t{packet.seconds} * 1000000000 + int64_t{packet.fraction} * fraction_ns_;
  const bool after_gap = previous_ns_ && ts_ns - *previous_ns_ > analysis::kIdleGapNs;
  previous_ns_ = ts_ns;
  if (!new_data && (after_gap || !held_.empty()) && last_new_data_ && hold(packet)) return;
  if (new_data) last_new_data_ = came;
  for (Held& held : held_) {
    held.packet.data = held.bytes.data();
    recorder.write(held.packet);
  }
  held_.clear();
  held_bytes_ = 0;
  recorder.write(packet);
}

/// False when there is no room for more.
bool IdleTail::hold(const Packet& packet) {
  if (held_.size() == kMostHeld || held_bytes_ > kMostHeldBytes) return false;
  try {
    held_.push_back({packet, std::vector<uint8_t>(packet.data, packet.data + packet.cap_len)});
  } catch (const std::bad_alloc&) {
    return false;
  }
  held_bytes_ += packet.cap_len;
  return true;
}

}  // namespace tracedrop::native_capture
