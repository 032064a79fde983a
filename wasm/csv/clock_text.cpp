#include "csv/clock_text.h"

#include <algorithm>

namespace tracedrop::csv {

/// Counted in years that begin in March.
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

char take_half_day(Scanner& in) {
  struct HalfDay {
    std::string_view text;
    char half;
  };
  // English and Spanish ("p. m."), Chinese, Japanese, Korean, Greek, Arabic.
  constexpr HalfDay kHalves[] = {{"am", 'a'},
                                 {"pm", 'p'},
                                 {"a.m.", 'a'},
                                 {"p.m.", 'p'},
                                 {"a. m.", 'a'},
                                 {"p. m.", 'p'},
                                 {"a.\xC2\xA0m.", 'a'},
                                 {"p.\xC2\xA0m.", 'p'},
                                 {"a.\xE2\x80\xAFm.", 'a'},
                                 {"p.\xE2\x80\xAFm.", 'p'},
                                 {"上午", 'a'},
                                 {"下午", 'p'},
                                 {"午前", 'a'},
                                 {"午後", 'p'},
                                 {"오전", 'a'},
                                 {"오후", 'p'},
                                 {"π.μ.", 'a'},
                                 {"μ.μ.", 'p'},
                                 {"πμ", 'a'},
                                 {"μμ", 'p'},
                                 {"ص", 'a'},
                                 {"م", 'p'}};
  Scanner ahead = in;
  ahead.take_blanks();
  const std::string_view text = ahead.rest();
  for (const HalfDay& known : kHalves) {
    if (text.size() < known.text.size()) continue;
    const auto same = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && (a | 0x20) == b); };
    if (!std::equal(known.text.begin(), known.text.end(), text.begin(), [&](char k, char t) { return same(t, k); }))
      continue;
    if (text.size() > known.text.size() && is_letter(text[known.text.size()])) continue;
    ahead.skip(known.text.size());
    in = ahead;
    return known.half;
  }
  return 0;
}

bool take_clock(Scanner& in, bool needs_seconds, int64_t& ns, TimeValue& value) {
  char half = take_half_day(in);
  if (half != 0) in.take_blanks();
  int64_t hours = 0, minutes = 0, seconds = 0, fraction = 0;
  if (!in.take_number(1, 2, hours) || hours > 23 || !in.take(':')) return false;
  if (!in.take_number(2, 2, minutes) || minutes > 59) return false;
  value.digits = 0;
  if (in.take(':')) {
    if (!in.take_number(2, 2, seconds) || seconds > 60) return false;
    fraction = take_decimals(in, value);
  } else if (needs_seconds) {
    return false;
  } else {
    value.coarse_s = 60;
  }
  if (half == 0) half = take_half_day(in);
  value.written_hour = static_cast<uint8_t>(hours);
  value.twelve_hours = half != 0;
  if (half == 'a' && hours == 12) hours = 0;
  if (half == 'p' && hours < 12) hours += 12;
  ns = ((hours * 60 + minutes) * 60 + seconds) * kPerSecond + fraction;
  return true;
}

namespace {

/// "+3", "-05:30", "+0530" behind UTC or GMT
bool take_offset(Scanner& in, int64_t& shift) {
  const bool west = in.peek() == '-';
  if (!in.take_any("+-") && !in.take_text("\xE2\x88\x92")) return false;
  int64_t hours = 0, minutes = 0;
  if (!in.take_number(1, 2, hours) || hours > 23) return false;
  in.take(':');
  if (is_digit(in.peek()) && (!in.take_number(2, 2, minutes) || minutes > 59)) return false;
  shift = (hours * 60 + minutes) * (west ? -60 : 60);
  return true;
}

/// Names of zones, in any language and encoding: "CDT", "W. Europe Standard Time", "中国标准时间", "America/Chicago".
bool is_zone_name(std::string_view name) {
  constexpr std::string_view kMore = " .,+-:()/_'";
  return std::all_of(name.begin(), name.end(), [&](char c) {
    return is_letter(c) || is_digit(c) || (c & 0x80) != 0 || kMore.find(c) != kMore.npos;
  });
}

}  // namespace

bool take_zone(Scanner& in, int64_t& shift) {
  shift = 0;
  if (in.done()) return true;
  const bool apart = in.take_blanks();
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
  if (in.take_text("(UTC") || in.take_text("(GMT"))  // "(UTC+01:00) Berlin", as Windows lists its zones
    return take_offset(in, shift) && in.take(')') && is_zone_name(in.rest());
  if (!is_letter(in.peek()) && (in.peek() & 0x80) == 0) return false;
  if (!apart && in.peek() >= 'a' && in.peek() <= 'z') return false;
  const std::string_view name = in.rest();
  if (in.take_text("UTC") || in.take_text("GMT")) {
    Scanner ahead = in;
    if (take_offset(ahead, shift) && (ahead.done() || ahead.peek() == ' ')) return is_zone_name(ahead.rest());
    shift = 0;
  }
  return is_zone_name(name);
}

}  // namespace tracedrop::csv
