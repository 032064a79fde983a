// Numbers in cells, as people and their programs write them.
#pragma once

#include <cstdint>
#include <string_view>

namespace tracedrop::csv {

/// Nothing but digits, at most ten of them.
inline bool read_digits(std::string_view text, uint32_t& number) {
  if (text.empty() || text.size() > 10) return false;
  uint64_t value = 0;
  for (const char c : text) {
    const auto digit = static_cast<uint64_t>(static_cast<uint8_t>(c)) - '0';
    if (digit > 9) return false;
    value = value * 10 + digit;
  }
  if (value > UINT32_MAX) return false;
  number = static_cast<uint32_t>(value);
  return true;
}

/// A whole number, also as "1440.0", which pandas makes of a column that has gaps.
bool read_whole_decimal(std::string_view text, uint32_t& number);
inline bool read_whole(std::string_view text, uint32_t& number) {
  return read_digits(text, number) || read_whole_decimal(text, number);
}

/// How lengths are written: found out by note_length(), obeyed by read_length().
struct LengthFormat {
  /// What stands between thousands in some cell, as the file's bytes; empty when nothing does.
  char thousands[4] = {};
  /// A unit stands behind the number: "75 bytes".
  bool has_unit = false;
  /// Some cell is a number without a point, so that one with a point and three digits is a thousand.
  bool has_plain = false;
  /// Some cell is a whole number with decimals: "75.0", "75,0".
  bool has_decimals = false, has_decimal_comma = false;
};

/// "75", "1,321", "1.321", "1 321", "1'321", "75 bytes", "75 B", "75.0". A point with exactly three digits behind it
/// divides thousands, unless these are zeros and no other length of the file is written without a point.
bool read_written_length(std::string_view text, const LengthFormat& format, uint32_t& length);
inline bool read_length(std::string_view text, const LengthFormat& format, uint32_t& length) {
  return read_digits(text, length) || read_written_length(text, format, length);
}
void note_length(std::string_view text, LengthFormat& format);

}  // namespace tracedrop::csv
