#include "filter/tree_values.h"

#include <algorithm>

namespace tracedrop::filter {

namespace {

using dissect::Kind;
using dissect::Line;
using dissect::Tree;

std::vector<std::string> names_in(const Program& program) {
  std::vector<std::string> names;
  for (const Slot& slot : program.slots) names.emplace_back(slot.name->text);
  return names;
}

Value layer_value(const Tree& tree, const Line& line) {
  const dissect::Source& source = tree.sources()[line.source];
  const Bytes given =
      Bytes(source.data, source.size).sub(line.pos, std::max(size_t{line.size}, static_cast<size_t>(line.number)));
  return {Type::protocol, Value::kWhole, line.size, given.text()};
}

Value field_value(const Tree& tree, const Line& line) {
  switch (line.field->format.kind) {
    case Kind::none: return {Type::none};
    case Kind::boolean: return {Type::boolean, Value::kWhole, line.number != 0 ? 1u : 0u};
    case Kind::number:
    case Kind::packet: return {Type::number, Value::kWhole, line.number};
    case Kind::signed_number: return {Type::signed_number, Value::kWhole, line.number};
    case Kind::float_number: return {Type::real, Value::kWhole, line.number};
    case Kind::absolute_time: return {Type::absolute_time, Value::kWhole, line.number};
    case Kind::relative_time: return {Type::relative_time, Value::kWhole, line.number};
    case Kind::text: return {Type::text, Value::kWhole, 0, tree.value_of(line)};
    case Kind::mac: return {Type::mac, Value::kWhole, 0, tree.value_of(line)};
    case Kind::ipv4: return {Type::ipv4, Value::kWhole, 0, tree.value_of(line)};
    case Kind::ipv6: return {Type::ipv6, Value::kWhole, 0, tree.value_of(line)};
    case Kind::eui64: return {Type::eui64, Value::kWhole, 0, tree.value_of(line)};
    case Kind::guid: return {Type::guid, Value::kWhole, 0, tree.value_of(line)};
    case Kind::oid: return {Type::oid, Value::kWhole, 0, tree.value_of(line)};
    case Kind::bytes:
    case Kind::protocol: return {Type::bytes, Value::kWhole, 0, tree.value_of(line)};
  }
  return {};
}

bool is_in(const Range& range, uint32_t number, uint32_t count) {
  const auto from_front = [&](int32_t place) { return place < 0 ? int64_t{count} + 1 + place : int64_t{place}; };
  const int64_t first = from_front(range.offset);
  const int64_t last = range.last ? from_front(*range.last) : range.length ? first + *range.length - 1 : count;
  return first <= number && number <= last;
}

}  // namespace

TreeValues::TreeValues(const Program& program) : program_(program), fields_(names_in(program)) {
  for (const Slot& slot : program.slots) has_layers_ = has_layers_ || !slot.layers.empty();
}

void TreeValues::count_layers(const Tree& tree) {
  const std::vector<Line>& lines = tree.lines();
  layers_.assign(lines.size(), {});
  // (Few are layers: some dozens at most, each looks back at those before it.)
  std::vector<uint32_t> seen;
  for (uint32_t i = 0; i < lines.size(); ++i) {
    if (lines[i].protocol == nullptr) continue;
    layers_[i].number = 1;
    for (const uint32_t earlier : seen)
      if (lines[earlier].protocol == lines[i].protocol) ++layers_[i].number;
    seen.push_back(i);
  }
  for (const uint32_t i : seen)
    for (const uint32_t other : seen)
      if (lines[other].protocol == lines[i].protocol)
        layers_[i].count = std::max(layers_[i].count, layers_[other].number);
}

bool TreeValues::is_in_layer(const Slot& slot, const Tree& tree, uint32_t at) const {
  while (at != Line::kNone && tree.lines()[at].protocol == nullptr) at = tree.lines()[at].parent;
  if (at == Line::kNone) return false;
  const Layer& layer = layers_[at];
  return std::any_of(slot.layers.begin(), slot.layers.end(),
                     [&](const Range& range) { return is_in(range, layer.number, layer.count); });
}

void TreeValues::read(const Tree& tree, std::vector<Values>& slots) {
  for (size_t i = 0; i < slots.size(); ++i)
    if (program_.slots[i].name->column == ListColumn::none) slots[i].clear();
  if (has_layers_) count_layers(tree);
  const std::vector<Line>& lines = tree.lines();
  for (uint32_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    if (line.field == nullptr && line.protocol == nullptr) continue;
    const auto wanted = line.field != nullptr ? fields_.names_of(*line.field) : fields_.names_of(*line.protocol);
    for (const uint32_t index : wanted) {
      const Slot& slot = program_.slots[index];
      if (!slot.layers.empty() && !is_in_layer(slot, tree, i)) continue;
      if (slot.is_raw) {
        slots[index].push_back({Type::bytes, Value::kWhole, 0, tree.bytes_of(line).text()});
      } else {
        slots[index].push_back(line.field == nullptr ? layer_value(tree, line) : field_value(tree, line));
      }
    }
  }
}

}  // namespace tracedrop::filter
