#include "export/pandas_file.h"

#include <algorithm>

#include "base/text.h"

namespace tracedrop::exporting {

namespace {

using csv::Column;

constexpr int64_t kHourNs = int64_t{3'600} * 1'000'000'000;
constexpr int64_t kDayNs = 24 * kHourNs;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view without_end(std::string_view text, std::string_view end) {
  const bool has = text.size() > end.size() && text.substr(text.size() - end.size()) == end;
  return has ? text.substr(0, text.size() - end.size()) : text;
}

template <typename Is>
size_t end_of(std::string_view text, size_t at, Is&& is) {
  while (at < text.size() && is(text[at])) ++at;
  return at;
}

/// hh:mm:ss and its fraction within a text.
struct Clock {
  size_t begin = std::string_view::npos, end = 0;
  bool found() const { return begin != std::string_view::npos; }
};

Clock find_clock(std::string_view text) {
  Clock clock;
  const size_t colon = text.find(':');
  if (colon == text.npos || colon == 0) return clock;
  const auto pair_at = [&](size_t at) { return end_of(text, at, is_digit) == at + 2; };
  if (!pair_at(colon + 1) || text.substr(colon + 3, 1) != ":" || !pair_at(colon + 4)) return clock;
  clock.end = colon + 6;
  if (clock.end + 1 < text.size() && (text[clock.end] == '.' || text[clock.end] == ',') &&
      is_digit(text[clock.end + 1]))
    clock.end = end_of(text, clock.end + 1, is_digit);
  clock.begin = colon;
  while (clock.begin > 0 && is_digit(text[clock.begin - 1])) --clock.begin;
  return clock;
}

/// A month's or a weekday's English name, in full or its first three letters, as strptime calls it; empty for any other
/// word.
std::string_view word_format(std::string_view word) {
  constexpr std::string_view kMonths = "January February March April May June July August September October November ";
  constexpr std::string_view kRest = "December Monday Tuesday Wednesday Thursday Friday Saturday Sunday ";
  const std::string names = std::string(kMonths).append(kRest);
  const size_t at = word.size() < 3 ? names.npos : names.find(word);
  if (at == names.npos || (at > 0 && names[at - 1] != ' ')) return {};
  const bool in_full = names[at + word.size()] == ' ' && word != "May";
  if (!in_full && word.size() != 3) return {};
  return at < names.find("Monday") ? (in_full ? "%B" : "%b") : (in_full ? "%A" : "%a");
}

/// strptime's format of a date; empty when it has none for it.
std::string date_part(std::string_view text, const csv::TimeFormat& format) {
  const bool day_first = format.order == csv::DateOrder::day_first;
  std::string out, numbers = format.form == csv::TimeForm::month_name ? "dy" : day_first ? "dmy" : "mdy";
  bool has_year = false;
  for (size_t at = 0, end = 0; at < text.size(); at = end) {
    if (is_digit(text[at])) {
      end = end_of(text, at, is_digit);
      const bool is_year = end - at == 4, is_day_of_year = end - at == 3;
      if ((!is_year && numbers.empty()) || end - at > 4) return {};
      if (is_year && out.empty()) numbers = "md";
      out += '%';
      out += is_year ? 'Y' : is_day_of_year ? 'j' : numbers.front();
      has_year = has_year || is_year || out.back() == 'y';
      if (is_day_of_year) numbers.clear();
      if (!is_year && !is_day_of_year) numbers.erase(0, 1);
    } else if (is_letter(text[at]) && text.substr(at) != "T") {
      end = end_of(text, at, is_letter);
      const std::string_view word = word_format(text.substr(at, end - at));
      if (word.empty()) return {};
      out += word;
    } else {
      end = at + 1;
      if (text[at] != ' ' || out.empty() || out.back() != ' ') out += text[at];
    }
  }
  return has_year ? out : std::string();
}

/// What stands behind the clock: AM or PM, Z or an offset, or a zone's name. False when that is not for pandas.
bool read_behind_clock(std::string_view rest, const csv::TimeFormat& format, PandasFile& file) {
  file.has_text_behind_clock = !rest.empty();
  file.twelve_hours = format.twelve_hours;
  const bool offset = !rest.empty() && (rest.front() == '+' || rest.front() == '-') &&
                      rest.find_first_not_of("0123456789:", 1) == rest.npos;
  file.is_zoned = (offset || rest == "Z") && file.date_format.empty() && file.time_form == TimeForm::date;
  if (!format.twelve_hours) return true;
  for (const std::string_view blank : {" ", "\xC2\xA0", "\xE2\x80\xAF"})
    while (!rest.empty() && rest.substr(0, blank.size()) == blank) rest.remove_prefix(blank.size());
  return rest.size() > 1 && std::string_view("aApP").find(rest[0]) != rest.npos;
}

/// A clock, with or without a date before it. False when pandas cannot be told how to read it.
bool read_clock(std::string_view text, const csv::TimeFormat& format, PandasFile& file) {
  const Clock clock = find_clock(text);
  if (!clock.found()) return false;
  const bool is_iso = format.form == csv::TimeForm::year_first && clock.begin == 11 && text[4] == '-' && text[7] == '-';
  file.time_form = clock.begin > 0 || format.twelve_hours ? TimeForm::date : TimeForm::clock;
  file.lacks_some_fractions = format.has_fractions && format.has_whole_seconds;
  if (file.time_form == TimeForm::date && (!is_iso || format.twelve_hours)) {
    const std::string date = date_part(text.substr(0, clock.begin), format);
    if (date.empty() && clock.begin > 0) return false;
    file.date_format = date + (format.twelve_hours ? "%I:%M:%S" : "%H:%M:%S") + (format.has_fractions ? ".%f" : "") +
                       (format.twelve_hours ? "%p" : "");
  }
  return read_behind_clock(text.substr(clock.end), format, file);
}

/// False when pandas cannot be told how to read such times.
bool read_time_form(const csv::CsvLayout& layout, PandasFile& file) {
  const csv::TimeFormat& format = layout.time;
  file.decimal_comma = format.decimal_comma;
  file.unit_digits = format.unit_digits;
  switch (format.form) {
    case csv::TimeForm::number: file.time_form = TimeForm::number; return true;
    case csv::TimeForm::minutes: file.time_form = TimeForm::minutes; return true;
    case csv::TimeForm::units: file.time_form = TimeForm::with_units; return true;
    case csv::TimeForm::timedelta: file.time_form = TimeForm::timedelta; return true;
    default: return read_clock(layout.first_time, format, file);
  }
}

bool has_warning(const trace::Trace& trace, std::string_view code) {
  const auto& list = trace.warnings.list();
  return std::any_of(list.begin(), list.end(), [&](const Warning& warning) { return warning.code == code; });
}

/// Times lie before 0, which minus signs write that these forms do not expect.
bool has_negative_times(const trace::Trace& trace) {
  for (uint32_t i = 0; i < trace.size(); ++i)
    if (trace.columns.ts_ns(i) < 0) return true;
  return false;
}

void read_times(const trace::Trace& trace, PandasFile& file) {
  const csv::CsvLayout& layout = trace.csv_layout;
  const trace::Unknown& unknown = trace.unknown;
  file.first_time_is_blank = layout.first_time_is_blank;
  file.first_time_is_reference = layout.first_time_is_reference;
  file.is_delta = layout.time_is_delta;
  if (!unknown.span.empty() && !unknown.gaps.empty() && !unknown.round_trips.empty()) {
    file.why_no_times = unknown.span;
  } else if (has_warning(trace, "time-reference")) {
    file.why_no_times = unknown.gaps;
  } else if (layout.time.has_other_forms) {
    file.why_no_times = "the times of this csv are not all written in the same way.";
  } else if (has_warning(trace, "twelve-hours")) {
    file.why_no_times = "the clock of this csv does not tell morning from afternoon.";
  } else if (!read_time_form(layout, file) || (file.time_form == TimeForm::with_units && has_negative_times(trace))) {
    file.why_no_times = "pandas has no way to read times that are written as in this csv.";
  }
  const bool is_minutes = layout.time.form == csv::TimeForm::minutes;
  for (uint32_t i = 0; i < trace.size() && (is_minutes || layout.time.form == csv::TimeForm::clock); ++i)
    file.begins_anew = file.begins_anew || trace.columns.ts_ns(i) >= (is_minutes ? kHourNs : kDayNs);
}

void read_dialect(const csv::CsvLayout& layout, PandasFile& file) {
  const csv::Dialect& dialect = layout.dialect;
  file.delimiter.assign(1, static_cast<char>(dialect.delimiter));
  file.quote = static_cast<char>(dialect.quote);
  file.escapes_with_backslash = dialect.quoting == csv::Quoting::backslash;
  file.has_blanks_after_delimiters = dialect.skips_blanks;
  file.rows_end_with_delimiter = layout.rows_end_with_delimiter;
  file.lines_before_titles = layout.lines_before_titles;
  if (dialect.encoding == csv::Encoding::utf16_le) file.encoding = "utf-16-le";
  if (dialect.encoding == csv::Encoding::utf16_be) file.encoding = "utf-16-be";
}

/// Cells that are empty or hold several values.
void read_repetitions(const csv::CsvLayout& layout, PandasFile& file) {
  const auto is_address = [](Column column) { return column == Column::source || column == Column::destination; };
  for (const Column column : {Column::source, Column::destination})
    if (layout.rows_read.repeats && layout.may_repeat[static_cast<size_t>(column)])
      file.repeating.emplace_back(csv::column_title(column));
  for (const csv::CsvLayout::Alternate& other : layout.alternates) {
    const auto at = std::find(layout.extra_fields.begin(), layout.extra_fields.end(), other.field);
    if (!is_address(other.column) || at == layout.extra_fields.end()) continue;
    const std::string& title = layout.extra_names[static_cast<size_t>(at - layout.extra_fields.begin())];
    file.alternates.push_back({other.column, title});
    if (layout.rows_read.repeats && other.may_repeat) file.repeating.push_back(title);
  }
}

void read_csv_facts(const trace::Trace& trace, const OpenFile& open, PandasFile& file) {
  const csv::CsvLayout& layout = trace.csv_layout;
  const csv::LengthFormat& lengths = layout.rows_read.lengths;
  for (size_t column = 0; column < csv::kListColumns; ++column) file.titles[column] = layout.titles[column];
  file.length_is_text = lengths.has_unit || lengths.thousands[0] != 0;
  if (lengths.has_decimal_comma || (lengths.has_decimals && file.length_is_text))
    file.why_no_lengths = "some lengths of this csv have decimals.";
  read_times(trace, file);
  // Quotes that stand for themselves; delimiters that are text of the last column; rows that are none.
  file.must_be_saved_again =
      layout.dialect.quoting == csv::Quoting::bare || layout.rows_read.took_repair || has_warning(trace, "bad-row");
  if (file.must_be_saved_again) {
    for (size_t column = 0; column < csv::kListColumns; ++column)
      if (file.has(static_cast<Column>(column))) file.titles[column] = csv::column_title(static_cast<Column>(column));
    return;
  }
  read_dialect(layout, file);
  read_repetitions(layout, file);
  if (layout.rows_read.damaged_end) file.whole_rows = trace.size();
  file.is_utf8 = open.is_utf8 || !file.encoding.empty();
}

void read_capture_facts(const trace::Trace& trace, PandasFile& file) {
  for (size_t column = 0; column < csv::kListColumns; ++column)
    file.titles[column] = csv::column_title(static_cast<Column>(column));
  file.has_blank_times = has_warning(trace, "no-time");
}

}  // namespace

PandasFile pandas_file(const trace::Trace& trace, const OpenFile& open) {
  PandasFile file;
  if (!open.name.empty()) file.name = open.name;
  const bool is_csv = trace.kind == trace::SourceKind::csv;
  if (is_csv) {
    read_csv_facts(trace, open, file);
  } else {
    file.capture_name = open.name;
    std::string_view stem = without_end(open.name, ".gz");
    for (const std::string_view end : {".pcapng", ".pcap", ".cap", ".dmp", ".ntar"}) stem = without_end(stem, end);
    file.name = std::string(stem.empty() ? "trace" : stem) + ".csv";
    read_capture_facts(trace, file);
  }
  file.starts_at_zero = trace.size() == 0 || trace.columns.ts_ns(0) == 0 || !is_csv;
  return file;
}

}  // namespace tracedrop::exporting
