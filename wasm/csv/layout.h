// What the first row of a csv says: the delimiter, and which column holds what.
//
// Columns stand in any order, in any case, with any blanks or punctuation: "Time", "TIME ", "frame.time_epoch". Besides
// the packet list's own titles, those of `tshark -T fields -E header=y` and of common scripts are known. The rest is
// kept by name and shown.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "csv/row_splitter.h"

namespace tracedrop::csv {

enum class Column : uint8_t {
  number,
  time,
  source,
  destination,
  protocol,
  length,
  info,
  source_port,
  destination_port
};
inline constexpr size_t kColumns = 9;
/// The packet list's seven; the ports are extra columns whose content is understood.
inline constexpr size_t kListColumns = 7;

/// Title of a column as the packet list has it: "No.", "Time", …
std::string_view column_title(Column column);

struct CsvLayout {
  static constexpr uint32_t kAbsent = UINT32_MAX;

  uint8_t delimiter = ',';
  uint32_t fields = 0;
  /// Index of the field for each Column, or kAbsent.
  std::array<uint32_t, kColumns> at{kAbsent, kAbsent, kAbsent, kAbsent, kAbsent, kAbsent, kAbsent, kAbsent, kAbsent};
  /// Of all fields, as the file writes them.
  std::vector<std::string> titles;
  /// The other columns, in file order: their fields and their names as the file writes them.
  std::vector<uint32_t> extra_fields;
  std::vector<std::string> extra_names;
  /// The time column's name says that it holds the time since the previous packet.
  bool time_is_delta = false;

  uint32_t field(Column column) const { return at[static_cast<size_t>(column)]; }
  bool has(Column column) const { return field(column) != kAbsent; }
};

/// The delimiter that stands most often outside quotes in the file's first line; 0 when there is none of the three.
uint8_t find_delimiter(std::string_view first_line);

/// Reads the first row. False when it does not name the columns Time and Length; `failure` then says what is missing,
/// what was found and what to do.
bool read_layout(const RawRow& header, uint8_t delimiter, CsvLayout& layout, std::string& failure);

/// One row's cells, unescaped, as bytes of the file (not yet made printable); empty for absent columns.
struct RowCells {
  std::array<std::string, kListColumns> list;  ///< by Column
  std::vector<std::string> extra;              ///< in the order of CsvLayout::extra_names

  const std::string& operator[](Column column) const { return list[static_cast<size_t>(column)]; }
};

/// Splits one row's bytes (as CsvRow::offset and size place them) again, for showing it. Reuses the memory of `cells`.
/// Total: of bytes that are no such row, as many cells are filled as there are.
void read_row_cells(Bytes row, const CsvLayout& layout, RowCells& cells);

}  // namespace tracedrop::csv
