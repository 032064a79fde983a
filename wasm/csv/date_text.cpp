#include <algorithm>

#include "csv/clock_text.h"

namespace tracedrop::csv {

namespace {

struct Date {
  int64_t year = 0, month = 0, day = 0;
};

/// 1 to 12 for a month's English name, in full or its first three letters; 0 for other words.
int64_t month_of(std::string_view name) {
  constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  if (name.size() < 3) return 0;
  std::array<char, 3> lower;
  std::transform(name.begin(), name.begin() + 3, lower.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  const size_t found = kMonths.find(std::string_view(lower.data(), 3));
  return found == kMonths.npos || found % 3 != 0 ? 0 : static_cast<int64_t>(found / 3) + 1;
}

bool is_weekday(std::string_view name) {
  constexpr std::string_view kDays = "mon tue wed thu fri sat sun";
  if (name.size() < 3) return false;
  std::array<char, 3> lower;
  std::transform(name.begin(), name.begin() + 3, lower.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  return kDays.find(std::string_view(lower.data(), 3)) != kDays.npos;
}

/// The clock and zone that follow a date.
bool take_rest_of_day(Scanner& in, const Date& date, TimeValue& value) {
  int64_t clock_ns = 0, shift = 0;
  if (!is_date(date.year, date.month, date.day)) return false;
  if (!take_clock(in, false, clock_ns, value) || !take_zone(in, shift)) return false;
  value.kind = TimeKind::absolute;
  return to_ns(days_from_date(date.year, date.month, date.day) * kSecondsPerDay + clock_ns / kPerSecond - shift,
               clock_ns % kPerSecond, false, value.ns);
}

void take_divider(Scanner& in) {
  in.take(',');
  in.take_blanks();
  in.take('T');
}

/// Two digits are of this century.
bool take_year(Scanner& in, int64_t& year) {
  Scanner ahead = in;
  if (ahead.take_number(4, 4, year) && !is_digit(ahead.peek())) {
    in = ahead;
    return true;
  }
  if (!in.take_number(2, 2, year) || is_digit(in.peek())) return false;
  year += 2000;
  return true;
}

/// "Sep 28, 2022 13:07:49", also "28 Sep 2022 …", "28-Sep-22 …", the month in full, and "Sep 28 13:07:49 2022".
bool parse_month_name(Scanner in, TimeValue& value) {
  Date date;
  const bool day_first = in.take_number(1, 2, date.day);
  in.take_any("-./");
  in.take_blanks();
  date.month = month_of(in.take_letters());
  if (date.month == 0) return false;
  value.form = TimeForm::month_name;
  in.take_any("-./");
  in.take_blanks();
  if (!day_first && !in.take_number(1, 2, date.day)) return false;
  in.take(',');
  in.take_blanks();
  Scanner ahead = in;
  int64_t clock_ns = 0;
  if (!day_first && take_clock(ahead, true, clock_ns, value) && ahead.take_blanks() &&
      ahead.take_number(4, 4, date.year) && ahead.done()) {
    return take_rest_of_day(in = Scanner(in.rest().substr(0, in.rest().size() - 5)), date, value);
  }
  if (!take_year(in, date.year)) return false;
  take_divider(in);
  return take_rest_of_day(in, date, value);
}

/// "2022-9-28 1:07:49 PM", "2022. 9. 28. …", "2022年9月28日 …"
bool parse_year_first(Scanner in, TimeValue& value) {
  Date date;
  if (!in.take_number(4, 4, date.year)) return false;
  if (!in.take_any("-/.") && !in.take_text("年")) return false;
  in.take_blanks();
  if (!in.take_number(1, 2, date.month)) return false;
  if (!in.take_any("-/.") && !in.take_text("月")) return false;
  in.take_blanks();
  if (!in.take_number(1, 2, date.day)) return false;
  if (!in.take('.')) in.take_text("日");
  value.form = TimeForm::year_first;
  take_divider(in);
  return take_rest_of_day(in, date, value);
}

/// "9/28/2022 13:07:49", "28.09.2022 13:07:49,34", "28-09-2022 …"
bool parse_year_last(Scanner in, DateOrder& order, bool& order_is_proven, TimeValue& value) {
  int64_t first = 0, second = 0;
  Date date;
  if (!in.take_number(1, 2, first)) return false;
  const char divider = in.peek();
  if (!in.take_any("/-.")) return false;
  in.take_blanks();
  if (!in.take_number(1, 2, second) || !in.take(divider)) return false;
  in.take_blanks();
  if (!take_year(in, date.year)) return false;
  const bool may_be_day_first = second <= 12, may_be_month_first = first <= 12;
  if (!may_be_day_first && !may_be_month_first) return false;
  // Points are written by those who begin with the day; mostly dashes too.
  const bool is_proven = divider == '.' || may_be_day_first != may_be_month_first;
  DateOrder read_as = divider == '-' && !order_is_proven ? DateOrder::day_first : order;
  if (divider == '.' && may_be_day_first) read_as = DateOrder::day_first;
  if (may_be_day_first != may_be_month_first)
    read_as = may_be_day_first ? DateOrder::day_first : DateOrder::month_first;
  date.month = read_as == DateOrder::month_first ? first : second;
  date.day = read_as == DateOrder::month_first ? second : first;
  take_divider(in);
  if (!take_rest_of_day(in, date, value)) return false;
  value.form = TimeForm::month_or_day;
  value.is_ambiguous = !is_proven && first != second;
  if (is_proven) {
    order = read_as;
    order_is_proven = true;
  }
  return true;
}

}  // namespace

bool parse_date(std::string_view text, DateOrder& order, bool& order_is_proven, TimeValue& value) {
  Scanner in(text);
  Scanner weekday = in;
  if (is_weekday(weekday.take_letters())) {
    in = weekday;
    in.take('.');
    in.take(',');
    in.take_blanks();
  }
  const TimeValue fresh = value;
  if (parse_year_first(in, value)) return true;
  value = fresh;
  if (parse_month_name(in, value)) return true;
  value = fresh;
  return parse_year_last(in, order, order_is_proven, value);
}

}  // namespace tracedrop::csv
