// Building text without streams or locales: appends to a std::string the caller owns and reuses.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace tracedrop {

/// Copies `size` bytes. For the short texts of a packet's row, whose length no compiler knows, this is several times
/// faster than calling memcpy (above all in WebAssembly).
inline char* copy_short(char* to, const char* from, size_t size) {
  char* const end = to + size;
  if (size >= 8) {
    for (; size > 8; size -= 8, to += 8, from += 8) std::memcpy(to, from, 8);
    std::memcpy(end - 8, from + size - 8, 8);  // overlaps the eight before
  } else if (size >= 4) {
    std::memcpy(to, from, 4);
    std::memcpy(end - 4, from + size - 4, 4);
  } else {
    for (; size > 0; --size) *to++ = *from++;
  }
  return end;
}

/// Writes a number that has at most ten digits; returns the end.
inline char* write_number(char* to, uint32_t value) {
  char digits[10];
  char* first = digits + sizeof digits;
  do {
    *--first = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  while (first != digits + sizeof digits) *to++ = *first++;
  return to;
}

template <std::integral Int>
void append_number(std::string& out, Int value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, static_cast<size_t>(end - digits));
}

/// A text of a known greatest length, built in place and appended at once. What does not fit is left out.
template <size_t kCapacity>
class ShortText {
 public:
  void operator+=(std::string_view text) {
    if (text.size() > kCapacity - size_) return;
    copy_short(text_ + size_, text.data(), text.size());
    size_ += text.size();
  }
  void operator+=(uint32_t number) {
    if (kCapacity - size_ >= 10) size_ = static_cast<size_t>(write_number(text_ + size_, number) - text_);
  }
  std::string_view view() const { return {text_, size_}; }

 private:
  char text_[kCapacity];
  size_t size_ = 0;
};

/// Lower-case hexadecimal, at least `width` digits, without a prefix.
void append_hex(std::string& out, uint64_t value, int width);

/// Decimal with leading zeros up to `width` digits.
void append_padded(std::string& out, uint64_t value, int width);

/// Whether a character may be shown as it is. Controls (C0, C1) and the format characters may not: on a terminal they
/// are commands, or turn the text around them (bidi).
bool is_printable(uint32_t character);

/// \uXXXX, or \UXXXXXXXX beyond the first 65,536.
void append_code_point(std::string& out, uint32_t character);

/// Text from a packet or a file, or a file's name, as it may be shown: valid UTF-8 stays, control characters become \t,
/// \n, \r or \xNN as Wireshark prints them, other characters that are not printable \uXXXX, and bytes that are no
/// UTF-8 become U+FFFD.
void append_printable(std::string& out, std::string_view raw);

/// Seconds with `digits` (0 to 9) decimals, from nanoseconds; truncated, with a sign when negative.
void append_seconds(std::string& out, int64_t ns, int digits);

}  // namespace tracedrop
