#include "base/utf16.h"

namespace tracedrop {

namespace {

constexpr uint32_t kReplacement = 0xFFFD;

void append_character(uint32_t c, std::string& out) {
  const auto put = [&](uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

}  // namespace

bool Utf16Decoder::decode_byte(uint8_t byte, std::string& out) {
  if (!has_half_) {
    has_half_ = true;
    half_ = byte;
    return false;
  }
  has_half_ = false;
  const uint32_t unit = big_endian_ ? uint32_t{half_} << 8 | byte : uint32_t{byte} << 8 | half_;
  const bool is_low = unit >= 0xDC00 && unit < 0xE000;
  if (high_ != 0 && is_low) {
    append_character(0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00), out);
    high_ = 0;
    return false;
  }
  if (high_ != 0) append_character(kReplacement, out);
  high_ = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
  if (high_ == 0) append_character(is_low ? kReplacement : unit, out);
  return unit == '\n' || unit == '\r';
}

void Utf16Decoder::finish(std::string& out) {
  if (high_ != 0) append_character(kReplacement, out);
  high_ = 0;
  has_half_ = false;
}

/// Two bytes for each character, four for those that UTF-8 writes with four.
size_t utf16_size(std::string_view decoded) {
  size_t units = 0;
  for (const char c : decoded) {
    const auto byte = static_cast<uint8_t>(c);
    units += (byte & 0xC0) != 0x80;
    units += byte >= 0xF0;
  }
  return units * 2;
}

}  // namespace tracedrop
