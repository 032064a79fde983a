#include <array>

#include "base/text.h"
#include "export/pandas_file.h"

namespace tracedrop::exporting {

namespace {

using csv::Column;

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
  if (file.has_bad_rows) {
    add("dtype=str, on_bad_lines=\"skip\"");
    return out;
  }
  const auto text = [&](Column column) { return python_string(file.titles[static_cast<size_t>(column)]) + ": str"; };
  const bool time_is_text = file.time_form == TimeForm::number || file.time_form == TimeForm::minutes;
  if (time_is_text && file.length_is_text) add("dtype={" + text(Column::time) + ", " + text(Column::length) + "}");
  if (time_is_text && !file.length_is_text) add("dtype={" + text(Column::time) + "}");
  if (!time_is_text && file.length_is_text) add("dtype={" + text(Column::length) + "}");
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
    case TimeForm::number: return R"py([-+]?\d{0,19}(?:[.,]\d*)?(?:[eE][-+]?\d+)?)py";
    case TimeForm::iso_date: return R"py(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d.*)py";
    case TimeForm::clock: return R"py(\d\d?:\d\d:\d\d.*)py";
    case TimeForm::date: return R"py(.*\d:\d\d:\d\d.*)py";
    case TimeForm::minutes: return R"py(\d\d?:\d\d(?:[.,]\d*)?)py";
    case TimeForm::timedelta: return R"py(-?\d+ days? .*\d)py";
    case TimeForm::with_units: break;
  }
  return R"py(.*\d *s)py";
}

/// Leaves out what is no packet, and makes numbers of lengths that are written otherwise.
std::string cleaning(const PandasFile& file) {
  std::string out;
  if (file.has_bad_rows) {
    out += "# Rows whose Time or Length is none are left out.\ngood = pcap[\"Time\"].str.fullmatch(r\"";
    out += time_pattern(file.time_form);
    out += "\", na=False)\n";
    if (file.has(Column::length)) {
      out += "good &= pcap[\"Length\"].str.fullmatch(r\"\\s*\\d[\\d.,' ]*[A-Za-z]*\\s*\", na=False)\n";
    }
    out += "pcap = pcap[good].reset_index(drop=True)\n";
  }
  if (file.length_is_text) {
    out += R"py(pcap["Length"] = pcap["Length"].str.replace(r"\D", "", regex=True).astype("int64")
)py";
  } else if (file.has_bad_rows && file.has(Column::length)) {
    out += R"py(pcap["Length"] = pcap["Length"].astype(float).astype("int64")
)py";
  }
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
  const bool half_days = file.date_format.find("%p") != file.date_format.npos;
  if (half_days) out += R"py(.str.replace(r"\s*([ap])\.?m\.?", r" \1m", case=False, regex=True))py";
  if (file.time_form == TimeForm::date)
    out += half_days ? R"py(.str.extract(r"^(.*:\d\d(?:\.\d*)? *[apAP][mM])", expand=False))py"
                     : R"py(.str.extract(r"^(.*:\d\d(?:\.\d*)?)", expand=False))py";
  if (file.time_form == TimeForm::iso_date && file.has_zone_name)
    out += R"py(.str.extract(r"^([-\d]+.[\d:.]+)", expand=False))py";
  return out;
}

/// What a clock shows goes on when it begins anew.
std::string going_on(const PandasFile& file) {
  if (!file.begins_anew) return {};
  const bool day = file.time_form == TimeForm::clock;
  return std::string(day ? "turn = 24 * 3600 * 10**9  # midnight\n" : "turn = 3600 * 10**9  # the full hour\n") +
         "turns = (ns.diff() < -turn / 2).cumsum() - (ns.diff() > turn / 2).cumsum()\nns += turn * turns\n";
}

std::string nanoseconds(const PandasFile& file) {
  const std::string time = time_texts(file);
  constexpr std::string_view kSinceFirst = "ns = (time - time[0]) // pd.Timedelta(1, \"ns\")\n";
  constexpr std::string_view kWhole = " // pd.Timedelta(1, \"ns\")\n";
  switch (file.time_form) {
    case TimeForm::iso_date:
      return ("time = pd.to_datetime(" + time + (file.is_zoned ? ", utc=True" : "") + ")\n").append(kSinceFirst);
    case TimeForm::date:
      return ("time = pd.to_datetime(" + time + ", format=" + python_string(file.date_format) + ")\n")
          .append(kSinceFirst);
    case TimeForm::clock:
      if (file.date_format.empty()) return ("ns = pd.to_timedelta(" + time + ")").append(kWhole) + going_on(file);
      return ("time = pd.to_datetime(" + time + ", format=" + python_string(file.date_format) + ")\n")
                 .append(kSinceFirst) +
             going_on(file);
    case TimeForm::minutes: return ("ns = pd.to_timedelta(\"00:\" + " + time + ")").append(kWhole) + going_on(file);
    case TimeForm::timedelta: return ("ns = pd.to_timedelta(" + time + ")").append(kWhole);
    case TimeForm::with_units:
      return "time = " + time +
             R"py(.str.extract(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*m\w*)?\s*([\d.]+)\s*s$").fillna("0"))py" +
             "\ntime = time.apply(lambda part: part.map(Decimal))\n"
             "ns = ((time[0] * 3600 + time[1] * 60 + time[2]) * 10**9).map(round)\n";
    case TimeForm::number: break;
  }
  return "ns = " + time + ".map(lambda number: round(Decimal(number) * 10**" + std::to_string(9 - file.unit_digits) +
         "))\n";
}

bool uses_decimal(TimeForm form) { return form == TimeForm::number || form == TimeForm::with_units; }

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
  std::string out = uses_decimal(file.time_form) ? "from decimal import Decimal\n" : "";
  out += "from fractions import Fraction\nfrom math import sqrt\n\nimport numpy as np\nimport pandas as pd\n\n";
  if (!file.capture_name.empty()) {
    out += "# Packets > Export csv here, or in Wireshark File > Export Packet Dissections > As CSV, makes this of\n# ";
    append_printable(out, file.capture_name);
    out += ":\n";
  }
  if (file.must_be_saved_again)
    out += "# read_csv cannot read this file as it is: save it with Packets > Export csv, in its place.\n";
  out += "pcap = pd.read_csv(" + python_string(file.name) + read_csv_options(file) + ")\n";
  out += renaming(file);
  out += cleaning(file);
  out += "\n# Times as whole nanoseconds: a float cannot hold them exactly.\n";
  out += nanoseconds(file);
  if (file.is_delta) out += "ns = ns.cumsum()  # Time counts from the packet before\n";
  const bool from_first = file.time_form == TimeForm::iso_date || file.time_form == TimeForm::date ||
                          (file.time_form == TimeForm::clock && !file.date_format.empty());
  if (!from_first && !file.starts_at_zero) out += "ns = ns - ns[0]\n";
  out += "gap = pd.Series(np.diff(ns))\n";
  out += "# (For a part of the trace, here its first second: part = ns <= 10**9; pcap, ns = pcap[part], ns[part])\n";
  return out;
}

}  // namespace tracedrop::exporting
