#include "filter/ranges.h"

#include <charconv>

namespace tracedrop::filter {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// A whole number, decimal or 0x…, from the beginning of `text`, which it is taken from.
bool take_number(std::string_view& text, int32_t& value) {
  const bool is_negative = !text.empty() && text.front() == '-';
  std::string_view digits = text.substr(is_negative ? 1 : 0);
  const bool is_hex = digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
  if (is_hex) digits.remove_prefix(2);
  if (digits.empty() || digits.front() == '-') return false;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hex ? 16 : 10);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  if (is_negative) value = -value;
  return true;
}

std::string shown(std::string_view text) { return "[" + std::string(text) + "]"; }

/// Empty when it is a range.
std::string read_range(std::string_view text, Range& out) {
  const std::string none =
      shown(text) + " is no range: write [3], [0:2] for two bytes from the first on, [3-5], [:4] or [-4:]";
  std::string_view rest = text;
  int32_t number = 0;
  if (!rest.empty() && rest.front() == ':') {
    rest.remove_prefix(1);
    if (!take_number(rest, number) || !rest.empty()) return none;
    if (number <= 0) return shown(text) + " has no length: it must be at least 1";
    out = {0, number};
    return {};
  }
  if (!take_number(rest, out.offset)) return none;
  rest = trimmed(rest);
  out.length = 1;
  if (rest.empty()) return {};
  const char kind = rest.front();
  rest = trimmed(rest.substr(1));
  if (kind == ':' && rest.empty()) {
    out.length.reset();
    return {};
  }
  if ((kind != ':' && kind != '-') || !take_number(rest, number) || !rest.empty()) return none;
  if (kind == ':') {
    if (number <= 0) return shown(text) + " has no length: it must be at least 1";
    out.length = number;
    return {};
  }
  if ((number < 0) != (out.offset < 0)) return shown(text) + " counts one end from the front and one from the back";
  if (number <= out.offset) return shown(text) + " ends before it begins";
  out.last = number;
  return {};
}

}  // namespace

std::optional<std::vector<Range>> read_ranges(std::string_view text, uint32_t at, Problem& problem) {
  std::vector<Range> ranges;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view part = trimmed(text.substr(begin, end - begin));
    const std::string why = read_range(part, ranges.emplace_back());
    if (!why.empty()) {
      problem = {{at + static_cast<uint32_t>(begin), at + static_cast<uint32_t>(end)}, why};
      return std::nullopt;
    }
    begin = end + 1;
  }
  return ranges;
}

}  // namespace tracedrop::filter
