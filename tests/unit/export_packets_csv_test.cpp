#include "catch.h"
#include "export/packets_csv.h"

using tracedrop::exporting::append_csv_line;

TEST_CASE("every field is quoted, and a quote in it is doubled") {
  std::string out;
  append_csv_line(out, {"1", "0.000000", "a", "", "TCP", "60", "443 → 56064"});
  CHECK(out == "\"1\",\"0.000000\",\"a\",\"\",\"TCP\",\"60\",\"443 → 56064\"\n");
  out.clear();
  append_csv_line(out, {"say \"hi\"", "\"", "\"\"", "a,b", "line\nbreak"});
  CHECK(out == "\"say \"\"hi\"\"\",\"\"\"\",\"\"\"\"\"\",\"a,b\",\"line\nbreak\"\n");
}
