// The value of one field: what its quotes enclose.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "csv/dialect.h"

namespace tracedrop::csv {

/// Appends the value of a raw field, whatever quotes it holds (the grammar stands in row_splitter.h).
void append_unescaped(std::string& out, std::string_view raw, char quote = '"');

/// The same of a field of any dialect; `quoting` is that of its row, which may differ from the file's.
void append_value(std::string& out, std::string_view raw, const Dialect& dialect, Quoting quoting);

/// A raw field of a plain row (RawRow::plain) without its quotes; false when it must be unescaped after all.
inline bool plain_value(std::string_view raw, std::string_view& value) {
  if (raw.empty() || raw.front() != '"') {
    value = raw;
    return true;
  }
  if (raw.size() < 2 || raw.back() != '"') return false;
  value = {raw.data() + 1, raw.size() - 2};
  return true;
}

/// a == b, eight bytes at a time: the C library that comes with WebAssembly compares byte by byte.
inline bool same_text(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const char *x = a.data(), *y = b.data();
  const auto differ = [&](size_t at) {
    uint64_t left, right;
    std::memcpy(&left, x + at, 8);
    std::memcpy(&right, y + at, 8);
    return left != right;
  };
  if (a.size() < 8) {
    for (size_t i = 0; i < a.size(); ++i)
      if (x[i] != y[i]) return false;
    return true;
  }
  for (size_t i = 0; i + 8 < a.size(); i += 8)
    if (differ(i)) return false;
  return !differ(a.size() - 8);
}

/// Without blanks at either end.
inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace tracedrop::csv
