#include "analysis/words.h"

#include <array>

#include "base/text.h"

namespace tracedrop::analysis {

namespace {

void append_grouped(std::string& out, uint64_t value) {
  std::string digits;
  append_number(digits, value);
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
}

/// value / 10^decimals, without zeros at the end.
void append_decimal(std::string& out, uint64_t value, int decimals) {
  while (decimals > 0 && value % 10 == 0) {
    value /= 10;
    --decimals;
  }
  uint64_t one = 1;
  for (int i = 0; i < decimals; ++i) one *= 10;
  append_number(out, value / one);
  if (decimals == 0) return;
  out += '.';
  append_padded(out, value % one, decimals);
}

}  // namespace

std::string counted(uint64_t count, std::string_view noun, std::string_view plural) {
  std::string out;
  if (count == 0) {
    out = "no";
  } else {
    append_grouped(out, count);
  }
  out += ' ';
  if (count == 1 || plural.empty()) {
    out += noun;
    if (count != 1) out += 's';
  } else {
    out += plural;
  }
  return out;
}

std::string duration(int64_t ns) {
  struct Unit {
    uint64_t ns;
    int decimals;  // digits that a nanosecond takes behind the point
    std::string_view name;
  };
  constexpr std::array<Unit, 4> kUnits{
      {{1'000'000'000, 9, " s"}, {1'000'000, 6, " ms"}, {1'000, 3, " µs"}, {1, 0, " ns"}}};
  std::string out = ns < 0 ? "-" : "";
  uint64_t value = ns < 0 ? uint64_t{0} - static_cast<uint64_t>(ns) : static_cast<uint64_t>(ns);
  if (value == 0) return "0 s";
  const Unit* unit = &kUnits.front();
  while (value < unit->ns) ++unit;
  int decimals = unit->decimals;
  uint64_t drop = 1;
  for (uint64_t left = value; left >= 10'000 && decimals > 0; left /= 10, --decimals) drop *= 10;
  value = value / drop + (value % drop >= (drop + 1) / 2 && drop > 1 ? 1 : 0);
  append_decimal(out, value, decimals);
  out += unit->name;
  return out;
}

std::string packet_number(uint32_t index) {
  std::string out = "packet ";
  append_number(out, uint64_t{index} + 1);
  return out;
}

void append_part(std::string& out, std::string_view part, size_t index, size_t total) {
  if (index > 0) out += index + 1 == total ? " and " : ", ";
  out += part;
}

}  // namespace tracedrop::analysis
