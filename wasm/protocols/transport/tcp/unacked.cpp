#include "protocols/transport/tcp/unacked.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "protocols/transport/tcp/sequence.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr uint32_t kSpan = 1u << 30;  // of sequence numbers: within it "before" is an order

/// Whether `a` is the better of two that an ACK covers.
bool is_better(const Unacked& a, const Unacked& b) {
  if (a.next_seq != b.next_seq) return after(a.next_seq, b.next_seq);
  return !a.ambiguous && (b.ambiguous || a.packet < b.packet);
}

/// The first of [begin, end) that ends after `ack`, which is one of the first as a rule.
const Unacked* first_after(const Unacked* begin, const Unacked* end, uint32_t ack) {
  const auto is_acked = [&](const Unacked& sent) { return at_or_before(sent.next_seq, ack); };
  for (size_t step = 1; begin != end && is_acked(*begin); step *= 2) {
    if (static_cast<size_t>(end - begin) <= step || !is_acked(begin[step]))
      return std::partition_point(begin + 1, begin + std::min(step, static_cast<size_t>(end - begin)), is_acked);
    begin += step;
  }
  return begin;
}

/// The last that begins at or before `seq`; null when there is none.
const Unacked* last_from(const SegmentsInOrder& segments, uint32_t seq) {
  const Unacked* const next = std::partition_point(segments.begin(), segments.end(),
                                                   [&](const Unacked& sent) { return at_or_before(sent.seq, seq); });
  return next == segments.begin() ? nullptr : next - 1;
}

}  // namespace

bool SegmentsInOrder::add(const Unacked& segment) {
  if (capacity_ == 0 && single_.packet == kNoPacket) {
    single_ = segment;
    return true;
  }
  if (size() != 0) {
    const bool follows = at_or_before((end() - 1)->next_seq, segment.seq);
    if (!follows || segment.next_seq - begin()->seq >= kSpan) return false;
  }
  if (capacity_ == 0 || many_.end == capacity_) make_room();
  many_.data[many_.end++] = segment;
  return true;
}

/// Moves what is left to the front, or to where there is twice the room: each segment moves seldom.
void SegmentsInOrder::make_room() {
  const size_t count = size();
  if (capacity_ != 0 && count * 2 <= capacity_) {
    std::copy(begin(), end(), many_.data);
  } else {
    const auto capacity = static_cast<uint32_t>(std::max<size_t>(4, count * 2));
    auto* const data = new Unacked[capacity];
    std::copy(begin(), end(), data);
    if (capacity_ != 0) delete[] many_.data;
    many_.data = data;
    capacity_ = capacity;
  }
  many_.first = 0;
  many_.end = static_cast<uint32_t>(count);
}

void SegmentsInOrder::drop_first(size_t count) {
  if (capacity_ != 0) {
    many_.first += static_cast<uint32_t>(count);
    if (many_.first == many_.end) many_.first = many_.end = 0;
  } else if (count != 0) {
    single_ = {};
  }
}

void SegmentsInOrder::reset() {
  if (capacity_ != 0) delete[] many_.data;
  capacity_ = 0;
  single_ = {};
}

void SegmentsInOrder::swap(SegmentsInOrder& other) {
  unsigned char bytes[sizeof(Unacked)];
  std::memcpy(bytes, &single_, sizeof bytes);
  std::memcpy(static_cast<void*>(&single_), &other.single_, sizeof bytes);
  std::memcpy(static_cast<void*>(&other.single_), bytes, sizeof bytes);
  std::swap(capacity_, other.capacity_);
}

const Unacked* find_from(const SegmentsInOrder& segments, const SegmentsOutOfOrder* others, uint32_t seq) {
  const Unacked* found = last_from(segments, seq);
  if (found == nullptr) {
    found = segments.begin();
  } else if (found->seq != seq) {
    ++found;
  }
  if (found == segments.end()) found = nullptr;
  if (found != nullptr && found->seq == seq) return found;
  if (others == nullptr) return found;
  for (const Unacked& other : *others) {
    if (other.seq == seq) return &other;
    if (after(other.seq, seq) && (found == nullptr || before(other.seq, found->seq))) found = &other;
  }
  return found;
}

uint32_t span_of(const SegmentsInOrder& segments, const SegmentsOutOfOrder* others) {
  bool is_empty = true;
  uint32_t first = 0, end = 0;
  const auto take = [&](const Unacked& sent) {
    if (is_empty || before(sent.seq, first)) first = sent.seq;
    if (is_empty || after(sent.next_seq, end)) end = sent.next_seq;
    is_empty = false;
  };
  if (segments.size() != 0) {
    take(*segments.begin());
    take(*(segments.end() - 1));
  }
  if (others != nullptr) std::for_each(others->begin(), others->end(), take);
  return end - first;
}

bool is_contiguous(const SegmentsInOrder& segments, const SegmentsOutOfOrder* others) {
  constexpr size_t kMost = 1024;
  if (segments.size() > kMost) return false;
  std::vector<Unacked> all(segments.begin(), segments.end());
  if (others != nullptr) all.insert(all.end(), others->begin(), others->end());
  if (all.empty()) return true;
  const uint32_t first = all.front().seq - kSpan;
  std::sort(all.begin(), all.end(), [&](const Unacked& a, const Unacked& b) { return a.seq - first < b.seq - first; });
  uint32_t end = all.front().next_seq;
  for (const Unacked& sent : all) {
    if (after(sent.seq, end)) return false;
    if (after(sent.next_seq, end)) end = sent.next_seq;
  }
  return true;
}

void mark_repeated(SegmentsInOrder& segments, SegmentsOutOfOrder* others, uint32_t seq, bool is_copy) {
  const auto mark = [&](Unacked& sent) {
    if (sent.seq != seq) return;
    sent.repeated = true;
    sent.ambiguous |= !is_copy;
  };
  if (const Unacked* const found = last_from(segments, seq)) mark(const_cast<Unacked&>(*found));
  if (others != nullptr) std::for_each(others->begin(), others->end(), mark);
}

bool holds_whole(const SegmentsInOrder& segments, const SegmentsOutOfOrder* others, uint32_t seq, uint32_t end) {
  const Unacked* const found = last_from(segments, seq);
  if (found != nullptr && at_or_before(end, found->next_seq)) return true;
  return others != nullptr && std::any_of(others->begin(), others->end(), [&](const Unacked& sent) {
           return !before(seq, sent.seq) && at_or_before(end, sent.next_seq);
         });
}

uint32_t reach_from(const SegmentsInOrder& segments, const SegmentsOutOfOrder* others, uint32_t ack) {
  const Unacked* next = first_after(segments.begin(), segments.end(), ack);
  const size_t other_count = others == nullptr ? 0 : others->size();
  size_t other = 0;
  uint32_t reached = ack;
  for (;;) {
    while (other < other_count && at_or_before((*others)[other].next_seq, ack)) ++other;
    if (next == segments.end() && other == other_count) return reached;
    const bool takes_other = other < other_count && (next == segments.end() || (*others)[other].packet < next->packet);
    const Unacked& sent = takes_other ? (*others)[other++] : *next++;
    if (sent.seq != reached) return reached;
    reached = sent.next_seq;
  }
}

std::optional<Unacked> take_acked(SegmentsInOrder& segments, SegmentsOutOfOrder* others, uint32_t ack) {
  std::optional<Unacked> best;
  Unacked* const first = segments.begin();
  Unacked* const rest = const_cast<Unacked*>(first_after(first, segments.end(), ack));
  if (rest != first) best = *(rest - 1);
  if (rest != segments.end() && before(rest->seq, ack)) rest->seq = ack;  // what is left of it
  if (others != nullptr && !others->empty()) {
    std::erase_if(*others, [&](Unacked& sent) {
      if (after(sent.next_seq, ack)) {
        if (before(sent.seq, ack)) sent.seq = ack;
        return false;
      }
      if (!best || is_better(sent, *best)) best = sent;
      return true;
    });
  }
  segments.drop_first(static_cast<size_t>(rest - first));
  return best;
}

}  // namespace tracedrop::dissect::tcp
