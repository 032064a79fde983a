#include "csv/time.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "csv/clock_text.h"

namespace tracedrop::csv {

namespace {

TimeKind kind_of_number(int64_t seconds) { return seconds >= kEpochSeconds ? TimeKind::absolute : TimeKind::relative; }

/// 12.345678: what most rows with seconds hold.
bool parse_plain_seconds(std::string_view text, TimeValue& value) {
  Scanner in(text);
  int64_t seconds = 0, fraction = 0;
  if (!in.take_number(1, 10, seconds)) return false;
  value.digits = 0;
  value.decimal_comma = in.peek() == ',';
  if (in.take_any(".,")) fraction = take_fraction(in, value.digits);
  if (!in.done()) return false;
  value.kind = kind_of_number(seconds);
  return to_ns(seconds, fraction, false, value.ns);
}

/// A number's decimal digits and where its point stands among them.
struct Decimal {
  static constexpr int kMostDigits = 40;
  std::array<char, kMostDigits> digits;
  int count = 0;   // without leading zeros before the point; those beyond kMostDigits are not kept
  int before = 0;  // digits before the point once the exponent has moved it
  int behind = 0;  // digits written behind it, likewise; negative when the last one stands for tens, hundreds, …
  bool negative = false;
  bool comma = false;

  int digit(int i) const {
    return i >= 0 && i < std::min(count, kMostDigits) ? digits[static_cast<size_t>(i)] - '0' : 0;
  }
};

/// .5, -1, 9.5e-05
bool parse_decimal(std::string_view text, Decimal& number) {
  Scanner in(text);
  number.negative = in.peek() == '-';
  in.take_any("+-");
  int point = -1;
  for (; is_digit(in.peek()) || (point < 0 && (in.peek() == '.' || in.peek() == ',')); in.take(in.peek())) {
    if (!is_digit(in.peek())) {
      point = number.count;
      number.comma = in.peek() == ',';
    } else if (number.count > 0 || in.peek() != '0' || point >= 0) {
      if (number.count < Decimal::kMostDigits) number.digits[static_cast<size_t>(number.count)] = in.peek();
      if (++number.count > 1'000'000) return false;
    }
  }
  if (!std::any_of(text.begin(), text.end(), is_digit)) return false;
  if (point < 0) point = number.count;
  int64_t exponent = 0;
  if (in.take_any("eE")) {
    const bool down = in.peek() == '-';
    in.take_any("+-");
    if (!in.take_number(1, 4, exponent)) return false;
    if (down) exponent = -exponent;
  }
  number.before = point + static_cast<int>(exponent);
  number.behind = number.count - point - static_cast<int>(exponent);
  return in.done();
}

/// Exact, by its decimal digits, in units of 10^-unit_digits seconds.
bool parse_number(std::string_view text, int unit_digits, TimeValue& value) {
  Decimal number;
  if (!parse_decimal(text, number)) return false;
  // The value is 0.d1 d2 d3 … · 10^before: up to `before` the digits are whole seconds, the next nine nanoseconds.
  const int before = number.before - unit_digits;
  const int behind = number.behind + unit_digits;
  int64_t seconds = 0, fraction = 0;
  for (int i = 0; i < before; ++i) {
    if (seconds > INT64_MAX / kPerSecond) return false;
    seconds = seconds * 10 + number.digit(i);
    if (seconds == 0 && i >= number.count) break;
  }
  for (int i = before; i < before + 9; ++i) fraction = fraction * 10 + number.digit(i);
  if (number.digit(before + 9) >= 5) ++fraction;
  value.digits = static_cast<uint8_t>(std::clamp(behind, 0, 9));
  for (int i = behind; i < 0 && value.coarse_s < 1'000'000'000; ++i) value.coarse_s *= 10;
  value.kind = kind_of_number(seconds);
  value.decimal_comma = number.comma;
  return to_ns(seconds, fraction, number.negative, value.ns);
}

/// "1h  2m 3.456789s", the larger units left out when they are 0.
bool parse_units(std::string_view text, TimeValue& value) {
  Scanner in(text);
  const bool negative = in.take('-');
  int64_t seconds = 0;
  for (;;) {
    int64_t number = 0;
    in.take_blanks();
    if (!in.take_number(1, 9, number)) return false;
    in.take_blanks();
    if (in.take('h')) {
      seconds += number * 3600;
    } else if (in.peek() == 'm') {
      in.take_letters();  // m, min
      seconds += number * 60;
    } else {
      const int64_t fraction = take_decimals(in, value);
      in.take_blanks();
      if (!in.take('s') || !in.done()) return false;
      value.kind = TimeKind::relative;
      value.form = TimeForm::units;
      return to_ns(seconds + number, fraction, negative, value.ns);
    }
  }
}

/// "2022/271 13:07:49.340190": year and day of the year.
bool parse_year_day(std::string_view text, TimeValue& value) {
  Scanner in(text);
  int64_t year = 0, day = 0, clock_ns = 0, shift = 0;
  if (!in.take_number(4, 4, year) || !in.take_any("/-") || !in.take_number(3, 3, day)) return false;
  if (day < 1 || day > 366 || !in.take_any(" T")) return false;
  if (!take_clock(in, true, clock_ns, value) || !take_zone(in, shift)) return false;
  value.kind = TimeKind::absolute;
  value.form = TimeForm::day_of_year;
  const int64_t days = days_from_date(year, 1, 1) + day - 1;
  return to_ns(days * kSecondsPerDay + clock_ns / kPerSecond - shift, clock_ns % kPerSecond, false, value.ns);
}

bool parse_time_of_day(std::string_view text, TimeValue& value) {
  Scanner in(text);
  int64_t shift = 0;
  if (!take_clock(in, true, value.ns, value) || !take_zone(in, shift)) return false;
  value.kind = TimeKind::of_day;
  value.form = TimeForm::clock;
  value.ns -= shift * kPerSecond;
  return true;
}

/// "07:49.3": Excel's format mm:ss.0. Without a fraction it could be hours and minutes as well.
bool parse_minutes(std::string_view text, TimeValue& value) {
  Scanner in(text);
  int64_t minutes = 0, seconds = 0;
  if (!in.take_number(1, 2, minutes) || minutes > 59 || !in.take(':')) return false;
  if (!in.take_number(2, 2, seconds) || seconds > 60) return false;
  const int64_t fraction = take_decimals(in, value);
  if (value.digits == 0 || !in.done()) return false;
  value.kind = TimeKind::of_hour;
  value.form = TimeForm::minutes;
  return to_ns(minutes * 60 + seconds, fraction, false, value.ns);
}

/// "0 days 00:00:00.008211", "1 day, 0:00:01", "-1 days +23:59:59.999"
bool parse_timedelta(std::string_view text, TimeValue& value) {
  Scanner in(text);
  const bool negative = in.take('-');
  int64_t days = 0, clock_ns = 0;
  if (!in.take_number(1, 5, days) || !in.take_blanks() || !in.take_text("day")) return false;
  in.take('s');
  in.take(',');
  if (!in.take_blanks()) return false;
  in.take('+');
  if (!take_clock(in, true, clock_ns, value) || !in.done()) return false;
  value.kind = TimeKind::relative;
  value.form = TimeForm::timedelta;
  if (negative) days = -days;
  return to_ns(days * kSecondsPerDay + clock_ns / kPerSecond, clock_ns % kPerSecond, false, value.ns);
}

/// Two digits as a number, or a value above 99.
inline unsigned two_digits(const char* at) {
  const auto tens = static_cast<unsigned>(at[0] - '0'), ones = static_cast<unsigned>(at[1] - '0');
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

/// "2022-09-28 13:07:49", also with slashes or a T, as seconds since the epoch. Reads exactly 19 characters.
bool read_iso_seconds(const char* at, int64_t& seconds) {
  const char dash = at[4];
  if ((dash != '-' && dash != '/') || at[7] != dash || (at[10] != ' ' && at[10] != 'T')) return false;
  const unsigned century = two_digits(at), year = two_digits(at + 2), month = two_digits(at + 5);
  const unsigned day = two_digits(at + 8);
  if (century > 99 || year > 99 || !is_date(century * 100 + year, month, day)) return false;
  const unsigned hours = two_digits(at + 11), minutes = two_digits(at + 14), whole = two_digits(at + 17);
  if (hours > 23 || minutes > 59 || whole > 60 || at[13] != ':' || at[16] != ':') return false;
  seconds = days_from_date(century * 100 + year, month, day) * kSecondsPerDay;
  seconds += (int64_t{hours} * 60 + minutes) * 60 + whole;
  return true;
}

bool is_reference(std::string_view text) { return text == "*REF*"; }

}  // namespace

uint8_t epoch_unit_digits(std::string_view text) {
  Decimal number;
  if (!parse_decimal(text, number) || number.negative || number.before < 12) return 0;
  return number.before < 15 ? 3 : number.before < 18 ? 6 : 9;
}

bool TimeParser::parse(std::string_view text, TimeValue& value) {
  value = {};
  if (parse_iso(text, value)) return true;
  if (unit_digits_ == 0 && parse_plain_seconds(text, value)) return true;
  const auto reads = [&](auto&& form) {
    value = {};
    return form();
  };
  if (reads([&] { return parse_number(text, unit_digits_, value); })) return true;
  if (reads([&] { return parse_time_of_day(text, value); })) return true;
  if (reads([&] { return parse_minutes(text, value); })) return true;
  if (reads([&] { return parse_year_day(text, value); })) return true;
  if (reads([&] { return parse_date(text, order_, order_is_proven_, value); })) return true;
  if (reads([&] { return parse_units(text, value); })) return true;
  if (reads([&] { return parse_timedelta(text, value); })) return true;
  value = {};
  value.form = TimeForm::reference;
  return is_reference(text);
}

/// yyyy-mm-dd hh:mm:ss[.f][zone]: what most files hold, so it is read without a detour.
bool TimeParser::parse_iso(std::string_view text, TimeValue& value) {
  if (text.size() < kIsoSeconds) return false;
  if (std::memcmp(text.data(), iso_, kIsoSeconds) != 0) {
    int64_t seconds = 0;
    if (!read_iso_seconds(text.data(), seconds)) return false;
    std::memcpy(iso_, text.data(), kIsoSeconds);
    iso_seconds_ = seconds;
  }
  value.written_hour = static_cast<uint8_t>(two_digits(iso_ + 11));
  int64_t fraction = 0, shift = 0;
  if (text.size() > kIsoSeconds) {
    Scanner in(text.substr(kIsoSeconds));
    fraction = take_decimals(in, value);
    if (!in.done()) {
      const char half = take_half_day(in);
      value.twelve_hours = half != 0;
      if (half == 'a' && value.written_hour == 12) shift = 12 * 3600;
      if (half == 'p' && value.written_hour < 12) shift = -12 * 3600;
      int64_t zone = 0;
      if (!take_zone(in, zone)) return false;
      shift += zone;
    }
  }
  value.kind = TimeKind::absolute;
  value.form = TimeForm::year_first;
  return to_ns(iso_seconds_ - shift, fraction, false, value.ns);
}

}  // namespace tracedrop::csv
