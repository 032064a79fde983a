// Packets of several interfaces in the order of their times: each interface hands its packets over in batches.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

#include "capture_format.h"

namespace tracedrop::native_capture {

class TimeMerger {
 public:
  explicit TimeMerger(bool nanoseconds) : fraction_ns_(nanoseconds ? 1 : 1000) {}

  /// Keeps a copy of the packet.
  void add(const Packet& packet);
  /// Passes on what is older than `before_ns`, oldest first; packets of equal times in the order in which they came.
  void release(int64_t before_ns, const std::function<void(const Packet&)>& take);

 private:
  struct Waiting {
    int64_t ts_ns;
    uint64_t number;
    Packet packet;
    std::vector<uint8_t> bytes;
    bool operator>(const Waiting& other) const {
      return ts_ns != other.ts_ns ? ts_ns > other.ts_ns : number > other.number;
    }
  };

  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting_;
  int64_t fraction_ns_;
  uint64_t added_ = 0;
};

}  // namespace tracedrop::native_capture
