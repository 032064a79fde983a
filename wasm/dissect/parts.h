// Texts from parts of different types: tree lines and Info are written as `append(out, "Port: ", port, ", ", Hex{id,
// 4})`.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include "base/text.h"

namespace tracedrop::dissect {

/// A number as "0x1234", with at least `width` digits.
struct Hex {
  uint64_t value;
  int width;
};
/// "1 byte", "2 bytes".
struct Counted {
  uint64_t count;
  std::string_view one;
  std::string_view many;
};

inline void append_part(std::string& out, std::string_view text) { out += text; }
inline void append_part(std::string& out, const char* text) { out += text; }
inline void append_part(std::string& out, const std::string& text) { out += text; }
inline void append_part(std::string& out, char one) { out += one; }
template <std::integral Int>
requires(!std::same_as<Int, char> && !std::same_as<Int, bool>) void append_part(std::string& out, Int number) {
  append_number(out, number);
}
inline void append_part(std::string& out, Hex hex) {
  out += "0x";
  append_hex(out, hex.value, hex.width);
}
inline void append_part(std::string& out, const Counted& counted) {
  append_number(out, counted.count);
  out += ' ';
  out += counted.count == 1 ? counted.one : counted.many;
}

template <typename... Parts>
void append(std::string& out, const Parts&... parts) {
  (append_part(out, parts), ...);
}

}  // namespace tracedrop::dissect
