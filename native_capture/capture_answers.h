// The answers at the end of a capture, wherever its packets went: a file is read back, and so are a ring's files, one
// after the other; what goes into a pipe or a device is dissected on its way there, because it cannot be read again.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "background.h"
#include "base/bytes.h"
#include "capture_output.h"
#include "failure.h"
#include "live_engine.h"
#include "options.h"

namespace tracedrop::native_capture {

/// Whether a capture to this place can be read again as a file. A device or a pipe cannot.
bool can_be_read_back(const CaptureOptions& options);

/// Dissects a capture on its way, in a thread of its own: taking packets out of the kernel's buffer never waits for it.
class PassingCapture {
 public:
  /// It is given up when it needs more bytes of memory: after seven million packets, or a million connections.
  static constexpr uint64_t kMostMemory = 400'000'000;
  /// And when so many bytes have come that it has not looked at yet.
  static constexpr uint64_t kMostWaiting = 64 << 20;

  explicit PassingCapture(uint64_t most_memory = kMostMemory);

  /// Begins to dissect what was pushed.
  void start() { thread_.start(); }
  void push(Bytes bytes);
  /// False when dissecting what was pushed takes longer than this.
  bool caught_up(std::chrono::milliseconds longest) { return given_up_ || thread_.wait(longest); }
  /// True when everything that was pushed has been dissected, false when it was given up. Waits for that, unless a stop
  /// is requested.
  bool complete();
  /// Prints the answers of a complete one.
  void tell(SummaryKind summary);

 private:
  void dissect(const std::string& bytes);

  const uint64_t most_memory_;
  std::atomic<bool> given_up_ = false;
  std::unique_ptr<LiveEngine> engine_;  ///< the thread's; null when given up
  Background<std::string> thread_;
};

/// Prints the answers of a finished capture and writes its csv. `passing` is the capture that cannot be read back, or
/// null. What fails here costs no packet, and says so itself.
ExitStatus tell_answers(const CaptureOptions& options, const CaptureOutput& output, PassingCapture* passing);

}  // namespace tracedrop::native_capture
