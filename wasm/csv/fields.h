// The fields of one row that stands in memory as a whole: for the dialects that are not the usual one, for rows that do
// not fit at first sight, and for rows that are shown again.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "csv/dialect.h"

namespace tracedrop::csv {

/// More fields than this are counted, not placed.
inline constexpr uint32_t kMaxFields = 1024;

struct RowFields {
  /// As the file writes them, quotes and escapes included; min(count, kMaxFields) of them, borrowed from the row.
  std::vector<std::string_view> raw;
  uint32_t count = 0;
  Quoting quoting = Quoting::doubled;
  uint32_t dropped = 0;  ///< empty fields that followed the last one
  bool joined = false;   ///< fields were put together again
};

/// Cuts a row at the delimiters that `quoting` does not protect. Linear in the row.
void split_fields(std::string_view row, const Dialect& dialect, Quoting quoting, RowFields& fields);

/// What is known of all rows of a file.
struct RowShape {
  Dialect dialect;
  uint32_t fields = 0;  ///< that the titles name
  /// The last column holds text, so that delimiters too many are part of it.
  bool ends_in_text = false;
};

/// The row's fields in the file's own dialect, where a row also fits when
///  - empty fields follow the last one (a delimiter at the end of each row),
///  - a date such as "Nov 14, 2023 22:13:20" stands without quotes and took two fields.
/// False when there are more or fewer than the titles name.
bool split_as_written(std::string_view row, const RowShape& shape, RowFields& fields);

/// A quoted field whose first closing quote is not its end, though a quote stands there: `"a "b" c"`.
bool has_bare_quotes(const RowFields& fields, const Dialect& dialect);

/// As written; where that does not fit, or has bare quotes, the row by itself in another way of quoting; then with what
/// is too much joined to its last field, where that is text without quotes (tshark up to 4.0 without -E quote).
bool fit_fields(std::string_view row, const RowShape& shape, RowFields& fields);

}  // namespace tracedrop::csv
