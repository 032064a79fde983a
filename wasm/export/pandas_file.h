// How the open file is read in pandas: everything that the lines for it depend on, gathered in one place, and the lines
// that read it. The rest of the lines (pandas_figures.h) then find the frame `pcap`, with the lab's column names, and
// its times as whole nanoseconds: a double holds no time since 1970 to the nanosecond.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "csv/layout.h"
#include "trace/trace.h"

namespace tracedrop::exporting {

/// How the Time column is read.
enum class TimeForm : uint8_t {
  number,      ///< 12.345678, in PandasFile::unit_digits' unit, since whatever moment
  date,        ///< a date and a clock, or a clock with AM and PM: PandasFile::date_format
  clock,       ///< 13:07:49.340190
  minutes,     ///< 07:49.3, within an hour
  with_units,  ///< 1h  2m 3.456789s
  timedelta,   ///< 0 days 00:00:00.008211
};

struct PandasFile {
  /// The csv to read; of a capture, the csv that is saved of it.
  std::string name = "trace.csv";
  /// The capture's own name when that is what is open; else empty.
  std::string capture_name;
  /// read_csv does not find every packet of this csv, however it is told to: it reads what the page saves of it.
  bool must_be_saved_again = false;

  std::string delimiter = ",";
  char quote = '"';
  bool escapes_with_backslash = false;  ///< and quotes nothing
  bool has_blanks_after_delimiters = false;
  bool rows_end_with_delimiter = false;
  /// As Python calls it; empty when it is UTF-8, or as good as.
  std::string encoding;
  bool is_utf8 = true;
  uint32_t lines_before_titles = 0;
  /// Of the packet list's columns, as the file writes them; empty for those that it lacks.
  std::array<std::string, csv::kListColumns> titles;
  /// A column that takes the place of one of these where its cell is empty: "ipv6.src".
  struct Alternate {
    csv::Column column;
    std::string title;
  };
  std::vector<Alternate> alternates;
  /// Columns, by the lab's names or their titles, of whose cells only the first value counts.
  std::vector<std::string> repeating;
  /// Lengths with a mark between the thousands, or with a unit: only their digits count.
  bool length_is_text = false;
  /// Why the lengths, or the times, cannot be read so; empty when they can.
  std::string why_no_lengths, why_no_times;
  /// Something else than a row follows: only so many rows can be read; else 0.
  uint32_t whole_rows = 0;

  TimeForm time_form = TimeForm::number;
  uint8_t unit_digits = 0;  ///< of TimeForm::number: it counts units of 10^-unit_digits seconds
  std::string date_format;  ///< of TimeForm::date, as strptime takes it; empty for an ISO date
  bool decimal_comma = false;
  bool is_zoned = false;               ///< ISO dates end in Z or an offset
  bool has_text_behind_clock = false;  ///< a zone's name, say, which says nothing certain
  bool twelve_hours = false;           ///< AM or PM stands behind the clock
  bool lacks_some_fractions = false;   ///< some clocks show decimals of a second, some do not
  bool is_delta = false;               ///< each is the time since the packet before
  bool begins_anew = false;            ///< clock: passes midnight; minutes: passes the full hour
  bool has_blank_times = false;        ///< such packets count as arriving together with the packet before them
  bool first_time_is_blank = false;
  bool first_time_is_reference = false;
  bool starts_at_zero = false;

  bool has(csv::Column column) const { return !titles[static_cast<size_t>(column)].empty(); }
};

/// What is open, as far as the trace itself does not tell it.
struct OpenFile {
  std::string_view name;  ///< without a folder; may be empty
  bool is_utf8 = true;
};

PandasFile pandas_file(const trace::Trace& trace, const OpenFile& open);

/// Lines that make `pcap` and, where times can be read, `ns` (whole nanoseconds since the first packet) and `gap`
/// (those between successive ones).
std::string reading_lines(const PandasFile& file);

/// "…" with what Python needs escaped.
std::string python_string(std::string_view text);

}  // namespace tracedrop::exporting
