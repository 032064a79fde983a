// The value of one field: what its quotes enclose.
#pragma once

#include <string>
#include <string_view>

namespace tracedrop::csv {

/// Appends the value of a raw field, whatever quotes it holds (the grammar stands in row_splitter.h).
void append_unescaped(std::string& out, std::string_view raw);

/// A raw field of a plain row (RawRow::plain) without its quotes; false when it must be unescaped after all.
inline bool plain_value(std::string_view raw, std::string_view& value) {
  if (raw.empty() || raw.front() != '"') {
    value = raw;
    return true;
  }
  if (raw.size() < 2 || raw.back() != '"') return false;
  value = raw.substr(1, raw.size() - 2);
  return true;
}

/// Without blanks at either end.
inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace tracedrop::csv
