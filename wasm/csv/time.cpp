#include "csv/time.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

namespace tracedrop::csv {

namespace {

constexpr int64_t kPerSecond = 1'000'000'000;
constexpr int64_t kSecondsPerDay = 86'400;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Reads a text from its front. A take that does not fit takes nothing and says so.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::string_view rest() const { return text_.substr(at_); }
  bool done() const { return at_ == text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }
  bool take(char c) {
    if (peek() != c || done()) return false;
    ++at_;
    return true;
  }
  bool take_any(std::string_view chars) { return !done() && chars.find(peek()) != chars.npos && take(peek()); }
  void skip(size_t count) { at_ += count; }
  void take_blanks() {
    while (take(' ')) {
    }
  }
  /// Between `least` and `most` (at most 18) digits.
  bool take_number(int least, int most, int64_t& number) {
    int64_t value = 0;
    int count = 0;
    size_t at = at_;
    for (; count < most && at < text_.size() && is_digit(text_[at]); ++at, ++count)
      value = value * 10 + (text_[at] - '0');
    if (count < least) return false;
    at_ = at;
    number = value;
    return true;
  }
  std::string_view take_letters() {
    const size_t begin = at_;
    while (is_letter(peek())) ++at_;
    return text_.substr(begin, at_ - begin);
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar, counted in years that begin in March.
int64_t days_from_date(int64_t year, int64_t month, int64_t day) {
  const int64_t y = month <= 2 ? year - 1 : year;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t year_of_era = y - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

bool is_date(int64_t year, int64_t month, int64_t day) {
  constexpr std::array<int64_t, 12> kLengths = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || day > kLengths[static_cast<size_t>(month - 1)]) return false;
  return day != 29 || month != 2 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

/// Seconds and a fraction of 0 <= fraction_ns < 10^9, with a sign, when they fit.
bool to_ns(int64_t seconds, int64_t fraction_ns, bool negative, int64_t& ns) {
  constexpr int64_t kMost = INT64_MAX / kPerSecond - 1;
  if (seconds > kMost || seconds < -kMost) return false;
  ns = seconds * kPerSecond + fraction_ns;
  if (negative) ns = -ns;
  return true;
}

/// The digits after a decimal point, as nanoseconds rounded half up: 10^9 when they round up to a whole second.
int64_t take_fraction(Scanner& in, uint8_t& digits) {
  const std::string_view text = in.rest();
  int64_t ns = 0;
  size_t count = 0;
  for (; count < text.size() && count < 9 && is_digit(text[count]); ++count) ns = ns * 10 + (text[count] - '0');
  digits = static_cast<uint8_t>(count);
  constexpr int64_t kScale[] = {1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
  ns *= kScale[count];
  if (count == 9 && count < text.size() && is_digit(text[count])) {
    ns += text[count] >= '5';
    while (count < text.size() && is_digit(text[count])) ++count;
  }
  in.skip(count);
  return ns;
}

/// hh:mm:ss and its fraction, as nanoseconds since midnight (a leap second counts into the next minute).
bool take_clock(Scanner& in, int64_t& ns, uint8_t& digits) {
  int64_t hours = 0, minutes = 0, seconds = 0;
  if (!in.take_number(1, 2, hours) || hours > 23 || !in.take(':')) return false;
  if (!in.take_number(2, 2, minutes) || minutes > 59 || !in.take(':')) return false;
  if (!in.take_number(2, 2, seconds) || seconds > 60) return false;
  digits = 0;
  ns = ((hours * 60 + minutes) * 60 + seconds) * kPerSecond;
  if (in.take_any(".,")) ns += take_fraction(in, digits);
  return true;
}

/// What may follow a time: nothing, Z, ±hh[:]mm, or a zone's name. `shift` is what the zone is ahead of UTC, in
/// seconds.
bool take_zone(Scanner& in, int64_t& shift) {
  shift = 0;
  if (in.done()) return true;
  in.take_blanks();
  if (in.done()) return true;
  const bool west = in.peek() == '-';
  if (in.take_any("+-")) {
    int64_t hours = 0, minutes = 0;
    if (!in.take_number(2, 2, hours) || hours > 23) return false;
    in.take(':');
    if (!in.done() && (!in.take_number(2, 2, minutes) || minutes > 59)) return false;
    shift = (hours * 60 + minutes) * (west ? -60 : 60);
    return in.done();
  }
  if (!is_letter(in.peek())) return false;
  const std::string_view name = in.rest();
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_letter(c) || c == ' ' || c == '.' || (c & 0x80) != 0; });
}

/// The clock and zone that follow a date.
bool take_rest_of_day(Scanner& in, int64_t days, TimeValue& value) {
  int64_t clock_ns = 0, shift = 0;
  if (!take_clock(in, clock_ns, value.digits) || !take_zone(in, shift)) return false;
  value.kind = TimeKind::absolute;
  return to_ns(days * kSecondsPerDay + clock_ns / kPerSecond - shift, clock_ns % kPerSecond, false, value.ns);
}

/// 12.345678: what most rows with seconds hold.
bool parse_plain_seconds(std::string_view text, TimeValue& value) {
  Scanner in(text);
  int64_t seconds = 0, fraction = 0;
  if (!in.take_number(1, 10, seconds)) return false;
  value.digits = 0;
  if (in.take_any(".,")) fraction = take_fraction(in, value.digits);
  if (!in.done()) return false;
  value.kind = seconds >= kEpochSeconds ? TimeKind::absolute : TimeKind::relative;
  value.is_seconds = true;
  return to_ns(seconds, fraction, false, value.ns);
}

/// .5, -1, 9.5e-05: exact, by its decimal digits.
bool parse_seconds(std::string_view text, TimeValue& value) {
  Scanner in(text);
  const bool negative = in.peek() == '-';
  in.take_any("+-");
  constexpr int kMostDigits = 40;
  std::array<char, kMostDigits> digits;
  int count = 0, point = -1;
  for (; is_digit(in.peek()) || (point < 0 && (in.peek() == '.' || in.peek() == ',')); in.take(in.peek())) {
    if (!is_digit(in.peek())) {
      point = count;
    } else if (count > 0 || in.peek() != '0' || point >= 0) {
      if (count < kMostDigits) digits[static_cast<size_t>(count)] = in.peek();
      if (++count > 1'000'000) return false;
    }
  }
  if (!std::any_of(text.begin(), text.end(), is_digit)) return false;
  if (point < 0) point = count;
  const int written = count - point;
  int64_t exponent = 0;
  if (in.take_any("eE")) {
    const bool down = in.peek() == '-';
    in.take_any("+-");
    if (!in.take_number(1, 4, exponent)) return false;
    if (down) exponent = -exponent;
  }
  if (!in.done()) return false;

  // The value is 0.d1 d2 d3 … · 10^before: up to `before` the digits are whole seconds, the next nine nanoseconds.
  const int64_t before = point + exponent;
  int64_t seconds = 0, fraction = 0;
  const auto digit = [&](int64_t i) {
    return i >= 0 && i < std::min(count, kMostDigits) ? digits[static_cast<size_t>(i)] - '0' : 0;
  };
  for (int64_t i = 0; i < before; ++i) {
    if (seconds > INT64_MAX / kPerSecond) return false;
    seconds = seconds * 10 + digit(i);
    if (seconds == 0 && i >= count) break;
  }
  for (int64_t i = before; i < before + 9; ++i) fraction = fraction * 10 + digit(i);
  if (digit(before + 9) >= 5) ++fraction;
  value.digits = static_cast<uint8_t>(std::clamp<int64_t>(written - exponent, 0, 9));
  value.kind = seconds >= kEpochSeconds ? TimeKind::absolute : TimeKind::relative;
  value.is_seconds = true;
  return to_ns(seconds, fraction, negative, value.ns);
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
      int64_t fraction = 0;
      value.digits = 0;
      if (in.take_any(".,")) fraction = take_fraction(in, value.digits);
      in.take_blanks();
      if (!in.take('s') || !in.done()) return false;
      value.kind = TimeKind::relative;
      return to_ns(seconds + number, fraction, negative, value.ns);
    }
  }
}

/// "Sep 28, 2022 13:07:49.340190000 CDT", also "28 Sep 2022 …" and the month in full.
bool parse_month_name(std::string_view text, TimeValue& value) {
  constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  Scanner in(text);
  int64_t day = 0, year = 0;
  const bool day_first = in.take_number(1, 2, day);
  in.take_blanks();
  const std::string_view name = in.take_letters();
  if (name.size() < 3) return false;
  std::array<char, 3> lower;
  std::transform(name.begin(), name.begin() + 3, lower.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  const size_t found = kMonths.find(std::string_view(lower.data(), 3));
  if (found == kMonths.npos || found % 3 != 0) return false;
  const auto month = static_cast<int64_t>(found / 3) + 1;
  in.take('.');
  in.take_blanks();
  if (!day_first && !in.take_number(1, 2, day)) return false;
  in.take(',');
  in.take_blanks();
  if (!in.take_number(4, 4, year) || !is_date(year, month, day)) return false;
  in.take(',');
  in.take_blanks();
  return take_rest_of_day(in, days_from_date(year, month, day), value);
}

/// "2022/271 13:07:49.340190": year and day of the year.
bool parse_year_day(std::string_view text, TimeValue& value) {
  Scanner in(text);
  int64_t year = 0, day = 0;
  if (!in.take_number(4, 4, year) || !in.take_any("/-") || !in.take_number(3, 3, day)) return false;
  if (day < 1 || day > 366 || !in.take_any(" T")) return false;
  return take_rest_of_day(in, days_from_date(year, 1, 1) + day - 1, value);
}

bool parse_time_of_day(std::string_view text, TimeValue& value) {
  Scanner in(text);
  int64_t shift = 0;
  if (!take_clock(in, value.ns, value.digits) || !take_zone(in, shift)) return false;
  value.kind = TimeKind::of_day;
  value.ns -= shift * kPerSecond;
  return true;
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

}  // namespace

bool TimeParser::parse(std::string_view text, TimeValue& value) {
  value = {};
  return parse_iso(text, value) || parse_plain_seconds(text, value) || parse_seconds(text, value) ||
         parse_time_of_day(text, value) || parse_month_name(text, value) || parse_year_day(text, value) ||
         parse_units(text, value);
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
  int64_t fraction = 0, shift = 0;
  if (text.size() > kIsoSeconds) {
    Scanner in(text.substr(kIsoSeconds));
    if (in.take_any(".,")) fraction = take_fraction(in, value.digits);
    if (!take_zone(in, shift)) return false;
  }
  value.kind = TimeKind::absolute;
  return to_ns(iso_seconds_ - shift, fraction, false, value.ns);
}

}  // namespace tracedrop::csv
