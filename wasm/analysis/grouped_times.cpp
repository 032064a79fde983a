#include "analysis/grouped_times.h"

#include <algorithm>

#include "analysis/exact.h"

namespace tracedrop::analysis {

GroupedTimes::GroupedTimes(const std::vector<uint32_t>& most) {
  uint32_t at = 0;
  for (const uint32_t count : most) {
    begin_.push_back(at);
    at += count;
  }
  end_ = begin_;
  times_.resize(at);
}

void GroupedTimes::add(uint32_t group, int64_t ns) {
  if (ns >= kLong) long_.emplace_back(group, ns);
  times_[end_[group]++] = ns >= kLong ? kLong : static_cast<uint32_t>(ns);
}

int64_t GroupedTimes::least_ns(uint32_t group) const {
  const uint32_t least = *std::min_element(times_.begin() + begin_[group], times_.begin() + end_[group]);
  return least == kLong ? long_times({group}).front() : least;
}

int64_t GroupedTimes::greatest_ns(uint32_t group) const {
  const uint32_t greatest = *std::max_element(times_.begin() + begin_[group], times_.begin() + end_[group]);
  return greatest == kLong ? long_times({group}).back() : greatest;
}

double GroupedTimes::median_ms(uint32_t group) {
  return median_ms(times_.begin() + begin_[group], times_.begin() + end_[group], {group});
}

double GroupedTimes::median_ms(const std::vector<uint32_t>& groups) const {
  std::vector<uint32_t> all;
  for (const uint32_t group : groups)
    all.insert(all.end(), times_.begin() + begin_[group], times_.begin() + end_[group]);
  return median_ms(all.begin(), all.end(), groups);
}

/// Ascending.
std::vector<int64_t> GroupedTimes::long_times(const std::vector<uint32_t>& groups) const {
  std::vector<int64_t> found;
  for (const auto& [group, ns] : long_)
    if (std::find(groups.begin(), groups.end(), group) != groups.end()) found.push_back(ns);
  std::sort(found.begin(), found.end());
  return found;
}

double GroupedTimes::median_ms(Times begin, Times end, const std::vector<uint32_t>& groups) const {
  const auto count = end - begin;
  const auto upper = begin + count / 2;
  std::nth_element(begin, upper, end);
  const auto lower = count % 2 == 1 ? upper : std::max_element(begin, upper);
  if (*upper != kLong) return ratio(Int128{*lower} + *upper, 2'000'000);
  const std::vector<int64_t> longs = long_times(groups);
  // The last ones of all, in order, are the long ones.
  const auto first_long = static_cast<size_t>(count) - longs.size();
  const auto place = static_cast<size_t>(count / 2);
  const int64_t upper_ns = longs[place - first_long];
  const int64_t lower_ns = count % 2 == 1    ? upper_ns
                           : *lower == kLong ? longs[place - 1 - first_long]
                                             : int64_t{*lower};
  return ratio(Int128{lower_ns} + upper_ns, 2'000'000);
}

}  // namespace tracedrop::analysis
