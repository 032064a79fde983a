#include "analysis/statistics.h"

#include <algorithm>
#include <cmath>

namespace tracedrop::analysis {

namespace {

constexpr uint32_t kNsPerSecond = 1'000'000'000;

struct Sums {
  Int128 sum = 0;
  /// n * Σx² - (Σx)², when it is sure to fit.
  std::optional<UInt128> scatter;
};

Sums sums_of(const Distribution& distribution) {
  Sums sums;
  double squares_estimate = 0;
  for (uint32_t k = 0; k < distribution.distinct(); ++k) {
    const double value = static_cast<double>(distribution.value(k));
    sums.sum += Int128{distribution.value(k)} * distribution.times(k);
    squares_estimate += value * value * distribution.times(k);
  }
  const uint32_t n = distribution.count();
  constexpr double kFits = 4e37;  // < 2^125; the estimate is good to fifteen digits
  if (squares_estimate * n > kFits) return sums;
  UInt128 squares = 0;
  for (uint32_t k = 0; k < distribution.distinct(); ++k) {
    const Int128 value = distribution.value(k);
    squares += static_cast<UInt128>(value * value) * distribution.times(k);
  }
  // (Σx)² ≤ n Σx² (Cauchy and Schwarz), so it fits too.
  sums.scatter = squares * n - static_cast<UInt128>(sums.sum * sums.sum);
  return sums;
}

/// Two passes in doubles, for spreads beyond 128-bit squares: clocks that jump by years.
double wide_std(const Distribution& distribution, double mean) {
  double squares = 0;
  for (uint32_t k = 0; k < distribution.distinct(); ++k) {
    const double off = static_cast<double>(distribution.value(k)) - mean;
    squares += off * off * distribution.times(k);
  }
  return std::sqrt(squares / (distribution.count() - 1.0));
}

double exact_percentile(const Distribution& distribution, double p, uint32_t scale) {
  constexpr uint64_t kMillionths = 1'000'000;
  constexpr uint64_t kWhole = 100 * kMillionths;
  const auto parts = static_cast<uint64_t>(std::llround(std::clamp(p, 0.0, 100.0) * kMillionths));
  const uint64_t rank = parts * (distribution.count() - 1);
  const auto below = static_cast<uint32_t>(rank / kWhole);
  const uint64_t beyond = rank % kWhole;
  const Int128 low = distribution.order_statistic(below);
  if (beyond == 0) return ratio(low, scale);
  const Int128 high = distribution.order_statistic(below + 1);
  return ratio(low * (kWhole - beyond) + high * beyond, UInt128{kWhole} * scale);
}

double numpy_percentile(const Distribution& distribution, double p, uint32_t scale) {
  const double rank = (distribution.count() - 1.0) * (std::clamp(p, 0.0, 100.0) / 100);
  const auto below = static_cast<uint32_t>(rank);
  const double t = rank - below;
  const auto low = static_cast<double>(distribution.order_statistic(below));
  if (below + 1 >= distribution.count()) return low / scale;
  const auto high = static_cast<double>(distribution.order_statistic(below + 1));
  const double step = high - low;
  return (t >= 0.5 ? high - step * (1 - t) : low + step * t) / scale;
}

std::optional<Statistics> statistics(const Distribution& distribution, Interpolation interpolation, uint32_t scale) {
  if (distribution.empty()) return std::nullopt;
  const uint32_t n = distribution.count();
  const Sums sums = sums_of(distribution);
  const auto at = [&](double p) { return percentile(distribution, p, interpolation, scale); };
  Statistics s;
  s.count = n;
  s.mean = ratio(sums.sum, UInt128{n} * scale);
  if (n > 1 && sums.scatter) {
    s.std = std::sqrt(ratio(static_cast<Int128>(*sums.scatter), UInt128{n} * (n - 1) * scale * scale));
  } else if (n > 1) {
    s.std = wide_std(distribution, ratio(sums.sum, n)) / scale;
  }
  s.min = ratio(distribution.value(0), scale);
  s.q25 = at(25);
  s.median = at(50);
  s.q75 = at(75);
  s.p90 = at(90);
  s.max = ratio(distribution.value(distribution.distinct() - 1), scale);
  s.sum = ratio(sums.sum, scale);
  return s;
}

}  // namespace

double percentile(const Distribution& distribution, double p, Interpolation interpolation, uint32_t scale) {
  return interpolation == Interpolation::exact ? exact_percentile(distribution, p, scale)
                                               : numpy_percentile(distribution, p, scale);
}

std::optional<Statistics> size_statistics(const Distribution& size) {
  return statistics(size, Interpolation::numpy, 1);
}

std::optional<Statistics> interarrival_statistics(const Distribution& interarrival_ns) {
  return statistics(interarrival_ns, Interpolation::exact, kNsPerSecond);
}

}  // namespace tracedrop::analysis
