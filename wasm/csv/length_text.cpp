#include "csv/length_text.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "csv/field.h"

namespace tracedrop::csv {

namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What divides thousands: points, commas, apostrophes and blanks (U+2019, U+00A0, U+202F, U+2009 among them).
constexpr std::array<std::string_view, 8> kDividers = {
    ".", ",", "'", " ", "\xE2\x80\x99", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};

std::string_view divider_at(std::string_view text) {
  for (const std::string_view divider : kDividers)
    if (text.substr(0, divider.size()) == divider) return divider;
  return {};
}

/// 1,321 or 1.234.567: one to three digits, then groups of three behind the same divider.
bool read_grouped(std::string_view text, std::string_view& divider, uint32_t& number) {
  size_t at = 0;
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at == 0 || at > 3 || at == text.size()) return false;
  divider = divider_at(text.substr(at));
  if (divider.empty()) return false;
  std::string digits(text.substr(0, at));
  while (at < text.size()) {
    if (text.substr(at, divider.size()) != divider) return false;
    at += divider.size();
    const std::string_view group = text.substr(at, 3);
    if (group.size() != 3 || !std::all_of(group.begin(), group.end(), is_digit)) return false;
    digits += group;
    at += 3;
    if (digits.size() > 10) return false;
  }
  return read_digits(digits, number);
}

/// Without "bytes", "byte", "B", "octets" behind the number.
std::string_view without_unit(std::string_view text) {
  size_t end = text.size();
  while (end > 0 && ((text[end - 1] | 0x20) >= 'a' && (text[end - 1] | 0x20) <= 'z')) --end;
  std::string unit(text.substr(end));
  for (char& c : unit) c = static_cast<char>(c | 0x20);
  if (unit != "bytes" && unit != "byte" && unit != "b" && unit != "octets" && unit != "octet") return text;
  text = trimmed(text.substr(0, end));
  if (text.size() > 2 && text.substr(text.size() - 2) == "\xC2\xA0") text.remove_suffix(2);
  return text;
}

}  // namespace

bool read_whole_decimal(std::string_view text, uint32_t& number) {
  text = trimmed(text);
  const size_t point = text.find('.');
  const bool fraction = point != text.npos && text.find_first_not_of('0', point + 1) != text.npos;
  return !fraction && read_digits(text.substr(0, point), number);
}

bool read_written_length(std::string_view text, const LengthFormat& format, uint32_t& length) {
  text = without_unit(trimmed(text));
  if (read_digits(text, length)) return true;
  std::string_view divider;
  uint32_t grouped = 0;
  const bool is_grouped = read_grouped(text, divider, grouped);
  const bool may_be_decimals = is_grouped && divider == "." && read_whole(text, length);
  if (is_grouped && (!may_be_decimals || format.has_plain)) {
    length = grouped;
    return true;
  }
  if (read_whole(text, length)) return true;
  // "60,0", as a spreadsheet of another country writes a whole number.
  const size_t comma = text.find(',');
  if (comma == text.npos || text.find_first_not_of('0', comma + 1) != text.npos) return false;
  return read_digits(text.substr(0, comma), length);
}

void note_length(std::string_view text, LengthFormat& format) {
  text = trimmed(text);
  const std::string_view number = without_unit(text);
  format.has_unit = format.has_unit || number.size() < text.size();
  uint32_t value = 0;
  if (read_digits(number, value)) format.has_plain = true;
  std::string_view divider;
  const bool is_grouped = read_grouped(number, divider, value) && !(divider == "." && read_whole(number, value));
  format.has_decimals = format.has_decimals || (!is_grouped && number.find('.') != number.npos);
  format.has_decimal_comma = format.has_decimal_comma || (!is_grouped && number.find(',') != number.npos);
  if (!is_grouped || format.thousands[0] != 0) return;
  std::memcpy(format.thousands, divider.data(), divider.size());
}

}  // namespace tracedrop::csv
