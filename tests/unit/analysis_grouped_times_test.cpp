// Times of many groups at once, beside a twin that sorts each group's times.
#include <algorithm>
#include <map>
#include <random>

#include "analysis/grouped_times.h"
#include "catch.h"

using namespace tracedrop::analysis;

namespace {

double median_ms(std::vector<int64_t> ns) {
  std::sort(ns.begin(), ns.end());
  const size_t half = ns.size() / 2;
  const int64_t doubled = ns.size() % 2 == 1 ? 2 * ns[half] : ns[half - 1] + ns[half];
  return static_cast<double>(doubled) / 2e6;
}

}  // namespace

TEST_CASE("grouped times: every group's figures are those of its sorted times, longer than 32 bits or not") {
  std::mt19937_64 random(20241001);
  constexpr int64_t kSixSeconds = 6'000'000'000;  // 4.29 seconds and more need more than 32 bits
  for (const int64_t greatest : {int64_t{10}, int64_t{1'000'000}, kSixSeconds, 100 * kSixSeconds}) {
    std::map<uint32_t, std::vector<int64_t>> expected;
    std::vector<uint32_t> most;
    for (uint32_t group = 0; group < 40; ++group) {
      expected[group];
      most.push_back(static_cast<uint32_t>(random() % 30));
      for (uint32_t i = 0; i < most.back(); ++i) expected[group].push_back(static_cast<int64_t>(random() % greatest));
    }
    GroupedTimes times(most);
    std::vector<int64_t> all;
    std::vector<uint32_t> with_times;
    for (size_t round = 0; round < 30; ++round)
      for (const auto& [group, values] : expected)
        if (round < values.size()) times.add(group, values[round]);
    for (const auto& [group, values] : expected) {
      REQUIRE(times.count(group) == values.size());
      if (values.empty()) continue;
      CHECK(times.least_ns(group) == *std::min_element(values.begin(), values.end()));
      CHECK(times.greatest_ns(group) == *std::max_element(values.begin(), values.end()));
      CHECK(times.median_ms(group) == Approx(median_ms(values)).epsilon(1e-15));
      all.insert(all.end(), values.begin(), values.end());
      with_times.push_back(group);
    }
    CHECK(times.median_ms(with_times) == Approx(median_ms(all)).epsilon(1e-15));
  }
}
