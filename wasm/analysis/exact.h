// Exact arithmetic on integers, rounded to a double once, at the end: so that a mean has the digits that it really has.
#pragma once

#include <cstdint>

namespace tracedrop::analysis {

__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

/// numerator / denominator, correctly rounded (to nearest, ties to even). The denominator is in [1, 2^126).
double ratio(Int128 numerator, UInt128 denominator);

/// Nanoseconds as seconds and as milliseconds: the double nearest to the decimal number.
inline double seconds(int64_t ns) { return ratio(ns, 1'000'000'000); }
inline double milliseconds(int64_t ns) { return ratio(ns, 1'000'000); }

/// later - earlier, held at the ends of the range when a damaged file's times lie further apart.
inline int64_t difference_ns(int64_t later, int64_t earlier) {
  int64_t gap = 0;
  if (!__builtin_sub_overflow(later, earlier, &gap)) return gap;
  return later < earlier ? INT64_MIN : INT64_MAX;
}

}  // namespace tracedrop::analysis
