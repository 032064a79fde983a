// The fixed part of a TCP header (RFC 9293, section 3.1), as it was read.
#pragma once

#include "dissect/layer.h"
#include "protocols/transport/tcp/analysis.h"

namespace tracedrop::dissect::tcp {

inline constexpr size_t kMinHeader = 20;
inline constexpr size_t kUpToFlags = 14, kUpToWindow = 16, kUpToChecksum = 18;

struct Header {
  Segment segment;
  size_t header_len = 0;
  uint16_t checksum = 0;
  uint16_t urgent_pointer = 0;
  size_t there = 0;                       ///< bytes of the fixed part that are at hand
  uint32_t own_base = 0, other_base = 0;  ///< what relative numbers of the two sides count from
  Shortage options{};                     ///< why the options that its length claims are not all there
  bool has_fixed_part() const { return there >= kMinHeader && header_len >= kMinHeader; }
  /// It tells where the payload begins, whether or not the capture kept all of the options.
  bool is_sound() const { return has_fixed_part() && options != Shortage::malformed; }
  bool is_whole() const { return has_fixed_part() && options == Shortage::none; }
};

}  // namespace tracedrop::dissect::tcp
