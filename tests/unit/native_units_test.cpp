#include "catch.h"
#include "units.h"

using namespace tracedrop::native_capture;
using namespace std::chrono_literals;

TEST_CASE("a duration is seconds unless a unit says otherwise") {
  CHECK(parse_duration("5") == 5s);
  CHECK(parse_duration("1.5") == 1500ms);
  CHECK(parse_duration("5s") == 5s);
  CHECK(parse_duration("250ms") == 250ms);
  CHECK(parse_duration("10us") == 10us);
  CHECK(parse_duration("2m") == 2min);
  CHECK(parse_duration("2 min") == 2min);
  CHECK(parse_duration("1h") == 1h);
  CHECK(parse_duration(".5s") == 500ms);
}

TEST_CASE("what is no duration is refused") {
  for (const char* text : {"", "s", "soon", "-1s", "0", "0.0s", "5 parsecs", "1e3", "nan", "inf", "0x10", "5s5",
                           "1.2.3s", "400d", "99999999999999999999999"})
    CHECK_FALSE(parse_duration(text));
}

TEST_CASE("sizes count in thousands, or in 1024s where the unit says so") {
  CHECK(parse_size("4096") == 4096u);
  CHECK(parse_size("100MB") == 100'000'000u);
  CHECK(parse_size("100mb") == 100'000'000u);
  CHECK(parse_size("64KiB") == 65536u);
  CHECK(parse_size("1.5G") == 1'500'000'000u);
  CHECK(parse_size("2 TiB") == 2199023255552u);
  for (const char* text : {"", "MB", "0", "-5", "10 apples", "100PB", "9999999999TB"}) CHECK_FALSE(parse_size(text));
}
