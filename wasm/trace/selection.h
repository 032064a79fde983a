// A set of packets of one trace: all, a run, or any subset. Every figure is computed for a selection.
#pragma once

#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

#include "dissect/row.h"

namespace tracedrop::trace {

using dissect::PacketIndex;

class Selection {
 public:
  /// The packets [first, last).
  static Selection run(PacketIndex first, PacketIndex last) {
    Selection s;
    s.first_ = first;
    s.last_ = last < first ? first : last;
    s.count_ = s.last_ - s.first_;
    return s;
  }
  static Selection all(uint32_t size) { return run(0, size); }
  /// Bit i of word i / 64 says whether packet i is in; bits from `size` on are ignored.
  static Selection of_bits(std::vector<uint64_t> words, uint32_t size);
  /// The packets of a sorted list.
  static Selection of_list(const std::vector<PacketIndex>& packets, uint32_t size);

  uint32_t count() const { return count_; }
  bool empty() const { return count_ == 0; }
  /// True when it is the run [first(), last()).
  bool is_run() const { return words_.empty(); }
  PacketIndex first() const { return first_; }
  PacketIndex last() const { return last_; }
  bool contains(PacketIndex i) const {
    return i >= first_ && i < last_ && (words_.empty() || (words_[i / 64] >> (i % 64) & 1) != 0);
  }
  /// The n-th packet of the selection (n < count()).
  PacketIndex at(uint32_t n) const;
  Selection intersect(const Selection& other) const;

  /// Calls visit(first, last) for each maximal run of packets, in order: the way to go through columns fast.
  template <typename Visit>
  void for_each_run(Visit&& visit) const {
    if (words_.empty()) {
      if (count_ > 0) visit(first_, last_);
      return;
    }
    PacketIndex i = first_;
    while ((i = next_change(i, true)) < last_) {
      const PacketIndex end = next_change(i, false);
      visit(i, end);
      i = end;
    }
  }
  /// Calls visit(i) for each packet, in order.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for_each_run([&](PacketIndex first, PacketIndex last) {
      for (PacketIndex i = first; i < last; ++i) visit(i);
    });
  }

 private:
  /// The first packet from `i` on that is in (wanted) or not in (!wanted), or last_.
  PacketIndex next_change(PacketIndex i, bool wanted) const;

  PacketIndex first_ = 0;
  PacketIndex last_ = 0;
  uint32_t count_ = 0;
  std::vector<uint64_t> words_;   // empty for a run
  std::vector<uint32_t> before_;  // packets selected before each 64 words, for at()
};

}  // namespace tracedrop::trace
