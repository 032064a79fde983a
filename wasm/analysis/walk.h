// Going through the columns of a selection fast: one block and one run of it at a time.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "analysis/exact.h"
#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::analysis {

/// Calls visit(block, from, to, first) for each piece of the selection that lies in one block: its rows [from, to), the
/// first of which is packet `first`.
template <typename Visit>
void for_each_piece(const trace::Columns& columns, const trace::Selection& selection, Visit&& visit) {
  selection.for_each_run([&](trace::PacketIndex first, trace::PacketIndex last) {
    last = std::min(last, columns.size());
    while (first < last) {
      const uint32_t from = first % trace::kBlockRows;
      const uint32_t to = std::min(trace::kBlockRows, from + (last - first));
      visit(columns.block(first / trace::kBlockRows), from, to, first);
      first += to - from;
    }
  });
}

/// Calls visit(gap_ns, packet) for each selected packet but the first: the time since the selected packet before it.
template <typename Visit>
void for_each_gap(const trace::Columns& columns, const trace::Selection& selection, Visit&& visit) {
  bool first_of_all = true;
  int64_t before = 0;
  for_each_piece(columns, selection,
                 [&](const trace::Block& block, uint32_t from, uint32_t to, trace::PacketIndex first) {
                   uint32_t at = from;
                   if (first_of_all) {
                     before = block.ts_ns[at++];
                     first_of_all = false;
                   }
                   for (; at < to; ++at) {
                     const int64_t ts_ns = block.ts_ns[at];
                     visit(difference_ns(ts_ns, before), first + (at - from));
                     before = ts_ns;
                   }
                 });
}

/// Calls visit(packet) for the packets for which `test(block, at)` holds, when they are rare: a piece without one costs
/// one vectorised pass.
template <typename Test, typename Visit>
void find_rare(const trace::Trace& trace, const trace::Selection& selection, Test&& test, Visit&& visit) {
  for_each_piece(trace.columns, selection,
                 [&](const trace::Block& block, uint32_t from, uint32_t to, trace::PacketIndex first) {
                   bool any = false;
                   for (uint32_t at = from; at < to; ++at) any |= test(block, at);
                   if (!any) return;
                   for (uint32_t at = from; at < to; ++at)
                     if (test(block, at)) visit(first + (at - from));
                 });
}

/// Collects packets for a Selection; they may come in any order.
class PacketSet {
 public:
  explicit PacketSet(uint32_t size) : size_(size), words_((size_t{size} + 63) / 64) {}
  void add(trace::PacketIndex i) {
    if (i < size_) words_[i / 64] |= uint64_t{1} << (i % 64);
  }
  trace::Selection take() { return trace::Selection::of_bits(std::move(words_), size_); }

 private:
  uint32_t size_;
  std::vector<uint64_t> words_;
};

/// The selected packets that `keep(i)` says yes to.
template <typename Keep>
trace::Selection packets_where(const trace::Trace& trace, const trace::Selection& selection, Keep&& keep) {
  PacketSet found(trace.size());
  selection.for_each([&](trace::PacketIndex i) {
    if (i < trace.size() && keep(i)) found.add(i);
  });
  return found.take();
}

}  // namespace tracedrop::analysis
