// Count, mean, standard deviation and percentiles, with the digits that pandas shows.
#pragma once

#include <cstdint>
#include <optional>

#include "analysis/distribution.h"

namespace tracedrop::analysis {

/// Of at least one value. Means and deviations come from exact integer sums and are rounded once.
struct Statistics {
  uint32_t count = 0;
  double mean = 0;
  /// Sample standard deviation (ddof = 1); absent for a single value.
  std::optional<double> std;
  double min = 0;
  double q25 = 0;
  double median = 0;
  double q75 = 0;
  double p90 = 0;
  double max = 0;
  double sum = 0;
};

/// How the fraction of a percentile's rank is computed; both interpolate linearly between the two order statistics
/// around rank (n - 1) * p / 100.
enum class Interpolation : uint8_t {
  exact,  ///< in integers, rounded once: right for nanoseconds, where a double's rank would leak into the last digits
  numpy,  ///< in doubles, step by step as NumPy does it, so that the digits are pandas' even when they are off by one
};

/// The p-th percentile (0 ≤ p ≤ 100, taken to six decimals) of a distribution that is not empty, divided by `scale`.
double percentile(const Distribution& distribution, double p, Interpolation interpolation, uint32_t scale = 1);

/// Absent when the distribution is empty. Sizes: in bytes.
std::optional<Statistics> size_statistics(const Distribution& size);
/// Interarrival times: in seconds.
std::optional<Statistics> interarrival_statistics(const Distribution& interarrival_ns);

}  // namespace tracedrop::analysis
