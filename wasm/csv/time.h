// The Time column, in every form that Wireshark writes (View > Time Display Format) and scripts, spreadsheets and
// people make of it, as exact integer nanoseconds. A decimal point may be a comma; a fraction has any number of digits,
// rounded to nanoseconds.
//
//   12.345678  -0.000001  9.5e-05                    seconds: since the start, the previous packet or the epoch
//   1700000000123  1700000000123456  …               milliseconds, microseconds, nanoseconds since the epoch
//   2022-09-28 13:07:49.340190   …T…   …Z  …-0500    date and time (also with / between, or year/day of the year)
//   9/28/2022 1:07:49.34 PM   28.09.2022 13:07:49    dates as countries write them
//   Sep 28, 2022 13:07:49.340190000 CDT              frame.time
//   13:07:49.340190  1:07:49.34 p.m.                 time of day
//   07:49.3                                          what Excel leaves of a time of day: minutes and seconds
//   1h  2m 3.456789s                                 "seconds with hours and minutes"
//   0 days 00:00:00.008211                           pandas' and Python's timedelta
//   *REF*                                            a packet that others count from (Edit > Set Time Reference)
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tracedrop::csv {

enum class TimeKind : uint8_t {
  /// Nanoseconds since 1970-01-01 UTC. Without a numeric zone or Z, of the writer's wall clock: a zone's name is not
  /// interpreted, since names such as CST stand for several.
  absolute,
  relative,  ///< nanoseconds since the capture's start or since the previous packet
  of_day,    ///< nanoseconds since midnight
  of_hour,   ///< nanoseconds since the full hour: the hours are lost
};

/// How a time is written, for who reads the file again.
enum class TimeForm : uint8_t {
  number,        ///< seconds, or TimeFormat::unit_digits' smaller units
  year_first,    ///< 2022-09-28 13:07:49.340190, with any of - / . between
  month_or_day,  ///< 9/28/2022 or 28.9.2022 and a clock; see TimeFormat::order
  month_name,    ///< Sep 28, 2022 13:07:49.340190000
  day_of_year,   ///< 2022/271 13:07:49.340190
  clock,         ///< 13:07:49.340190
  minutes,       ///< 07:49.3
  units,         ///< 1h  2m 3.456789s
  timedelta,     ///< 0 days 00:00:00.008211
  reference,     ///< *REF*
};

/// What stands first in a date that ends with its year.
enum class DateOrder : uint8_t { month_first, day_first };

struct TimeFormat {
  TimeForm form = TimeForm::number;
  /// Numbers count units of 10^-unit_digits seconds: 0, 3 (ms), 6 (µs) or 9 (ns).
  uint8_t unit_digits = 0;
  DateOrder order = DateOrder::month_first;
  /// A date of the file proves the order; else it is only the more likely one.
  bool order_is_proven = false;
  bool decimal_comma = false;
  /// AM and PM stand beside the clock.
  bool twelve_hours = false;
  // Once the file has been read: some times are written in another form than the first one; some with decimals of a
  // second, some without.
  bool has_other_forms = false;
  bool has_fractions = false;
  bool has_whole_seconds = false;
};

/// How one time is written: mostly as the one before, which is found out at once (same_style).
struct TimeStyle {
  /// Decimals of a second that were written, at most 9.
  uint8_t digits = 0;
  TimeKind kind = TimeKind::relative;
  TimeForm form = TimeForm::number;
  /// The clock's hour as written, before AM and PM are looked at; 0 without a clock.
  uint8_t written_hour = 0;
  bool decimal_comma = false;
  bool twelve_hours = false;
  /// A date whose month and day may be the other way round.
  bool is_ambiguous = false;
  uint8_t unused = 0;
  /// What the last digit stands for when there are no decimals, in seconds: 60 when a clock shows no seconds, 10^7 in
  /// 1.70E+09.
  uint32_t coarse_s = 1;
};

inline bool same_style(const TimeStyle& a, const TimeStyle& b) {
  uint64_t bits_a, bits_b;
  std::memcpy(&bits_a, &a, sizeof bits_a);
  std::memcpy(&bits_b, &b, sizeof bits_b);
  return bits_a == bits_b && a.coarse_s == b.coarse_s;
}

struct TimeValue : TimeStyle {
  int64_t ns = 0;

  /// Written as a plain number: `kind` is then a guess by kEpochSeconds, which holds for a file's first time only.
  bool is_number() const { return form == TimeForm::number; }
};

/// Plain seconds from this on (March 1973) are counted from the epoch: no capture lasts three years.
inline constexpr int64_t kEpochSeconds = 100'000'000;

/// Of a number that counts from the epoch, what it counts: seconds, ms, µs or ns have 11, 14, 17 and 19 digits at most
/// (from 1973 to the year 5000). 0 for numbers that are smaller, and for other texts.
uint8_t epoch_unit_digits(std::string_view text);

class TimeParser {
 public:
  TimeParser() = default;
  explicit TimeParser(const TimeFormat& format) : unit_digits_(format.unit_digits), order_(format.order) {}

  /// False when `text` is no time that 64-bit nanoseconds can hold.
  bool parse(std::string_view text, TimeValue& value);

  /// How months and days are told apart now: a date that can only be read the other way round changes it.
  DateOrder order() const { return order_; }
  /// True once a date could be read in one way only.
  bool order_is_proven() const { return order_is_proven_; }

 private:
  bool parse_iso(std::string_view text, TimeValue& value);

  uint8_t unit_digits_ = 0;
  DateOrder order_ = DateOrder::month_first;
  bool order_is_proven_ = false;
  // The last date and time up to the second, since many rows share it.
  static constexpr size_t kIsoSeconds = 19;
  char iso_[kIsoSeconds + 1] = "1970-01-01 00:00:00";
  int64_t iso_seconds_ = 0;
};

}  // namespace tracedrop::csv
