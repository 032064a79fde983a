#include "capture/clock.h"

#include <limits>

namespace tracedrop::capture {
namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;
constexpr uint8_t kBinary = 0x80;

constexpr uint64_t power_of_ten(unsigned exponent) {
  uint64_t power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

/// floor(fraction * 10^9 / 2^exponent), for fraction < 2^exponent, without a product that overflows.
constexpr uint64_t binary_fraction_ns(uint64_t fraction, unsigned exponent) {
  constexpr uint64_t kBillion = kNsPerSecond;
  if (exponent <= 32) return fraction * kBillion >> exponent;
  const uint64_t high = fraction >> 32;
  const uint64_t low = fraction & 0xFFFFFFFF;
  return (high * kBillion + (low * kBillion >> 32)) >> (exponent - 32);
}

/// seconds + offset_s, and ns below a second, as nanoseconds within int64_t.
int64_t clamped_ns(uint64_t seconds, int64_t offset_s, uint64_t ns) {
  using Limits = std::numeric_limits<int64_t>;
  // What is beyond this many seconds either way is beyond the limits, and within it nothing below overflows.
  constexpr int64_t kFarthest = Limits::max() / kNsPerSecond;
  const bool negative = offset_s < 0;
  const uint64_t shift = negative ? uint64_t{0} - static_cast<uint64_t>(offset_s) : static_cast<uint64_t>(offset_s);
  if (negative && shift > seconds) {
    const uint64_t before = shift - seconds;
    if (before > uint64_t{kFarthest}) return Limits::min();
    return -static_cast<int64_t>(before) * kNsPerSecond + static_cast<int64_t>(ns);
  }
  const uint64_t after = negative ? seconds - shift : seconds + shift;
  if ((!negative && after < seconds) || after >= uint64_t{kFarthest}) return Limits::max();
  return static_cast<int64_t>(after) * kNsPerSecond + static_cast<int64_t>(ns);
}

}  // namespace

std::optional<Clock> Clock::of(uint8_t resolution, int64_t offset_s) {
  const bool binary = (resolution & kBinary) != 0;
  const auto exponent = static_cast<uint8_t>(resolution & ~kBinary);
  if (exponent > (binary ? 63 : 19)) return std::nullopt;
  return Clock(binary, exponent, offset_s);
}

Clock::Clock(bool binary, uint8_t exponent, int64_t offset_s)
    : binary_(binary), exponent_(exponent), offset_s_(offset_s) {
  if (binary || exponent > 9 || offset_s != 0) return;
  unit_ns_ = power_of_ten(9u - exponent);
  quick_limit_ = static_cast<uint64_t>(std::numeric_limits<int64_t>::max()) / unit_ns_;
}

int64_t Clock::slow_ns(uint64_t count) const {
  if (binary_) {
    const uint64_t fraction = count & ((uint64_t{1} << exponent_) - 1);
    return clamped_ns(count >> exponent_, offset_s_, binary_fraction_ns(fraction, exponent_));
  }
  const uint64_t units_per_second = power_of_ten(exponent_);
  const uint64_t fraction = count % units_per_second;
  const uint64_t ns =
      exponent_ <= 9 ? fraction * power_of_ten(9u - exponent_) : fraction / power_of_ten(exponent_ - 9u);
  return clamped_ns(count / units_per_second, offset_s_, ns);
}

uint8_t Clock::time_digits() const {
  // log10(2) = 0.30103
  const unsigned digits = binary_ ? exponent_ * 30103u / 100000u : exponent_;
  return static_cast<uint8_t>(digits < 9 ? digits : 9);
}

}  // namespace tracedrop::capture
