// TCP sequence numbers: 32-bit, compared modulo 2^32 (RFC 9293, section 3.4). Nothing else compares them.
#pragma once

#include <cstdint>

namespace tracedrop::dissect::tcp {

constexpr bool before(uint32_t a, uint32_t b) { return static_cast<int32_t>(a - b) < 0; }
constexpr bool after(uint32_t a, uint32_t b) { return static_cast<int32_t>(a - b) > 0; }
constexpr bool at_or_before(uint32_t a, uint32_t b) { return static_cast<int32_t>(a - b) <= 0; }

}  // namespace tracedrop::dissect::tcp
