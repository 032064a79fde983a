#include "analysis/exact.h"

#include <bit>
#include <cmath>

namespace tracedrop::analysis {

namespace {

constexpr uint64_t kExactInDouble = uint64_t{1} << 53;

int bit_width(UInt128 value) {
  const auto high = static_cast<uint64_t>(value >> 64);
  return static_cast<int>(high != 0 ? 64 + std::bit_width(high) : std::bit_width(static_cast<uint64_t>(value)));
}

/// Long division to at least 60 bits. What lies below the kept bits only ever decides a tie, so one sticky bit stands
/// for all of it.
double divide(UInt128 numerator, UInt128 denominator) {
  UInt128 quotient = numerator / denominator;
  UInt128 rest = numerator % denominator;
  int exponent = 0;
  while (bit_width(quotient) < 60 && rest != 0) {
    rest <<= 1;
    quotient <<= 1;
    if (rest >= denominator) {
      rest -= denominator;
      quotient |= 1;
    }
    --exponent;
  }
  bool sticky = rest != 0;
  if (const int excess = bit_width(quotient) - 64; excess > 0) {
    sticky = sticky || (quotient & ((UInt128{1} << excess) - 1)) != 0;
    quotient >>= excess;
    exponent += excess;
  }
  return std::ldexp(static_cast<double>(static_cast<uint64_t>(quotient) | uint64_t{sticky}), exponent);
}

}  // namespace

double ratio(Int128 numerator, UInt128 denominator) {
  const bool negative = numerator < 0;
  const UInt128 magnitude = negative ? UInt128{0} - static_cast<UInt128>(numerator) : static_cast<UInt128>(numerator);
  // Two integers that a double holds: the processor's own division rounds correctly.
  const double quotient = magnitude <= kExactInDouble && denominator <= kExactInDouble
                              ? static_cast<double>(static_cast<uint64_t>(magnitude)) /
                                    static_cast<double>(static_cast<uint64_t>(denominator))
                              : divide(magnitude, denominator);
  return negative ? -quotient : quotient;
}

}  // namespace tracedrop::analysis
