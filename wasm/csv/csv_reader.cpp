#include "csv/csv_reader.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "csv/field.h"
#include "csv/head.h"
#include "csv/length_text.h"

namespace tracedrop::csv {

namespace {

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
    case TimeKind::of_hour: return "minutes and seconds without the hour";
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
    case Column::length: return "the packets' sizes";
    default: return {};
  }
}

}  // namespace

void CsvReader::push(Bytes chunk, CsvSink& sink) {
  if (failed()) return;
  sink_ = &sink;
  if (splitter_ != nullptr) {
    feed(chunk);
  } else {
    head_ += chunk.text();
    const size_t enough = read_mark(head_).encoding == Encoding::bytes ? kHeadBytes : 2 * kHeadBytes;
    if (head_.size() >= enough + 3) start(false);
  }
  sink_ = nullptr;
}

void CsvReader::finish(CsvSink& sink) {
  if (failed()) return;
  sink_ = &sink;
  if (splitter_ == nullptr) start(true);
  if (!failed()) {
    if (utf16_) {
      utf16_->finish(text_);
      splitter_->push(Bytes::of(text_));
    }
    splitter_->finish();
    judge_rows();
    if (rows_ == 0 && bad_rows_ == 0)
      sink_->on_warning({Severity::warning, "no-rows",
                         "This csv holds no rows: there is nothing but the titles of its columns. Was a display filter "
                         "set that no packet matched, or nothing captured?",
                         Warning::kNowhere});
    if (const uint64_t zeros = splitter_->zero_bytes(); zeros > 0)
      sink_->on_warning(
          {Severity::note, "zero-bytes",
           "Zero bytes stand beside the rows (" + std::to_string(zeros) +
               "), as a write that was interrupted leaves them: they were passed over. Rows may be missing.",
           Warning::kNowhere});
  }
  sink_ = nullptr;
}

/// From the file's beginning how it is written; then the rows.
void CsvReader::start(bool complete) {
  const Mark mark = read_mark(head_);
  const Bytes bytes = Bytes::of(head_).from(mark.size);
  const bool decodes = mark.encoding != Encoding::bytes;
  if (decodes) {
    utf16_.emplace(mark.encoding == Encoding::utf16_be, mark.size);
    Utf16Decoder decoder(mark.encoding == Encoding::utf16_be);
    text_.clear();
    decoder.decode(bytes.first(2 * kHeadBytes), text_);
  }
  const std::string_view text = decodes ? std::string_view(text_) : bytes.text();
  const bool whole = complete && text.size() <= kHeadBytes && (!decodes || bytes.size() <= 2 * kHeadBytes);
  Head head = read_head(text.substr(0, kHeadBytes), mark.encoding, whole);
  failure_ = std::move(head.failure);
  if (failed()) return;
  layout_ = std::move(head.layout);
  rows_read_ = layout_.rows_read;
  rows_read_.lengths = layout_.length;
  shape_ = layout_.shape();
  is_usual_ = layout_.dialect.is_usual();
  has_ports_ = layout_.has(Column::source_port) || layout_.has(Column::destination_port);
  for (uint32_t column = 0; column < kColumns; ++column)
    if (layout_.at[column] != CsvLayout::kAbsent) places_[placed_++] = {layout_.at[column], column};
  is_one_each_ = layout_.alternates.empty() && std::none_of(layout_.may_repeat.begin(), layout_.may_repeat.end(),
                                                            [](bool may_repeat) { return may_repeat; });
  times_ = TimeParser(layout_.time);
  sink_->on_layout(layout_);
  warn_missing_columns();
  RawRowSink& rows = *this;
  const size_t begin = head.rows_at + (decodes ? 0 : mark.size);
  splitter_ = std::make_unique<RowSplitter>(layout_.dialect, begin, head.rows_line, rows);
  text_skip_ = decodes ? head.rows_at : 0;
  const std::string first = std::exchange(head_, {});
  feed(Bytes::of(first).from(decodes ? mark.size : begin));
}

void CsvReader::feed(Bytes chunk) {
  if (!utf16_) {
    splitter_->push(chunk);
    return;
  }
  utf16_->decode(chunk, text_);
  const size_t skipped = std::min(text_skip_, text_.size());
  text_skip_ -= skipped;
  splitter_->push(Bytes::of(text_).from(skipped));
}

void CsvReader::warn_missing_columns() {
  std::string missing, lost;
  for (const Column column : {Column::source, Column::destination, Column::protocol, Column::length, Column::info}) {
    if (layout_.has(column)) continue;
    missing += missing.empty() ? "" : ", ";
    missing += column_title(column);
    if (lost.find(lost_without(column)) != lost.npos) continue;
    lost += lost.empty() ? "" : "; ";
    lost += lost_without(column);
  }
  if (missing.empty()) return;
  sink_->on_warning({Severity::note, "missing-column",
                     "This csv has no column " + missing + ". Not known without: " + lost + ".", 0});
}

void CsvReader::on_row(const RawRow& row) {
  if (read_row(row)) return;
  const std::string why = misfit();
  if (row.bytes.text().find_first_of("\r\n") != std::string_view::npos && read_lines(row)) return;
  warn_bad_row(row.line, file_offset(row.offset), why);
}

/// What nearly every row is; true when it was dealt with.
bool CsvReader::read_row(const RawRow& row) {
  if (row.fields == layout_.fields && !row.has_stray_quote && is_usual_) {
    read_plain_cells(row);
  } else if (fit_fields(row.bytes.text(), shape_, fields_)) {
    read_fitted_cells();
    note_fit();
  } else {
    return false;
  }
  if (const Flaw flaw = read_values(); flaw != Flaw::none) {
    warn_bad_row(row.line, file_offset(row.offset), describe(flaw));
  } else {
    emit(row.bytes.text(), row.offset, row.line);
  }
  return true;
}

/// A row that does not fit and goes over several lines: a stray quote has swallowed the next rows, or they end with a
/// CR alone. True when some of the lines are rows by themselves; the others are bad ones.
bool CsvReader::read_lines(const RawRow& row) {
  const std::string_view text = row.bytes.text();
  bool found = false;
  uint64_t line = row.line;
  for (size_t at = 0; at < text.size(); ++line) {
    const size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::string_view one = text.substr(at, end - at);
    if (!one.empty() && fit_fields(one, shape_, fields_)) {
      read_fitted_cells();
      const Flaw flaw = read_values();
      if (flaw == Flaw::none) {
        found = rows_read_.took_repair = true;
        emit(one, row.offset + at, line);
      } else if (found) {
        warn_bad_row(line, file_offset(row.offset + at), describe(flaw));
      }
    } else if (!one.empty() && found) {
      warn_bad_row(line, file_offset(row.offset + at), "it is no row by itself");
    }
    at = end + 1;
    if (end < text.size() && text[end] == '\r' && at < text.size() && text[at] == '\n') ++at;
  }
  return found;
}

/// The values of the columns that are understood; empty for absent ones.
void CsvReader::read_plain_cells(const RawRow& row) {
  unescaped_.clear();
  if (unescaped_.capacity() < row.bytes.size())
    unescaped_.reserve(row.bytes.size());  // views of it stay where they are
  for (uint32_t i = 0; i < placed_; ++i) {
    const std::string_view raw = row.raw_field(places_[i].field);
    std::string_view& cell = cells_[places_[i].column];
    if (!row.plain || !plain_value(raw, cell)) cell = unescaped(raw);
  }
  if (is_one_each_) return;
  for (size_t i = 0; i < kColumns; ++i)
    if (layout_.may_repeat[i]) cells_[i] = first_of(cells_[i]);
  for (const CsvLayout::Alternate& other : layout_.alternates) {
    std::string_view& cell = cells_[static_cast<size_t>(other.column)];
    if (!cell.empty()) continue;
    const std::string_view raw = row.raw_field(other.field);
    if (!row.plain || !plain_value(raw, cell)) cell = unescaped(raw);
    if (other.may_repeat) cell = first_of(cell);
  }
}

/// The same of fields_.
void CsvReader::read_fitted_cells() {
  unescaped_.clear();
  size_t size = 0;
  for (const std::string_view raw : fields_.raw) size += raw.size();
  if (unescaped_.capacity() < size) unescaped_.reserve(size);
  const auto value_of = [&](uint32_t field, bool may_repeat) {
    if (field >= fields_.raw.size()) return std::string_view();
    const size_t begin = unescaped_.size();
    append_value(unescaped_, fields_.raw[field], layout_.dialect, fields_.quoting);
    const std::string_view value = std::string_view(unescaped_).substr(begin);
    return may_repeat ? first_of(value) : value;
  };
  for (size_t i = 0; i < kColumns; ++i) cells_[i] = value_of(layout_.at[i], layout_.may_repeat[i]);
  for (const CsvLayout::Alternate& other : layout_.alternates) {
    std::string_view& cell = cells_[static_cast<size_t>(other.column)];
    if (cell.empty()) cell = value_of(other.field, other.may_repeat);
  }
}

/// The first of several values.
std::string_view CsvReader::first_of(std::string_view cell) {
  const size_t comma = cell.find(',');
  rows_read_.repeats |= comma != cell.npos;
  return cell.substr(0, comma);
}

/// Whether who goes by the dialect alone would have read the row in fields_ too.
void CsvReader::note_fit() {
  const Dialect& dialect = layout_.dialect;
  rows_dropping_ += fields_.dropped > 0;
  rows_read_.took_repair |= fields_.joined || fields_.dropped > 1 || fields_.quoting != dialect.quoting;
  if (!dialect.skips_blanks || rows_read_.took_repair) return;
  rows_read_.took_repair = std::any_of(fields_.raw.begin(), fields_.raw.end(), [](std::string_view raw) {
    return !raw.empty() && (raw.back() == ' ' || raw.front() == '\t');
  });
}

void CsvReader::judge_rows() {
  const uint64_t damage = std::min(splitter_->zero_line(), open_quote_);
  rows_read_.damaged_end = damage != UINT64_MAX;
  rows_read_.took_repair |= (rows_dropping_ > 0 && rows_dropping_ < rows_) || (rows_ > 0 && row_.line > damage);
}

std::string_view CsvReader::unescaped(std::string_view raw) {
  if (raw.find('"') == raw.npos) return raw;
  const size_t begin = unescaped_.size();
  append_unescaped(unescaped_, raw);
  return std::string_view(unescaped_).substr(begin);
}

/// Fills row_ from the cells.
CsvReader::Flaw CsvReader::read_values() {
  if (const Flaw flaw = read_time(); flaw != Flaw::none) return flaw;
  row_.length = 0;
  if (const std::string_view text = cell(Column::length); layout_.has_sizes() && !read_digits(text, row_.length)) {
    if (!read_written_length(text, layout_.length, row_.length)) return Flaw::length;
    note_length(text, rows_read_.lengths);
  }
  if (!has_first_time_ && row_.time.form != TimeForm::reference && !cell(Column::time).empty()) {
    first_time_ = row_.time;
    has_first_time_ = true;
  }
  ++rows_;
  if (!read_whole(cell(Column::number), row_.number)) row_.number = 0;
  row_.source = cell(Column::source);
  row_.destination = cell(Column::destination);
  row_.protocol = cell(Column::protocol);
  row_.info = cell(Column::info);
  if (has_ports_) {
    row_.source_port = read_port(cell(Column::source_port));
    row_.destination_port = read_port(cell(Column::destination_port));
  }
  return Flaw::none;
}

CsvReader::Flaw CsvReader::read_time() {
  const std::string_view text = trimmed(cell(Column::time));
  if (!times_.parse(text, row_.time)) {
    if (!text.empty() || rows_ > 0 || !layout_.first_time_is_blank) return Flaw::time;
    row_.time = {};
    return Flaw::none;
  }
  if (!has_first_time_ || row_.time.form == TimeForm::reference) return Flaw::none;
  if (row_.time.is_number() && first_time_.is_number()) row_.time.kind = first_time_.kind;
  return row_.time.kind == first_time_.kind ? Flaw::none : Flaw::kind;
}

std::string CsvReader::describe(Flaw flaw) const {
  if (flaw == Flaw::length) return "its Length " + quoted(cell(Column::length)) + " is no number of bytes";
  const std::string time = "its Time " + quoted(trimmed(cell(Column::time)));
  if (flaw == Flaw::time) return time + " is no time";
  return time + " is " + std::string(kind_name(row_.time.kind)) + ", unlike the first row's, " +
         std::string(kind_name(first_time_.kind));
}

void CsvReader::emit(std::string_view bytes, uint64_t offset, uint64_t line) {
  row_.offset = file_offset(offset);
  row_.size = static_cast<uint32_t>(utf16_ ? utf16_size(bytes) : bytes.size());
  row_.line = line;
  sink_->on_row(row_);
}

/// Why the row in fields_ does not fit the titles.
std::string CsvReader::misfit() const {
  std::string why =
      std::to_string(fields_.count) + " fields where the first line names " + std::to_string(layout_.fields);
  if (fields_.count <= layout_.fields) return why;
  return why +
         ": a cell without quotes holds what divides cells. Wireshark's As CSV and tshark's option -E quote=d put "
         "cells into quotes";
}

void CsvReader::warn_bad_row(uint64_t line, uint64_t offset, const std::string& why) {
  ++bad_rows_;
  sink_->on_warning(
      {Severity::warning, "bad-row", "Line " + std::to_string(line) + " was skipped: " + why + ".", offset});
}

void CsvReader::on_broken_row(BrokenRow why, uint64_t line, uint64_t offset) {
  offset = file_offset(offset);
  if (why == BrokenRow::too_long) {
    warn_bad_row(line, offset,
                 "it is longer than " + std::to_string(kMaxRowBytes) + " bytes (a quote that nothing closes?)");
    return;
  }
  if (why == BrokenRow::open_line)
    return warn_bad_row(line, offset, "it opens quotes that its line does not close, as too many rows before it did");
  ++bad_rows_;
  open_quote_ = std::min(open_quote_, line);
  sink_->on_warning({Severity::warning, "unterminated-quote",
                     "The file ends within quotes that the row at line " + std::to_string(line) +
                         " opens: it was cut off, or a quote is missing. That row was skipped.",
                     offset});
}

}  // namespace tracedrop::csv
