// A csv as a stream of packets: from its first lines how it is written (head.h), then row by row No., Time and Length;
// counts bad rows.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/warning.h"
#include "csv/layout.h"
#include "csv/row_splitter.h"
#include "csv/time.h"
#include "csv/utf16_text.h"

namespace tracedrop::csv {

/// One packet of the file. The texts are unescaped and borrowed for the duration of the call; empty for absent columns.
struct CsvRow {
  uint64_t offset = 0;  ///< where the row begins in the (uncompressed) file
  uint32_t size = 0;    ///< its bytes, without the line end
  uint64_t line = 0;    ///< its first line, from 1
  /// Its form may be TimeForm::reference: then the row has no time of its own.
  TimeValue time;
  /// 0 without a Length column (CsvLayout::has_sizes).
  uint32_t length = 0;
  /// The No. column; 0 when it is absent or no number.
  uint32_t number = 0;
  /// From columns of their own, 0 without.
  uint16_t source_port = 0;
  uint16_t destination_port = 0;
  std::string_view source, destination, protocol, info;
};

class CsvSink {
 public:
  virtual ~CsvSink() = default;
  /// The header has been understood: called once, before any row.
  virtual void on_layout(const CsvLayout& layout) = 0;
  virtual void on_row(const CsvRow& row) = 0;
  /// "bad-row" (skipped rows), "unterminated-quote", "missing-column", "no-rows", "zero-bytes".
  virtual void on_warning(Warning warning) = 0;
};

/// Takes a file in chunks of any size. Total over any bytes; holds the file's beginning until it has been understood
/// (kHeadBytes of text), then one row at most (kMaxRowBytes) of what it was given.
class CsvReader final : private RawRowSink {
 public:
  CsvReader() = default;
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  void push(Bytes chunk, CsvSink& sink);
  /// The file has ended: its last row needs no line end.
  void finish(CsvSink& sink);

  /// True when this is no csv of packets; push() then does nothing.
  bool failed() const { return !failure_.empty(); }
  /// Why, in words for the user.
  const std::string& failure() const { return failure_; }
  const CsvLayout& layout() const { return layout_; }
  /// How times have been read so far.
  const TimeParser& times() const { return times_; }
  /// How the rows have turned out; final after finish().
  const RowsRead& rows_read() const { return rows_read_; }
  /// Rows skipped so far.
  uint64_t bad_rows() const { return bad_rows_; }

 private:
  void on_row(const RawRow& row) override;
  void on_broken_row(BrokenRow why, uint64_t line, uint64_t offset) override;

  void start(bool complete);
  void feed(Bytes chunk);
  void warn_missing_columns();
  bool read_row(const RawRow& row);
  bool read_lines(const RawRow& row);
  /// What is wrong with a row that has as many fields as it must.
  enum class Flaw : uint8_t { none, time, kind, length };
  Flaw read_values();
  Flaw read_time();
  std::string describe(Flaw flaw) const;
  void read_plain_cells(const RawRow& row);
  void read_fitted_cells();
  std::string_view cell(Column column) const { return cells_[static_cast<size_t>(column)]; }
  std::string_view unescaped(std::string_view raw);
  std::string_view first_of(std::string_view cell);
  void note_fit();
  void judge_rows();
  std::string misfit() const;
  uint64_t file_offset(uint64_t offset) { return utf16_ ? utf16_->file_offset(offset) : offset; }
  void emit(std::string_view bytes, uint64_t offset, uint64_t line);
  void warn_bad_row(uint64_t line, uint64_t offset, const std::string& why);

  CsvSink* sink_ = nullptr;  // during push and finish
  std::string head_;         // until it is known how the file is written
  std::unique_ptr<RowSplitter> splitter_;
  std::optional<Utf16Text> utf16_;
  std::string text_;      // of the chunk at hand, decoded
  size_t text_skip_ = 0;  // of it, before the first row
  CsvLayout layout_;
  RowShape shape_;
  bool is_usual_ = false;    // the dialect: rows come with their fields
  bool is_one_each_ = true;  // every column has one field, and that one value
  struct Place {
    uint32_t field;
    uint32_t column;
  };
  std::array<Place, kColumns> places_;  // of the columns that the file has
  uint32_t placed_ = 0;
  bool has_ports_ = false;
  std::string failure_;
  TimeParser times_;
  uint64_t rows_ = 0;
  bool has_first_time_ = false;
  TimeValue first_time_;
  CsvRow row_;
  std::array<std::string_view, kColumns> cells_;
  RowFields fields_;       // of a row that is not read at first sight
  std::string unescaped_;  // values of the current row that had quotes in them
  uint64_t bad_rows_ = 0;
  RowsRead rows_read_;
  uint64_t rows_dropping_ = 0;        // empty fields at their end
  uint64_t open_quote_ = UINT64_MAX;  // the line of the first row that nothing ends
};

}  // namespace tracedrop::csv
