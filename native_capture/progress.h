// The one line that says how a capture is going, once a second, on a terminal.
#pragma once

#include <chrono>
#include <cstdint>

namespace tracedrop::native_capture {

class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  /// Shows nothing unless `shown` and standard error is a terminal.
  explicit Progress(bool shown);
  /// True when it is time for another line: the caller then fetches the counts.
  bool due(Clock::time_point now) const { return shown_ && now >= next_; }
  /// `dropped` is UINT64_MAX when it is not known.
  void show(Clock::time_point now, uint64_t packets, uint64_t bytes, uint64_t dropped);
  /// Removes the line.
  void clear();

 private:
  bool shown_;
  bool on_screen_ = false;
  Clock::time_point start_, next_, last_;
  uint64_t last_packets_ = 0;
};

}  // namespace tracedrop::native_capture
