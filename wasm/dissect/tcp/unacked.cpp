#include "dissect/tcp/unacked.h"

#include <algorithm>

#include "dissect/tcp/sequence.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr uint32_t kSpan = 1u << 30;  // of sequence numbers: within it "before" is an order

/// Whether `a` is the better of two that an ACK covers.
bool is_better(const Unacked& a, const Unacked& b) {
  if (a.next_seq != b.next_seq) return after(a.next_seq, b.next_seq);
  return !a.ambiguous && (b.ambiguous || a.packet < b.packet);
}

/// The first of [begin, end) that ends after `ack`, which is one of the first as a rule.
Unacked* first_after(Unacked* begin, Unacked* end, uint32_t ack) {
  const auto is_acked = [&](const Unacked& sent) { return at_or_before(sent.next_seq, ack); };
  for (size_t step = 1; begin != end && is_acked(*begin); step *= 2) {
    if (static_cast<size_t>(end - begin) <= step || !is_acked(begin[step]))
      return std::partition_point(begin + 1, begin + std::min(step, static_cast<size_t>(end - begin)), is_acked);
    begin += step;
  }
  return begin;
}

/// The last of [begin, end) that begins at or before `seq`; `end` when there is none.
Unacked* last_from(Unacked* begin, Unacked* end, uint32_t seq) {
  Unacked* const next =
      std::partition_point(begin, end, [&](const Unacked& sent) { return at_or_before(sent.seq, seq); });
  return next == begin ? end : next - 1;
}

}  // namespace

size_t UnackedSegments::size() const {
  if (more_ == nullptr) return single_.packet != kNoPacket ? 1 : 0;
  return more_->in_order.size() - more_->first + more_->out_of_order.size();
}

UnackedSegments::Range UnackedSegments::in_order() const {
  auto& self = const_cast<UnackedSegments&>(*this);
  if (more_ == nullptr) return {&self.single_, &self.single_ + size()};
  Unacked* const begin = more_->in_order.data();
  return {begin + more_->first, begin + more_->in_order.size()};
}

void UnackedSegments::add(const Unacked& segment) {
  if (more_ == nullptr) {
    if (single_.packet == kNoPacket) {
      single_ = segment;
      return;
    }
    more_ = std::make_unique<More>();
    more_->in_order.push_back(single_);
    single_ = {};
  }
  if (size() >= kMost) return;
  const auto [begin, end] = in_order();
  if (begin == end || (at_or_before((end - 1)->next_seq, segment.seq) && segment.next_seq - begin->seq < kSpan)) {
    more_->in_order.push_back(segment);
  } else if (more_->out_of_order.size() < kMostOutOfOrder) {
    more_->out_of_order.push_back(segment);
  }
}

void UnackedSegments::mark_ambiguous(uint32_t seq) {
  const auto [begin, end] = in_order();
  Unacked* const found = last_from(begin, end, seq);
  if (found != end && found->seq == seq) found->ambiguous = true;
  if (more_ == nullptr) return;
  for (Unacked& sent : more_->out_of_order)
    if (sent.seq == seq) sent.ambiguous = true;
}

bool UnackedSegments::holds_whole(uint32_t seq, uint32_t end_seq) const {
  const auto [begin, end] = in_order();
  const Unacked* const found = last_from(begin, end, seq);
  if (found != end && at_or_before(end_seq, found->next_seq)) return true;
  return more_ != nullptr && std::any_of(more_->out_of_order.begin(), more_->out_of_order.end(), [&](const auto& sent) {
           return !before(seq, sent.seq) && at_or_before(end_seq, sent.next_seq);
         });
}

uint32_t UnackedSegments::reach_from(uint32_t ack) const {
  const auto [begin, end] = in_order();
  const Unacked* next = first_after(begin, end, ack);
  size_t other = 0;
  uint32_t reached = ack;
  for (;;) {
    if (more_ != nullptr)
      while (other < more_->out_of_order.size() && at_or_before(more_->out_of_order[other].next_seq, ack)) ++other;
    const bool has_other = more_ != nullptr && other < more_->out_of_order.size();
    if (next == end && !has_other) return reached;
    const bool takes_other = has_other && (next == end || more_->out_of_order[other].packet < next->packet);
    const Unacked& sent = takes_other ? more_->out_of_order[other++] : *next++;
    if (sent.seq != reached) return reached;
    reached = sent.next_seq;
  }
}

std::optional<Unacked> UnackedSegments::find_acked(uint32_t ack) {
  std::optional<Unacked> best;
  const auto [begin, end] = in_order();
  Unacked* const rest = first_after(begin, end, ack);
  if (rest != begin) best = *(rest - 1);
  if (rest != end && before(rest->seq, ack)) rest->seq = ack;  // what is left of it
  if (more_ != nullptr && !more_->out_of_order.empty()) {
    std::erase_if(more_->out_of_order, [&](Unacked& sent) {
      if (after(sent.next_seq, ack)) {
        if (before(sent.seq, ack)) sent.seq = ack;
        return false;
      }
      if (!best || is_better(sent, *best)) best = sent;
      return true;
    });
  }
  drop_first(static_cast<size_t>(rest - begin));
  return best;
}

/// Of in_order. Half of it moves at a time, so that forgetting costs each segment the same however many there are.
void UnackedSegments::drop_first(size_t count) {
  if (count == 0) return;
  if (more_ == nullptr) {
    single_ = {};
    return;
  }
  std::vector<Unacked>& segments = more_->in_order;
  more_->first += count;
  if (more_->first == segments.size()) {
    segments.clear();
    more_->first = 0;
  } else if (more_->first * 2 > segments.size()) {
    segments.erase(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(more_->first));
    more_->first = 0;
  }
}

}  // namespace tracedrop::dissect::tcp
