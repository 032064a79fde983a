// 443, 0x1bb, 0b110111011, 0673 (octal), 1.5, 1e-3.
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "filter/literal.h"

namespace tracedrop::filter {

namespace {

/// The largest number that a field of so many bytes can hold.
uint64_t largest(uint8_t width) { return width >= 8 ? UINT64_MAX : (uint64_t{1} << (width * 8)) - 1; }

}  // namespace

bool read_unsigned(std::string_view text, uint64_t& value) {
  int base = 10;
  if (text.size() > 1 && text[0] == '0') {
    const char kind = text[1];
    base = kind == 'x' || kind == 'X' ? 16 : kind == 'b' || kind == 'B' ? 2 : 8;
    text.remove_prefix(base == 8 ? 1 : 2);
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  return error == std::errc() && end == text.data() + text.size();
}

bool read_real(std::string_view text, double& value) {
  if (text.empty() || text[0] < '0' || text[0] > '9') return false;
  if (text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return false;
  const std::string copy(text);
  char* end = nullptr;
  value = std::strtod(copy.c_str(), &end);
  return *end == '\0' && std::isfinite(value);
}

std::string read_number_literal(std::string_view text, const Wanted& wanted, Value& out) {
  uint64_t number = 0;
  double real = 0;
  if (wanted.type == Type::real) {
    if (read_real(text, real)) return out = real_value(real), std::string();
    if (!read_unsigned(text, number)) return quoted(text) + " is no number";
    out = real_value(static_cast<double>(number));
    return {};
  }
  if (!read_unsigned(text, number)) {
    if (read_real(text, real) && text.find_first_of(".eE") != std::string_view::npos)
      return quoted(text) + " has decimals or an exponent, and a whole number is wanted here";
    if (text.find_first_not_of("0123456789") == std::string_view::npos)
      return text[0] == '0' ? quoted(text) + " begins with 0, which makes it octal, and is none"
                            : quoted(text) + " is larger than any number";
    return quoted(text) + " is no number";
  }
  const uint64_t most = wanted.name == nullptr ? UINT64_MAX : largest(wanted.name->width);
  if (number > most)
    return std::string(text) + " is too large for " + std::string(wanted.name->text) + ", which is at most " +
           std::to_string(most);
  out = {Type::number, Value::kWhole, number};
  return {};
}

}  // namespace tracedrop::filter
