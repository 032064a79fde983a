#include "csv/layout.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/text.h"
#include "csv/field.h"

namespace tracedrop::csv {

namespace {

struct KnownName {
  std::string_view name;  ///< folded
  Column column;
  bool delta = false;
};

/// For each column the better names first: the best one that the file has is taken, the others stay extra columns.
constexpr KnownName kNames[] = {
    {"no", Column::number},
    {"framenumber", Column::number},
    {"number", Column::number},
    {"packetnumber", Column::number},
    {"wscolnumber", Column::number},
    {"time", Column::time},
    {"frametimeepoch", Column::time},
    {"frametime", Column::time},
    {"frametimerelative", Column::time},
    {"wscoltime", Column::time},
    {"wscolclstime", Column::time},
    {"wscolabstime", Column::time},
    {"wscolreltime", Column::time},
    {"epochtime", Column::time},
    {"absolutetime", Column::time},
    {"utctime", Column::time},
    {"utcdatetime", Column::time},
    {"datetime", Column::time},
    {"timestamp", Column::time},
    {"relativetime", Column::time},
    {"timeofday", Column::time},
    {"deltatime", Column::time, true},
    {"timedelta", Column::time, true},
    {"frametimedelta", Column::time, true},
    {"wscoldeltatime", Column::time, true},
    {"timesinceprevious", Column::time, true},
    {"timesincepreviousframe", Column::time, true},
    {"timesincepreviouspacket", Column::time, true},
    {"deltatimedisplayed", Column::time, true},
    {"timedeltadisplayed", Column::time, true},
    {"frametimedeltadisplayed", Column::time, true},
    {"timedeltafrompreviouscapturedframe", Column::time, true},
    {"timedeltafrompreviousdisplayedframe", Column::time, true},
    {"source", Column::source},
    {"src", Column::source},
    {"sourceaddress", Column::source},
    {"srcaddr", Column::source},
    {"wscolsource", Column::source},
    {"wscoldefsrc", Column::source},
    {"ipsrc", Column::source},
    {"srcip", Column::source},
    {"sourceip", Column::source},
    {"destination", Column::destination},
    {"dst", Column::destination},
    {"dest", Column::destination},
    {"destinationaddress", Column::destination},
    {"dstaddr", Column::destination},
    {"wscoldestination", Column::destination},
    {"wscoldefdst", Column::destination},
    {"ipdst", Column::destination},
    {"dstip", Column::destination},
    {"destinationip", Column::destination},
    {"protocol", Column::protocol},
    {"proto", Column::protocol},
    {"wscolprotocol", Column::protocol},
    {"length", Column::length},
    {"framelen", Column::length},
    {"framelength", Column::length},
    {"packetlength", Column::length},
    {"packetsize", Column::length},
    {"wscolpacketlength", Column::length},
    {"len", Column::length},
    {"size", Column::length},
    {"info", Column::info},
    {"information", Column::info},
    {"wscolinfo", Column::info},
    {"srcport", Column::source_port},
    {"sourceport", Column::source_port},
    {"tcpsrcport", Column::source_port},
    {"udpsrcport", Column::source_port},
    {"wscolsrcport", Column::source_port},
    {"dstport", Column::destination_port},
    {"destport", Column::destination_port},
    {"destinationport", Column::destination_port},
    {"tcpdstport", Column::destination_port},
    {"udpdstport", Column::destination_port},
    {"wscoldstport", Column::destination_port},
};

/// Letters and digits only, in lower case.
std::string folded(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

constexpr size_t kUnknownName = std::size(kNames);

size_t rank_of(std::string_view name) {
  const std::string key = folded(name);
  if (key.empty() && trimmed(name) == "#") return 0;
  const auto known =
      std::find_if(std::begin(kNames), std::end(kNames), [&](const KnownName& k) { return k.name == key; });
  return static_cast<size_t>(known - std::begin(kNames));
}

void append_list(std::string& out, const std::vector<std::string>& names) {
  constexpr size_t kShown = 12, kLongest = 40;
  for (size_t i = 0; i < names.size() && i < kShown; ++i) {
    if (i > 0) out += ", ";
    out += '"';
    append_printable(out, std::string_view(names[i]).substr(0, kLongest));
    out += names[i].size() > kLongest ? "…\"" : "\"";
  }
  if (names.size() > kShown) out += ", …";
}

std::string missing_columns(const CsvLayout& layout, const std::vector<std::string>& names) {
  const bool time = !layout.has(Column::time), length = !layout.has(Column::length);
  std::string text = "This csv's first line does not name the ";
  text += time && length ? "columns Time and Length" : time ? "column Time" : "column Length";
  text += ". Found: ";
  append_list(text, names);
  text +=
      ". Export it in Wireshark with File > Export Packet Dissections > As CSV, which writes No., Time, Source, "
      "Destination, "
      "Protocol, Length and Info with their titles in the first line.";
  return text;
}

}  // namespace

std::string_view column_title(Column column) {
  constexpr std::array<std::string_view, kColumns> kTitles = {
      "No.", "Time", "Source", "Destination", "Protocol", "Length", "Info", "Source port", "Destination port"};
  return kTitles[static_cast<size_t>(column)];
}

uint8_t find_delimiter(std::string_view first_line) {
  constexpr std::string_view kDelimiters = ",;\t";
  std::array<size_t, 3> count{};
  bool quoted = false;
  for (const char c : first_line) {
    if (c == '"') quoted = !quoted;
    const size_t which = kDelimiters.find(c);
    if (!quoted && which != std::string_view::npos) ++count[which];
  }
  const auto most = std::max_element(count.begin(), count.end());
  return *most == 0 ? uint8_t{0} : static_cast<uint8_t>(kDelimiters[static_cast<size_t>(most - count.begin())]);
}

bool read_layout(const RawRow& header, uint8_t delimiter, CsvLayout& layout, std::string& failure) {
  layout = {};
  layout.delimiter = delimiter;
  layout.fields = std::min(header.fields, kMaxFields);
  std::vector<std::string> names(layout.fields);
  std::vector<size_t> ranks(layout.fields);
  std::array<size_t, kColumns> best;
  best.fill(kUnknownName);
  for (uint32_t i = 0; i < layout.fields; ++i) {
    append_unescaped(names[i], header.raw_field(i));
    ranks[i] = rank_of(names[i]);
    if (ranks[i] == kUnknownName) continue;
    const auto column = static_cast<size_t>(kNames[ranks[i]].column);
    if (ranks[i] < best[column]) {
      best[column] = ranks[i];
      layout.at[column] = i;
    }
  }
  for (uint32_t i = 0; i < layout.fields; ++i) {
    const bool listed = ranks[i] != kUnknownName && static_cast<size_t>(kNames[ranks[i]].column) < kListColumns &&
                        layout.field(kNames[ranks[i]].column) == i;
    if (listed) continue;
    layout.extra_fields.push_back(i);
    layout.extra_names.push_back(names[i]);
  }
  if (!layout.has(Column::time) || !layout.has(Column::length)) {
    failure = missing_columns(layout, names);
    return false;
  }
  layout.time_is_delta = kNames[ranks[layout.field(Column::time)]].delta;
  layout.titles = std::move(names);
  return true;
}

namespace {

/// The row's one caller of interest: fills the cells from the fields.
class CellFiller : public RawRowSink {
 public:
  CellFiller(const CsvLayout& layout, RowCells& cells) : layout_(layout), cells_(cells) {}
  void on_row(const RawRow& row) override {
    for (size_t i = 0; i < kListColumns; ++i) fill(cells_.list[i], row, layout_.at[i]);
    for (size_t i = 0; i < layout_.extra_fields.size(); ++i) fill(cells_.extra[i], row, layout_.extra_fields[i]);
  }
  void on_broken_row(BrokenRow, uint64_t, uint64_t) override {}

 private:
  static void fill(std::string& cell, const RawRow& row, uint32_t field) {
    cell.clear();
    if (field < std::min(row.fields, kMaxFields)) append_unescaped(cell, row.raw_field(field));
  }

  const CsvLayout& layout_;
  RowCells& cells_;
};

}  // namespace

void read_row_cells(Bytes row, const CsvLayout& layout, RowCells& cells) {
  for (std::string& cell : cells.list) cell.clear();
  cells.extra.resize(layout.extra_fields.size());
  for (std::string& cell : cells.extra) cell.clear();
  CellFiller filler(layout, cells);
  RowSplitter splitter(layout.delimiter, 0, filler);
  splitter.push(row);
  splitter.finish();
}

}  // namespace tracedrop::csv
