// Csv texts in tests: an obviously right splitter to compare with, and files pushed in every possible way.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/text.h"
#include "catch.h"
#include "csv/field.h"
#include "csv/row_splitter.h"
#include "trace/csv_builder.h"

namespace tracedrop::test {

using Fields = std::vector<std::string>;

/// A row as a splitter gives it.
struct SplitRow {
  Fields fields;
  uint64_t offset = 0;
  uint64_t line = 0;
  std::string bytes;
  bool operator==(const SplitRow& other) const {
    return fields == other.fields && offset == other.offset && line == other.line && bytes == other.bytes;
  }
};

inline std::ostream& operator<<(std::ostream& out, const SplitRow& row) {
  out << "line " << row.line << " at " << row.offset << ":";
  for (const std::string& field : row.fields) out << " {" << field << "}";
  return out;
}

/// Calls push with `text` whole, byte by byte and cut in two at every place; check() must hold after each.
inline void every_fragmentation(std::string_view text,
                                const std::function<void(const std::vector<std::string>&)>& check) {
  check({std::string(text)});
  std::vector<std::string> bytes;
  for (const char c : text) bytes.emplace_back(1, c);
  INFO("byte by byte");
  check(bytes);
  for (size_t at = 1; at < text.size(); ++at) {
    INFO("split at " << at);
    check({std::string(text.substr(0, at)), std::string(text.substr(at))});
  }
}

/// The grammar of row_splitter.h, one character after the other over the whole text.
inline std::vector<SplitRow> split_slowly(std::string_view text, char delimiter) {
  std::vector<SplitRow> rows;
  size_t at = 0;
  uint64_t line = 1;
  while (at < text.size()) {
    SplitRow row;
    row.offset = at;
    row.line = line;
    std::string field;
    bool in_quotes = false, field_begins = true, row_ended = false;
    for (; at < text.size() && !row_ended; ++at) {
      const char c = text[at];
      if (c == '\n') ++line;
      if (in_quotes) {
        if (c == '"' && at + 1 < text.size() && text[at + 1] == '"') {
          field += '"';
          ++at;
        } else if (c == '"') {
          in_quotes = false;
        } else {
          field += c;
        }
      } else if (c == '"' && field_begins) {
        in_quotes = true;
      } else if (c == delimiter) {
        row.fields.push_back(field);
        field.clear();
        field_begins = true;
        continue;
      } else if (c == '\n') {
        row_ended = true;
      } else {
        field += c;
      }
      field_begins = false;
    }
    if (in_quotes) break;  // the text ends within them
    row.bytes = std::string(text.substr(row.offset, at - row.offset - (row_ended ? 1 : 0)));
    if (!row.bytes.empty() && row.bytes.back() == '\r') {
      row.bytes.pop_back();
      field.pop_back();
    }
    row.fields.push_back(field);
    if (!row.bytes.empty()) rows.push_back(row);
  }
  return rows;
}

/// What RowSplitter makes of the pieces.
class SplitNotes final : public csv::RawRowSink {
 public:
  explicit SplitNotes(const std::vector<std::string>& pieces, char delimiter = ',') {
    csv::Dialect dialect;
    dialect.delimiter = static_cast<uint8_t>(delimiter);
    csv::RowSplitter splitter(dialect, 0, 1, *this);
    for (const std::string& piece : pieces) splitter.push(Bytes::of(piece));
    splitter.finish();
  }
  void on_row(const csv::RawRow& raw) override {
    SplitRow row;
    row.offset = raw.offset;
    row.line = raw.line;
    row.bytes = std::string(raw.bytes.text());
    for (uint32_t i = 0; i < raw.fields && i < csv::kMaxFields; ++i) {
      std::string_view plain;
      std::string& field = row.fields.emplace_back();
      if (raw.plain && csv::plain_value(raw.raw_field(i), plain)) {
        field = std::string(plain);
      } else {
        csv::append_unescaped(field, raw.raw_field(i));
      }
    }
    rows.push_back(row);
  }
  void on_broken_row(csv::BrokenRow why, uint64_t line, uint64_t offset) override {
    std::string& text =
        broken.emplace_back(why == csv::BrokenRow::too_long ? "too long: line " : "unterminated: line ");
    append_number(text, line);
    append_number(text += " at ", offset);
  }

  std::vector<SplitRow> rows;
  std::vector<std::string> broken;
};

/// A cell as Wireshark writes it.
inline std::string in_quotes(std::string_view cell) {
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

/// A csv file made into a trace, pushed in pieces.
struct Built {
  explicit Built(std::string_view file, size_t piece = SIZE_MAX) {
    for (size_t at = 0; at < file.size(); at += std::min(piece, file.size() - at)) {
      const std::string own(file.substr(at, piece));
      builder.push(Bytes::of(own));
    }
    builder.finish();
  }
  trace::Trace trace;
  trace::CsvBuilder builder{trace};
};

inline std::string number_of(dissect::PacketIndex packet) {
  return packet == dissect::kNoPacket ? "-" : std::to_string(packet + 1);
}

/// "3 by 5 D-SACK": packet 3 was needless, packet 5 proves it.
inline std::string needless(const trace::Trace& trace) {
  std::string out;
  for (const dissect::NeedlessRetransmission& found : trace.findings.needless) {
    out += (out.empty() ? "" : ", ") + number_of(found.retransmission) + " by " + number_of(found.proof);
    out += found.why == dissect::NeedlessRetransmission::Why::duplicate_sack ? " D-SACK" : " acked";
  }
  return out;
}

}  // namespace tracedrop::test
