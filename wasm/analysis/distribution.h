// The exact distribution of packet sizes and of interarrival times: every distinct value, ascending, and how many are
// at most as large. Everything else (percentiles, both curves, "which packets") is read from it without another pass.
//
// No values are ever sorted by comparison when there are many. Sizes are counted in a table of 65,536 lengths.
// Interarrival times are split in two: the upper half of 32 bits chooses one of 65,536 buckets of 65.536 µs each, where
// the lower half is gathered (two bytes a packet), then counted bucket by bucket; what is longer than 4.29 s is rare by
// nature. So the cost is linear, whatever resolution the clock has, and the memory is 2 bytes a packet while it lasts.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/exact.h"
#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::analysis {

using trace::PacketIndex;
using trace::Selection;
using trace::Trace;

class Distribution {
 public:
  /// How many values there are, and how many different ones.
  uint32_t count() const { return at_most_.empty() ? 0 : at_most_.back(); }
  uint32_t distinct() const { return static_cast<uint32_t>(values_.size()); }
  bool empty() const { return values_.empty(); }

  /// The k-th distinct value, ascending; how many are equal to it; how many are at most as large.
  int64_t value(uint32_t k) const { return values_[k]; }
  uint32_t times(uint32_t k) const { return k == 0 ? at_most_[0] : at_most_[k] - at_most_[k - 1]; }
  uint32_t at_most(uint32_t k) const { return at_most_[k]; }
  const std::vector<int64_t>& values() const { return values_; }

  /// #(X ≤ x) and #(X = x), for any x.
  uint32_t count_at_most(int64_t x) const;
  uint32_t count_of(int64_t x) const;
  /// F(x) = #(X ≤ x) / n; not defined for an empty distribution.
  double fraction_at_most(int64_t x) const { return ratio(count_at_most(x), count()); }
  /// The i-th smallest value, from 0; i < count().
  int64_t order_statistic(uint32_t i) const;

  /// Adds `times` more values, not less than any before.
  void append(int64_t value, uint32_t times);

 private:
  std::vector<int64_t> values_;
  std::vector<uint32_t> at_most_;
};

/// The distribution of any values.
Distribution distribution_of(std::vector<int64_t> values);

/// What a selection's packets are distributed like: compute once, and keep.
struct Distributions {
  /// Lengths on the wire, in bytes.
  Distribution size;
  /// Differences of successive selected packets' times in file order, in nanoseconds.
  Distribution interarrival_ns;
};
Distributions distributions(const Trace& trace, const Selection& selection);

Distribution size_distribution(const Trace& trace, const Selection& selection);
Distribution interarrival_distribution(const Trace& trace, const Selection& selection);

/// The selected packets whose size lies in [least, most].
Selection packets_of_size(const Trace& trace, const Selection& selection, int64_t least, int64_t most);
/// The selected packets that arrive after a gap in [least_ns, most_ns] since the selected packet before.
Selection packets_after_gap(const Trace& trace, const Selection& selection, int64_t least_ns, int64_t most_ns);

}  // namespace tracedrop::analysis
