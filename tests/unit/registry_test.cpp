// What all protocols promise together: each thing is declared once, and found in one way.
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "dissect/field_set.h"
#include "dissect/protocol.h"
#include "dissect/tree.h"
#include "loaded_capture.h"

using namespace tracedrop;
using dissect::Field;
using dissect::Protocol;

namespace {

template <typename Visit>
void for_each_field(Visit&& visit) {
  for (const Protocol* protocol : dissect::all_protocols())
    for (size_t i = 0; i < protocol->fields.size(); ++i) visit(*protocol, protocol->fields[i]);
}

/// What any protocol's expert says.
bool is_general(const Field& field) {
  for (const Field& general : dissect::general_fields())
    if (&general == &field) return true;
  return false;
}

const Protocol* layer_of(const dissect::Tree& tree, const dissect::Line& line) {
  uint32_t at = line.parent;
  while (at != dissect::Line::kNone && tree.lines()[at].protocol == nullptr) at = tree.lines()[at].parent;
  return at == dissect::Line::kNone ? nullptr : tree.lines()[at].protocol;
}

bool declares(const Protocol& protocol, const Field& field) {
  for (size_t i = 0; i < protocol.fields.size(); ++i)
    if (&protocol.fields[i] == &field) return true;
  return false;
}

/// Calls visit(tree) for every packet of a capture.
template <typename Visit>
void for_each_tree(const std::filesystem::path& path, Visit&& visit) {
  test::LoadedCapture(path).for_each_tree(visit);
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
  std::set<const Field*> declared;  // (whoever asks for some fields tells them by their address)
  for_each_field([&](const Protocol&, const Field& field) { declared.insert(&field); });
  for (const Field& field : dissect::general_fields()) declared.insert(&field);
  size_t lines = 0;
  for (const auto& entry : std::filesystem::directory_iterator("tests/golden/captures"))
    for_each_tree(entry.path(), [&](const dissect::Tree& tree) {
      for (const dissect::Line& line : tree.lines()) {
        ++lines;
        INFO(entry.path().filename().string());
        REQUIRE(line.source < tree.sources().size());
        REQUIRE(size_t{line.pos} + line.size <= tree.sources()[line.source].size);
        if (line.field == nullptr || line.field->name.empty()) continue;
        INFO(line.field->name);
        CHECK(declared.contains(line.field));
      }
    });
  CHECK(lines > 10'000);
}

TEST_CASE("registry: who says that its layers hold its own fields alone, holds no others") {
  size_t lines = 0;
  for (const auto& entry : std::filesystem::directory_iterator("tests/golden/captures"))
    for_each_tree(entry.path(), [&](const dissect::Tree& tree) {
      for (const dissect::Line& line : tree.lines()) {
        const Protocol* layer = layer_of(tree, line);
        if (layer == nullptr || !layer->holds_own_fields_only) continue;
        if (line.field == nullptr || is_general(*line.field)) continue;
        ++lines;
        INFO(entry.path().filename().string() << ": " << layer->filter_name << " holds " << line.field->name);
        CHECK(declares(*layer, *line.field));
      }
    });
  CHECK(lines > 10'000);
}
