#include "protocols/transport/tcp/closed_messages.h"

#include <algorithm>

#include "protocols/transport/tcp/sequence.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr uint32_t kSpan = 1u << 30;  // of sequence numbers: within it "before" is an order

}  // namespace

void ClosedMessages::add(uint32_t seq, uint32_t end_seq, uint32_t completed_in) {
  const auto begins_after = [](uint32_t place, const Message& message) { return before(place, message.seq); };
  if (!messages_.empty() && before(seq, messages_.back().seq - kSpan)) return;
  if (!messages_.empty() && before(messages_.front().seq, seq - kSpan))
    messages_.erase(messages_.begin(), std::upper_bound(messages_.begin(), messages_.end(), seq - kSpan, begins_after));
  // Half at a time, so that forgetting costs each message the same however many there are.
  if (messages_.size() == kMost) messages_.erase(messages_.begin(), messages_.begin() + kMost / 2);
  messages_.insert(std::upper_bound(messages_.begin(), messages_.end(), seq, begins_after),
                   {seq, end_seq, completed_in});
}

bool ClosedMessages::find(uint32_t seq, uint32_t& completed_in) const {
  const auto next = std::upper_bound(messages_.begin(), messages_.end(), seq,
                                     [](uint32_t place, const Message& message) { return before(place, message.seq); });
  if (next == messages_.begin()) return false;
  const Message& message = *std::prev(next);
  completed_in = before(seq, message.end_seq) ? message.completed_in : 0;
  return true;
}

}  // namespace tracedrop::dissect::tcp
