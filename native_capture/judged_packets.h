// Captured packets on their way to a judgement: does each bring new data? A thread dissects them, because the one that
// takes packets out of the kernel's buffer must not: anybody on the network can send what is slow to dissect.
#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "background.h"
#include "capture_format.h"
#include "new_data.h"

namespace tracedrop::native_capture {

class JudgedPackets {
 public:
  using Clock = std::chrono::steady_clock;
  /// A packet in its turn, whether it brings new data, and about when it came.
  using Take = std::function<void(const Packet&, bool new_data, Clock::time_point came)>;

  /// Bytes of packets that may wait for their judgement, and for how long. What waits longer is taken for new data.
  static constexpr uint64_t kMostWaiting = 64 << 20;
  static constexpr std::chrono::seconds kLongestWait{2};

  explicit JudgedPackets(const std::vector<FileInterface>& interfaces, uint64_t most_waiting = kMostWaiting,
                         std::chrono::milliseconds longest_wait = kLongestWait);

  /// Adds a copy of a packet. When no more of them may wait, all are handed to `take` now, as new data.
  void add(const Packet& packet, const Take& take);
  /// Hands those that have been judged to `take`, and all of them when they have waited for too long.
  void release(const Take& take);
  /// Hands all to `take`, after waiting for the judgement as long as others may wait.
  void finish(const Take& take);
  /// When the last packet came whose judgement is not known yet; nothing when there is none.
  std::optional<Clock::time_point> last_waiting() const;

 private:
  struct Waiting {
    Packet packet;
    size_t at = 0;  ///< of its bytes in the batch
    bool new_data = true;
  };
  struct Batch {
    Batch() : bytes(kBatchBytes) {}
    std::vector<Waiting> packets;
    ByteBuffer bytes;
    Clock::time_point came;
    std::atomic<bool> judged = false, unwanted = false;
  };
  static constexpr size_t kBatchBytes = 256 * 1024;

  void judge(Batch& batch);
  void hand_over();
  void give_up(const Take& take);
  static void take_all(const Batch& batch, bool judged, const Take& take);

  NewData new_data_;  ///< the thread's
  const std::chrono::milliseconds longest_wait_;
  std::shared_ptr<Batch> filling_;
  std::deque<std::shared_ptr<Batch>> waiting_;  ///< with the thread, in order
  bool full_ = false;
  Background<std::shared_ptr<Batch>> thread_;
};

}  // namespace tracedrop::native_capture
