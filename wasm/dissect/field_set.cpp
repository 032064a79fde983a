#include "dissect/field_set.h"

#include <string_view>
#include <unordered_map>

#include "dissect/protocol.h"

namespace tracedrop::dissect {

namespace {

/// Name -> its indexes: a name may be asked for twice.
using Indexes = std::unordered_map<std::string_view, std::vector<uint32_t>>;

void append_indexes(const Indexes& names, std::string_view name, std::vector<uint32_t>& found,
                    std::vector<bool>& is_known) {
  const auto entry = names.find(name);
  if (name.empty() || entry == names.end()) return;
  for (const uint32_t index : entry->second) {
    found.push_back(index);
    is_known[index] = true;
  }
}

}  // namespace

FieldSet::FieldSet(const std::vector<std::string>& names) {
  Indexes indexes;
  for (uint32_t i = 0; i < names.size(); ++i) indexes[names[i]].push_back(i);
  std::vector<bool> is_known(names.size());
  std::vector<std::pair<const void*, std::vector<uint32_t>>> wanted;
  const auto note = [&](const void* key, std::string_view name, std::string_view also) {
    std::vector<uint32_t> found;
    append_indexes(indexes, name, found, is_known);
    append_indexes(indexes, also, found, is_known);
    const bool is_wanted = !found.empty();
    if (is_wanted) wanted.emplace_back(key, std::move(found));
    return is_wanted;
  };
  const auto note_field = [&](const Field& field) { note(&field, field.name, field.also); };
  for (const Protocol* protocol : all_protocols()) {
    if (note(protocol, protocol->filter_name, {})) has_protocols_ = true;
    for (size_t i = 0; i < protocol->fields.size(); ++i) note_field(protocol->fields[i]);
  }
  for (const Field& field : general_fields()) note_field(field);

  size_t capacity = 8;
  while (capacity < wanted.size() * 4) capacity *= 2;
  entries_.resize(capacity);
  mask_ = capacity - 1;
  for (const auto& [key, found] : wanted) put(key, found);
  bool has_general = false;
  for (const Field& field : general_fields()) has_general = has_general || has(field);
  for (const Protocol* protocol : all_protocols())
    if (protocol->holds_own_fields_only && !has_general && !has_field_of(*protocol)) unreached_.push_back(protocol);
  for (size_t i = 0; i < names.size(); ++i)
    if (!is_known[i]) unknown_.push_back(names[i]);
}

bool FieldSet::has_field_of(const Protocol& protocol) const {
  if (!names_of(protocol).empty()) return true;
  for (size_t i = 0; i < protocol.fields.size(); ++i)
    if (has(protocol.fields[i])) return true;
  return false;
}

void FieldSet::put(const void* key, const std::vector<uint32_t>& indexes) {
  size_t at = slot_of(key) & mask_;
  while (entries_[at].key != nullptr && entries_[at].key != key) at = (at + 1) & mask_;
  entries_[at] = {key, static_cast<uint32_t>(indexes_.size()), static_cast<uint32_t>(indexes.size())};
  indexes_.insert(indexes_.end(), indexes.begin(), indexes.end());
}

}  // namespace tracedrop::dissect
