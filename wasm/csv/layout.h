// How a csv is written, as its first lines tell: the dialect, which column holds what, how times and lengths are
// written.
//
// Columns stand in any order (titles.h knows their names). The rest is kept by name and shown.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "csv/dialect.h"
#include "csv/fields.h"
#include "csv/length_text.h"
#include "csv/time.h"
#include "csv/titles.h"

namespace tracedrop::csv {

/// Title of a column as the packet list has it: "No.", "Time", …
std::string_view column_title(Column column);

/// How the rows turned out, for who reads the file again with other means.
struct RowsRead {
  /// Some were put right one by one, or stand behind what is no row: only this reader finds them all.
  bool took_repair = false;
  /// What is no row follows the last one: zero bytes, an open quote.
  bool damaged_end = false;
  /// A cell of a column that may repeat holds several values.
  bool repeats = false;
  LengthFormat lengths;
};

struct CsvLayout {
  static constexpr uint32_t kAbsent = UINT32_MAX;

  Dialect dialect;
  /// Lines above that of the titles, blank ones and "sep=;" included.
  uint32_t lines_before_titles = 0;
  /// That the titles name. The titles' line, or the rows, may end with more delimiters.
  uint32_t fields = 0;
  /// Rows have empty fields more than the titles name: a delimiter stands at their end.
  bool rows_end_with_delimiter = false;

  /// Index of the field for each Column, or kAbsent.
  std::array<uint32_t, kColumns> at{kAbsent, kAbsent, kAbsent, kAbsent, kAbsent, kAbsent, kAbsent, kAbsent, kAbsent};
  /// The titles of these, as the file writes them; empty for absent ones.
  std::array<std::string, kColumns> titles;
  /// Of a cell that holds several values divided by commas only the first is the packet's.
  std::array<bool, kColumns> may_repeat{};
  /// Where to look when the field in `at` is empty: ipv6.src beside ip.src, udp.srcport beside tcp.srcport.
  struct Alternate {
    Column column;
    uint32_t field;
    bool may_repeat;
  };
  std::vector<Alternate> alternates;
  /// The other columns, in file order: their fields and their names as the file writes them.
  std::vector<uint32_t> extra_fields;
  std::vector<std::string> extra_names;
  bool ends_in_text = false;  ///< see RowShape

  TimeFormat time;
  /// Times count from the packet before: the column's name says so, or, once the file has been read, its times do.
  bool time_is_delta = false;
  /// The first row has no time, as Wireshark 4.6 writes "Seconds Since Previous …": it counts as 0.
  bool first_time_is_blank = false;
  /// The first row is a time reference.
  bool first_time_is_reference = false;
  /// The first time that is one, as it is written.
  std::string first_time;
  LengthFormat length;
  /// Final once the file has been read.
  RowsRead rows_read;

  uint32_t field(Column column) const { return at[static_cast<size_t>(column)]; }
  bool has(Column column) const { return field(column) != kAbsent; }
  const std::string& title(Column column) const { return titles[static_cast<size_t>(column)]; }
  /// Sizes cannot be known without.
  bool has_sizes() const { return has(Column::length); }
  RowShape shape() const { return {dialect, fields, ends_in_text}; }
};

/// Finds the columns by their titles. False when these are no titles of a csv of packets: they name no Time, or nothing
/// beside it.
bool read_titles(const std::vector<std::string>& titles, CsvLayout& layout);

/// One row's cells, unescaped, in UTF-8 or as bytes of the file (not yet made printable); empty for absent columns.
struct RowCells {
  std::array<std::string, kListColumns> list;  ///< by Column
  std::vector<std::string> extra;              ///< in the order of CsvLayout::extra_names

  const std::string& operator[](Column column) const { return list[static_cast<size_t>(column)]; }

  RowFields fields;     // memory that is used again
  std::string decoded;  // likewise
};

/// Splits one row's bytes (as CsvRow::offset and size place them) again, for showing it. Reuses the memory of `cells`.
/// Total: of bytes that are no such row, as many cells are filled as there are.
void read_row_cells(Bytes row, const CsvLayout& layout, RowCells& cells);

}  // namespace tracedrop::csv
