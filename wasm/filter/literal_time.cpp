// Times: seconds with up to nine decimals, "2024-05-13 10:17:07.5", "2024-05-13T10:17:07Z", "May 13, 2024 10:17:07".
// What has no zone is UTC, as the packet list's times are.
#include <array>
#include <charconv>
#include <cmath>

#include "filter/literal.h"

namespace tracedrop::filter {

namespace {

constexpr int64_t kSecondNs = 1'000'000'000;

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  bool at_end() const { return text_.empty(); }
  bool take(char c) {
    if (text_.empty() || text_[0] != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool take(std::string_view word) {
    if (text_.substr(0, word.size()) != word) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  void skip_spaces() {
    while (take(' ')) continue;
  }
  /// A number of `least` to `most` digits.
  bool number(size_t least, size_t most, int64_t& value) {
    size_t count = 0;
    value = 0;
    for (; count < most && count < text_.size() && text_[count] >= '0' && text_[count] <= '9'; ++count)
      value = value * 10 + (text_[count] - '0');
    text_.remove_prefix(count);
    return count >= least;
  }
  /// Decimals behind a point, as nanoseconds; what is finer is left out.
  bool decimals(int64_t& ns) {
    size_t count = 0;
    ns = 0;
    for (; count < text_.size() && text_[count] >= '0' && text_[count] <= '9'; ++count)
      if (count < 9) ns = ns * 10 + (text_[count] - '0');
    for (size_t i = count; i < 9; ++i) ns *= 10;
    text_.remove_prefix(count);
    return count > 0;
  }

 private:
  std::string_view text_;
};

struct Date {
  int64_t year = 1970, month = 1, day = 1;
};

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

int64_t days_in(int64_t year, int64_t month) {
  constexpr std::array<int64_t, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return kDays[static_cast<size_t>(month - 1)] + (month == 2 && is_leap ? 1 : 0);
}

/// Days since 1970-01-01 in the Gregorian calendar, counting years from March on.
int64_t days_since_1970(const Date& date) {
  const int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const int64_t month = (date.month + 9) % 12;
  return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + date.day - 1 - 719468;
}

bool read_month_name(Scanner& in, int64_t& month) {
  for (size_t i = 0; i < kMonths.size(); ++i)
    if (in.take(kMonths[i]) || in.take(kMonths[i].substr(0, 3))) return month = static_cast<int64_t>(i) + 1, true;
  return false;
}

bool read_date(Scanner& in, Date& date) {
  if (read_month_name(in, date.month)) {
    in.skip_spaces();
    if (!in.number(1, 2, date.day) || !in.take(',')) return false;
    in.skip_spaces();
    if (!in.number(4, 4, date.year)) return false;
  } else if (!in.number(4, 4, date.year) || !in.take('-') || !in.number(1, 2, date.month) || !in.take('-') ||
             !in.number(1, 2, date.day)) {
    return false;
  }
  const bool is_month = date.month >= 1 && date.month <= 12;
  return is_month && date.year >= 1678 && date.year <= 2261 && date.day >= 1 &&
         date.day <= days_in(date.year, date.month);
}

/// Nothing, "Z", "UTC", "+02:00", "-0530": how far its clock is ahead.
bool read_zone(Scanner& in, int64_t& seconds) {
  in.skip_spaces();
  if (in.at_end() || in.take('Z') || in.take("UTC")) return in.at_end();
  const bool is_ahead = in.take('+');
  if (!is_ahead && !in.take('-')) return false;
  int64_t hours = 0, minutes = 0;
  if (!in.number(2, 2, hours)) return false;
  in.take(':');
  if (!in.number(2, 2, minutes) || hours > 23 || minutes > 59) return false;
  seconds = (hours * 3600 + minutes * 60) * (is_ahead ? 1 : -1);
  return in.at_end();
}

bool read_clock(Scanner& in, int64_t& seconds, int64_t& ns) {
  int64_t hours = 0, minutes = 0, second = 0;
  if (!in.number(1, 2, hours) || !in.take(':') || !in.number(2, 2, minutes)) return false;
  if (in.take(':') && !in.number(2, 2, second)) return false;
  if (in.take('.') && !in.decimals(ns)) return false;
  seconds = hours * 3600 + minutes * 60 + second;
  return hours <= 23 && minutes <= 59 && second <= 60;
}

bool read_date_time(std::string_view text, int64_t& ns) {
  Scanner in(text);
  Date date;
  int64_t clock = 0, fraction = 0, zone = 0;
  in.skip_spaces();
  if (!read_date(in, date)) return false;
  const bool has_t = in.take('T');
  in.skip_spaces();
  Scanner behind_date = in;
  if (!read_clock(in, clock, fraction)) {
    if (has_t) return false;
    in = behind_date;
    clock = fraction = 0;
  }
  if (!read_zone(in, zone)) return false;
  ns = (days_since_1970(date) * 86400 + clock - zone) * kSecondNs + fraction;
  return true;
}

/// "1.25", "1e-3", "2": exactly, where there is no exponent.
bool read_seconds(std::string_view text, int64_t& ns) {
  uint64_t whole = 0;
  if (text.size() > 1 && text[0] == '0' && text[1] != '.' && text.find_first_of("eE.") == std::string_view::npos) {
    if (!read_unsigned(text, whole) || whole > 9'000'000'000) return false;
    ns = static_cast<int64_t>(whole) * kSecondNs;
    return true;
  }
  Scanner in(text);
  int64_t seconds = 0, fraction = 0;
  if (in.number(1, 10, seconds) && (!in.take('.') || in.decimals(fraction)) && in.at_end()) {
    if (seconds > 9'000'000'000) return false;
    ns = seconds * kSecondNs + fraction;
    return true;
  }
  double real = 0;
  if (!read_real(text, real) || real > 9e9) return false;
  ns = static_cast<int64_t>(std::llround(real * 1e9));
  return true;
}

}  // namespace

std::string read_time_literal(std::string_view text, const Wanted& wanted, int64_t& ns) {
  if (read_seconds(text, ns)) return {};
  if (wanted.type == Type::relative_time) return quoted(text) + " is no span of time: write seconds, as 0.25 or 1e-3";
  if (read_date_time(text, ns)) return {};
  return quoted(text) +
         " is no date and time: write \"2024-05-13 10:17:07.5\", \"May 13, 2024 10:17:07\" or seconds since 1970";
}

}  // namespace tracedrop::filter
