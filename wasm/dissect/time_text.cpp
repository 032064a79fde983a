#include "dissect/time_text.h"

#include <string_view>

#include "base/text.h"
#include "dissect/parts.h"

namespace tracedrop::dissect {

namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr uint64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Date {
  int64_t year;
  unsigned month, day;
};

/// The civil date of a day since 1970 (the algorithm of Howard Hinnant's chrono papers).
Date date_of(int64_t days) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const unsigned of_year = of_era - (365 * year + year / 4 - year / 100);
  const unsigned shifted = (5 * of_year + 2) / 153;
  const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {era * 400 + year + (month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1};
}

void append_unit(std::string& out, uint64_t count, std::string_view unit) {
  if (count == 0) return;
  append_number(out, count);
  out += ' ';
  out += unit;
  out += count == 1 ? ", " : "s, ";
}

void append_decimals(std::string& out, uint64_t whole, uint64_t rest, int digits, std::string_view unit) {
  append_number(out, whole);
  out += '.';
  append_padded(out, rest, digits);
  out += unit;
}

void append_below_minute(std::string& out, uint64_t seconds, uint64_t ns) {
  if (seconds > 0 && ns > 0) return append_decimals(out, seconds, ns, 9, " seconds");
  if (seconds > 0) {
    append_number(out, seconds);
    out += seconds == 1 ? " second" : " seconds";
  } else if (ns >= 1'000'000) {
    append_decimals(out, ns / 1'000'000, ns % 1'000'000, 6, " milliseconds");
  } else if (ns >= 1000) {
    append_decimals(out, ns / 1000, ns % 1000, 3, " microseconds");
  } else if (ns > 0) {
    append_number(out, ns);
    out += ns == 1 ? " nanosecond" : " nanoseconds";
  }
}

}  // namespace

void append_relative_time(std::string& out, int64_t ns) {
  if (ns == 0) {
    out += "0.000000000 seconds";
    return;
  }
  if (ns < 0) out += '-';
  const uint64_t size = ns < 0 ? uint64_t{0} - static_cast<uint64_t>(ns) : static_cast<uint64_t>(ns);
  const uint64_t seconds = size / kSecond;
  append_unit(out, seconds / kDay, "day");
  append_unit(out, seconds % kDay / kHour, "hour");
  append_unit(out, seconds % kHour / kMinute, "minute");
  const size_t before = out.size();
  append_below_minute(out, seconds % kMinute, size % kSecond);
  if (out.size() == before) out.resize(before - 2);  // ", "
}

void append_duration(std::string& out, uint64_t seconds) {
  if (seconds == 0) out += "0 seconds";
  if (seconds > 0) append_relative_time(out, static_cast<int64_t>(seconds) * kSecond);
}

void append_duration_ms(std::string& out, uint64_t ms) {
  if (ms % 1000 == 0) return append_duration(out, ms / 1000);
  if (ms < 1000) return append_part(out, Counted{ms, "millisecond", "milliseconds"});
  const uint64_t seconds = ms / 1000;
  append_unit(out, seconds / kDay, "day");
  append_unit(out, seconds % kDay / kHour, "hour");
  append_unit(out, seconds % kHour / kMinute, "minute");
  append_decimals(out, seconds % kMinute, ms % 1000, 3, " seconds");
}

namespace {

struct Moment {
  Date date;
  uint64_t second_of_day;
  uint64_t ns;
};

Moment moment_of(int64_t ns) {
  int64_t seconds = ns / kSecond;
  int64_t rest = ns % kSecond;
  if (rest < 0) {
    rest += kSecond;
    --seconds;
  }
  int64_t days = seconds / static_cast<int64_t>(kDay);
  int64_t of_day = seconds % static_cast<int64_t>(kDay);
  if (of_day < 0) {
    of_day += static_cast<int64_t>(kDay);
    --days;
  }
  return {date_of(days), static_cast<uint64_t>(of_day), static_cast<uint64_t>(rest)};
}

void append_clock(std::string& out, const Moment& moment) {
  append_padded(out, moment.second_of_day / kHour, 2);
  out += ':';
  append_padded(out, moment.second_of_day % kHour / kMinute, 2);
  out += ':';
  append_padded(out, moment.second_of_day % kMinute, 2);
  out += '.';
  append_padded(out, moment.ns, 9);
}

}  // namespace

void append_absolute_time(std::string& out, int64_t ns) {
  const Moment moment = moment_of(ns);
  out += kMonths[moment.date.month - 1];
  out += moment.date.day < 10 ? "  " : " ";
  append_number(out, moment.date.day);
  out += ", ";
  append_number(out, moment.date.year);
  out += ' ';
  append_clock(out, moment);
  out += " UTC";
}

void append_iso_time(std::string& out, int64_t ns) {
  const Moment moment = moment_of(ns);
  append_number(out, moment.date.year);
  out += '-';
  append_padded(out, moment.date.month, 2);
  out += '-';
  append_padded(out, moment.date.day, 2);
  out += 'T';
  append_clock(out, moment);
}

}  // namespace tracedrop::dissect
