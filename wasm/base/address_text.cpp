#include "base/address_text.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tracedrop {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Four decimal numbers to the end of the text.
bool read_ipv4(std::string_view text, uint8_t* out) {
  for (int i = 0; i < 4; ++i) {
    size_t digits = 0;
    unsigned value = 0;
    for (; digits < text.size() && digits < 4 && text[digits] >= '0' && text[digits] <= '9'; ++digits)
      value = value * 10 + static_cast<unsigned>(text[digits] - '0');
    if (digits == 0 || value > 255 || (digits > 1 && text[0] == '0')) return false;
    out[i] = static_cast<uint8_t>(value);
    text.remove_prefix(digits);
    if (i < 3 && (text.empty() || text[0] != '.')) return false;
    if (i < 3) text.remove_prefix(1);
  }
  return text.empty();
}

bool read_mac(std::string_view text, uint8_t* out) {
  if (text.size() != 17) return false;
  for (size_t i = 0; i < 6; ++i) {
    const int high = hex_value(text[i * 3]), low = hex_value(text[i * 3 + 1]);
    if (high < 0 || low < 0 || (i < 5 && text[i * 3 + 2] != ':')) return false;
    out[i] = static_cast<uint8_t>(high << 4 | low);
  }
  return true;
}

/// An EUI-64 (IEEE 802.15.4) would pass for an IPv6 address: eight pairs of digits.
bool looks_like_eui64(std::string_view text) {
  if (text.size() != 23) return false;
  for (size_t i = 2; i < text.size(); i += 3)
    if (text[i] != ':') return false;
  return true;
}

/// Groups of up to four hexadecimal digits; one "::" stands for as many zeros as are missing; the last 32 bits may be
/// dotted.
bool read_ipv6(std::string_view text, std::array<uint8_t, 16>& out) {
  if (text.size() < 2 || text.size() > 45) return false;
  size_t size = 0, gap = out.size() + 1;
  std::array<uint8_t, 16> bytes{};
  if (text.substr(0, 2) == "::") {
    gap = 0;
    text.remove_prefix(2);
  } else if (text[0] == ':') {
    return false;
  }
  while (!text.empty()) {
    if (size + 4 <= bytes.size() && read_ipv4(text, bytes.data() + size)) {
      size += 4;
      break;
    }
    size_t digits = 0;
    unsigned group = 0;
    for (; digits < text.size() && digits < 5 && hex_value(text[digits]) >= 0; ++digits)
      group = group << 4 | static_cast<unsigned>(hex_value(text[digits]));
    if (digits == 0 || digits > 4 || size + 2 > bytes.size()) return false;
    bytes[size++] = static_cast<uint8_t>(group >> 8);
    bytes[size++] = static_cast<uint8_t>(group);
    text.remove_prefix(digits);
    if (text.empty()) break;
    if (text[0] != ':') return false;
    text.remove_prefix(1);
    if (text.empty()) return false;
    if (text[0] != ':') continue;
    if (gap <= out.size()) return false;
    gap = size;
    text.remove_prefix(1);
  }
  if (gap > out.size()) {
    if (size != out.size()) return false;
    out = bytes;
    return true;
  }
  if (size > out.size() - 2) return false;
  out.fill(0);
  std::copy_n(bytes.begin(), gap, out.begin());
  std::copy(bytes.begin() + static_cast<ptrdiff_t>(gap), bytes.begin() + static_cast<ptrdiff_t>(size),
            out.end() - static_cast<ptrdiff_t>(size - gap));
  return true;
}

}  // namespace

Address parse_address(std::string_view text) {
  if (text.empty()) return {};
  std::array<uint8_t, 16> bytes;
  if (read_ipv4(text, bytes.data())) return Address::ipv4({bytes.data(), 4});
  if (read_mac(text, bytes.data())) return Address::mac({bytes.data(), 6});
  if (text.find(':') != text.npos && !looks_like_eui64(text) && read_ipv6(text, bytes))
    return Address::ipv6({bytes.data(), 16});
  return Address::text(text);
}

}  // namespace tracedrop
