#include "export/pandas_file.h"

#include <algorithm>

#include "base/text.h"

namespace tracedrop::exporting {

namespace {

using csv::Column;

constexpr int64_t kDayNs = int64_t{86'400} * 1'000'000'000;

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

/// The date's part of strptime's format for what is no ISO date; empty for what begins with no date.
std::string date_part(std::string_view text) {
  if (begins_as(text, "9999/99/99")) return "%Y/%m/%d";
  if (begins_as(text, "9999/999")) return "%Y/%j";
  if (begins_as(text, "9999-999")) return "%Y-%j";
  const auto name = std::find_if(text.begin(), text.end(), is_letter);
  const auto name_end = std::find_if_not(name, text.end(), is_letter);
  if (name_end - name < 3) return {};
  const std::string month = name_end - name == 3 ? "%b" : "%B";
  const std::string_view behind = text.substr(static_cast<size_t>(name_end - text.begin()));
  const std::string dot = !behind.empty() && behind.front() == '.' ? "." : "";
  const std::string comma = text.substr(0, text.find(':')).find(',') != text.npos ? "," : "";
  return name == text.begin() ? month + dot + " %d" + comma + " %Y" : "%d " + month + dot + " %Y";
}

/// What stands between the date and the clock.
std::string date_format(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == text.npos || colon < 3) return {};
  const std::string date = date_part(text);
  if (date.empty()) return {};
  const size_t seconds = text.find_first_not_of("0123456789:", colon);
  const bool fraction = seconds != text.npos && (text[seconds] == '.' || text[seconds] == ',');
  const bool t = text.substr(0, colon).find('T') == colon - 3;
  return date + (t ? "T" : " ") + (fraction ? "%H:%M:%S.%f" : "%H:%M:%S");
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

void read_time_form(std::string_view text, PandasFile& file) {
  if (text.empty() || text.find_first_not_of("0123456789.,+-eE") == text.npos) {
    file.time_form = TimeForm::seconds;
    file.decimal_comma = text.find(',') != text.npos;
    return;
  }
  file.decimal_comma = text.rfind(',') != text.npos && text.rfind(',') > text.find(':');
  if (begins_as(text, "9999-99-99")) {
    file.time_form = TimeForm::iso_date;
    read_zone(text, file);
  } else if (begins_as(text, "99:99:99") || begins_as(text, "9:99:99")) {
    file.time_form = TimeForm::clock;
  } else if (file.date_format = date_format(text); !file.date_format.empty()) {
    file.time_form = TimeForm::date;
    read_zone(text, file);
  } else {
    file.time_form = TimeForm::with_units;
    file.decimal_comma = text.find(',') != text.npos;
  }
}

void read_csv_facts(const trace::Trace& trace, const OpenFile& open, PandasFile& file) {
  const csv::CsvLayout& layout = *open.layout;
  file.delimiter.assign(1, static_cast<char>(layout.delimiter));
  for (size_t column = 0; column < csv::kListColumns; ++column)
    if (layout.at[column] < layout.titles.size()) file.titles[column] = layout.titles[layout.at[column]];
  for (const Warning& warning : trace.warnings.list()) {
    file.has_bad_rows = file.has_bad_rows || warning.code == "bad-row";
    if (warning.code == "unterminated-quote") file.whole_rows = trace.size();
  }
  read_time_form(open.first_time, file);
  file.is_delta = trace.times_are_deltas;
  for (uint32_t i = 0; i < trace.size() && file.time_form == TimeForm::clock && !file.passes_midnight; ++i)
    file.passes_midnight = trace.columns.ts_ns(i) >= kDayNs;
}

void read_capture_facts(const trace::Trace& trace, PandasFile& file) {
  for (size_t column = 0; column < csv::kListColumns; ++column)
    file.titles[column] = csv::column_title(static_cast<Column>(column));
  for (const Warning& warning : trace.warnings.list())
    file.has_blank_times = file.has_blank_times || warning.code == "no-time";
}

/// `, sep=";"` and so on, as far as the file is not what read_csv expects.
std::string read_csv_options(const PandasFile& file) {
  std::string out;
  const auto add = [&](std::string_view option) { (out += ", ") += option; };
  if (file.delimiter == "\t") add(R"py(sep="\t")py");
  if (file.delimiter != "," && file.delimiter != "\t") add("sep=" + python_string(file.delimiter));
  if (file.quote != '"') add("quotechar=" + python_string(std::string_view(&file.quote, 1)));
  if (!file.encoding.empty()) add("encoding=" + python_string(file.encoding));
  if (file.skipped_lines > 0) add("skiprows=" + std::to_string(file.skipped_lines));
  if (!file.thousands.empty()) add("thousands=" + python_string(file.thousands));
  if (file.whole_rows > 0) add("nrows=" + std::to_string(file.whole_rows));
  if (file.has_bad_rows) {
    add("dtype=str, on_bad_lines=\"skip\"");
  } else if (file.time_form == TimeForm::seconds) {
    add("dtype={" + python_string(file.titles[static_cast<size_t>(Column::time)]) + ": str}");
  }
  return out;
}

/// The lab's names for columns that the file calls otherwise.
std::string renaming(const PandasFile& file) {
  std::string out;
  for (size_t column = 0; column < csv::kListColumns; ++column) {
    const std::string_view lab = csv::column_title(static_cast<Column>(column));
    const std::string& title = file.titles[column];
    if (title.empty() || title == lab) continue;
    out += (out.empty() ? "" : ", ") + python_string(title) + ": " + python_string(lab);
  }
  return out.empty() ? out : "pcap = pcap.rename(columns={" + out + "})\n";
}

/// A regular expression for the Times that can be read.
std::string_view time_pattern(TimeForm form) {
  switch (form) {
    case TimeForm::seconds: return R"py([-+]?\d{0,10}(?:[.,]\d*)?(?:[eE][-+]?\d+)?)py";
    case TimeForm::iso_date: return R"py(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d.*)py";
    case TimeForm::clock: return R"py(\d\d?:\d\d:\d\d.*)py";
    case TimeForm::date: return R"py(.*\d:\d\d:\d\d.*)py";
    case TimeForm::with_units: break;
  }
  return R"py(.*\d *s)py";
}

std::string dropping_bad_rows(const PandasFile& file) {
  if (!file.has_bad_rows) return {};
  std::string out = "# Rows whose Time or Length is none are left out.\n";
  out += "good = pcap[\"Length\"].str.fullmatch(r\"\\s*\\d+(?:\\.0*)?\\s*\") & pcap[\"Time\"].str.fullmatch(r\"";
  out += time_pattern(file.time_form);
  out += "\")\npcap = pcap[good.fillna(False).astype(bool)].reset_index(drop=True)\n";
  out += "pcap[\"Length\"] = pcap[\"Length\"].astype(float).astype(\"int64\")\n";
  return out;
}

/// An expression for the Time column's texts.
std::string time_texts(const PandasFile& file) {
  std::string out = "pcap[\"Time\"]";
  if (file.has_blank_times) out += ".ffill().fillna(\"0\")";
  if (file.is_delta && !file.has_blank_times) out += ".fillna(\"0\")";
  if (file.decimal_comma && file.time_form == TimeForm::date) {
    out += R"py(.str.replace(r"(?<=:\d\d),", ".", regex=True))py";
  } else if (file.decimal_comma) {
    out += R"py(.str.replace(",", "."))py";
  }
  if (file.time_form == TimeForm::date) out += R"py(.str.extract(r"^(.*:\d\d(?:\.\d*)?)", expand=False))py";
  if (file.time_form == TimeForm::iso_date && file.has_zone_name)
    out += R"py(.str.extract(r"^([-\d]+.[\d:.]+)", expand=False))py";
  return out;
}

std::string nanoseconds(const PandasFile& file) {
  const std::string time = time_texts(file);
  switch (file.time_form) {
    case TimeForm::iso_date:
      return "time = pd.to_datetime(" + time + (file.is_zoned ? ", utc=True" : "") +
             ")\nns = (time - time[0]) // pd.Timedelta(1, \"ns\")\n";
    case TimeForm::date:
      return "time = pd.to_datetime(" + time + ", format=" + python_string(file.date_format) +
             ")\nns = (time - time[0]) // pd.Timedelta(1, \"ns\")\n";
    case TimeForm::clock:
      return "ns = pd.to_timedelta(" + time + ") // pd.Timedelta(1, \"ns\")\n" +
             (file.passes_midnight ? "day = 24 * 3600 * 10**9\n"
                                     "ns += day * (ns.diff() < -day / 2).cumsum()  # over midnight\n"
                                     "ns -= day * (ns.diff() > day / 2).cumsum()\n"
                                   : "");
    case TimeForm::with_units:
      return "time = " + time +
             R"py(.str.extract(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*m\w*)?\s*([\d.]+)\s*s$").fillna("0").applymap(Decimal))py" +
             "\nns = ((time[0] * 3600 + time[1] * 60 + time[2]) * 10**9).map(round)\n";
    case TimeForm::seconds: break;
  }
  return "ns = " + time + ".map(lambda seconds: round(Decimal(seconds) * 10**9))\n";
}

bool uses_decimal(TimeForm form) { return form == TimeForm::seconds || form == TimeForm::with_units; }

}  // namespace

std::string python_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (static_cast<uint8_t>(c) < 0x20 || c == 0x7F) {
      out += "\\x";
      append_hex(out, static_cast<uint8_t>(c), 2);
    } else {
      out += c;
    }
  }
  return out + '"';
}

PandasFile pandas_file(const trace::Trace& trace, const OpenFile& open) {
  PandasFile file;
  if (!open.name.empty()) file.name = open.name;
  if (open.layout != nullptr) {
    read_csv_facts(trace, open, file);
  } else {
    file.capture_name = open.name;
    std::string_view stem = without_end(open.name, ".gz");
    for (const std::string_view end : {".pcapng", ".pcap", ".cap", ".dmp", ".ntar"}) stem = without_end(stem, end);
    file.name = std::string(stem.empty() ? "trace" : stem) + ".csv";
    read_capture_facts(trace, file);
  }
  file.starts_at_zero = trace.size() == 0 || trace.columns.ts_ns(0) == 0 || open.layout == nullptr;
  return file;
}

std::string reading_lines(const PandasFile& file) {
  std::string out = uses_decimal(file.time_form) ? "from decimal import Decimal\n" : "";
  out += "from fractions import Fraction\nfrom math import sqrt\n\nimport numpy as np\nimport pandas as pd\n\n";
  if (!file.capture_name.empty()) {
    out += "# Packets > Export csv here, or in Wireshark File > Export Packet Dissections > As CSV, makes this of\n# ";
    append_printable(out, file.capture_name);
    out += ":\n";
  }
  out += "pcap = pd.read_csv(" + python_string(file.name) + read_csv_options(file) + ")\n";
  out += renaming(file);
  out += dropping_bad_rows(file);
  out += "\n# Times as whole nanoseconds: a float cannot hold them exactly.\n";
  out += nanoseconds(file);
  if (file.is_delta) out += "ns = ns.cumsum()  # Time counts from the packet before\n";
  const bool from_first = file.time_form == TimeForm::iso_date || file.time_form == TimeForm::date;
  if (!from_first && !file.starts_at_zero) out += "ns = ns - ns[0]\n";
  out += "gap = pd.Series(np.diff(ns))\n";
  out += "# (For a part of the trace, here its first second: part = ns <= 10**9; pcap, ns = pcap[part], ns[part])\n";
  return out;
}

}  // namespace tracedrop::exporting
