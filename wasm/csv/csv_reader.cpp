#include "csv/csv_reader.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "csv/field.h"

namespace tracedrop::csv {

namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
/// A header in a longer first line is none.
constexpr size_t kMaxHeaderBytes = 64 * 1024;

/// Nothing but digits, at most ten of them.
bool read_digits(std::string_view text, uint32_t& number) {
  if (text.empty() || text.size() > 10) return false;
  uint64_t value = 0;
  for (const char c : text) {
    const auto digit = static_cast<uint64_t>(static_cast<uint8_t>(c)) - '0';
    if (digit > 9) return false;
    value = value * 10 + digit;
  }
  if (value > UINT32_MAX) return false;
  number = static_cast<uint32_t>(value);
  return true;
}

/// A whole number, also as "1440.0", which pandas makes of a column that has gaps.
bool read_whole(std::string_view text, uint32_t& number) {
  if (read_digits(text, number)) return true;
  text = trimmed(text);
  const size_t point = text.find('.');
  const bool fraction = point != text.npos && text.find_first_not_of('0', point + 1) != text.npos;
  return !fraction && read_digits(text.substr(0, point), number);
}

uint16_t read_port(std::string_view text) {
  uint32_t port = 0;
  if (text.empty()) return 0;
  return read_whole(text, port) && port <= UINT16_MAX ? static_cast<uint16_t>(port) : uint16_t{0};
}

std::string quoted(std::string_view text) {
  constexpr size_t kLongest = 40;
  std::string out = "\"";
  append_printable(out, text.substr(0, kLongest));
  out += text.size() > kLongest ? "…\"" : "\"";
  return out;
}

std::string_view kind_name(TimeKind kind) {
  switch (kind) {
    case TimeKind::absolute: return "a date";
    case TimeKind::relative: return "seconds since the start";
    case TimeKind::of_day: return "a time of day";
  }
  return {};
}

/// What cannot be known without a column.
std::string_view lost_without(Column column) {
  switch (column) {
    case Column::source:
    case Column::destination: return "who sent a packet to whom, conversations, round trips and losses";
    case Column::protocol: return "the protocols";
    case Column::info: return "round trips, retransmissions and losses";
    default: return {};
  }
}

}  // namespace

void CsvReader::push(Bytes chunk, CsvSink& sink) {
  sink_ = &sink;
  while (splitter_ == nullptr && !failed() && !chunk.empty()) {
    const size_t newline = chunk.text().find('\n');
    const size_t taken = newline == std::string_view::npos ? chunk.size() : newline + 1;
    first_line_ += chunk.text().substr(0, taken);
    chunk = chunk.from(taken);
    read_first_line(false);
  }
  if (splitter_ != nullptr && !failed()) splitter_->push(chunk);
  sink_ = nullptr;
}

void CsvReader::finish(CsvSink& sink) {
  if (failed()) return;
  sink_ = &sink;
  if (splitter_ == nullptr) read_first_line(true);
  if (splitter_ != nullptr && !failed()) splitter_->finish();
  if (!has_layout_ && !failed()) failure_ = "This file is empty: it has not even a line with the names of the columns.";
  sink_ = nullptr;
}

/// The first line that is not empty tells the delimiter; then the splitter takes over.
void CsvReader::read_first_line(bool complete) {
  const std::string_view text = first_line_;
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF") {
    failure_ = "This text file is in UTF-16. Save it as UTF-8 (in Excel: \"CSV UTF-8\") and drop it again.";
    return;
  }
  const size_t mark = text.substr(0, kUtf8Mark.size()) == kUtf8Mark ? kUtf8Mark.size() : 0;
  const size_t begin = text.find_first_not_of("\r\n", mark);
  const bool blank = begin == text.npos;
  const std::string_view line = blank ? std::string_view() : text.substr(begin);
  if (text.size() <= kMaxHeaderBytes && !complete && (blank || line.back() != '\n')) return;
  if (blank && complete) return;
  const uint8_t delimiter = text.size() > kMaxHeaderBytes ? uint8_t{0} : find_delimiter(line);
  if (delimiter == 0) {
    failure_ =
        "This is no csv of packets: its first line does not name columns divided by commas, semicolons or tabs. "
        "Found: " +
        quoted(line.substr(0, line.find_last_not_of("\r\n") + 1)) + ".";
    return;
  }
  layout_.delimiter = delimiter;
  RawRowSink& rows = *this;
  splitter_ = std::make_unique<RowSplitter>(delimiter, mark, rows);
  splitter_->push(Bytes::of(text).from(mark));
  first_line_.clear();
}

void CsvReader::on_row(const RawRow& row) {
  if (failed()) return;
  if (!has_layout_) {
    read_header(row);
  } else if (read_row(row)) {
    sink_->on_row(row_);
  }
}

void CsvReader::read_header(const RawRow& row) {
  if (!read_layout(row, layout_.delimiter, layout_, failure_)) return;
  has_layout_ = true;
  sink_->on_layout(layout_);
  std::string missing, lost;
  for (const Column column : {Column::source, Column::destination, Column::protocol, Column::info}) {
    if (layout_.has(column)) continue;
    missing += missing.empty() ? "" : ", ";
    missing += column_title(column);
    if (lost.find(lost_without(column)) != lost.npos) continue;
    lost += lost.empty() ? "" : "; ";
    lost += lost_without(column);
  }
  if (missing.empty()) return;
  sink_->on_warning({Severity::note, "missing-column",
                     "This csv has no column " + missing + ". Not known without: " + lost + ".", row.offset});
}

/// The values of the columns that are understood; empty for absent ones.
void CsvReader::read_cells(const RawRow& row) {
  unescaped_.clear();
  if (unescaped_.capacity() < row.bytes.size())
    unescaped_.reserve(row.bytes.size());  // views of it stay where they are
  for (size_t i = 0; i < kColumns; ++i) {
    const uint32_t field = layout_.at[i];
    std::string_view& cell = cells_[i];
    if (field == CsvLayout::kAbsent) {
      cell = {};
      continue;
    }
    const std::string_view raw = row.raw_field(field);
    if (!row.plain || !plain_value(raw, cell)) cell = unescaped(raw);
  }
}

std::string_view CsvReader::unescaped(std::string_view raw) {
  if (raw.find('"') == raw.npos) return raw;
  const size_t begin = unescaped_.size();
  append_unescaped(unescaped_, raw);
  return std::string_view(unescaped_).substr(begin);
}

/// Fills row_. False when the row is bad: it has been counted.
bool CsvReader::read_row(const RawRow& row) {
  if (row.fields != layout_.fields) {
    bad_row(row, std::to_string(row.fields) + " fields where the first line names " + std::to_string(layout_.fields));
    return false;
  }
  read_cells(row);
  const std::string_view time = trimmed(cell(Column::time));
  if (!times_.parse(time, row_.time)) {
    bad_row(row, "its Time " + quoted(time) + " is no time");
    return false;
  }
  const TimeValue& first = has_first_time_ ? first_time_ : row_.time;
  if (row_.time.is_seconds && first.is_seconds) row_.time.kind = first.kind;
  if (row_.time.kind != first.kind) {
    bad_row(row, "its Time " + quoted(time) + " is " + std::string(kind_name(row_.time.kind)) +
                     ", unlike the first row's, " + std::string(kind_name(first.kind)));
    return false;
  }
  const std::string_view length = cell(Column::length);
  if (!read_whole(length, row_.length)) {
    bad_row(row, "its Length " + quoted(length) + " is no number of bytes");
    return false;
  }
  if (!has_first_time_) first_time_ = row_.time;
  has_first_time_ = true;
  row_.offset = row.offset;
  row_.size = static_cast<uint32_t>(row.bytes.size());
  row_.line = row.line;
  if (!read_whole(cell(Column::number), row_.number)) row_.number = 0;
  row_.source = cell(Column::source);
  row_.destination = cell(Column::destination);
  row_.protocol = cell(Column::protocol);
  row_.info = cell(Column::info);
  row_.source_port = read_port(cell(Column::source_port));
  row_.destination_port = read_port(cell(Column::destination_port));
  return true;
}

void CsvReader::bad_row(const RawRow& row, const std::string& why) { warn_bad_row(row.line, row.offset, why); }

void CsvReader::warn_bad_row(uint64_t line, uint64_t offset, const std::string& why) {
  ++bad_rows_;
  sink_->on_warning(
      {Severity::warning, "bad-row", "Line " + std::to_string(line) + " was skipped: " + why + ".", offset});
}

void CsvReader::on_broken_row(BrokenRow why, uint64_t line, uint64_t offset) {
  if (failed()) return;
  if (!has_layout_) {
    failure_ = "This is no csv of packets: its first line has a quote that nothing closes.";
    return;
  }
  if (why == BrokenRow::too_long) {
    warn_bad_row(line, offset,
                 "it is longer than " + std::to_string(kMaxRowBytes) + " bytes (a quote that nothing closes?)");
    return;
  }
  ++bad_rows_;
  sink_->on_warning({Severity::warning, "unterminated-quote",
                     "The file ends within quotes that the row at line " + std::to_string(line) +
                         " opens: it was cut off, or a quote is missing. That row was skipped.",
                     offset});
}

}  // namespace tracedrop::csv
