#include "filter/catalog.h"

#include <algorithm>
#include <array>

#include "dissect/field_set.h"
#include "filter/nearest.h"

namespace tracedrop::filter {

namespace {

using dissect::Field;
using dissect::Kind;
using dissect::Protocol;

Type type_of(Kind kind) {
  switch (kind) {
    case Kind::none: return Type::none;
    case Kind::boolean: return Type::boolean;
    case Kind::number:
    case Kind::packet: return Type::number;
    case Kind::signed_number: return Type::signed_number;
    case Kind::float_number: return Type::real;
    case Kind::bytes: return Type::bytes;
    case Kind::text: return Type::text;
    case Kind::mac: return Type::mac;
    case Kind::ipv4: return Type::ipv4;
    case Kind::ipv6: return Type::ipv6;
    case Kind::eui64: return Type::eui64;
    case Kind::guid: return Type::guid;
    case Kind::oid: return Type::oid;
    case Kind::absolute_time: return Type::absolute_time;
    case Kind::relative_time: return Type::relative_time;
    case Kind::protocol: return Type::protocol;
  }
  return Type::none;
}

constexpr std::array<std::pair<std::string_view, ListColumn>, 7> kListColumns{
    {{"_ws.col.number", ListColumn::number},
     {"_ws.col.cls_time", ListColumn::time},
     {"_ws.col.def_src", ListColumn::source},
     {"_ws.col.def_dst", ListColumn::destination},
     {"_ws.col.protocol", ListColumn::protocol},
     {"_ws.col.packet_length", ListColumn::length},
     {"_ws.col.info", ListColumn::info}}};

/// Names that protocols had before.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kFormerNames{
    {{"ssl", "tls"}, {"bootp", "dhcp"}}};

template <typename T>
void add_once(std::vector<T>& all, T one) {
  if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

}  // namespace

bool Name::has_value_names() const {
  return std::any_of(fields.begin(), fields.end(), [](const Field* field) {
    return field->names.has_names() || (field->format.kind == Kind::boolean);
  });
}

const Catalog& Catalog::get() {
  static const Catalog catalog;
  return catalog;
}

Catalog::Catalog() {
  for (const Protocol* protocol : dissect::all_protocols()) {
    Name& name = add(protocol->filter_name);
    name.type = Type::protocol;
    name.is_protocol = true;
    add_once(name.protocols, protocol);
    add_fields_of(*protocol, protocol);
    for (const Protocol* lender : protocol->borrows) add_fields_of(*lender, protocol);
  }
  for (const Field& field : dissect::general_fields()) add_field(field, field.name, nullptr);
  for (const auto& [text, column] : kListColumns) {
    Name& name = add(text);
    name.type = Type::text;
    name.column = column;
  }
}

void Catalog::add_fields_of(const Protocol& lender, const Protocol* shown_by) {
  for (size_t i = 0; i < lender.fields.size(); ++i) {
    const Field& field = lender.fields[i];
    add_field(field, field.name, shown_by);
    add_field(field, field.also, shown_by);
  }
}

Name& Catalog::add(std::string_view name) {
  const auto [entry, is_new] = index_.try_emplace(name, names_.size());
  if (is_new) names_.emplace_back().text = name;
  return names_[entry->second];
}

void Catalog::add_field(const Field& field, std::string_view text, const Protocol* protocol) {
  if (text.empty()) return;
  Name& name = add(text);
  const bool is_first = name.fields.empty();
  if (is_first && !name.is_protocol) {
    name.type = type_of(field.format.kind);
    name.width = 0;
  }
  const uint8_t width = field.format.width == 0 || field.format.scale > 1 ? 8 : field.format.width;
  name.width = std::max(name.width, width);
  add_once(name.fields, &field);
  if (protocol == nullptr) name.is_general = true;
  if (protocol != nullptr) add_once(name.protocols, protocol);
}

std::string Catalog::present_name(std::string_view name) const {
  for (const auto& [former, present] : kFormerNames) {
    const bool is_it =
        name.substr(0, former.size()) == former && (name.size() == former.size() || name[former.size()] == '.');
    if (is_it) return std::string(present) + std::string(name.substr(former.size()));
  }
  return {};
}

const Name* Catalog::find(std::string_view name) const {
  auto entry = index_.find(name);
  if (entry == index_.end()) entry = index_.find(present_name(name));
  return entry == index_.end() ? nullptr : &names_[entry->second];
}

std::string_view Catalog::nearest(std::string_view name) const {
  std::string_view best;
  size_t most = name.size() < 4 ? 1 : std::min<size_t>(1 + name.size() / 5, 4);
  for (const Name& known : names_) {
    const size_t found = distance(name, known.text, most);
    const bool is_nearer = found < most || (found == most && best.empty());
    if (found > most || !is_nearer) continue;
    best = known.text;
    most = found;
    if (most == 0) break;
  }
  return best;
}

}  // namespace tracedrop::filter
