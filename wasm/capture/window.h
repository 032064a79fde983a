// The bytes of a stream that a parser has not used yet, whole again whatever the chunks were.
//
// What lies in one chunk is handed out in place. Only what a chunk's end cuts through is copied: has() gathers exactly
// as many bytes as were asked for, and only bytes that have arrived, so a length that lies costs no memory.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace tracedrop::capture {

class Window {
 public:
  /// Borrows the next chunk until keep().
  void push(Bytes chunk);
  /// Ends the borrowing: copies what is left of the chunk.
  void keep();

  /// True when the next `count` bytes have arrived; they can then be read by front().
  bool has(size_t count) { return count <= size_ || gather(count); }
  /// The next `count` bytes, after has(count). Valid until the next call that is not const.
  Bytes front(size_t count) const { return {data_, count}; }
  /// The `count` bytes that stand `at` bytes further on, which must have arrived (see left()): in place, or copied to
  /// `scratch` where a chunk's end cuts through them. Unlike has(), it makes nothing whole that will be read later.
  Bytes peek(size_t at, size_t count, uint8_t* scratch) const {
    return at + count <= size_ ? Bytes(data_ + at, count) : peek_behind(at, count, scratch);
  }
  /// Passes over `count` bytes, after has(count).
  void consume(size_t count) {
    data_ += count;
    size_ -= count;
    offset_ += count;
    if (size_ == 0) leave_carry();
  }
  /// Passes over `count` bytes, whether they have arrived or not.
  void skip(uint64_t count);

  /// Where the next byte stands in the file; while a skip() waits for bytes, the end of those that have arrived.
  uint64_t offset() const { return offset_; }
  /// Bytes that have arrived and were not used.
  size_t left() const { return size_ + behind_.size(); }

 private:
  bool gather(size_t count);
  Bytes peek_behind(size_t at, size_t count, uint8_t* scratch) const;
  void carry(Bytes more);
  void leave_carry();

  // The bytes at hand: of the chunk, or of carry_ as long as that has any; then the chunk's own stand behind them.
  const uint8_t* data_ = nullptr;
  size_t size_ = 0;
  Bytes behind_;
  std::vector<uint8_t> carry_;
  uint64_t skipping_ = 0;
  uint64_t offset_ = 0;
};

}  // namespace tracedrop::capture
