#include "units.h"

#include <array>
#include <cmath>
#include <utility>

namespace tracedrop::native_capture {
namespace {

struct Amount {
  double number;
  std::string_view unit;
};

/// Digits with at most one point, then the unit. Written by hand because strtod reads the locale, "inf" and "0x10".
std::optional<Amount> split_amount(std::string_view text) {
  double number = 0, scale = 1;
  size_t at = 0, digits = 0;
  bool point = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    number = number * 10 + (c - '0');
    if (point) scale *= 10;
    ++digits;
  }
  if (digits == 0 || digits > 18) return std::nullopt;
  while (at < text.size() && text[at] == ' ') ++at;
  return Amount{number / scale, text.substr(at)};
}

bool same_letters(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i)
    if ((a[i] | 0x20) != (b[i] | 0x20)) return false;
  return true;
}

}  // namespace

std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, double>, 9> kUnits{
      {{"", 1}, {"s", 1}, {"sec", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"m", 60}, {"min", 60}, {"h", 3600}, {"d", 86400}}};
  const auto amount = split_amount(text);
  if (!amount) return std::nullopt;
  for (const auto& [unit, seconds] : kUnits) {
    if (amount->unit != unit) continue;
    const double ns = std::round(amount->number * seconds * 1e9);
    if (ns < 1 || ns > 366 * 86400e9) return std::nullopt;
    return std::chrono::nanoseconds(static_cast<int64_t>(ns));
  }
  return std::nullopt;
}

std::optional<uint64_t> parse_size(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, double>, 14> kUnits{{{"", 1},
                                                                               {"B", 1},
                                                                               {"K", 1e3},
                                                                               {"KB", 1e3},
                                                                               {"KiB", 1024},
                                                                               {"M", 1e6},
                                                                               {"MB", 1e6},
                                                                               {"MiB", 1048576},
                                                                               {"G", 1e9},
                                                                               {"GB", 1e9},
                                                                               {"GiB", 1073741824},
                                                                               {"T", 1e12},
                                                                               {"TB", 1e12},
                                                                               {"TiB", 1099511627776}}};
  const auto amount = split_amount(text);
  if (!amount) return std::nullopt;
  for (const auto& [unit, bytes] : kUnits) {
    if (!same_letters(amount->unit, unit)) continue;
    const double size = std::floor(amount->number * bytes);
    if (size < 1 || size > 9e18) return std::nullopt;
    return static_cast<uint64_t>(size);
  }
  return std::nullopt;
}

}  // namespace tracedrop::native_capture
