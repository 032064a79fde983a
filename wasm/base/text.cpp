#include "base/text.h"

namespace tracedrop {

namespace {

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

void append_printable(std::string& out, std::string_view raw) {
  while (!raw.empty()) {
    const auto byte = static_cast<uint8_t>(raw[0]);
    const size_t length = utf8_length(raw);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (byte < 0x20 || byte == 0x7F) {
      append_control(out, byte);
    } else {
      out.append(raw.substr(0, length));
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
