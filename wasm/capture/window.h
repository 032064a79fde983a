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
  bool has(size_t count) { return carry_.empty() ? count <= chunk_.size() : gather(count); }
  /// The next `count` bytes, after has(count). Valid until the next call that is not const.
  Bytes front(size_t count) const {
    return carry_.empty() ? chunk_.first(count) : Bytes(carry_.data(), carry_.size()).first(count);
  }
  /// Passes over `count` bytes, after has(count).
  void consume(size_t count) {
    offset_ += count;
    if (carry_.empty()) {
      chunk_ = chunk_.from(count);
    } else {
      consume_carried(count);
    }
  }
  /// Passes over `count` bytes, whether they have arrived or not.
  void skip(uint64_t count);

  /// Where the next byte stands in the file; while a skip() is under way, where that began to need more bytes.
  uint64_t offset() const { return offset_; }
  /// Bytes that have arrived and were not used.
  size_t left() const { return carry_.size() + chunk_.size(); }
  /// Bytes that skip() still waits for.
  uint64_t skipping() const { return skipping_; }

 private:
  bool gather(size_t count);
  void consume_carried(size_t count);

  Bytes chunk_;
  std::vector<uint8_t> carry_;  // comes before chunk_
  uint64_t skipping_ = 0;
  uint64_t offset_ = 0;
};

}  // namespace tracedrop::capture
