#include "figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace tracedrop::native_capture {
namespace {

/// The decimal digits of a number, of which `point` stand before the point.
struct Decimal {
  bool negative;
  int point;
  std::string digits;
};

/// Every digit that matters: halves are exact in so many.
Decimal decimal_of(double value) {
  std::string text = fmt::format("{:.40e}", std::abs(value));
  const size_t e = text.find('e');
  Decimal decimal{value < 0, std::stoi(text.substr(e + 1)) + 1, text.substr(0, e)};
  decimal.digits.erase(1, 1);
  return decimal;
}

/// Keeps the first `count` digits, halves away from zero as JavaScript's toPrecision and toFixed round (printf rounds
/// them to even).
void round_to(Decimal& decimal, int count) {
  if (count >= static_cast<int>(decimal.digits.size())) return;
  const bool up = count >= 0 && decimal.digits[static_cast<size_t>(count)] >= '5';
  decimal.digits.resize(static_cast<size_t>(std::max(count, 0)));
  if (!up) return;
  auto at = decimal.digits.rbegin();
  for (; at != decimal.digits.rend() && *at == '9'; ++at) *at = '0';
  if (at != decimal.digits.rend()) {
    ++*at;
  } else {
    decimal.digits.insert(decimal.digits.begin(), '1');
    ++decimal.point;
  }
}

/// With `decimals` digits behind the point; digits that are not there are zeros.
std::string plain(const Decimal& decimal, int decimals) {
  const auto digit = [&](int at) {
    return at >= 0 && at < static_cast<int>(decimal.digits.size()) ? decimal.digits[static_cast<size_t>(at)] : '0';
  };
  std::string text = decimal.negative ? "-" : "";
  for (int at = std::min(0, decimal.point - 1); at < decimal.point + decimals; ++at) {
    if (at == decimal.point) text += '.';
    text += digit(at);
  }
  return text;
}

void drop_zeros(std::string& text) {
  if (text.find('.') == std::string::npos) return;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
}

std::string fixed(double value, int decimals) {
  Decimal decimal = decimal_of(value);
  round_to(decimal, decimal.point + decimals);
  return plain(decimal, decimals);
}

std::string significant(double value, int digits) {
  Decimal decimal = decimal_of(value);
  round_to(decimal, digits);
  std::string text = plain(decimal, std::max(0, digits - decimal.point));
  drop_zeros(text);
  return text;
}

/// Thousands separated: "1200.50" gives "1,200.50".
std::string grouped(std::string text) {
  const size_t end = std::min(text.find('.'), text.size());
  const size_t begin = text[0] == '-' ? 1 : 0;
  for (size_t at = end; at > begin + 3;) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

constexpr uint64_t kMinute = 60, kHour = 3600, kDay = 86'400, kYear = 31'557'600;

/// From an hour on as people say it: "2 h 59 min 58 s", "3 days 4 h", "6.1 years".
std::string long_text(double seconds) {
  const std::string sign = seconds < 0 ? "-" : "";
  const auto size = static_cast<uint64_t>(std::abs(seconds) + 0.5);
  if (size >= 2 * kYear)
    return fmt::format("{}{} years", sign,
                       grouped(significant(static_cast<double>(size) / static_cast<double>(kYear), 2)));
  const uint64_t days = size / kDay, hours = size / kHour;
  if (days > 1) return fmt::format("{}{} days {} h", sign, with_commas(days), hours % 24);
  return fmt::format("{}{} h {} min {} s", sign, hours, size % kHour / kMinute, size % kMinute);
}

bool is_long(double size) { return size + 0.5 >= static_cast<double>(kHour); }

}  // namespace

std::string with_commas(uint64_t count) {
  const std::string digits = std::to_string(count);
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string counted(uint64_t count, const std::string& noun) {
  return fmt::format("{} {}{}", with_commas(count), noun, count == 1 ? "" : "s");
}

std::string at_most_decimals(double value, int decimals) {
  std::string text = fixed(value, decimals);
  drop_zeros(text);
  return text;
}

std::string size_text(uint64_t bytes) {
  static constexpr std::array<std::string_view, 5> kUnits{"B", "kB", "MB", "GB", "TB"};
  auto size = static_cast<double>(bytes);
  size_t unit = 0;
  // 999,500 B would be shown as 1000 kB.
  for (; size >= 999.5 && unit + 1 < kUnits.size(); ++unit) size /= 1000;
  return fmt::format("{} {}", unit == 0 ? with_commas(bytes) : significant(size, 3), kUnits[unit]);
}

std::string duration_text(double seconds, int digits) {
  static constexpr std::array<std::pair<double, std::string_view>, 4> kUnits{
      {{1, "s"}, {1e-3, "ms"}, {1e-6, "µs"}, {1e-9, "ns"}}};
  if (seconds == 0) return "0 s";
  const double size = std::abs(seconds);
  if (is_long(size)) return long_text(seconds);
  const auto* unit = kUnits.begin();
  while (unit + 1 != kUnits.end() && size < unit->first * (1 - 1e-12)) ++unit;
  // No digit before the point is left out.
  const int whole = static_cast<int>(fmt::format("{:.0f}", std::trunc(size / unit->first)).size());
  const std::string figure = significant(seconds / unit->first, std::max(digits, whole));
  return fmt::format("{} {}", size < 1000 ? figure : grouped(figure), unit->second);
}

std::string span_text(double seconds) {
  const double size = std::abs(seconds);
  if (size < 1) return duration_text(seconds);
  if (is_long(size)) return long_text(seconds);
  return grouped(fixed(seconds, size < 100 ? 3 : size < 1000 ? 2 : 1)) + " s";
}

}  // namespace tracedrop::native_capture
