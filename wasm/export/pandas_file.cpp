#include "export/pandas_file.h"

#include <algorithm>

#include "base/text.h"

namespace tracedrop::exporting {

namespace {

using csv::Column;

constexpr int64_t kHourNs = int64_t{3'600} * 1'000'000'000;
constexpr int64_t kDayNs = 24 * kHourNs;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Whether the text begins as the pattern says: 9 is any digit, any other character itself.
bool begins_as(std::string_view text, std::string_view pattern) {
  if (text.size() < pattern.size()) return false;
  for (size_t i = 0; i < pattern.size(); ++i)
    if (pattern[i] == '9' ? !is_digit(text[i]) : text[i] != pattern[i]) return false;
  return true;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string_view without_end(std::string_view text, std::string_view end) {
  return ends_with(text, end) && text.size() > end.size() ? text.substr(0, text.size() - end.size()) : text;
}

/// 9/28/2022, 28.09.2022: the mark between day, month and year; 0 for anything else.
char year_last_mark(std::string_view text) {
  const size_t first = text.find_first_not_of("0123456789");
  if (first == text.npos || first == 0 || first > 2) return 0;
  const char mark = text[first];
  const std::string_view rest = text.substr(first + 1);
  const size_t second = rest.find_first_not_of("0123456789");
  const bool is_date = (mark == '/' || mark == '.' || mark == '-') && second != rest.npos && second >= 1 &&
                       second <= 2 && rest[second] == mark && begins_as(rest.substr(second + 1), "9999");
  return is_date ? mark : '\0';
}

/// The date's part of strptime's format for what is no ISO date; empty for what begins with no date.
std::string date_part(std::string_view text, bool day_first) {
  if (const char mark = year_last_mark(text); mark != 0)
    return std::string(day_first ? "%d" : "%m") + mark + (day_first ? "%m" : "%d") + mark + "%Y";
  for (const std::string mark : {"/", "-", "."}) {
    if (begins_as(text, "9999" + mark + "99" + mark + "99")) return "%Y" + mark + "%m" + mark + "%d";
    if (begins_as(text, "9999" + mark + "999")) return "%Y" + mark + "%j";
  }
  const auto name = std::find_if(text.begin(), text.end(), is_letter);
  const auto name_end = std::find_if_not(name, text.end(), is_letter);
  if (name_end - name < 3) return {};
  const std::string month = name_end - name == 3 ? "%b" : "%B";
  const std::string_view behind = text.substr(static_cast<size_t>(name_end - text.begin()));
  const std::string dot = !behind.empty() && behind.front() == '.' ? "." : "";
  const std::string comma = text.substr(0, text.find(':')).find(',') != text.npos ? "," : "";
  return name == text.begin() ? month + dot + " %d" + comma + " %Y" : "%d " + month + dot + " %Y";
}

/// The clock's part, as the text writes it from its hour on.
std::string clock_part(std::string_view text) {
  const size_t end = std::min(text.find_first_not_of("0123456789:"), text.size());
  const std::string_view clock = text.substr(0, end);
  const bool seconds = std::count(clock.begin(), clock.end(), ':') == 2;
  const bool fraction = end < text.size() && (text[end] == '.' || text[end] == ',');
  const bool half_days = text.find_first_of("aApP", end) != text.npos && text.find_first_of("mM", end) != text.npos;
  return std::string(half_days ? "%I:%M" : "%H:%M") + (seconds ? ":%S" : "") + (fraction ? ".%f" : "") +
         (half_days ? " %p" : "");
}

std::string date_format(std::string_view text, bool day_first) {
  const size_t colon = text.find(':');
  if (colon == text.npos || colon < 3) return {};
  const std::string date = date_part(text, day_first);
  if (date.empty()) return {};
  const size_t hour = text.find_last_not_of("0123456789", colon - 1) + 1;
  return date + (text[hour - 1] == 'T' ? "T" : " ") + clock_part(text.substr(hour));
}

/// What follows the clock: Z or an offset, or a zone's name.
void read_zone(std::string_view text, PandasFile& file) {
  const size_t last_colon = text.find(':');
  if (last_colon == text.npos) return;
  const size_t at = text.find_first_not_of("0123456789:., ", last_colon);
  if (at == text.npos) return;
  file.is_zoned = text[at] == '+' || text[at] == '-' || text.substr(at) == "Z";
  file.has_zone_name = !file.is_zoned;
}

bool is_clock(std::string_view text) { return begins_as(text, "99:99:99") || begins_as(text, "9:99:99"); }

void read_time_form(std::string_view text, bool day_first, PandasFile& file) {
  file.decimal_comma =
      text.rfind(',') != text.npos && (text.find(':') == text.npos || text.rfind(',') > text.find(':'));
  if (text.empty() || text.find_first_not_of("0123456789.,+-eE") == text.npos) {
    file.time_form = TimeForm::number;
  } else if (begins_as(text, "9999-99-99") && clock_part(text.substr(10)).find("%p") == std::string::npos) {
    file.time_form = TimeForm::iso_date;
    read_zone(text, file);
  } else if (is_clock(text)) {
    file.time_form = TimeForm::clock;
    if (const std::string format = clock_part(text); format.find("%p") != format.npos) file.date_format = format;
  } else if (begins_as(text, "99:99") || begins_as(text, "9:99")) {
    file.time_form = TimeForm::minutes;
  } else if (text.find(" day") != text.npos) {
    file.time_form = TimeForm::timedelta;
  } else if (file.date_format = date_format(text, day_first); !file.date_format.empty()) {
    file.time_form = TimeForm::date;
    read_zone(text, file);
  } else {
    file.time_form = TimeForm::with_units;
  }
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
  // Quotes that stand for themselves, and delimiters that are text of the last column.
  file.must_be_saved_again = dialect.quoting == csv::Quoting::bare;
}

void read_csv_facts(const trace::Trace& trace, const OpenFile& open, PandasFile& file) {
  const csv::CsvLayout& layout = trace.csv_layout;
  read_dialect(layout, file);
  for (size_t column = 0; column < csv::kListColumns; ++column) file.titles[column] = layout.titles[column];
  for (const Warning& warning : trace.warnings.list()) {
    file.has_bad_rows = file.has_bad_rows || warning.code == "bad-row";
    if (warning.code == "unterminated-quote") file.whole_rows = trace.size();
  }
  read_time_form(open.first_time, layout.time.order == csv::DateOrder::day_first, file);
  file.unit_digits = layout.time.unit_digits;
  file.length_is_text = layout.length.has_unit || layout.length.thousands[0] != 0;
  file.is_utf8 = open.is_utf8 || !file.encoding.empty();
  file.is_delta = layout.time_is_delta;
  const int64_t turn_ns = file.time_form == TimeForm::minutes ? kHourNs : kDayNs;
  const bool turns = file.time_form == TimeForm::clock || file.time_form == TimeForm::minutes;
  for (uint32_t i = 0; i < trace.size() && turns && !file.begins_anew; ++i)
    file.begins_anew = trace.columns.ts_ns(i) >= turn_ns;
}

void read_capture_facts(const trace::Trace& trace, PandasFile& file) {
  for (size_t column = 0; column < csv::kListColumns; ++column)
    file.titles[column] = csv::column_title(static_cast<Column>(column));
  for (const Warning& warning : trace.warnings.list())
    file.has_blank_times = file.has_blank_times || warning.code == "no-time";
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
