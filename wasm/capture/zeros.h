// Zeros where a packet should begin: what is left of a write that was interrupted, or of space that was allocated
// ahead. They are passed over and named; they are no packets.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/warning.h"
#include "capture/window.h"

namespace tracedrop::capture {

bool all_zero(Bytes bytes);
/// Zeros at the beginning of these bytes.
size_t leading_zeros(Bytes bytes);

/// A file that holds nothing else behind its header, or begins so.
Warning zeros_from_the_start(uint64_t offset);

class Zeros {
 public:
  explicit Zeros(uint64_t offset = 0) : offset_(offset) {}

  /// Where the zeros begin.
  uint64_t offset() const { return offset_; }

  /// Passes over zeros, `unit` bytes at a time. True when the next unit is at hand and not all zeros.
  bool pass(Window& window, size_t unit);
  /// Passes over `count` more.
  void pass_more(Window& window, size_t count) {
    window.consume(count);
    bytes_ += count;
  }
  /// The file ends in zeros, those that are left of it included.
  Warning tail(uint64_t left) const;
  /// Packets go on behind the zeros.
  Warning gap() const;

 private:
  uint64_t offset_;
  uint64_t bytes_ = 0;
};

}  // namespace tracedrop::capture
