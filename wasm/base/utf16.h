// UTF-16 as UTF-8, while it streams by (The Unicode Standard, section 3.9: D91 and D92).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tracedrop {

class Utf16Decoder {
 public:
  explicit Utf16Decoder(bool big_endian) : big_endian_(big_endian) {}

  /// Appends what the bytes write. A surrogate without its other half becomes U+FFFD.
  void decode(Bytes bytes, std::string& out) {
    for (const uint8_t byte : bytes.text()) decode_byte(byte, out);
  }
  /// One byte more; true when it completes a line end (CR or LF), which is then the last character of `out`.
  bool decode_byte(uint8_t byte, std::string& out);
  /// The text has ended: half a surrogate pair becomes U+FFFD, half a code unit is dropped.
  void finish(std::string& out);

 private:
  bool big_endian_;
  bool has_half_ = false;  // the first byte of a code unit
  uint8_t half_ = 0;
  uint32_t high_ = 0;  // a high surrogate that waits for its low one; 0 is none
};

/// How many bytes of UTF-16 gave this text.
size_t utf16_size(std::string_view decoded);

}  // namespace tracedrop
