// The Time column, in every form that Wireshark writes (View > Time Display Format) and scripts make of it, as exact
// integer nanoseconds. A decimal point may be a comma; a fraction has any number of digits, rounded to nanoseconds.
//
//   12.345678  -0.000001  9.5e-05                    seconds: since the start, the previous packet or the epoch
//   2022-09-28 13:07:49.340190   …T…   …Z  …-0500    date and time (also with / between, or year/day of the year)
//   Sep 28, 2022 13:07:49.340190000 CDT              frame.time
//   13:07:49.340190                                  time of day
//   1h  2m 3.456789s                                 "seconds with hours and minutes"
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tracedrop::csv {

enum class TimeKind : uint8_t {
  /// Nanoseconds since 1970-01-01 UTC. Without a numeric zone or Z, of the writer's wall clock: a zone's name is not
  /// interpreted, since names such as CST stand for several.
  absolute,
  relative,  ///< nanoseconds since the capture's start or since the previous packet
  of_day,    ///< nanoseconds since midnight
};

struct TimeValue {
  int64_t ns = 0;
  /// Decimals that were written, at most 9.
  uint8_t digits = 0;
  TimeKind kind = TimeKind::relative;
  /// Written as plain seconds: `kind` is then a guess by kEpochSeconds, which holds for a file's first time only.
  bool is_seconds = false;
};

/// Plain seconds from this on (March 1973) are counted from the epoch: no capture lasts three years.
inline constexpr int64_t kEpochSeconds = 100'000'000;

class TimeParser {
 public:
  /// False when `text` is no time that 64-bit nanoseconds can hold. Without side effects but for speed.
  bool parse(std::string_view text, TimeValue& value);

 private:
  bool parse_iso(std::string_view text, TimeValue& value);

  // The last date and time up to the second, since many rows share it.
  static constexpr size_t kIsoSeconds = 19;
  char iso_[kIsoSeconds + 1] = "1970-01-01 00:00:00";
  int64_t iso_seconds_ = 0;
};

}  // namespace tracedrop::csv
