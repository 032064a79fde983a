#include "export/field_values.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "base/address.h"
#include "base/text.h"
#include "dissect/protocol.h"
#include "dissect/tree_text.h"

namespace tracedrop::exporting {

namespace {

using dissect::Base;
using dissect::Field;
using dissect::Format;
using dissect::Kind;
using dissect::Line;

void append_number_value(std::string& out, const Format& format, uint64_t value) {
  if (format.kind == Kind::signed_number) return append_number(out, static_cast<int64_t>(value));
  if (format.base == Base::hex || format.base == Base::hex_dec) {
    out += "0x";
    return append_hex(out, value, format.width * 2);
  }
  append_number(out, value);
}

void append_bytes(std::string& out, std::string_view raw) {
  for (const char byte : raw) append_hex(out, static_cast<uint8_t>(byte), 2);
}

void append_absolute(std::string& out, const Field& field, uint64_t value) {
  if (field.names.write() != nullptr) return field.names.write()(out, value);
  dissect::append_iso_time(out, static_cast<int64_t>(value));
  out += field.format.base == Base::utc ? "Z" : "+0000";
}

}  // namespace

void append_field_value(std::string& out, const dissect::Tree& tree, const Line& line) {
  if (line.field == nullptr) return append_line_text(out, tree, line);
  const Format& format = line.field->format;
  switch (format.kind) {
    case Kind::none: out += '1'; break;
    case Kind::boolean: out += line.number != 0 ? "True" : "False"; break;
    case Kind::number:
    case Kind::signed_number: append_number_value(out, format, line.number); break;
    case Kind::packet: append_number(out, line.number); break;
    case Kind::bytes: append_bytes(out, tree.value_of(line)); break;
    case Kind::text: append_printable(out, tree.value_of(line)); break;
    case Kind::absolute_time: append_absolute(out, *line.field, line.number); break;
    case Kind::relative_time: append_seconds(out, static_cast<int64_t>(line.number), 9); break;
    default: append_value_text(out, tree, line); break;
  }
}

FieldColumns::FieldColumns(const std::vector<std::string>& names)
    : fields_(names), cells_(names.size()), has_value_(names.size()) {}

const std::vector<std::string>& FieldColumns::read(const dissect::Tree& tree) {
  for (std::string& cell : cells_) cell.clear();
  std::fill(has_value_.begin(), has_value_.end(), false);
  for (const Line& line : tree.lines()) {
    if (line.field == nullptr && line.protocol == nullptr) continue;
    const auto columns = line.field != nullptr ? fields_.names_of(*line.field) : fields_.names_of(*line.protocol);
    for (const uint32_t column : columns) {
      if (has_value_[column]) cells_[column] += ',';
      has_value_[column] = true;
      append_field_value(cells_[column], tree, line);
    }
  }
  return cells_;
}

}  // namespace tracedrop::exporting
