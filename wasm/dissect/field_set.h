// The fields that somebody asks for, by their names in display filters: what a tree records when it is read for values
// alone, and which of the names each line stands for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dissect/field.h"

namespace tracedrop::dissect {

struct Protocol;

/// What stands in the layers of any protocol: what its expert says.
struct GeneralFields {
  Field expert{"_ws.expert", "Expert Info"};
  Field severity{"_ws.expert.severity", "Severity level", plain_text};
  Field group{"_ws.expert.group", "Group", plain_text};
  Field stray_characters{"_ws.string.trailing_stray_characters", "Trailing stray characters"};
};
inline constexpr GeneralFields general{};
std::span<const Field> general_fields();

class FieldSet {
 public:
  /// Names of fields, names that stand for several (`ip.addr`), names of protocols.
  explicit FieldSet(const std::vector<std::string>& names);

  bool has(const Field& field) const { return !names_of(field).empty(); }
  /// Which names, by their index, `field` or `protocol` stands for.
  std::span<const uint32_t> names_of(const Field& field) const { return find(&field); }
  std::span<const uint32_t> names_of(const Protocol& protocol) const { return find(&protocol); }
  /// Whether a layer of `protocol` may hold something that is asked for.
  bool reaches(const Protocol& protocol) const {
    for (const Protocol* unreached : unreached_)
      if (unreached == &protocol) return false;
    return true;
  }
  /// Whether the line of a layer itself is asked for.
  bool has_protocols() const { return has_protocols_; }
  /// Those of the names that nobody declares.
  const std::vector<std::string>& unknown() const { return unknown_; }

 private:
  struct Entry {
    const void* key = nullptr;
    uint32_t first = 0, count = 0;  // of indexes_
  };

  static size_t slot_of(const void* key) { return (reinterpret_cast<uintptr_t>(key) >> 3) * 0x9E3779B1u; }
  /// Every line of every packet asks: fields are told by their address, and most are not in the set.
  std::span<const uint32_t> find(const void* key) const {
    for (size_t at = slot_of(key) & mask_;; at = (at + 1) & mask_) {
      const Entry& entry = entries_[at];
      if (entry.key == key) return {indexes_.data() + entry.first, entry.count};
      if (entry.key == nullptr) return {};
    }
  }
  bool has_field_of(const Protocol& protocol) const;
  void put(const void* key, const std::vector<uint32_t>& indexes);

  std::vector<Entry> entries_;
  size_t mask_ = 0;
  std::vector<uint32_t> indexes_;
  std::vector<std::string> unknown_;
  std::vector<const Protocol*> unreached_;  // few: those of every packet
  bool has_protocols_ = false;
};

}  // namespace tracedrop::dissect
