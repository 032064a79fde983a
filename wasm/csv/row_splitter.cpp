#include "csv/row_splitter.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "csv/scan.h"

namespace tracedrop::csv {

namespace {

// Of bytes that are read again: so many at any rate, and for each byte of the file. A good file hardly ever has a quote
// that nothing closes; with one in every 128 KB each is still given up by itself.
constexpr uint64_t kFreeReadAgain = 4 << 20;
constexpr uint64_t kReadAgainPerByte = 8;

/// The first line end in the bytes, or `last`.
const uint8_t* find_line_end(const uint8_t* first, const uint8_t* last, const Dialect& dialect) {
  if (!dialect.cr_ends_lines) return std::find(first, last, uint8_t{'\n'});
  return std::find_if(first, last, [](uint8_t byte) { return byte == '\n' || byte == '\r'; });
}

}  // namespace

RowSplitter::RowSplitter(const Dialect& dialect, uint64_t offset, uint64_t line, RawRowSink& sink)
    : sink_(sink),
      dialect_(dialect),
      delimiter_(dialect.delimiter),
      quote_(dialect.quote),
      first_mode_(dialect.is_usual()                    ? Mode::blocks
                  : dialect.quoting == Quoting::doubled ? Mode::bytes
                                                        : Mode::lines),
      first_offset_(offset) {
  start_row(offset, line);
}

void RowSplitter::push(Bytes chunk) {
  begin_ = 0;
  for (size_t at = 0; at < chunk.size();) {
    switch (mode_) {
      case Mode::blocks: at = scan_blocks(chunk, at); break;
      case Mode::bytes: at = scan_bytes(chunk, at); break;
      case Mode::lines: at = scan_lines(chunk, at); break;
      case Mode::skip_line: at = skip_line(chunk, at); break;
    }
  }
  keep_rest(chunk);
}

void RowSplitter::finish() {
  while (!carry_.empty()) {
    begin_ = 0;
    const bool open = mode_ == Mode::bytes ? within_ == Within::quotes : mode_ == Mode::blocks && inside_ != 0;
    if (!open) {
      end_row({}, 0);
      return;
    }
    sink_.on_broken_row(BrokenRow::unterminated, row_line_, row_offset_);
    read_again_ += carry_.size();
    const std::vector<uint8_t> row = std::exchange(carry_, {});
    const uint8_t* const last = row.data() + row.size();
    const uint8_t* const newline = find_line_end(row.data(), last, dialect_);
    if (newline == last) return;
    const auto next = static_cast<size_t>(newline - row.data()) + 1;
    start_row(row_offset_ + next, row_line_ + 1);
    push(Bytes(row.data(), row.size()).from(next));
  }
}

void RowSplitter::start_row(uint64_t offset, uint64_t line) {
  only_lines_ =
      first_mode_ != Mode::lines && read_again_ > kFreeReadAgain + kReadAgainPerByte * (offset - first_offset_);
  mode_ = only_lines_ ? Mode::bytes : first_mode_;
  within_ = Within::field_start;
  row_offset_ = offset;
  row_line_ = line;
  inner_newlines_ = 0;
  fields_ = 0;
  doubled_ = only_lines_;
  inside_ = 0;
  may_open_ = 1;
  closed_ = 0;
}

/// Sixty-four bytes at a time, quotes counted as pairs: right for every row whose opening quotes begin their fields. At
/// the first that does not, the row is read again byte by byte.
size_t RowSplitter::scan_blocks(const Bytes& chunk, size_t at) {
  const uint8_t* data = chunk.data();
  while (at < chunk.size()) {
    const size_t count = std::min(kScanBytes, chunk.size() - at);
    const ScanBits bits = count == kScanBytes ? scan64(data + at, delimiter_) : scan_tail(data + at, count, delimiter_);
    const uint64_t inside = odd_up_to(bits.quote) ^ inside_;
    const uint64_t opening = bits.quote & inside;
    const uint64_t closing = bits.quote & ~inside;
    const uint64_t special = bits.quote | bits.delimiter | bits.newline;
    const uint64_t stray = opening & ~(special << 1 | may_open_);
    const uint64_t doubled = opening & (closing << 1 | closed_);

    uint64_t events = ((bits.delimiter & ~inside) | bits.newline) & (stray == 0 ? ~uint64_t{0} : (stray & -stray) - 1);
    doubled_ |= doubled != 0;
    for (; events != 0; events &= events - 1) {
      const auto bit = static_cast<unsigned>(std::countr_zero(events));
      const size_t place = at + bit;
      if ((bits.newline >> bit & 1) == 0) {
        end_field(carry_.size() + place - begin_);
      } else if ((inside >> bit & 1) != 0) {
        ++inner_newlines_;
      } else {
        if (!end_row(chunk, place)) return give_up_row(chunk);
        doubled_ = doubled != 0;
      }
    }
    if (stray != 0) {
      restart_by_bytes();
      return begin_;
    }
    at += count;
    const auto last = static_cast<unsigned>(count - 1);
    inside_ = uint64_t{0} - (inside >> last & 1);
    may_open_ = special >> last & 1;
    closed_ = closing >> last & 1;
    if (carry_.size() + at - begin_ > kMaxRowBytes) return give_up_row(chunk);
  }
  return at;
}

void RowSplitter::restart_by_bytes() {
  mode_ = Mode::bytes;
  within_ = Within::field_start;
  inner_newlines_ = 0;
  fields_ = 0;
  doubled_ = true;
  // Up to the stray quote both ways of reading agree, so the row cannot end in what is kept of it.
  for (size_t i = 0; i < carry_.size(); ++i) scan_byte(carry_[i], i);
}

size_t RowSplitter::scan_bytes(const Bytes& chunk, size_t at) {
  for (; at < chunk.size(); ++at) {
    const size_t at_in_row = carry_.size() + at - begin_;
    if (scan_byte(chunk.u8(at), at_in_row)) return end_row(chunk, at) ? at + 1 : give_up_row(chunk);
    if (only_lines_ && within_ == Within::quotes && inner_newlines_ != 0) return give_up_line(chunk, at);
    if (at_in_row >= kMaxRowBytes) return give_up_row(chunk);
  }
  return at;
}

/// Where rows are lines, whatever quotes they hold.
size_t RowSplitter::scan_lines(const Bytes& chunk, size_t at) {
  for (; at < chunk.size(); ++at) {
    const size_t at_in_row = carry_.size() + at - begin_;
    if (ends_line(chunk.u8(at), at_in_row)) return end_row(chunk, at) ? at + 1 : give_up_row(chunk);
    if (at_in_row >= kMaxRowBytes) return give_up_row(chunk);
  }
  return at;
}

/// Whether the byte ends a line; counts_ then tells whether it is one of its own, and not the LF of a CR LF.
bool RowSplitter::ends_line(uint8_t byte, size_t at_in_row) {
  if (byte != '\n' && (byte != '\r' || !dialect_.cr_ends_lines)) return false;
  const uint64_t place = row_offset_ + at_in_row;
  counts_ = byte != '\n' || place != behind_cr_;
  if (byte == '\r') behind_cr_ = place + 1;
  return true;
}

/// True when `byte` ends the row.
bool RowSplitter::scan_byte(uint8_t byte, size_t at_in_row) {
  if (within_ == Within::quotes) {
    if (byte == quote_) within_ = Within::closing;
    if (ends_line(byte, at_in_row) && counts_) ++inner_newlines_;
    return false;
  }
  if (ends_line(byte, at_in_row)) return true;
  if (byte == delimiter_) {
    end_field(at_in_row);
    within_ = Within::field_start;
  } else if (byte == quote_ && within_ != Within::plain) {
    within_ = Within::quotes;
  } else if (within_ == Within::field_start &&
             ((byte == 0 && fields_ == 0) || (dialect_.skips_blanks && (byte == ' ' || byte == '\t')))) {
    // Neither begins the field.
  } else {
    within_ = Within::plain;
  }
  return false;
}

/// The row ends before `end` in the chunk (its bytes may have begun in an earlier one). False when it is too long.
bool RowSplitter::end_row(const Bytes& chunk, size_t end) {
  const size_t size = carry_.size() + end - begin_;
  if (size > kMaxRowBytes) return false;
  if (carry_.empty()) {
    emit(chunk.data() + begin_, size);
  } else {
    carry_.insert(carry_.end(), chunk.data() + begin_, chunk.data() + end);
    emit(carry_.data(), size);
    carry_.clear();
  }
  begin_ = end + 1;
  start_row(row_offset_ + size + 1, row_line_ + counts_ + inner_newlines_);
  return true;
}

/// What zero bytes leave of the row.
void RowSplitter::emit_within_zeros(const uint8_t* data, size_t size) {
  const size_t all = size;
  while (size > 0 && data[size - 1] == 0) --size;
  size_t before = 0;
  while (before < size && data[before] == 0) ++before;
  zero_bytes_ += all - size + before;
  zero_line_ = size > before ? 0 : std::min(zero_line_, row_line_);
  for (uint32_t i = 0; i < std::min(fields_, kMaxFields); ++i)
    ends_[i] -= std::min(ends_[i], static_cast<uint32_t>(before));
  row_offset_ += before;
  if (size > before) emit(data + before, size - before);
  row_offset_ -= before;  // it is counted on from there
}

/// The row is longer than it may be: reading goes on after its first line. Returns where in the chunk.
size_t RowSplitter::give_up_row(const Bytes& chunk) {
  if (const size_t zeros = leading_zeros(chunk); zeros > 0 && zeros >= carry_.size()) {
    zero_bytes_ += zeros;
    zero_line_ = std::min(zero_line_, row_line_);
    begin_ += zeros - carry_.size();
    carry_.clear();
    start_row(row_offset_ + zeros, row_line_);
    return begin_;
  }
  sink_.on_broken_row(BrokenRow::too_long, row_line_, row_offset_);
  read_again_ += kMaxRowBytes;
  const std::vector<uint8_t> row = std::exchange(carry_, {});
  const size_t from_chunk = kMaxRowBytes - std::min(kMaxRowBytes, row.size());
  const uint8_t* const row_end = row.data() + row.size();
  const uint8_t* const kept = find_line_end(row.data(), row_end, dialect_);
  if (kept != row_end) {
    const auto next = static_cast<size_t>(kept - row.data()) + 1;
    const size_t resume = begin_;
    start_row(row_offset_ + next, row_line_ + 1);
    push(Bytes(row.data(), row.size()).from(next));
    begin_ = resume;
    return resume;
  }
  const uint8_t* first = chunk.data() + begin_;
  const uint8_t* last = first + std::min(from_chunk, chunk.size() - begin_);
  const uint8_t* newline = find_line_end(first, last, dialect_);
  const auto skipped = static_cast<size_t>(newline - first);
  row_offset_ += row.size() + skipped;
  begin_ += skipped;
  mode_ = Mode::skip_line;
  return begin_;
}

/// The row's first line ends within quotes at `end` in the chunk: nothing behind it is looked at. Returns where the
/// next one begins.
size_t RowSplitter::give_up_line(const Bytes& chunk, size_t end) {
  sink_.on_broken_row(BrokenRow::open_line, row_line_, row_offset_);
  const size_t size = carry_.size() + std::min(end, chunk.size()) - begin_;
  carry_.clear();
  begin_ = end + 1;
  start_row(row_offset_ + size + 1, row_line_ + 1);
  return begin_;
}

/// Zero bytes at the beginning of the row at hand, as far as it has been pushed.
size_t RowSplitter::leading_zeros(const Bytes& chunk) const {
  const auto is_zero = [](uint8_t byte) { return byte == 0; };
  const auto kept = static_cast<size_t>(std::find_if_not(carry_.begin(), carry_.end(), is_zero) - carry_.begin());
  if (kept < carry_.size()) return kept;
  const uint8_t* const first = chunk.data() + begin_;
  return kept + static_cast<size_t>(std::find_if_not(first, chunk.data() + chunk.size(), is_zero) - first);
}

size_t RowSplitter::skip_line(const Bytes& chunk, size_t at) {
  const uint8_t* const last = chunk.data() + chunk.size();
  const uint8_t* const newline = find_line_end(chunk.data() + at, last, dialect_);
  if (newline == last) {
    row_offset_ += chunk.size() - at;
    begin_ = chunk.size();
    return chunk.size();
  }
  const auto place = static_cast<size_t>(newline - chunk.data());
  start_row(row_offset_ + (place - at) + 1, row_line_ + 1);
  begin_ = place + 1;
  return begin_;
}

void RowSplitter::keep_rest(const Bytes& chunk) {
  carry_.insert(carry_.end(), chunk.data() + begin_, chunk.data() + chunk.size());
}

}  // namespace tracedrop::csv
