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

int64_t saturating_add(int64_t a, int64_t b) {
  using Limits = std::numeric_limits<int64_t>;
  if (b > 0 && a > Limits::max() - b) return Limits::max();
  if (b < 0 && a < Limits::min() - b) return Limits::min();
  return a + b;
}

/// `seconds` and `ns` below a second as nanoseconds within int64_t.
int64_t clamped_ns(int64_t seconds, uint64_t ns) {
  using Limits = std::numeric_limits<int64_t>;
  constexpr int64_t kFarthest = Limits::max() / kNsPerSecond;
  if (seconds >= kFarthest) return Limits::max();
  if (seconds < -kFarthest) return Limits::min();
  return seconds * kNsPerSecond + static_cast<int64_t>(ns);
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
  // Divided towards minus infinity, so that what is left is a fraction from 0 up.
  const bool negative = count >> 63 != 0 && exponent_ <= (binary_ ? 29 : 9);
  const uint64_t towards_zero = negative ? ~count : count;
  const uint64_t units = binary_ ? uint64_t{1} << exponent_ : power_of_ten(exponent_);
  const auto whole = static_cast<int64_t>(towards_zero / units);
  const uint64_t rest = towards_zero % units;
  const uint64_t fraction = negative ? units - 1 - rest : rest;
  return clamped_ns(saturating_add(negative ? -1 - whole : whole, offset_s_), fraction_ns(fraction));
}

uint64_t Clock::fraction_ns(uint64_t fraction) const {
  if (binary_) return binary_fraction_ns(fraction, exponent_);
  return exponent_ <= 9 ? fraction * power_of_ten(9u - exponent_) : fraction / power_of_ten(exponent_ - 9u);
}

uint8_t Clock::time_digits() const {
  // log10(2) = 0.30103
  const unsigned digits = binary_ ? exponent_ * 30103u / 100000u : exponent_;
  return static_cast<uint8_t>(digits < 9 ? digits : 9);
}

}  // namespace tracedrop::capture
