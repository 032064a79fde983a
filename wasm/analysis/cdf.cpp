#include "analysis/cdf.h"

#include <algorithm>
#include <cmath>

namespace tracedrop::analysis {

namespace {

/// Where column c of `columns` ends on the axis from `least` to `most`.
double column_end(Axis axis, double least, double most, uint32_t c, uint32_t columns) {
  const double share = (c + 1.0) / columns;
  return axis == Axis::linear ? least + (most - least) * share : least * std::exp(std::log(most / least) * share);
}

/// The first and the last corner of each column, as indices from `first` on.
std::vector<uint32_t> outermost(const Distribution& distribution, uint32_t first, Axis axis, uint32_t columns) {
  const std::vector<int64_t>& values = distribution.values();
  const auto least = static_cast<double>(values[first]);
  const auto most = static_cast<double>(values.back());
  const auto less = [](int64_t value, double limit) { return static_cast<double>(value) < limit; };
  std::vector<uint32_t> chosen;
  auto at = values.begin() + first;
  for (uint32_t c = 0; c < columns && at != values.end(); ++c) {
    const bool last = c + 1 == columns;
    const auto next =
        last ? values.end() : std::lower_bound(at, values.end(), column_end(axis, least, most, c, columns), less);
    if (next == at) continue;
    chosen.push_back(static_cast<uint32_t>(at - values.begin()));
    if (next - at > 1) chosen.push_back(static_cast<uint32_t>(next - values.begin()) - 1);
    at = next;
  }
  return chosen;
}

/// The finest columns whose corners are not too many: half as many columns always fit.
std::vector<uint32_t> reduce(const Distribution& distribution, uint32_t first, Axis axis, uint32_t most_corners) {
  constexpr int kDoublings = 4;
  uint32_t columns = most_corners / 2;
  std::vector<uint32_t> best = outermost(distribution, first, axis, columns);
  for (int i = 0; i < kDoublings; ++i) {
    columns *= 2;
    std::vector<uint32_t> finer = outermost(distribution, first, axis, columns);
    if (finer.size() > most_corners) break;
    best = std::move(finer);
  }
  return best;
}

}  // namespace

Cdf cdf(const Distribution& distribution, Axis axis, uint32_t most_corners) {
  Cdf curve;
  curve.count = distribution.count();
  if (curve.count == 0) return curve;
  curve.negative = distribution.count_at_most(-1);
  curve.zero = distribution.count_of(0);
  const auto& values = distribution.values();
  const auto begin = axis == Axis::linear ? values.begin() : std::upper_bound(values.begin(), values.end(), 0);
  const auto first = static_cast<uint32_t>(begin - values.begin());
  const auto add = [&](uint32_t k) {
    curve.x.push_back(static_cast<double>(values[k]));
    curve.at_most.push_back(distribution.at_most(k));
  };
  most_corners = std::max(most_corners, 2U);
  curve.complete = distribution.distinct() - first <= most_corners;
  if (curve.complete) {
    for (uint32_t k = first; k < distribution.distinct(); ++k) add(k);
  } else {
    for (const uint32_t k : reduce(distribution, first, axis, most_corners)) add(k);
  }
  return curve;
}

}  // namespace tracedrop::analysis
