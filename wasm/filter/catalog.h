// All names that a filter can ask for: fields and protocols that are declared (dissect/protocol.h), and the columns of
// the packet list.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dissect/field.h"
#include "dissect/protocol.h"
#include "filter/value.h"

namespace tracedrop::filter {

/// The texts of the packet list.
enum class ListColumn : uint8_t { none, number, time, source, destination, protocol, length, info };

struct Name {
  std::string_view text;
  Type type = Type::none;
  uint8_t width = 8;  ///< bytes of a number
  ListColumn column = ListColumn::none;
  /// What is declared under it: several fields share a name, and "ip.addr" stands for two.
  std::vector<const dissect::Field*> fields{};
  /// Protocols in whose layers it can stand, and that it may itself be the name of.
  std::vector<const dissect::Protocol*> protocols{};
  bool is_protocol = false;
  /// What any protocol's expert says.
  bool is_general = false;

  bool has_value_names() const;
};

class Catalog {
 public:
  static const Catalog& get();

  /// Null when nobody declares it. Old names of protocols are found under their present ones.
  const Name* find(std::string_view name) const;
  /// "bootp.option" as "dhcp.option"; empty when `name` is no old name.
  std::string present_name(std::string_view name) const;
  /// The known name that is most like `name`, empty when none is like it.
  std::string_view nearest(std::string_view name) const;
  const std::vector<Name>& all() const { return names_; }

 private:
  Catalog();
  Name& add(std::string_view name);
  /// Those of `lender`, which layers of `shown_by` hold.
  void add_fields_of(const dissect::Protocol& lender, const dissect::Protocol* shown_by);
  void add_field(const dissect::Field& field, std::string_view name, const dissect::Protocol* protocol);

  std::vector<Name> names_;
  std::unordered_map<std::string_view, size_t> index_;
};

}  // namespace tracedrop::filter
