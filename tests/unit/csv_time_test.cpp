// The Time column's forms, to the nanosecond.
#include <string>

#include "base/text.h"
#include "catch.h"
#include "csv/time.h"

namespace tracedrop::test {
namespace {

/// "absolute 1664370469.340190000 (6)": kind, seconds, decimals written; "no time" when it is none.
std::string read(std::string_view text) {
  csv::TimeParser parser;
  csv::TimeValue value;
  if (!parser.parse(text, value)) return "no time";
  static constexpr const char* kKinds[] = {"absolute ", "relative ", "of day "};
  std::string out = kKinds[static_cast<int>(value.kind)];
  append_seconds(out, value.ns, 9);
  out += " (";
  append_number(out, value.digits);
  return out + ")";
}

}  // namespace

TEST_CASE("csv time: seconds since the start or the previous packet") {
  CHECK(read("0.000000") == "relative 0.000000000 (6)");
  CHECK(read("1.032544") == "relative 1.032544000 (6)");
  CHECK(read("92") == "relative 92.000000000 (0)");
  CHECK(read("0,000001234") == "relative 0.000001234 (9)");
  CHECK(read("-0.000001") == "relative -0.000001000 (6)");
  CHECK(read(".5") == "relative 0.500000000 (1)");
  CHECK(read("12.") == "relative 12.000000000 (0)");
  CHECK(read("+1.5") == "relative 1.500000000 (1)");
}

TEST_CASE("csv time: seconds as scripts write them") {
  CHECK(read("1e-06") == "relative 0.000001000 (6)");
  CHECK(read("9.5e-05") == "relative 0.000095000 (6)");
  CHECK(read("1.5E+2") == "relative 150.000000000 (0)");
  CHECK(read("1.0341709999999999") == "relative 1.034171000 (9)");
  CHECK(read("0.9999999999") == "relative 1.000000000 (9)");
  CHECK(read("-1.9999999996") == "relative -2.000000000 (9)");
  CHECK(read("0.1234567894") == "relative 0.123456789 (9)");
  CHECK(read("1e-30") == "relative 0.000000000 (9)");
  CHECK(read("0e9999") == "relative 0.000000000 (0)");
}

TEST_CASE("csv time: seconds since the epoch keep every digit") {
  CHECK(read("1664370469.340190") == "absolute 1664370469.340190000 (6)");
  CHECK(read("1664370469.340190123") == "absolute 1664370469.340190123 (9)");
  CHECK(read("1664370469") == "absolute 1664370469.000000000 (0)");
  CHECK(read("1.66437046934019e9") == "absolute 1664370469.340190000 (5)");
  CHECK(read("99999999.5") == "relative 99999999.500000000 (1)");
}

TEST_CASE("csv time: dates with 0 to 9 digits") {
  CHECK(read("2022-09-28 13:07:49") == "absolute 1664370469.000000000 (0)");
  CHECK(read("2022-09-28 13:07:49.3") == "absolute 1664370469.300000000 (1)");
  CHECK(read("2022-09-28 13:07:49.340190") == "absolute 1664370469.340190000 (6)");
  CHECK(read("2022-09-28 13:07:49,340190123") == "absolute 1664370469.340190123 (9)");
  CHECK(read("2022-09-28T13:07:49.340190") == "absolute 1664370469.340190000 (6)");
  CHECK(read("2022/09/28 13:07:49.340190") == "absolute 1664370469.340190000 (6)");
  CHECK(read("1970-01-01 00:00:00.000000") == "absolute 0.000000000 (6)");
  CHECK(read("1969-12-31 23:59:59.9") == "absolute -0.100000000 (1)");
  CHECK(read("2024-02-29 00:00:00") == "absolute 1709164800.000000000 (0)");
  CHECK(read("2022/271 13:07:49.340190") == "absolute 1664370469.340190000 (6)");
}

TEST_CASE("csv time: zones") {
  CHECK(read("2022-09-28 18:07:49.340190Z") == "absolute 1664388469.340190000 (6)");
  CHECK(read("2022-09-28T13:07:49.340190-0500") == "absolute 1664388469.340190000 (6)");
  CHECK(read("2022-09-28 13:07:49.340190 -05:00") == "absolute 1664388469.340190000 (6)");
  CHECK(read("2022-09-28 23:37:49+05:30") == "absolute 1664388469.000000000 (0)");
  CHECK(read("2022-09-28 13:07:49.340190 CDT") == "absolute 1664370469.340190000 (6)");
  CHECK(read("2022-09-28 13:07:49.340190 UTC") == "absolute 1664370469.340190000 (6)");
  CHECK(read("2022-09-28 19:07:49.340190 (UTC+01:00)") == "absolute 1664388469.340190000 (6)");
  CHECK(read("2022-09-28 19:07:49.340190 (UTC+01:00) Berlin") == "absolute 1664388469.340190000 (6)");
}

TEST_CASE("csv time: frame.time, with the month's name") {
  CHECK(read("Sep 22, 2022 13:07:49.340190000 CDT") == "absolute 1663852069.340190000 (9)");
  CHECK(read("Sep  2, 2022 13:07:49.340190000 Central Daylight Time") == "absolute 1662124069.340190000 (9)");
  CHECK(read("September 22, 2022 13:07:49") == "absolute 1663852069.000000000 (0)");
  CHECK(read("22 Sep 2022 13:07:49") == "absolute 1663852069.000000000 (0)");
}

TEST_CASE("csv time: time of day, and hours and minutes") {
  CHECK(read("13:07:49.340190") == "of day 47269.340190000 (6)");
  CHECK(read("00:00:00") == "of day 0.000000000 (0)");
  CHECK(read("18:07:49.340190Z") == "of day 65269.340190000 (6)");
  CHECK(read("1h  2m  3.456789s") == "relative 3723.456789000 (6)");
  CHECK(read("0.000000s") == "relative 0.000000000 (6)");
}

TEST_CASE("csv time: what is no time") {
  for (const char* text : {"",
                           " ",
                           "-",
                           ".",
                           "abc",
                           "1.2.3",
                           "12:34",
                           "24:00:00",
                           "12:60:00",
                           "2022-13-01 00:00:00",
                           "2023-02-29 00:00:00",
                           "2022-09-28",
                           "2022-09-28 1:07:49x",
                           "2022-09-28 13:07:49.1 +5",
                           "1e",
                           "0x10",
                           "1 2",
                           "2022-09-28 13:07:49.34 (local)",
                           "Sep 31, 2022 00:00:00",
                           "Foo 1, 2022 00:00:00",
                           "99999999999999",
                           "1e40",
                           "-99999999999",
                           "nan",
                           "2022/000 00:00:00"}) {
    INFO(text);
    CHECK(read(text) == "no time");
  }
  CHECK(read(std::string(19, '\0')) == "no time");
}

TEST_CASE("csv time: the parser's memory of the last date changes nothing") {
  csv::TimeParser parser;
  csv::TimeValue value;
  REQUIRE(parser.parse("2022-09-28 23:59:59.5", value));
  const int64_t last_ns = value.ns;
  REQUIRE_FALSE(parser.parse("2022-99-28 00:00:00", value));
  REQUIRE(parser.parse("2022-09-29 00:00:00.5", value));
  CHECK(value.ns - last_ns == 1'000'000'000);
  REQUIRE(parser.parse("2022-09-28 23:59:59.5", value));
  CHECK(value.ns == last_ns);
}

}  // namespace tracedrop::test
