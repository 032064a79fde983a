// How a file's text is written: the encoding, the delimiter, the quotes, the line ends.
#pragma once

#include <cstdint>

namespace tracedrop::csv {

enum class Encoding : uint8_t {
  bytes,     ///< UTF-8, or any other superset of ASCII
  utf16_le,  ///< what PowerShell's > and Excel's "Unicode Text" write
  utf16_be,
};

/// How a cell may hold the delimiter.
enum class Quoting : uint8_t {
  /// Within quotes, where a quote is written twice (RFC 4180): Wireshark, Excel, pandas, tshark from 4.2 on.
  doubled,
  /// Within quotes, where a quote is written as it is: tshark up to 4.0 with -E quote=d. A row is one line, and a quote
  /// ends its cell only where the delimiter or the line end follows.
  bare,
  /// Without quotes, a backslash before it: tshark from 4.2 on without -E quote. A row is one line.
  backslash,
};

struct Dialect {
  Encoding encoding = Encoding::bytes;
  uint8_t delimiter = ',';
  uint8_t quote = '"';
  Quoting quoting = Quoting::doubled;
  /// A CR alone ends a line too (Excel's "CSV (Macintosh)", and files joined of several kinds).
  bool cr_ends_lines = false;
  /// Blanks beside a delimiter belong to no cell: `"1", "0.5"`.
  bool skips_blanks = false;

  /// What nearly all files are written in, and what is read sixty-four bytes at a time.
  bool is_usual() const { return quote == '"' && quoting == Quoting::doubled && !cr_ends_lines && !skips_blanks; }
  bool ends_line(char c) const { return c == '\n' || (cr_ends_lines && c == '\r'); }
};

}  // namespace tracedrop::csv
