// Values of fields as `tshark -T fields` prints them: one cell a field and packet, several values joined by commas.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dissect/field_set.h"
#include "dissect/tree.h"

namespace tracedrop::exporting {

/// "0x0800", "True", "192.0.2.1", "0.010000000", the text itself; "1" for a field that is only there or not.
void append_field_value(std::string& out, const dissect::Tree& tree, const dissect::Line& line);

/// The columns of an export of fields.
class FieldColumns {
 public:
  /// Names as in display filters, protocols' too.
  explicit FieldColumns(const std::vector<std::string>& names);

  /// What a tree that is read here has to record.
  const dissect::FieldSet& fields() const { return fields_; }
  /// The cells of one packet, in the order of the names; valid until the next call.
  const std::vector<std::string>& read(const dissect::Tree& tree);

 private:
  dissect::FieldSet fields_;
  std::vector<std::string> cells_;
  std::vector<bool> has_value_;
};

}  // namespace tracedrop::exporting
