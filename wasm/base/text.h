// Building text without streams or locales: appends to a std::string the caller owns and reuses.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace tracedrop {

template <std::integral Int>
void append_number(std::string& out, Int value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, static_cast<size_t>(end - digits));
}

/// Lower-case hexadecimal, at least `width` digits, without a prefix.
void append_hex(std::string& out, uint64_t value, int width);

/// Decimal with leading zeros up to `width` digits.
void append_padded(std::string& out, uint64_t value, int width);

/// Text from a packet or a file, as it may be shown: valid UTF-8 stays, control characters become \t, \n, \r or \xNN
/// as Wireshark prints them, and bytes that are no UTF-8 become U+FFFD.
void append_printable(std::string& out, std::string_view raw);

/// Seconds with `digits` (0 to 9) decimals, from nanoseconds; truncated, with a sign when negative.
void append_seconds(std::string& out, int64_t ns, int digits);

}  // namespace tracedrop
