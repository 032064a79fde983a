// Keeps the idle tail out of a capture: packets that come more than a second after everything before them and bring no
// new data (keep-alives, late FINs and RSTs) are held back until new data shows that the trace goes on.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "capture_format.h"
#include "new_data.h"

namespace tracedrop::native_capture {

class Recorder;

class IdleTail {
 public:
  using Clock = std::chrono::steady_clock;

  /// For packets of these interfaces.
  explicit IdleTail(const std::vector<FileInterface>& interfaces);

  /// Passes the packet, and those held back before it, on to `recorder`; or holds it back.
  void packet(const Packet& packet, Recorder& recorder);
  /// When the last packet with new data came; nothing before the first one.
  std::optional<Clock::time_point> last_new_data() const { return last_new_data_; }
  /// Packets held back now: the idle tail, when the capture ends here.
  uint64_t held() const { return held_.size(); }

 private:
  struct Held {
    Packet packet;
    std::vector<uint8_t> bytes;
  };

  NewData new_data_;
  std::vector<Held> held_;
  std::optional<Clock::time_point> last_new_data_;
  std::optional<int64_t> previous_ns_;
  int64_t fraction_ns_;
};

}  // namespace tracedrop::native_capture
