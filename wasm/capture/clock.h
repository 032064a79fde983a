// pcapng's time stamps: 64-bit counts of an interface's own unit (if_tsresol) from its own start (if_tsoffset).
#pragma once

#include <cstdint>
#include <optional>

namespace tracedrop::capture {

/// Turns counts into nanoseconds since the epoch, exactly: a finer part than a nanosecond is cut off, and what int64_t
/// cannot hold (the years before 1678 and after 2261) becomes its nearest limit. In units of a nanosecond and more, a
/// count with its top bit set would be such a time; it is read as the negative number that some programs write, which
/// keeps the differences between packets.
class Clock {
 public:
  /// Microseconds since the epoch.
  Clock() : Clock(false, 6, 0) {}
  /// `resolution` is if_tsresol: 10^-n, or 2^-n when its top bit is set; `offset_s` is added. Nothing when n is larger
  /// than a 64-bit count can use (19 and 63).
  static std::optional<Clock> of(uint8_t resolution, int64_t offset_s);

  int64_t ns(uint64_t count) const {
    if (unit_ns_ != 0 && count <= quick_limit_) return static_cast<int64_t>(count * unit_ns_);
    return slow_ns(count);
  }
  /// Decimals that the unit is worth, at most 9: 6 for 10^-6, 3 for 2^-10.
  uint8_t time_digits() const;

 private:
  Clock(bool binary, uint8_t exponent, int64_t offset_s);
  int64_t slow_ns(uint64_t count) const;
  /// Nanoseconds in `fraction` units, less than a second.
  uint64_t fraction_ns(uint64_t fraction) const;

  bool binary_;
  uint8_t exponent_;
  int64_t offset_s_;
  uint64_t unit_ns_ = 0;      // nanoseconds in a unit, when that is a whole number and there is no offset
  uint64_t quick_limit_ = 0;  // the largest count for which count * unit_ns_ fits
};

}  // namespace tracedrop::capture
