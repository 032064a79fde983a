#include "filter/nearest.h"

#include <algorithm>
#include <array>

namespace tracedrop::filter {

namespace {

constexpr size_t kLongest = 96;
using Row = std::array<size_t, kLongest + 1>;

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

size_t distance(std::string_view a, std::string_view b, size_t most) {
  const size_t longer = std::max(a.size(), b.size()), shorter = std::min(a.size(), b.size());
  if (longer > kLongest || longer - shorter > most) return most + 1;
  Row before_last{}, last{}, now{};
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    size_t least = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const bool is_same = small(a[i - 1]) == small(b[j - 1]);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (is_same ? 0 : 1)});
      const bool is_swapped =
          i > 1 && j > 1 && small(a[i - 1]) == small(b[j - 2]) && small(a[i - 2]) == small(b[j - 1]);
      if (is_swapped) now[j] = std::min(now[j], before_last[j - 2] + 1);
      least = std::min(least, now[j]);
    }
    if (least > most) return most + 1;
    before_last = last;
    last = now;
  }
  return std::min(last[b.size()], most + 1);
}

}  // namespace tracedrop::filter
