// Whether bytes that come in pieces are UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF.
#pragma once

#include "base/bytes.h"

namespace tracedrop {

class Utf8Checker {
 public:
  void push(Bytes piece) {
    for (const uint8_t byte : piece.text()) {
      if (left_ == 0) {
        begin(byte);
      } else if (byte >= least_ && byte <= most_) {
        --left_;
        least_ = 0x80;
        most_ = 0xBF;
      } else {
        good_ = false;
        left_ = 0;
      }
      if (!good_) return;
    }
  }
  /// No byte so far was wrong; a sequence that is cut off at the end is.
  bool good() const { return good_ && left_ == 0; }

 private:
  void begin(uint8_t byte) {
    if (byte < 0x80) return;
    left_ = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
    least_ = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    most_ = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    good_ = byte >= 0xC2 && byte <= 0xF4;
  }

  int left_ = 0;  // bytes that the sequence at hand still needs, and between what the next one must lie
  uint8_t least_ = 0x80, most_ = 0xBF;
  bool good_ = true;
};

}  // namespace tracedrop
