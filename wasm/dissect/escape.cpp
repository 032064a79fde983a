#include "dissect/escape.h"

#include <cstdint>

#include "base/text.h"

namespace tracedrop::dissect {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

void append_control(std::string& out, uint8_t byte) {
  constexpr std::string_view kLetters = "abtnvfr";  // 7 to 13
  out += '\\';
  if (byte >= 7 && byte <= 13) {
    out += kLetters[byte - 7u];
    return;
  }
  for (const int shift : {6, 3, 0}) out += static_cast<char>('0' + (byte >> shift & 7));
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
