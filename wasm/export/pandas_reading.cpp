#include <array>

#include "base/text.h"
#include "export/pandas_file.h"

namespace tracedrop::exporting {

namespace {

using csv::Column;

bool reads_times(const PandasFile& file) { return file.why_no_times.empty(); }

/// `, sep=";"` and so on, as far as the file is not what read_csv expects.
std::string read_csv_options(const PandasFile& file) {
  std::string out;
  const auto add = [&](std::string_view option) { (out += ", ") += option; };
  if (file.delimiter == "\t") add(R"py(sep="\t")py");
  if (file.delimiter != "," && file.delimiter != "\t") add("sep=" + python_string(file.delimiter));
  if (file.quote != '"') add("quotechar=" + python_string(std::string_view(&file.quote, 1)));
  if (file.escapes_with_backslash) add(R"py(quoting=3, escapechar="\\")py");
  if (file.has_blanks_after_delimiters) add("skipinitialspace=True");
  if (file.rows_end_with_delimiter) add("index_col=False");
  if (!file.encoding.empty()) add("encoding=" + python_string(file.encoding));
  if (!file.is_utf8) add("encoding_errors=\"replace\"");
  if (file.lines_before_titles > 0) add("skiprows=" + std::to_string(file.lines_before_titles));
  if (file.whole_rows > 0) add("nrows=" + std::to_string(file.whole_rows));
  const auto text = [&](Column column) { return python_string(file.titles[static_cast<size_t>(column)]) + ": str"; };
  std::string texts;
  if (reads_times(file) && (file.time_form == TimeForm::number || file.time_form == TimeForm::minutes))
    texts = text(Column::time);
  if (file.length_is_text) texts += (texts.empty() ? "" : ", ") + text(Column::length);
  if (!texts.empty()) add("dtype={" + texts + "}");
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

/// Makes one value of cells that hold several, or that leave it to another column; and numbers of written lengths.
std::string cleaning(const PandasFile& file) {
  std::string out, names;
  for (const std::string& name : file.repeating) names += (names.empty() ? "" : ", ") + python_string(name);
  if (!names.empty()) {
    out += "for name in [" + names + "]:  # the outermost header's\n";
    out += "    pcap[name] = pcap[name].dropna().astype(str).str.split(\",\").str[0]\n";
  }
  for (const PandasFile::Alternate& other : file.alternates) {
    const std::string column = "pcap[" + python_string(csv::column_title(other.column)) + "]";
    out += column + " = " + column + ".fillna(pcap[" + python_string(other.title) + "])\n";
  }
  if (file.length_is_text)
    out += R"py(pcap["Length"] = pcap["Length"].str.replace(r"\D", "", regex=True).astype("int64")
)py";
  return out;
}

/// An expression for the Time column's texts, of which clocks and dates end with their clock.
std::string time_texts(const PandasFile& file) {
  std::string out = "pcap[\"Time\"]";
  const bool has_clock = file.time_form == TimeForm::date || file.time_form == TimeForm::clock;
  if (file.has_blank_times) out += ".ffill()";
  if (file.has_blank_times || file.first_time_is_blank) out += ".fillna(\"0\")";
  if (file.first_time_is_reference) out += R"py(.replace("*REF*", "0"))py";
  if (file.decimal_comma)
    out += has_clock ? R"py(.str.replace(r"(?<=:\d\d),", ".", regex=True))py" : R"py(.str.replace(",", "."))py";
  if (!has_clock) return out;
  if (file.lacks_some_fractions) out += R"py(.str.replace(r"(:\d\d:\d\d)(?![.\d])", r"\1.0", regex=True))py";
  if (file.twelve_hours)
    out += R"py(.str.replace(r"^(.*?:\d\d:\d\d(?:\.\d*)?)\s*([ap]).*", r"\1\2m", case=False, regex=True))py";
  else if (file.has_text_behind_clock && !file.is_zoned)
    out += R"py(.str.extract(r"^(.*?:\d\d:\d\d(?:\.\d*)?)", expand=False))py";
  return out;
}

/// What a clock shows goes on when it begins anew.
std::string going_on(const PandasFile& file) {
  if (!file.begins_anew) return {};
  const bool hour = file.time_form == TimeForm::minutes;
  return std::string(hour ? "turn = 3600 * 10**9  # the full hour\n" : "turn = 24 * 3600 * 10**9  # midnight\n") +
         R"py(beyond, before, times = 0, ns[0], []
for now in ns:
    if now - before < -turn / 2:
        beyond += turn
    elif now - before > turn / 2 and beyond > 0:
        beyond -= turn
    before = now
    times.append(now + beyond)
ns = pd.Series(times)
)py";
}

std::string nanoseconds(const PandasFile& file) {
  const std::string time = time_texts(file);
  constexpr std::string_view kWhole = ") // pd.Timedelta(1, \"ns\")\n";
  switch (file.time_form) {
    case TimeForm::date: {
      std::string out = "time = pd.to_datetime(" + time;
      if (!file.date_format.empty()) out += ", format=" + python_string(file.date_format);
      if (file.is_zoned) out += ", utc=True";
      return out.append(")\nns = (time - time[0]").append(kWhole) + going_on(file);
    }
    case TimeForm::clock:
    case TimeForm::timedelta: return ("ns = pd.to_timedelta(" + time).append(kWhole) + going_on(file);
    case TimeForm::minutes: return ("ns = pd.to_timedelta(\"00:\" + " + time).append(kWhole) + going_on(file);
    case TimeForm::with_units:
      return "time = " + time +
             R"py(.str.extract(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*m\w*)?\s*([\d.]+)\s*s$").fillna("0")
time = time.apply(lambda part: part.map(Decimal))
ns = ((time[0] * 3600 + time[1] * 60 + time[2]) * 10**9).map(round)
)py";
    case TimeForm::number: break;
  }
  return "ns = " + time + ".map(lambda number: round(Decimal(number) * 10**" + std::to_string(9 - file.unit_digits) +
         "))\n";
}

bool uses_decimal(const PandasFile& file) {
  return reads_times(file) && (file.time_form == TimeForm::number || file.time_form == TimeForm::with_units);
}

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

std::string reading_lines(const PandasFile& file) {
  std::string out = uses_decimal(file) ? "from decimal import Decimal\n" : "";
  out += "from fractions import Fraction\nfrom math import sqrt\n\nimport numpy as np\nimport pandas as pd\n\n";
  if (!file.capture_name.empty()) {
    out += "# Packets > Export csv here, or in Wireshark File > Export Packet Dissections > As CSV, makes this of\n# ";
    append_printable(out, file.capture_name);
    out += ":\n";
  }
  if (file.must_be_saved_again)
    out += "# read_csv does not find all packets of this file: save it with Packets > Export csv, in its place.\n";
  out += "pcap = pd.read_csv(" + python_string(file.name) + read_csv_options(file) + ")\n";
  out += renaming(file);
  out += cleaning(file);
  if (!reads_times(file)) {
    out += "\n# Times are not read: ";
    append_printable(out, file.why_no_times);
    return out + '\n';
  }
  out += "\n# Times as whole nanoseconds: a float cannot hold them exactly.\n";
  out += nanoseconds(file);
  if (file.is_delta) out += "ns = ns.cumsum()  # Time counts from the packet before\n";
  if (file.time_form != TimeForm::date && !file.starts_at_zero) out += "ns = ns - ns[0]\n";
  out += "gap = pd.Series(np.diff(ns))\n";
  out += "# (For a part of the trace, here its first second: part = ns <= 10**9; pcap, ns = pcap[part], ns[part])\n";
  return out;
}

}  // namespace tracedrop::exporting
