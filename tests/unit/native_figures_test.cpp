// The program's figures are those of tests/unit/figures.tsv, which the page's are, too (tests/wasm/figures.test.mjs).
#include <cstdlib>
#include <fstream>

#include "catch.h"
#include "figures.h"

using namespace tracedrop::native_capture;
using namespace std::chrono_literals;

namespace {

std::string shown(const std::string& kind, const std::string& number) {
  const double value = std::strtod(number.c_str(), nullptr);
  if (kind == "count") return with_commas(static_cast<uint64_t>(value));
  if (kind == "bytes") return size_text(static_cast<uint64_t>(value));
  if (kind == "span") return span_text(value);
  if (kind == "duration") return duration_text(value);
  if (kind == "milliseconds") return duration_text(value / 1000, 3);
  if (kind == "decimals") return at_most_decimals(value, 2);
  return "no such kind: " + kind;
}

}  // namespace

TEST_CASE("the program shows the figures of the table") {
  std::ifstream table("tests/unit/figures.tsv");
  int rows = 0;
  for (std::string line; std::getline(table, line);) {
    if (line.empty() || line[0] == '#') continue;
    const size_t first = line.find('\t'), second = line.find('\t', first + 1);
    INFO(line);
    CHECK(shown(line.substr(0, first), line.substr(first + 1, second - first - 1)) == line.substr(second + 1));
    ++rows;
  }
  CHECK(rows > 80);
}

TEST_CASE("figures of the program alone") {
  CHECK(duration_text(5s) == "5 s");
  CHECK(duration_text(1500ms) == "1.5 s");
  CHECK(duration_text(250ms) == "250 ms");
  CHECK(counted(0, "packet") == "0 packets");
  CHECK(counted(1, "packet") == "1 packet");
  CHECK(counted(2544, "packet") == "2,544 packets");
}

TEST_CASE("long times as people say them") {
  CHECK(span_text(999.994) == "999.99 s");
  CHECK(span_text(1000) == "1,000.0 s");
  CHECK(span_text(1200.46) == "1,200.5 s");
  CHECK(duration_text(1234.5) == "1,235 s");
  CHECK(span_text(3599.4) == "3,599.4 s");
  CHECK(span_text(3599.5) == "1 h 0 min 0 s");
  CHECK(span_text(10798.3) == "2 h 59 min 58 s");
  CHECK(duration_text(10798.3) == "2 h 59 min 58 s");
  CHECK(span_text(86400 + 3600) == "25 h 0 min 0 s");
  CHECK(span_text(3 * 86400 + 4 * 3600 + 59) == "3 days 4 h");
  CHECK(span_text(192481820.7) == "6.1 years");
  CHECK(span_text(-10798.3) == "-2 h 59 min 58 s");
}
