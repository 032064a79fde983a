#include "csv/head.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "csv/field.h"

namespace tracedrop::csv {

namespace {

struct Line {
  std::string_view text;  ///< without its line end
  size_t next = 0;        ///< where the one after it begins
  uint64_t number = 1;    ///< from 1
};

/// The lines that hold something, up to `most`; the last one only when it ends in the text or the file does.
std::vector<Line> lines_of(std::string_view text, size_t at, uint64_t number, const Dialect& dialect, bool complete,
                           size_t most) {
  std::vector<Line> lines;
  while (at < text.size() && lines.size() < most) {
    size_t end = at;
    while (end < text.size() && !dialect.ends_line(text[end])) ++end;
    if (end == text.size() && !complete) break;
    Line line{text.substr(at, end - at), std::min(end + 1, text.size()), number};
    const bool cr_lf = end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n';
    if (cr_lf) ++line.next;
    if (!line.text.empty() && line.text.back() == '\r') line.text.remove_suffix(1);
    if (line.text.find_first_not_of(std::string_view("\0 \t", 3)) != line.text.npos) lines.push_back(line);
    at = line.next;
    ++number;
  }
  return lines;
}

/// A CR that is no part of a CR LF.
bool has_bare_cr(std::string_view text) {
  for (size_t at = text.find('\r'); at != text.npos; at = text.find('\r', at + 1))
    if (at + 1 < text.size() && text[at + 1] != '\n') return true;
  return false;
}

/// "sep=;", Excel's own way to say it; 0 when the line is another.
uint8_t separator_line(std::string_view line) {
  line = trimmed(line);
  if (line.size() > 1 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
  if (line.size() < 5 || line.substr(1, 3) != "ep=" || (line[0] | 0x20) != 's') return 0;
  line.remove_prefix(4);
  if (line == "\\t") return '\t';
  return line.size() == 1 ? static_cast<uint8_t>(line[0]) : uint8_t{0};
}

struct Titles {
  std::vector<std::string> names;
  Dialect dialect;
  size_t known = 0;  ///< columns that are understood
};

Titles split_titles(std::string_view line, uint8_t delimiter) {
  Titles titles;
  titles.dialect.delimiter = delimiter;
  titles.dialect.skips_blanks = true;
  if (trimmed(line).substr(0, 1) == "'") titles.dialect.quote = '\'';
  RowFields fields;
  split_fields(line, titles.dialect, Quoting::doubled, fields);
  for (const std::string_view raw : fields.raw)
    append_value(titles.names.emplace_back(), raw, titles.dialect, Quoting::doubled);
  CsvLayout layout;
  if (!read_titles(titles.names, layout)) return titles;
  titles.known = static_cast<size_t>(
      std::count_if(layout.at.begin(), layout.at.end(), [](uint32_t field) { return field != CsvLayout::kAbsent; }));
  return titles;
}

/// Characters that no title holds, of those in the line: the usual ones first.
std::vector<uint8_t> delimiters_of(std::string_view line, uint8_t said) {
  if (said != 0) return {said};
  std::vector<uint8_t> found;
  constexpr std::string_view kCandidates = ",;\t|^~:/!$%&@\x1F\x1E\x1D\x1C\x01\x02 ";
  for (const char c : kCandidates)
    if (line.find(c) != line.npos) found.push_back(static_cast<uint8_t>(c));
  return found;
}

/// The columns that the line names, with the delimiter that makes most of them known.
Titles find_titles(std::string_view line, uint8_t said) {
  constexpr std::string_view kUsual = ",;\t|";
  constexpr size_t kConvincing = 4;
  Titles best;
  for (const uint8_t delimiter : delimiters_of(line, said)) {
    Titles titles = split_titles(line, delimiter);
    const bool usual = said != 0 || kUsual.find(static_cast<char>(delimiter)) != kUsual.npos;
    if (titles.known > best.known && (usual || titles.known >= kConvincing)) best = std::move(titles);
  }
  return best;
}

void append_quoted(std::string& out, std::string_view text) {
  constexpr size_t kLongest = 40;
  out += '"';
  append_printable(out, text.substr(0, kLongest));
  out += text.size() > kLongest ? "…\"" : "\"";
}

constexpr std::string_view kHow =
    ". Export it in Wireshark with File > Export Packet Dissections > As CSV, which writes No., Time, Source, "
    "Destination, Protocol, Length and Info with their titles in the first line.";

/// The delimiter that stands most often outside quotes; 0 when there is none of the usual ones.
uint8_t most_frequent_delimiter(std::string_view line) {
  constexpr std::string_view kDelimiters = ",;\t|";
  std::array<size_t, 4> count{};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    const size_t which = kDelimiters.find(c);
    if (!quoted && which != std::string_view::npos) ++count[which];
  }
  const auto most = std::max_element(count.begin(), count.end());
  return *most == 0 ? uint8_t{0} : static_cast<uint8_t>(kDelimiters[static_cast<size_t>(most - count.begin())]);
}

/// Why no line names the columns, told of the first one.
std::string missing_titles(std::string_view line) {
  if (std::count(line.begin(), line.end(), '"') % 2 != 0)
    return "This is no csv of packets: its first line has a quote that nothing closes.";
  const uint8_t delimiter = line.size() >= kHeadBytes ? uint8_t{0} : most_frequent_delimiter(line);
  std::string text;
  if (delimiter == 0) {
    text =
        "This is no csv of packets: its first line does not name columns divided by commas, semicolons or tabs. "
        "Found: ";
    append_quoted(text, line);
    return text + ".";
  }
  const Titles found = split_titles(line, delimiter);
  CsvLayout layout;
  read_titles(found.names, layout);
  const bool time = !layout.has(Column::time), length = !layout.has(Column::length);
  text = "This csv's first line does not name the ";
  text += time && length ? "columns Time and Length" : time ? "column Time" : "column Length";
  text += ". Found: ";
  constexpr size_t kShown = 12;
  for (size_t i = 0; i < std::min(found.names.size(), kShown); ++i) {
    if (i > 0) text += ", ";
    append_quoted(text, found.names[i]);
  }
  if (found.names.size() > kShown) text += ", …";
  return text + std::string(kHow);
}

/// The cell of a column, in the row's own memory or in `scratch`.
std::string_view value_of(const RowFields& fields, Column column, const CsvLayout& layout, std::string& scratch) {
  scratch.clear();
  if (!layout.has(column) || layout.field(column) >= fields.raw.size()) return {};
  append_value(scratch, fields.raw[layout.field(column)], layout.dialect, fields.quoting);
  return trimmed(scratch);
}

bool makes_sense(std::string_view row, const CsvLayout& layout, RowFields& fields) {
  if (!split_as_written(row, layout.shape(), fields)) return false;
  if (layout.dialect.quoting == Quoting::doubled && has_bare_quotes(fields, layout.dialect)) return false;
  std::string scratch;
  TimeValue time;
  TimeParser parser(layout.time);
  const std::string_view written = value_of(fields, Column::time, layout, scratch);
  uint8_t digits = parser.parse(written, time) ? 1 : epoch_unit_digits(written);
  if (digits == 0 && !written.empty()) return false;
  uint32_t length = 0;
  return !layout.has(Column::length) ||
         read_length(value_of(fields, Column::length, layout, scratch), layout.length, length);
}

/// `1, 0.5, a`: a blank behind every delimiter.
bool blanks_follow_delimiters(const std::vector<Line>& rows, const CsvLayout& layout) {
  RowFields fields;
  size_t seen = 0;
  for (const Line& row : rows) {
    if (!split_as_written(row.text, layout.shape(), fields)) continue;
    for (size_t i = 1; i < fields.raw.size(); ++i) {
      if (fields.raw[i].empty()) continue;
      if (fields.raw[i].front() != ' ') return false;
      ++seen;
    }
  }
  return seen > 0 && layout.fields > 2;
}

void choose_dialect(const std::vector<Line>& rows, CsvLayout& layout) {
  struct Way {
    uint8_t quote;
    Quoting quoting;
    bool skips_blanks;
  };
  constexpr Way kWays[] = {
      {'"', Quoting::doubled, false}, {'"', Quoting::doubled, true},   {'"', Quoting::bare, false},
      {'"', Quoting::bare, true},     {'\'', Quoting::doubled, false}, {'\'', Quoting::doubled, true},
      {'\'', Quoting::bare, false},   {'\'', Quoting::bare, true},     {'"', Quoting::backslash, false},
  };
  Dialect best = layout.dialect;
  size_t most = 0;
  RowFields fields;
  for (const Way& way : kWays) {
    layout.dialect.quote = way.quote;
    layout.dialect.quoting = way.quoting;
    layout.dialect.skips_blanks = way.skips_blanks;
    const auto sense = static_cast<size_t>(std::count_if(
        rows.begin(), rows.end(), [&](const Line& row) { return makes_sense(row.text, layout, fields); }));
    if (sense <= most) continue;
    best = layout.dialect;
    most = sense;
    if (most == rows.size()) break;
  }
  layout.dialect = best;
  if (!best.skips_blanks && best.quoting == Quoting::doubled)
    layout.dialect.skips_blanks = blanks_follow_delimiters(rows, layout);
}

/// Whether the titles are what stands between the delimiters, as other readers take them.
bool titles_stand_alone(std::string_view line, const CsvLayout& layout) {
  RowFields fields;
  split_fields(line, layout.dialect, Quoting::doubled, fields);
  return std::none_of(fields.raw.begin(), fields.raw.end(), [&](std::string_view raw) {
    while (layout.dialect.skips_blanks && !raw.empty() && raw.front() == ' ') raw.remove_prefix(1);
    return trimmed(raw).size() < raw.size();
  });
}

/// How times and lengths are written in the first rows.
void read_formats(const std::vector<Line>& rows, CsvLayout& layout) {
  RowFields fields;
  std::string scratch;
  std::vector<std::string> times;
  for (const Line& row : rows) {
    split_fields(row.text, layout.dialect, layout.dialect.quoting, fields);
    layout.rows_end_with_delimiter |= fields.count > layout.fields && fields.raw.back().empty();
    if (!fit_fields(row.text, layout.shape(), fields)) continue;
    times.emplace_back(value_of(fields, Column::time, layout, scratch));
    note_length(value_of(fields, Column::length, layout, scratch), layout.length);
  }
  TimeFormat& format = layout.time;
  for (const std::string& text : times)
    if (format.unit_digits == 0) format.unit_digits = epoch_unit_digits(text);
  TimeParser parser(format);
  bool has_form = false, second_is_relative = false;
  for (size_t i = 0; i < times.size(); ++i) {
    TimeValue value;
    if (!parser.parse(times[i], value)) continue;
    if (value.form == TimeForm::reference) {
      layout.first_time_is_reference |= i == 0;
      continue;
    }
    if (!has_form) format.form = value.form;
    if (!has_form) layout.first_time = times[i];
    has_form = true;
    format.decimal_comma |= value.decimal_comma;
    format.twelve_hours |= value.twelve_hours;
    if (i == 1) second_is_relative = value.kind == TimeKind::relative;
  }
  format.order = parser.order();
  format.order_is_proven = parser.order_is_proven();
  const bool blank = !times.empty() && times[0].empty();
  layout.first_time_is_blank = blank && (second_is_relative || layout.time_is_delta);
}

}  // namespace

/// Without a byte order mark UTF-16 is told by every second byte of a few being zero.
Mark read_mark(std::string_view bytes) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") return {Encoding::bytes, 3};
  if (bytes.substr(0, 2) == "\xFF\xFE") return {Encoding::utf16_le, 2};
  if (bytes.substr(0, 2) == "\xFE\xFF") return {Encoding::utf16_be, 2};
  constexpr size_t kEnough = 16;
  for (const size_t zero : {size_t{1}, size_t{0}}) {
    size_t at = 0;
    while (at + 1 < bytes.size() && at < kEnough && bytes[at + zero] == 0 && bytes[at + 1 - zero] != 0) at += 2;
    if (at >= kEnough) return {zero == 1 ? Encoding::utf16_le : Encoding::utf16_be, 0};
  }
  return {};
}

Head read_head(std::string_view text, Encoding encoding, bool complete) {
  constexpr size_t kTitleLines = 64, kSampleLines = 300;
  Head head;
  CsvLayout& layout = head.layout;
  const bool cr_ends_lines = has_bare_cr(text);
  layout.dialect.cr_ends_lines = cr_ends_lines;
  std::vector<Line> lines = lines_of(text, 0, 1, layout.dialect, true, kTitleLines);
  if (lines.empty()) {
    head.failure = "This file is empty: it has not even a line with the names of the columns.";
    return head;
  }
  const uint8_t said = separator_line(lines[0].text);
  Titles titles;
  const Line* line = &lines[0];
  for (const Line& candidate : lines) {
    if (&candidate == &lines.back() && candidate.next == text.size() && !complete) break;
    Titles found = find_titles(candidate.text, said);
    if (found.known <= titles.known) continue;
    titles = std::move(found);
    line = &candidate;
  }
  if (titles.known == 0) {
    head.failure = missing_titles(lines[0].text);
    return head;
  }
  layout.dialect = titles.dialect;
  layout.dialect.encoding = encoding;
  layout.dialect.cr_ends_lines = cr_ends_lines;
  layout.dialect.skips_blanks = false;
  layout.lines_before_titles = static_cast<uint32_t>(line->number - 1);
  read_titles(titles.names, layout);
  head.rows_at = line->next;
  head.rows_line = line->number + 1;
  std::vector<Line> rows = lines_of(text, head.rows_at, head.rows_line, layout.dialect, complete, kSampleLines);
  choose_dialect(rows, layout);
  layout.rows_read.took_repair = !titles_stand_alone(line->text, layout);
  read_formats(rows, layout);
  return head;
}

}  // namespace tracedrop::csv
