// What is known of a packet besides its bytes: the part that the capture file tells, for the tree's first layer.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tracedrop::dissect {

struct Frame {
  uint32_t number = 0;
  int64_t ts_ns = 0;
  bool has_time = true;
  std::optional<int64_t> since_previous_ns;
  int64_t since_first_ns = 0;
  uint32_t wire_len = 0;
  uint32_t cap_len = 0;
  /// pcapng only.
  std::optional<uint32_t> section, interface;
  std::string_view interface_name, interface_description;
};

}  // namespace tracedrop::dissect
