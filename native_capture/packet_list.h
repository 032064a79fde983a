// Numbers of packets as people write them: "34", "1-60", "1-12,30,41-60", "100-", "all".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tracedrop::native_capture {

class PacketList {
 public:
  /// Throws Failure with what is wrong with it.
  explicit PacketList(const std::string& text);

  /// It names one packet, by its number alone.
  bool is_single() const { return is_single_; }
  /// Whether it names this one. Asked in ascending order.
  bool holds(uint32_t number);
  /// The last that it names; UINT32_MAX when it goes on to the end.
  uint32_t last() const { return last_; }

 private:
  struct Range {
    uint32_t first, last;
  };
  std::vector<Range> ranges_;  // ascending, none over another
  size_t at_ = 0;
  uint32_t last_ = 0;
  bool is_single_ = false;
};

}  // namespace tracedrop::native_capture
