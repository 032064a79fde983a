// Values read with a set of fields are those of the whole tree, whoever else is asked for.
#include <filesystem>
#include <string>
#include <vector>

#include "catch.h"
#include "dissect/field_set.h"
#include "dissect/protocol.h"
#include "export/field_values.h"
#include "loaded_capture.h"

using namespace tracedrop;
using Names = std::vector<std::string>;

namespace {

/// All cells of all packets: by the whole tree, or by one that records what the columns ask for.
std::vector<std::vector<std::string>> cells(test::LoadedCapture& file, const Names& names, bool only) {
  exporting::FieldColumns columns(names);
  dissect::Tree tree;
  if (only) tree.want_only(columns.fields());
  std::vector<std::vector<std::string>> rows;
  file.for_each_tree(tree, [&](const dissect::Tree& read) { rows.push_back(columns.read(read)); });
  return rows;
}

/// Each protocol's fields, and a mixture.
std::vector<Names> sets() {
  std::vector<Names> all;
  for (const dissect::Protocol* protocol : dissect::all_protocols()) {
    Names own;
    for (size_t i = 0; i < protocol->fields.size(); ++i) own.emplace_back(protocol->fields[i].name);
    if (!own.empty()) all.push_back(own);
  }
  all.push_back({"ip", "tcp", "http", "dns.qry.name", "_ws.expert", "ip.addr", "no.such.field"});
  return all;
}

}  // namespace

TEST_CASE("field set: the values of some fields are those of the whole tree") {
  size_t filled = 0;
  for (const auto& entry : std::filesystem::directory_iterator("tests/golden/captures")) {
    test::LoadedCapture file(entry.path());
    for (const Names& names : sets()) {
      INFO(entry.path().filename().string() << ": " << names.front());
      const auto whole = cells(file, names, false);
      CHECK((cells(file, names, true) == whole));  // (not printed: cells can be long)
      for (const auto& row : whole)
        for (const std::string& cell : row) filled += cell.empty() ? 0 : 1;
    }
  }
  CHECK(filled > 100'000);
}

TEST_CASE("field set: names that nobody declares are told") {
  const dissect::FieldSet set({"tcp.port", "udp", "htp.request", "tcp.port"});
  CHECK(set.unknown() == Names{"htp.request"});
  CHECK(set.has_protocols());
  CHECK(!dissect::FieldSet({"tcp.port"}).has_protocols());
}
