// Distributions, statistics and curves: known figures, and slow twins that sort everything.
#include <algorithm>
#include <cmath>
#include <random>

#include "analysis/cdf.h"
#include "analysis/distribution.h"
#include "analysis/statistics.h"
#include "catch.h"
#include "trace_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::analysis;
using test::all;
using test::numbers;

namespace {

struct Oracle {
  std::vector<int64_t> sorted;

  explicit Oracle(std::vector<int64_t> values) : sorted(std::move(values)) { std::sort(sorted.begin(), sorted.end()); }
  uint32_t at_most(int64_t x) const {
    return static_cast<uint32_t>(std::count_if(sorted.begin(), sorted.end(), [&](int64_t v) { return v <= x; }));
  }
};

void check_against(const Oracle& oracle, const Distribution& distribution) {
  REQUIRE(distribution.count() == oracle.sorted.size());
  std::vector<int64_t> expanded;
  for (uint32_t k = 0; k < distribution.distinct(); ++k)
    expanded.insert(expanded.end(), distribution.times(k), distribution.value(k));
  REQUIRE(expanded == oracle.sorted);
  for (uint32_t i = 0; i < oracle.sorted.size(); i += 1 + static_cast<uint32_t>(oracle.sorted.size() / 97))
    REQUIRE(distribution.order_statistic(i) == oracle.sorted[i]);
}

trace::Trace trace_with(const std::vector<int64_t>& gaps_ns, const std::vector<uint32_t>& sizes) {
  trace::Trace trace;
  dissect::Row row;
  row.ts_ns = 1'664'388'469'340'190'000;
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (i > 0) row.ts_ns += gaps_ns[i - 1];
    row.wire_len = sizes[i];
    trace.columns.push(row);
  }
  trace.findings.conversations.emplace_back();
  return trace;
}

Distribution of(std::vector<int64_t> values) { return distribution_of(std::move(values)); }

}  // namespace

TEST_CASE("a ratio of integers is rounded once, to nearest and ties to even") {
  CHECK(ratio(1, 3) == 1.0 / 3);
  CHECK(ratio(-1, 3) == -1.0 / 3);
  CHECK(ratio(0, 7) == 0.0);
  CHECK(ratio((Int128{1} << 53) + 1, 1) == 9007199254740992.0);
  CHECK(ratio((Int128{1} << 53) + 3, 1) == 9007199254740996.0);
  CHECK(ratio(((Int128{1} << 53) + 1) * 10 + 1, 10) == 9007199254740994.0);  // just above the tie
  CHECK(ratio(Int128{1} << 100, UInt128{1} << 90) == 1024.0);
  CHECK(ratio(1, UInt128{1} << 100) == std::ldexp(1.0, -100));
  CHECK(seconds(92'001'504'000) == 92.001504);
  CHECK(milliseconds(4'181'000) == 4.181);
  CHECK(seconds(INT64_MIN) == -9223372036.854775808);
}

TEST_CASE("times further apart than 64 bits hold give the longest gap, not a wrapped one") {
  CHECK(difference_ns(INT64_MAX, INT64_MIN) == INT64_MAX);
  CHECK(difference_ns(INT64_MIN, INT64_MAX) == INT64_MIN);
  CHECK(difference_ns(-5, 3) == -8);
}

TEST_CASE("percentiles interpolate linearly between order statistics") {
  const Distribution d = of({4, 1, 3, 2});
  CHECK(percentile(d, 0, Interpolation::exact) == 1);
  CHECK(percentile(d, 25, Interpolation::exact) == 1.75);
  CHECK(percentile(d, 50, Interpolation::exact) == 2.5);
  CHECK(percentile(d, 90, Interpolation::exact) == 3.7);
  CHECK(percentile(d, 100, Interpolation::exact) == 4);
  CHECK(percentile(d, 99.9, Interpolation::exact) == 3.997);
  CHECK(percentile(of({7}), 90, Interpolation::exact) == 7);
  CHECK(percentile(of({7}), 90, Interpolation::numpy) == 7);

  SECTION("in nanoseconds without a trace of the rank's rounding") {
    std::vector<int64_t> gaps(2543);
    for (size_t i = 0; i < gaps.size(); ++i) gaps[i] = static_cast<int64_t>(i) * 1000;
    CHECK(percentile(of(gaps), 90, Interpolation::exact, 1'000'000'000) == 0.0022878);
  }
  SECTION("with NumPy's last digits where sizes are asked") {
    // pandas.Series(range(1, 2544)).quantile(0.9)
    std::vector<int64_t> values(2543);
    for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<int64_t>(i) + 1;
    CHECK(percentile(of(values), 90, Interpolation::numpy) == 2288.8);
    // pandas.Series([54, 66, 1440]).quantile(0.9)
    CHECK(percentile(of({54, 66, 1440}), 90, Interpolation::numpy) == 1165.2);
  }
}

TEST_CASE("mean and standard deviation have the exact sums' digits") {
  const auto s = size_statistics(of({2, 4, 4, 4, 5, 5, 7, 9}));
  REQUIRE(s);
  CHECK(s->count == 8);
  CHECK(s->mean == 5);
  CHECK(*s->std == std::sqrt(32.0 / 7));
  CHECK(s->min == 2);
  CHECK(s->max == 9);
  CHECK(s->sum == 40);

  SECTION("a deviation that doubles would lose beside a large mean") {
    const auto far = size_statistics(of({4'000'000'000'000'001, 4'000'000'000'000'002, 4'000'000'000'000'003}));
    CHECK(*far->std == 1);
  }
  SECTION("one value has no standard deviation, none has nothing") {
    CHECK_FALSE(size_statistics(of({5}))->std);
    CHECK_FALSE(size_statistics(of({})));
  }
  SECTION("spreads beyond 128-bit squares") {
    const auto wide = interarrival_statistics(of({-INT64_MAX, 0, INT64_MAX}));
    CHECK(wide->mean == 0);
    CHECK(*wide->std == Approx(9223372036.854775807));
  }
}

TEST_CASE("few and many sizes and gaps are distributed as sorting says") {
  std::mt19937_64 random(20220922);
  const auto pick = [&](auto... choices) {
    const std::array<int64_t, sizeof...(choices)> list{static_cast<int64_t>(choices)...};
    return list[random() % list.size()];
  };
  for (const uint32_t n : {1U, 2U, 3U, 1000U, 16383U, 16384U, 70000U}) {
    std::vector<uint32_t> sizes(n);
    std::vector<int64_t> wide_sizes;
    for (uint32_t& size : sizes) {
      // Heavy ties, every length, both sides of the table's end, and the largest there is.
      size = static_cast<uint32_t>(pick(54, 1440, random() % 1515, 65535, 65536, 262144, 0xFFFFFFFF));
      wide_sizes.push_back(size);
    }
    for (const bool backwards : {false, true}) {
      std::vector<int64_t> gaps(n - 1);
      for (int64_t& gap : gaps) {
        gap = pick(0, 1000, random() % 5000, random() % 300'000'000, random() % 4'294'967'296, 4'294'967'295,
                   4'294'967'296, 45'480'514'000);
        if (backwards && random() % 2 == 0) gap = -gap;
      }
      const trace::Trace trace = trace_with(gaps, sizes);
      const Distributions d = distributions(trace, all(trace));
      check_against(Oracle(wide_sizes), d.size);
      check_against(Oracle(gaps), d.interarrival_ns);
      if (gaps.empty()) continue;
      const Oracle oracle(gaps);
      for (const int64_t x : {int64_t{-1}, int64_t{0}, int64_t{999}, int64_t{1000}, int64_t{4'294'967'296}, INT64_MAX})
        CHECK(d.interarrival_ns.count_at_most(x) == oracle.at_most(x));
    }
  }
}

TEST_CASE("gaps are those between successive selected packets") {
  const trace::Trace trace = trace_with({10, 20, 30, 40}, {60, 61, 62, 63, 64});
  const Distribution gaps = interarrival_distribution(trace, trace::Selection::of_list({0, 2, 3}, trace.size()));
  REQUIRE(gaps.count() == 2);
  CHECK(gaps.value(0) == 30);
  CHECK(gaps.times(0) == 2);
  CHECK(interarrival_distribution(trace, trace::Selection::run(3, 4)).empty());
  CHECK(interarrival_distribution(trace, trace::Selection::run(3, 3)).empty());
}

TEST_CASE("the packets behind a point of a curve") {
  const trace::Trace trace = trace_with({0, 20, -5, 40}, {60, 1440, 62, 60, 64});
  CHECK(numbers(packets_of_size(trace, all(trace), 0, 62)) == std::vector<uint32_t>{1, 3, 4});
  CHECK(numbers(packets_after_gap(trace, all(trace), INT64_MIN, -1)) == std::vector<uint32_t>{4});
  CHECK(numbers(packets_after_gap(trace, all(trace), 0, 0)) == std::vector<uint32_t>{2});
  CHECK(numbers(packets_after_gap(trace, all(trace), 21, INT64_MAX)) == std::vector<uint32_t>{5});
}

TEST_CASE("a curve with few corners has them all") {
  const Distribution gaps = of({-3, 0, 0, 1000, 1000, 1000, 2000, 45'480'514'000});
  const Cdf linear = cdf(gaps, Axis::linear, 4096);
  CHECK(linear.complete);
  CHECK(linear.x == std::vector<double>{-3, 0, 1000, 2000, 45'480'514'000});
  CHECK(linear.at_most == std::vector<uint32_t>{1, 3, 6, 7, 8});
  const Cdf logarithmic = cdf(gaps, Axis::logarithmic, 4096);
  CHECK(logarithmic.x == std::vector<double>{1000, 2000, 45'480'514'000});
  CHECK(logarithmic.at_most == std::vector<uint32_t>{6, 7, 8});
  CHECK(logarithmic.zero == 2);
  CHECK(logarithmic.negative == 1);
  CHECK(gaps.fraction_at_most(1500) == 0.75);

  CHECK(cdf(of({}), Axis::linear, 10).x.empty());
  CHECK(cdf(of({0, 0}), Axis::logarithmic, 10).x.empty());
  CHECK(cdf(of({0, 0}), Axis::logarithmic, 10).zero == 2);
}

TEST_CASE("a reduced curve moves no corner and stays within a column of the whole one") {
  std::mt19937_64 random(7);
  std::vector<int64_t> values(60000);
  for (int64_t& value : values)
    value = static_cast<int64_t>(std::exp2(static_cast<double>(random() % 1'000'000) / 1e6 * 35));
  const Distribution d = of(values);
  for (const uint32_t most : {2U, 3U, 10U, 400U, 4096U}) {
    for (const Axis axis : {Axis::linear, Axis::logarithmic}) {
      const Cdf curve = cdf(d, axis, most);
      REQUIRE(curve.x.size() <= most);
      CHECK_FALSE(curve.complete);
      CHECK(curve.x.front() == static_cast<double>(d.value(0)));
      CHECK(curve.x.back() == static_cast<double>(d.value(d.distinct() - 1)));
      CHECK(curve.at_most.back() == d.count());
      for (size_t i = 0; i < curve.x.size(); ++i)
        REQUIRE(d.count_at_most(static_cast<int64_t>(curve.x[i])) == curve.at_most[i]);

      const auto place = [&](double x) {
        const double low = curve.x.front();
        const double high = curve.x.back();
        return axis == Axis::linear ? (x - low) / (high - low) : std::log(x / low) / std::log(high / low);
      };
      // Every corner that was dropped lies sideways of the drawn curve by less than a column.
      const double column = 1.0 / std::max(most / 2, 1U);
      for (uint32_t k = 0; k < d.distinct(); k += 7) {
        const auto next = std::lower_bound(curve.x.begin(), curve.x.end(), static_cast<double>(d.value(k)));
        REQUIRE(place(*next) - place(static_cast<double>(d.value(k))) <= column + 1e-9);
      }
    }
  }
}
