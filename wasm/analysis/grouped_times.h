// Times of many groups at once, for each group's least, median and greatest: four bytes a time, and no group has memory
// of its own, so that millions of samples of thousands of groups cost little more than their number.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace tracedrop::analysis {

class GroupedTimes {
 public:
  /// `most[g]`: how many times group g may get.
  explicit GroupedTimes(const std::vector<uint32_t>& most);

  /// Adds a time that is not negative.
  void add(uint32_t group, int64_t ns);

  uint32_t count(uint32_t group) const { return end_[group] - begin_[group]; }
  /// Of a group that has times.
  int64_t least_ns(uint32_t group) const;
  int64_t greatest_ns(uint32_t group) const;
  /// The mean of the two middle ones when their number is even.
  double median_ms(uint32_t group);
  /// Of all times of several groups, of which there is one at least.
  double median_ms(const std::vector<uint32_t>& groups) const;

 private:
  /// Stands for every time that is too long for 32 bits (4.29 seconds); these are in `long_`.
  static constexpr uint32_t kLong = UINT32_MAX;
  using Times = std::vector<uint32_t>::iterator;

  std::vector<int64_t> long_times(const std::vector<uint32_t>& groups) const;
  double median_ms(Times begin, Times end, const std::vector<uint32_t>& groups) const;

  std::vector<uint32_t> begin_, end_;  // a group's times in times_
  std::vector<uint32_t> times_;
  std::vector<std::pair<uint32_t, int64_t>> long_;
};

}  // namespace tracedrop::analysis
