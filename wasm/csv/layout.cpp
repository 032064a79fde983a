#include "csv/layout.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/utf16.h"
#include "csv/field.h"

namespace tracedrop::csv {

std::string_view column_title(Column column) {
  constexpr std::array<std::string_view, kColumns> kTitles = {
      "No.", "Time", "Source", "Destination", "Protocol", "Length", "Info", "Source port", "Destination port"};
  return kTitles[static_cast<size_t>(column)];
}

namespace {

/// Of these a file may have several columns, of which each row fills one.
bool may_alternate(Column column) {
  return column == Column::source || column == Column::destination || column == Column::source_port ||
         column == Column::destination_port;
}

void place_columns(const std::vector<Title>& known, CsvLayout& layout) {
  std::array<uint32_t, kColumns> best;
  best.fill(Title::kUnknown);
  for (uint32_t i = 0; i < layout.fields; ++i) {
    const auto column = static_cast<size_t>(known[i].column);
    if (!known[i].is_known() || known[i].rank >= best[column]) continue;
    best[column] = known[i].rank;
    layout.at[column] = i;
  }
}

void place_alternates(const std::vector<Title>& known, CsvLayout& layout) {
  for (uint32_t i = 0; i < layout.fields; ++i) {
    if (!known[i].is_known() || !may_alternate(known[i].column) || layout.field(known[i].column) == i) continue;
    layout.alternates.push_back({known[i].column, i, known[i].may_repeat});
  }
  std::stable_sort(layout.alternates.begin(), layout.alternates.end(),
                   [&](const auto& a, const auto& b) { return known[a.field].rank < known[b.field].rank; });
}

}  // namespace

bool read_titles(const std::vector<std::string>& titles, CsvLayout& layout) {
  size_t count = titles.size();
  while (count > 0 && trimmed(titles[count - 1]).empty()) --count;
  layout.fields = static_cast<uint32_t>(std::min<size_t>(count, kMaxFields));
  std::vector<Title> known;
  for (uint32_t i = 0; i < layout.fields; ++i) known.push_back(read_title(titles[i]));
  place_columns(known, layout);
  place_alternates(known, layout);
  for (size_t c = 0; c < kColumns; ++c) {
    if (layout.at[c] == CsvLayout::kAbsent) continue;
    layout.titles[c] = titles[layout.at[c]];
    layout.may_repeat[c] = known[layout.at[c]].may_repeat;
  }
  for (uint32_t i = 0; i < layout.fields; ++i) {
    const bool listed = known[i].is_known() && static_cast<size_t>(known[i].column) < kListColumns &&
                        layout.field(known[i].column) == i;
    if (listed) continue;
    layout.extra_fields.push_back(i);
    layout.extra_names.push_back(titles[i]);
  }
  if (!layout.has(Column::time)) return false;
  const Title& last = known[layout.fields - 1];
  layout.ends_in_text = !last.is_known() || last.column == Column::info;
  layout.time_is_delta = known[layout.field(Column::time)].is_delta;
  layout.time.unit_digits = known[layout.field(Column::time)].unit_digits;
  return std::any_of(layout.at.begin(), layout.at.end(), [&](uint32_t field) {
    return field != CsvLayout::kAbsent && field != layout.field(Column::time);
  });
}

namespace {

void decode(Bytes row, Encoding encoding, std::string& out) {
  out.clear();
  Utf16Decoder decoder(encoding == Encoding::utf16_be);
  decoder.decode(row, out);
  decoder.finish(out);
}

void fill(std::string& cell, const RowFields& fields, uint32_t field, bool may_repeat, const CsvLayout& layout) {
  if (field >= fields.raw.size()) return;
  append_value(cell, fields.raw[field], layout.dialect, fields.quoting);
  if (may_repeat) cell.resize(std::min(cell.find(','), cell.size()));
}

}  // namespace

void read_row_cells(Bytes row, const CsvLayout& layout, RowCells& cells) {
  std::string_view text = row.text();
  if (layout.dialect.encoding != Encoding::bytes) {
    decode(row, layout.dialect.encoding, cells.decoded);
    text = cells.decoded;
  }
  for (std::string& cell : cells.list) cell.clear();
  cells.extra.resize(layout.extra_fields.size());
  for (std::string& cell : cells.extra) cell.clear();
  if (text.empty()) return;
  fit_fields(text, layout.shape(), cells.fields);
  for (size_t i = 0; i < kListColumns; ++i)
    fill(cells.list[i], cells.fields, layout.at[i], layout.may_repeat[i], layout);
  for (const CsvLayout::Alternate& other : layout.alternates) {
    const auto column = static_cast<size_t>(other.column);
    if (column < kListColumns && cells.list[column].empty())
      fill(cells.list[column], cells.fields, other.field, other.may_repeat, layout);
  }
  for (size_t i = 0; i < layout.extra_fields.size(); ++i)
    fill(cells.extra[i], cells.fields, layout.extra_fields[i], false, layout);
}

}  // namespace tracedrop::csv
