// What the language means: tests/golden/filters.tsv holds filters over three captures with the packets that Wireshark
// finds, or the word error where it finds none.
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "catch.h"
#include "filter_fixtures.h"

using namespace tracedrop;

TEST_CASE("filter: finds the packets that Wireshark finds") {
  std::ifstream in("tests/golden/filters.tsv");
  REQUIRE(in.good());
  std::map<std::string, std::unique_ptr<test::FilteredFile>> files;
  size_t filters = 0, refused = 0;
  for (std::string line; std::getline(in, line);) {
    const size_t first = line.find('\t'), second = line.rfind('\t');
    const std::string capture = line.substr(0, first), text = line.substr(first + 1, second - first - 1);
    const std::string wanted = line.substr(second + 1);
    auto& file = files[capture];
    if (file == nullptr) file = std::make_unique<test::FilteredFile>("tests/golden/captures/" + capture);
    const std::string found = file->passing(text);
    INFO(capture << ": " << text);
    if (wanted == "error") {
      CHECK(found.substr(0, 7) == "error: ");
      ++refused;
    } else {
      CHECK(found == wanted);
    }
    ++filters;
  }
  CHECK(filters > 250);
  CHECK(refused > 80);
}
