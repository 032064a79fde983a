#include "trace/selection.h"

#include <algorithm>

namespace tracedrop::trace {

namespace {
constexpr size_t kWordsPerMark = 64;
}

Selection Selection::of_bits(std::vector<uint64_t> words, uint32_t size) {
  Selection s;
  words.resize((size_t{size} + 63) / 64);
  if (size % 64 != 0) words.back() &= (uint64_t{1} << (size % 64)) - 1;
  s.last_ = size;
  for (size_t w = 0; w < words.size(); ++w) {
    if (w % kWordsPerMark == 0) s.before_.push_back(s.count_);
    s.count_ += static_cast<uint32_t>(std::popcount(words[w]));
  }
  s.words_ = std::move(words);
  return s;
}

Selection Selection::of_list(const std::vector<PacketIndex>& packets, uint32_t size) {
  std::vector<uint64_t> words((size_t{size} + 63) / 64);
  for (const PacketIndex i : packets)
    if (i < size) words[i / 64] |= uint64_t{1} << (i % 64);
  return of_bits(std::move(words), size);
}

PacketIndex Selection::at(uint32_t n) const {
  if (words_.empty()) return first_ + n;
  const auto mark = std::upper_bound(before_.begin(), before_.end(), n) - before_.begin() - 1;
  n -= before_[static_cast<size_t>(mark)];
  size_t w = static_cast<size_t>(mark) * kWordsPerMark;
  for (; w < words_.size(); ++w) {
    const auto in_word = static_cast<uint32_t>(std::popcount(words_[w]));
    if (n < in_word) break;
    n -= in_word;
  }
  if (w == words_.size()) return last_;
  uint64_t word = words_[w];
  for (; n > 0; --n) word &= word - 1;
  return static_cast<PacketIndex>(w * 64 + static_cast<size_t>(std::countr_zero(word)));
}

Selection Selection::intersect(const Selection& other) const {
  if (is_run() && other.is_run()) return run(std::max(first_, other.first_), std::min(last_, other.last_));
  const PacketIndex last = std::min(last_, other.last_);
  std::vector<uint64_t> words((size_t{last} + 63) / 64);
  for_each_run([&](PacketIndex from, PacketIndex to) {
    for (PacketIndex i = from; i < std::min(to, last); ++i)
      if (other.contains(i)) words[i / 64] |= uint64_t{1} << (i % 64);
  });
  return of_bits(std::move(words), last);
}

PacketIndex Selection::next_change(PacketIndex i, bool wanted) const {
  while (i < last_) {
    const uint64_t word = wanted ? words_[i / 64] : ~words_[i / 64];
    const uint64_t rest = word >> (i % 64);
    if (rest != 0) return std::min(i + static_cast<PacketIndex>(std::countr_zero(rest)), last_);
    i = (i / 64 + 1) * 64;
  }
  return last_;
}

}  // namespace tracedrop::trace
