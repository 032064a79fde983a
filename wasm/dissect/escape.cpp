#include "dissect/escape.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace tracedrop::dissect {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

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

bool is_printable(uint32_t character) {
  const auto after = std::upper_bound(std::begin(kUnprintable), std::end(kUnprintable), character,
                                      [](uint32_t value, const Range& range) { return value < range.first; });
  return after == std::begin(kUnprintable) || character > std::prev(after)->last;
}

void append_control(std::string& out, uint8_t byte) {
  constexpr std::string_view kLetters = "abtnvfr";  // 7 to 13
  out += '\\';
  if (byte >= 7 && byte <= 13) {
    out += kLetters[byte - 7u];
    return;
  }
  for (const int shift : {6, 3, 0}) out += static_cast<char>('0' + (byte >> shift & 7));
}

void append_code_point(std::string& out, uint32_t character) {
  const int digits = character > 0xFFFF ? 8 : 4;
  out += character > 0xFFFF ? "\\U" : "\\u";
  for (int i = digits - 1; i >= 0; --i) out += "0123456789ABCDEF"[character >> (4 * i) & 15];
}

struct Sequence {
  size_t length = 1;
  uint32_t character = 0;
  bool is_character = false;
};

/// The character that begins here. As in Wireshark, the first byte alone tells how many belong to it, as far as they
/// are continuation bytes; a longer form than needed counts as the character.
Sequence read_sequence(std::string_view text) {
  const auto lead = static_cast<uint8_t>(text[0]);
  if (lead < 0xC0 || lead > 0xFD) return {};
  size_t wanted = 2;
  while (wanted < 6 && (lead >> (7 - wanted) & 1) != 0) ++wanted;
  Sequence found;
  found.character = lead & (0x7Fu >> wanted);
  while (found.length < wanted && found.length < text.size()) {
    const auto next = static_cast<uint8_t>(text[found.length]);
    if ((next & 0xC0) != 0x80) break;
    found.character = found.character << 6 | (next & 0x3Fu);
    ++found.length;
  }
  const bool is_surrogate = found.character >= 0xD800 && found.character <= 0xDFFF;
  found.is_character = found.length == wanted && !is_surrogate && found.character <= 0x10FFFF;
  return found;
}

}  // namespace

void append_escaped(std::string& out, std::string_view raw) {
  while (!raw.empty()) {
    const auto byte = static_cast<uint8_t>(raw[0]);
    if (byte < 0x80) {
      if (byte >= 0x20 && byte != 0x7F) {
        out += raw[0];
      } else {
        append_control(out, byte);
      }
      raw.remove_prefix(1);
      continue;
    }
    const Sequence sequence = read_sequence(raw);
    if (!sequence.is_character) {
      out += kReplacement;
    } else if (is_printable(sequence.character)) {
      out += raw.substr(0, sequence.length);
    } else {
      append_code_point(out, sequence.character);
    }
    raw.remove_prefix(sequence.length);
  }
}

}  // namespace tracedrop::dissect
