#include "base/text.h"

#include <algorithm>
#include <iterator>

namespace tracedrop {

namespace {

struct Range {
  uint32_t first, last;
};

// What has nothing to print: the controls (Cc), the format characters (Cf) and the noncharacters of Unicode 15.
constexpr Range kUnprintable[] = {{0x00, 0x1F},       {0x7F, 0x9F},       {0xAD, 0xAD},       {0x600, 0x605},
                                  {0x61C, 0x61C},     {0x6DD, 0x6DD},     {0x70F, 0x70F},     {0x890, 0x891},
                                  {0x8E2, 0x8E2},     {0x180E, 0x180E},   {0x200B, 0x200F},   {0x202A, 0x202E},
                                  {0x2060, 0x206F},   {0xFDD0, 0xFDEF},   {0xFEFF, 0xFEFF},   {0xFFF9, 0xFFFB},
                                  {0xFFFE, 0xFFFF},   {0x110BD, 0x110BD}, {0x110CD, 0x110CD}, {0x13430, 0x1343F},
                                  {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0001, 0xE007F}, {0x10FFFE, 0x10FFFF}};

/// Length of the UTF-8 sequence at the start of `text`, 0 when there is none (RFC 3629).
size_t utf8_length(std::string_view text) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<uint8_t>(text[i]) : uint8_t{0}; };
  const auto trails = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return trails(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) > 0x9F;
    return trails(1) && trails(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool overlong = lead == 0xF0 && byte(1) < 0x90;
    const bool beyond = lead == 0xF4 && byte(1) > 0x8F;
    return trails(1) && trails(2) && trails(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

/// The character of a UTF-8 sequence of two to four bytes.
uint32_t utf8_character(std::string_view sequence) {
  uint32_t character = static_cast<uint8_t>(sequence[0]) & (0xFFu >> (sequence.size() + 1));
  for (const char byte : sequence.substr(1)) character = character << 6 | (static_cast<uint8_t>(byte) & 0x3Fu);
  return character;
}

/// How many bytes of ASCII that can be printed `text` begins with.
size_t plain_length(std::string_view text) {
  size_t length = 0;
  while (length < text.size() && text[length] >= 0x20 && text[length] < 0x7F) ++length;
  return length;
}

void append_control(std::string& out, uint8_t byte) {
  switch (byte) {
    case '\a': out += "\\a"; return;
    case '\b': out += "\\b"; return;
    case '\t': out += "\\t"; return;
    case '\n': out += "\\n"; return;
    case '\v': out += "\\v"; return;
    case '\f': out += "\\f"; return;
    case '\r': out += "\\r"; return;
    default: break;
  }
  out += "\\x";
  append_hex(out, byte, 2);
}

}  // namespace

void append_hex(std::string& out, uint64_t value, int width) {
  char digits[16];
  int count = 0;
  do {
    digits[count++] = "0123456789abcdef"[value & 15];
    value >>= 4;
  } while (value != 0);
  for (int i = count; i < width; ++i) out += '0';
  while (count > 0) out += digits[--count];
}

void append_padded(std::string& out, uint64_t value, int width) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  for (auto i = end - digits; i < width; ++i) out += '0';
  out.append(digits, static_cast<size_t>(end - digits));
}

bool is_printable(uint32_t character) {
  const auto after = std::upper_bound(std::begin(kUnprintable), std::end(kUnprintable), character,
                                      [](uint32_t value, const Range& range) { return value < range.first; });
  return after == std::begin(kUnprintable) || character > std::prev(after)->last;
}

void append_code_point(std::string& out, uint32_t character) {
  const int digits = character > 0xFFFF ? 8 : 4;
  out += character > 0xFFFF ? "\\U" : "\\u";
  for (int i = digits - 1; i >= 0; --i) out += "0123456789ABCDEF"[character >> (4 * i) & 15];
}

void append_printable(std::string& out, std::string_view raw) {
  while (!raw.empty()) {
    if (const size_t plain = plain_length(raw); plain > 0) {
      out.append(raw.substr(0, plain));
      raw.remove_prefix(plain);
      continue;
    }
    const size_t length = utf8_length(raw);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (length == 1) {
      append_control(out, static_cast<uint8_t>(raw[0]));
    } else if (const uint32_t character = utf8_character(raw.substr(0, length)); is_printable(character)) {
      out.append(raw.substr(0, length));
    } else {
      append_code_point(out, character);
    }
    raw.remove_prefix(length == 0 ? 1 : length);
  }
}

void append_seconds(std::string& out, int64_t ns, int digits) {
  constexpr uint64_t kPerSecond = 1'000'000'000;
  const uint64_t magnitude = ns < 0 ? uint64_t{0} - static_cast<uint64_t>(ns) : static_cast<uint64_t>(ns);
  uint64_t fraction = magnitude % kPerSecond;
  for (int i = digits; i < 9; ++i) fraction /= 10;
  if (ns < 0) out += '-';
  append_number(out, magnitude / kPerSecond);
  if (digits == 0) return;
  out += '.';
  append_padded(out, fraction, digits);
}

}  // namespace tracedrop
