// Bytes as hexadecimal digits (47:45:54, 47-45-54, 47.45.54, 474554 when a letter is among them, a single 0x47 or 71),
// and addresses.
#include <algorithm>

#include "base/address.h"
#include "base/address_text.h"
#include "filter/literal.h"

namespace tracedrop::filter {

namespace {

int hex_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

bool is_separator(char c) { return c == ':' || c == '-' || c == '.'; }

/// Pairs of digits, with or without separators; a group of a single digit is a byte, too.
bool read_hex(std::string_view text, std::string& out) {
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && !is_separator(text[end])) ++end;
    const size_t digits = end - at;
    if (digits == 0 || (digits > 1 && digits % 2 != 0)) return false;
    for (size_t i = at; i < end; i += digits == 1 ? 1 : 2) {
      const int high = digits == 1 ? 0 : hex_of(text[i]), low = hex_of(text[digits == 1 ? i : i + 1]);
      if (high < 0 || low < 0) return false;
      out += static_cast<char>(high << 4 | low);
    }
    if (end == text.size()) return true;
    at = end + 1;
  }
  return false;
}

std::string count_is_wrong(std::string_view text, size_t count, size_t wanted, Type type) {
  return quoted(text) + " has " + std::to_string(count) + (count == 1 ? " byte, " : " bytes, ") +
         std::string(name_of(type)) + " has " + std::to_string(wanted);
}

/// "/24" behind an address; the text before it.
std::string take_prefix(std::string_view& text, size_t most, uint8_t& prefix_bits) {
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {};
  uint64_t bits = 0;
  const std::string_view digits = text.substr(slash + 1);
  const bool is_number = !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
  if (!is_number || digits.size() > 4) return quoted(text) + " wants a number of bits behind the /: 10.0.0.0/8";
  for (const char c : digits) bits = bits * 10 + static_cast<uint64_t>(c - '0');
  if (bits > most) return "a prefix has at most " + std::to_string(most) + " bits here, not " + std::string(digits);
  if (bits < most) prefix_bits = static_cast<uint8_t>(bits);
  text = text.substr(0, slash);
  return {};
}

}  // namespace

std::string read_bytes_literal(std::string_view text, const Wanted& wanted, std::string& bytes) {
  uint64_t number = 0;
  if (wanted.type != Type::oid && wanted.type != Type::guid && read_unsigned(text, number)) {
    if (wanted.type == Type::protocol)
      return quoted(text) + " could be a number or bytes: write bytes as 47:45 or \"\\x47\\x45\"";
    if (number > 255) return std::string(text) + " is more than a byte: write several as 47:45:54";
    bytes = std::string(1, static_cast<char>(number));
    return {};
  }
  if (read_hex(text, bytes)) return {};
  return quoted(text) + " is no sequence of bytes: write 47:45:54, or a text in double quotes";
}

std::string read_address_literal(std::string_view text, const Wanted& wanted, std::string& bytes,
                                 uint8_t& prefix_bits) {
  if (wanted.type == Type::mac || wanted.type == Type::eui64) {
    const size_t size = wanted.type == Type::mac ? 6 : 8;
    if (text.find_first_of(":-.") == std::string_view::npos || !read_hex(text, bytes))
      return quoted(text) + " is not " + std::string(name_of(wanted.type)) + ": write 00:11:22:33:44:55";
    return bytes.size() == size ? std::string() : count_is_wrong(text, bytes.size(), size, wanted.type);
  }
  const bool is_v4 = wanted.type == Type::ipv4;
  const std::string_view whole = text;
  std::string why = take_prefix(text, is_v4 ? 32 : 128, prefix_bits);
  if (!why.empty()) return why;
  const Address address = parse_address(text);
  if (address.kind() != (is_v4 ? AddressKind::ipv4 : AddressKind::ipv6))
    return quoted(whole) + " is not " + std::string(name_of(wanted.type)) +
           (is_v4 ? ": write 192.0.2.1, or 192.0.2.0/24 for a network" : ": write 2001:db8::1, or fe80::/10");
  bytes = address.raw();
  return {};
}

}  // namespace tracedrop::filter
