// What all protocols promise together: each thing is declared once, and found in one way.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "capture_fixtures.h"
#include "catch.h"
#include "dissect/protocol.h"
#include "dissect/tree.h"
#include "engine/engine.h"
#include "engine/packet_replay.h"

using namespace tracedrop;
using dissect::Field;
using dissect::Protocol;

namespace {

template <typename Visit>
void for_each_field(Visit&& visit) {
  for (const Protocol* protocol : dissect::all_protocols())
    for (size_t i = 0; i < protocol->fields.size(); ++i) visit(*protocol, protocol->fields[i]);
}

/// Beside its own, a protocol's layer may hold a few lines that belong to all.
bool is_general(std::string_view name) { return name.substr(0, 4) == "_ws."; }

class File : public engine::ByteSource {
 public:
  explicit File(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    data_.assign(std::istreambuf_iterator<char>(in), {});
  }
  Bytes all() const { return Bytes::of(data_); }
  Bytes read(uint64_t offset, size_t length) override { return all().sub(static_cast<size_t>(offset), length); }

 private:
  std::string data_;
};

/// Calls visit(tree) for every packet of a capture.
template <typename Visit>
void for_each_tree(const std::filesystem::path& path, Visit&& visit) {
  File file(path);
  engine::Engine engine(file);
  engine.push(file.all());
  engine.finish();
  if (engine.state() != engine::State::ready || engine.trace().kind == trace::SourceKind::csv) return;
  engine::PacketReplay replay(engine.trace(), file);
  dissect::Tree tree;
  while (replay.step(&tree)) visit(tree);
}

}  // namespace

TEST_CASE("registry: a field's name has one meaning") {
  std::map<std::string_view, const Field*> known;
  for_each_field([&](const Protocol& protocol, const Field& field) {
    INFO(protocol.filter_name << ": " << field.name);
    CHECK(!field.name.empty());
    CHECK(field.name != field.also);
    const auto [entry, is_new] = known.try_emplace(field.name, &field);
    if (!is_new) CHECK(entry->second->format.kind == field.format.kind);
  });
  CHECK(known.size() > 300);
}

TEST_CASE("registry: names of values are sorted, so that they are found") {
  for_each_field([](const Protocol& protocol, const Field& field) {
    INFO(protocol.filter_name << ": " << field.name);
    const auto values = field.names.values();
    for (size_t i = 1; i < values.size(); ++i) CHECK(values[i - 1].value < values[i].value);
    const auto ranges = field.names.ranges();
    for (size_t i = 0; i < ranges.size(); ++i) {
      CHECK(ranges[i].first <= ranges[i].last);
      if (i > 0) CHECK(ranges[i - 1].last < ranges[i].first);
    }
  });
}

TEST_CASE("registry: nobody claims what another claims") {
  std::map<std::pair<const dissect::Table*, uint64_t>, std::string_view> numbers;
  std::map<std::pair<const dissect::Table*, std::string_view>, std::string_view> texts;
  for (const Protocol* protocol : dissect::all_protocols())
    for (const dissect::Claim& claim : protocol->claims) {
      INFO(claim.table->name() << ' ' << claim.value << claim.key << ": " << protocol->filter_name);
      if (claim.key.empty()) {
        CHECK(numbers.try_emplace({claim.table, claim.value}, protocol->filter_name).second);
        CHECK(claim.table->find(claim.value) == protocol);
      } else {
        CHECK(texts.try_emplace({claim.table, claim.key}, protocol->filter_name).second);
        CHECK(claim.table->find(claim.key) == protocol);
      }
    }
  CHECK(dissect::link_types.find(1 << 20) == nullptr);
}

TEST_CASE("registry: what is reported is declared, and within its bytes") {
  std::set<std::string_view> declared;
  for_each_field([&](const Protocol&, const Field& field) { declared.insert(field.name); });
  size_t lines = 0;
  for (const auto& entry : std::filesystem::directory_iterator("tests/golden/captures"))
    for_each_tree(entry.path(), [&](const dissect::Tree& tree) {
      for (const dissect::Line& line : tree.lines()) {
        ++lines;
        INFO(entry.path().filename().string());
        REQUIRE(line.source < tree.sources().size());
        REQUIRE(size_t{line.pos} + line.size <= tree.sources()[line.source].size);
        if (line.field == nullptr || line.field->name.empty() || is_general(line.field->name)) continue;
        INFO(line.field->name);
        CHECK(declared.contains(line.field->name));
      }
    });
  CHECK(lines > 10'000);
}
