// Delimited text, split into rows and fields while it streams by (RFC 4180, and what real files make of it).
//
//   row    = field *(delimiter field) line-end          line-end = LF / CR LF, or the end of the file
//   field  = *char / quote *(char / quote quote) quote  within quotes, delimiters and line ends are text
//
// A quote that does not begin its field is text (`say "hi"`), and what follows a closing quote up to the delimiter is
// text too (`"a"b` is ab): so does Python's csv module read them. Empty lines are no rows, and zero bytes around a row
// (what an interrupted write leaves behind) belong to none.
//
// In other dialects (dialect.h) only the rows are told apart here; fields.h cuts them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "csv/dialect.h"
#include "csv/fields.h"

namespace tracedrop::csv {

/// Longer rows are given up: an opening quote that nothing closes must not swallow the file.
inline constexpr size_t kMaxRowBytes = size_t{1} << 20;
/// One row; everything in it is borrowed for the duration of the call.
struct RawRow {
  Bytes bytes;                     ///< without its line end
  uint64_t offset = 0;             ///< of its first byte in the file
  uint64_t line = 0;               ///< number of its first line, from 1
  uint32_t fields = 0;             ///< how many there are; meaningful in the usual dialect only, like what follows
  const uint32_t* ends = nullptr;  ///< where each field ends in `bytes`; min(fields, kMaxFields) of them
  /// False when some field may hold a doubled or misplaced quote, so that its value must be unescaped.
  bool plain = true;
  /// Some quote stands neither at its field's beginning nor at its end.
  bool has_stray_quote = false;

  /// The bytes of field i < min(fields, kMaxFields), quotes included.
  std::string_view raw_field(uint32_t i) const {
    const size_t begin = i == 0 ? 0 : ends[i - 1] + size_t{1};
    return {bytes.text().data() + begin, ends[i] - begin};
  }
};

enum class BrokenRow : uint8_t {
  too_long,      ///< more than kMaxRowBytes; reading goes on at the next line
  unterminated,  ///< the file ends within quotes; reading goes on at the next line, if there is one
  open_line,     ///< its line ends within quotes, and too many rows before were one of the two above
};

class RawRowSink {
 public:
  virtual ~RawRowSink() = default;
  virtual void on_row(const RawRow& row) = 0;
  virtual void on_broken_row(BrokenRow why, uint64_t line, uint64_t offset) = 0;
};

/// Takes chunks of any size and gives the same rows however the text was cut. Holds at most one row that began in an
/// earlier chunk.
class RowSplitter {
 public:
  /// `offset` and `line`: where the first byte that will be pushed stands in the file.
  RowSplitter(const Dialect& dialect, uint64_t offset, uint64_t line, RawRowSink& sink);
  void push(Bytes chunk);
  void finish();
  /// Zero bytes before, between and after rows so far.
  uint64_t zero_bytes() const { return zero_bytes_; }
  /// The line on which the first of them stand; 0 when some stand on a row's own line.
  uint64_t zero_line() const { return zero_line_; }

 private:
  enum class Mode : uint8_t { blocks, bytes, lines, skip_line };
  enum class Within : uint8_t { field_start, plain, quotes, closing };

  size_t scan_blocks(const Bytes& chunk, size_t at);
  size_t scan_bytes(const Bytes& chunk, size_t at);
  size_t scan_lines(const Bytes& chunk, size_t at);
  size_t skip_line(const Bytes& chunk, size_t at);
  bool scan_byte(uint8_t byte, size_t at_in_row);
  void restart_by_bytes();
  void start_row(uint64_t offset, uint64_t line);
  void end_field(size_t at_in_row) {
    if (fields_ < kMaxFields) ends_[fields_] = static_cast<uint32_t>(at_in_row);
    ++fields_;
  }
  bool ends_line(uint8_t byte, size_t at_in_row);
  bool end_row(const Bytes& chunk, size_t end);
  size_t give_up_row(const Bytes& chunk);
  size_t give_up_line(const Bytes& chunk, size_t end);
  size_t leading_zeros(const Bytes& chunk) const;
  void emit(const uint8_t* data, size_t size) {
    if (size > 0 && (data[0] == 0 || data[size - 1] == 0)) return emit_within_zeros(data, size);
    emit_row(data, size);
  }
  void emit_row(const uint8_t* data, size_t size) {
    if (size > 0 && data[size - 1] == '\r') --size;
    if (size == 0) return;
    end_field(size);
    sink_.on_row({{data, size}, row_offset_, row_line_, fields_, ends_.data(), !doubled_, mode_ == Mode::bytes});
  }
  void emit_within_zeros(const uint8_t* data, size_t size);
  void keep_rest(const Bytes& chunk);

  RawRowSink& sink_;
  const Dialect dialect_;
  const uint8_t delimiter_, quote_;
  const Mode first_mode_;  // in which a row is begun
  Mode mode_ = first_mode_;
  Within within_ = Within::field_start;  // in Mode::bytes

  // The row that is being read: its bytes from earlier chunks, and where it goes on in this one.
  std::vector<uint8_t> carry_;
  size_t begin_ = 0;
  uint64_t row_offset_ = 0;
  const uint64_t first_offset_;
  /// Bytes of given up rows, which are read again from their second lines on. What is read again has a limit, so that
  /// work grows with the file: beyond it a row must close its quotes on its own line.
  uint64_t read_again_ = 0;
  bool only_lines_ = false;
  uint64_t row_line_ = 1;
  uint64_t inner_newlines_ = 0;
  uint64_t behind_cr_ = UINT64_MAX;  // where CR ends lines: an LF there belongs to it
  bool counts_ = true;               // the line end at hand is no LF of a CR LF
  uint64_t zero_bytes_ = 0;
  uint64_t zero_line_ = UINT64_MAX;
  uint32_t fields_ = 0;
  bool doubled_ = false;
  std::array<uint32_t, kMaxFields> ends_;

  // In Mode::blocks, what the last byte was: within quotes (all ones); a place where a quote may open (1); a closing
  // quote (1).
  uint64_t inside_ = 0;
  uint64_t may_open_ = 1;
  uint64_t closed_ = 0;
};

}  // namespace tracedrop::csv
