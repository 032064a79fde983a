#include "analysis/distribution.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <span>

#include "analysis/walk.h"

namespace tracedrop::analysis {

namespace {

/// Below this many values, sorting them costs less than clearing the tables.
constexpr uint32_t kFew = 16384;
constexpr uint32_t kDirectLengths = 65536;
constexpr int kLowBits = 16;
constexpr uint64_t kBucketed = uint64_t{1} << 32;
constexpr size_t kBuckets = kBucketed >> kLowBits;

size_t bucket_of(uint64_t value) { return static_cast<size_t>(value >> kLowBits); }

/// Two bytes for each of many values, in small pieces: they find room in what reading the file has given back, where
/// one array would make the heap grow by its whole size.
class LowBits {
 public:
  explicit LowBits(size_t size) : size_(size), pieces_((size + kPiece - 1) / kPiece) {
    for (auto& piece : pieces_) piece = std::make_unique<Piece>();
  }
  size_t size() const { return size_; }
  uint16_t& operator[](size_t i) { return (*pieces_[i / kPiece])[i % kPiece]; }
  /// Calls visit(values) for the pieces of [begin, end).
  template <typename Visit>
  void for_each_piece(size_t begin, size_t end, Visit&& visit) const {
    while (begin < end) {
      const size_t from = begin % kPiece;
      const size_t count = std::min(kPiece - from, end - begin);
      visit(std::span<const uint16_t>(*pieces_[begin / kPiece]).subspan(from, count));
      begin += count;
    }
  }

 private:
  static constexpr size_t kPiece = 256;
  using Piece = std::array<uint16_t, kPiece>;
  size_t size_;
  std::vector<std::unique_ptr<Piece>> pieces_;
};

/// Appends one bucket's values in order.
class BucketSorter {
 public:
  void append_sorted(const LowBits& low, size_t begin, size_t end, uint64_t base, Distribution& out) {
    if (end - begin <= few_.size()) {
      append_few(low, begin, end, base, out);
      return;
    }
    low.for_each_piece(begin, end, [&](std::span<const uint16_t> values) {
      for (const uint16_t value : values) {
        ++count_[value];
        present_[value / 64] |= uint64_t{1} << (value % 64);
      }
    });
    append_counted(base, out);
  }

 private:
  void append_few(const LowBits& low, size_t begin, size_t end, uint64_t base, Distribution& out) {
    size_t count = 0;
    low.for_each_piece(begin, end, [&](std::span<const uint16_t> values) {
      for (const uint16_t value : values) few_[count++] = value;
    });
    std::sort(few_.begin(), few_.begin() + count);
    for (size_t i = 0; i < count; ++i) out.append(static_cast<int64_t>(base | few_[i]), 1);
  }

  /// Clears only what was touched.
  void append_counted(uint64_t base, Distribution& out) {
    for (size_t w = 0; w < present_.size(); ++w) {
      for (; present_[w] != 0; present_[w] &= present_[w] - 1) {
        const size_t value = w * 64 + static_cast<size_t>(std::countr_zero(present_[w]));
        out.append(static_cast<int64_t>(base | value), count_[value]);
        count_[value] = 0;
      }
    }
  }

  std::array<uint16_t, 16> few_{};  // std::sort is an insertion sort up to here
  std::vector<uint32_t> count_ = std::vector<uint32_t>(1 << kLowBits);
  std::vector<uint64_t> present_ = std::vector<uint64_t>((1 << kLowBits) / 64);
};

/// The distribution of the values that each(take) hands to take(uint64_t); it is called twice.
template <typename Each>
Distribution two_level(Each&& each) {
  std::vector<uint32_t> end(kBuckets + 1);  // first counts, then where the next value of each bucket goes
  std::vector<int64_t> large;
  each([&](uint64_t value) {
    if (value < kBucketed) {
      ++end[bucket_of(value) + 1];
    } else {
      large.push_back(static_cast<int64_t>(value));
    }
  });
  for (size_t b = 0; b < kBuckets; ++b) end[b + 1] += end[b];
  LowBits low(end[kBuckets]);
  each([&](uint64_t value) {
    if (value < kBucketed) low[end[bucket_of(value)]++] = static_cast<uint16_t>(value & ((1 << kLowBits) - 1));
  });
  Distribution out;
  BucketSorter sorter;
  uint32_t begin = 0;
  for (size_t b = 0; b < kBuckets && begin < low.size(); ++b) {
    if (end[b] != begin) sorter.append_sorted(low, begin, end[b], uint64_t{b} << kLowBits, out);
    begin = end[b];
  }
  std::sort(large.begin(), large.end());
  for (const int64_t value : large) out.append(value, 1);
  return out;
}

/// Many gaps: those that are not negative through the buckets, and the negative ones (few, unless two clocks were
/// merged) likewise when they are many.
Distribution many_gaps(const Trace& trace, const Selection& selection) {
  std::vector<int64_t> negative;
  bool many_negative = false;
  const Distribution forward = two_level([&](auto&& take) {
    negative.clear();
    many_negative = false;
    for_each_gap(trace.columns, selection, [&](int64_t gap_ns, PacketIndex) {
      if (gap_ns >= 0) {
        take(static_cast<uint64_t>(gap_ns));
      } else if (negative.size() < kFew) {
        negative.push_back(gap_ns);
      } else {
        many_negative = true;
      }
    });
  });
  if (negative.empty()) return forward;
  Distribution out;
  if (many_negative) {
    // ~gap turns -1, -2, … into 0, 1, …: never overflows, and reverses the order.
    const Distribution backward = two_level([&](auto&& take) {
      for_each_gap(trace.columns, selection, [&](int64_t gap_ns, PacketIndex) {
        if (gap_ns < 0) take(static_cast<uint64_t>(~gap_ns));
      });
    });
    for (uint32_t k = backward.distinct(); k-- > 0;) out.append(~backward.value(k), backward.times(k));
  } else {
    out = distribution_of(std::move(negative));
  }
  for (uint32_t k = 0; k < forward.distinct(); ++k) out.append(forward.value(k), forward.times(k));
  return out;
}

}  // namespace

uint32_t Distribution::count_at_most(int64_t x) const {
  const auto above = std::upper_bound(values_.begin(), values_.end(), x);
  return above == values_.begin() ? 0 : at_most_[static_cast<size_t>(above - values_.begin()) - 1];
}

uint32_t Distribution::count_of(int64_t x) const {
  const auto found = std::lower_bound(values_.begin(), values_.end(), x);
  return found == values_.end() || *found != x ? 0 : times(static_cast<uint32_t>(found - values_.begin()));
}

int64_t Distribution::order_statistic(uint32_t i) const {
  const auto reaches = std::upper_bound(at_most_.begin(), at_most_.end(), i);
  return values_[static_cast<size_t>(reaches - at_most_.begin())];
}

void Distribution::append(int64_t value, uint32_t times) {
  if (times == 0) return;
  if (!values_.empty() && values_.back() == value) {
    at_most_.back() += times;
    return;
  }
  at_most_.push_back(count() + times);
  values_.push_back(value);
}

Distribution distribution_of(std::vector<int64_t> values) {
  std::sort(values.begin(), values.end());
  Distribution out;
  for (const int64_t value : values) out.append(value, 1);
  return out;
}

Distribution size_distribution(const Trace& trace, const Selection& selection) {
  const bool few = selection.count() < kFew;
  std::vector<int64_t> listed;  // few sizes, or the rare ones beyond the table
  std::vector<uint32_t> direct(few ? 0 : kDirectLengths);
  for_each_piece(trace.columns, selection, [&](const trace::Block& block, uint32_t from, uint32_t to, PacketIndex) {
    for (uint32_t at = from; at < to; ++at) {
      const uint32_t wire_len = block.wire_len[at];
      if (wire_len < direct.size()) {
        ++direct[wire_len];
      } else {
        listed.push_back(wire_len);
      }
    }
  });
  if (few) return distribution_of(std::move(listed));
  Distribution out;
  for (uint32_t length = 0; length < direct.size(); ++length) out.append(length, direct[length]);
  std::sort(listed.begin(), listed.end());
  for (const int64_t length : listed) out.append(length, 1);
  return out;
}

Distribution interarrival_distribution(const Trace& trace, const Selection& selection) {
  if (selection.count() >= kFew) return many_gaps(trace, selection);
  std::vector<int64_t> gaps;
  gaps.reserve(selection.count());
  for_each_gap(trace.columns, selection, [&](int64_t gap_ns, PacketIndex) { gaps.push_back(gap_ns); });
  return distribution_of(std::move(gaps));
}

Distributions distributions(const Trace& trace, const Selection& selection) {
  return {size_distribution(trace, selection), interarrival_distribution(trace, selection)};
}

Selection packets_of_size(const Trace& trace, const Selection& selection, int64_t least, int64_t most) {
  return packets_where(trace, selection, [&](PacketIndex i) {
    const int64_t size = trace.columns.wire_len(i);
    return size >= least && size <= most;
  });
}

Selection packets_after_gap(const Trace& trace, const Selection& selection, int64_t least_ns, int64_t most_ns) {
  PacketSet found(trace.size());
  for_each_gap(trace.columns, selection, [&](int64_t gap_ns, PacketIndex i) {
    if (gap_ns >= least_ns && gap_ns <= most_ns) found.add(i);
  });
  return found.take();
}

}  // namespace tracedrop::analysis
