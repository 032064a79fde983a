// Dates and clocks, read from a text's front: what time.cpp and date_text.cpp share.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "csv/time.h"

namespace tracedrop::csv {

inline constexpr int64_t kPerSecond = 1'000'000'000;
inline constexpr int64_t kSecondsPerDay = 86'400;

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
  bool take_text(std::string_view text) {
    if (rest().substr(0, text.size()) != text) return false;
    at_ += text.size();
    return true;
  }
  void skip(size_t count) { at_ += count; }
  /// Blanks of all kinds; U+00A0 and U+202F stand before "PM" in many languages.
  bool take_blanks() {
    const size_t begin = at_;
    while (take(' ') || take_text("\xC2\xA0") || take_text("\xE2\x80\xAF")) {
    }
    return at_ > begin;
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

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
int64_t days_from_date(int64_t year, int64_t month, int64_t day);
bool is_date(int64_t year, int64_t month, int64_t day);

/// Seconds and a fraction of 0 <= fraction_ns < 10^9, with a sign, when they fit.
inline bool to_ns(int64_t seconds, int64_t fraction_ns, bool negative, int64_t& ns) {
  constexpr int64_t kMost = INT64_MAX / kPerSecond - 1;
  if (seconds > kMost || seconds < -kMost) return false;
  ns = seconds * kPerSecond + fraction_ns;
  if (negative) ns = -ns;
  return true;
}

/// The digits after a decimal point, as nanoseconds rounded half up: 10^9 when they round up to a whole second.
int64_t take_fraction(Scanner& in, uint8_t& digits);

/// A point or comma and the digits behind it, if there are any.
inline int64_t take_decimals(Scanner& in, TimeValue& value) {
  value.digits = 0;
  const bool comma = in.peek() == ',';
  if (comma && !(in.rest().size() > 1 && is_digit(in.rest()[1]))) return 0;  // it divides the clock from what follows
  if (!in.take_any(".,")) return 0;
  value.decimal_comma = comma;
  return take_fraction(in, value.digits);
}

/// hh:mm:ss and its fraction, with AM or PM before or behind it, as nanoseconds since midnight (a leap second counts
/// into the next minute). `needs_seconds`: hh:mm is none.
bool take_clock(Scanner& in, bool needs_seconds, int64_t& ns, TimeValue& value);

/// AM or PM in the spellings of several languages; 0 none, 'a' or 'p'.
char take_half_day(Scanner& in);

/// What may follow a time: nothing, Z, ±hh[:]mm, UTC±h, or a zone's name. `shift` is what the zone is ahead of UTC, in
/// seconds.
bool take_zone(Scanner& in, int64_t& shift);

/// Dates with the month as a number or by its name, in all orders, and the clock behind them.
bool parse_date(std::string_view text, DateOrder& order, bool& order_is_proven, TimeValue& value);

}  // namespace tracedrop::csv
