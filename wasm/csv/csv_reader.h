// Wireshark's csv as a stream of packets: splits rows, finds the columns, reads No., Time and Length; counts bad rows.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/warning.h"
#include "csv/layout.h"
#include "csv/row_splitter.h"
#include "csv/time.h"

namespace tracedrop::csv {

/// One packet of the file. The texts are unescaped and borrowed for the duration of the call; empty for absent columns.
struct CsvRow {
  uint64_t offset = 0;  ///< where the row begins in the (uncompressed) file
  uint32_t size = 0;    ///< its bytes, without the line end
  uint64_t line = 0;    ///< its first line, from 1
  TimeValue time;
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
  /// "bad-row" (skipped rows), "unterminated-quote", "missing-column".
  virtual void on_warning(Warning warning) = 0;
};

/// Takes a file in chunks of any size. Total over any bytes; holds one row at most (kMaxRowBytes) of what it was given.
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
  /// Rows skipped so far.
  uint64_t bad_rows() const { return bad_rows_; }

 private:
  void on_row(const RawRow& row) override;
  void on_broken_row(BrokenRow why, uint64_t line, uint64_t offset) override;

  void read_first_line(bool complete);
  void read_header(const RawRow& row);
  bool read_row(const RawRow& row);
  void read_cells(const RawRow& row);
  std::string_view cell(Column column) const { return cells_[static_cast<size_t>(column)]; }
  std::string_view unescaped(std::string_view raw);
  void bad_row(const RawRow& row, const std::string& why);
  void warn_bad_row(uint64_t line, uint64_t offset, const std::string& why);

  CsvSink* sink_ = nullptr;  // during push and finish
  std::string first_line_;   // until the delimiter is known
  std::unique_ptr<RowSplitter> splitter_;
  CsvLayout layout_;
  bool has_layout_ = false;
  std::string failure_;
  TimeParser times_;
  bool has_first_time_ = false;
  TimeValue first_time_;
  CsvRow row_;
  std::array<std::string_view, kColumns> cells_;
  std::string unescaped_;  // values of the current row that had quotes in them
  uint64_t bad_rows_ = 0;
};

}  // namespace tracedrop::csv
