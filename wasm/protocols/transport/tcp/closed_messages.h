// Messages of more than one segment that have been dissected: segments of them that come again are linked to the packet
// that completed the message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tracedrop::dissect::tcp {

/// The most recent ones of a direction, in the order of their sequence numbers.
class ClosedMessages {
 public:
  /// The message [seq, end_seq) was completed by this packet number.
  void add(uint32_t seq, uint32_t end_seq, uint32_t completed_in);
  /// Looks at the last message that begins at or before `seq`; false when there is none. Gives the packet that
  /// completed it, 0 when it ends before `seq`.
  bool find(uint32_t seq, uint32_t& completed_in) const;
  size_t size() const { return messages_.size(); }

  /// Senders repeat what is in flight; what is older than so many messages is forgotten.
  static constexpr size_t kMost = 4096;

 private:
  struct Message {
    uint32_t seq = 0;
    uint32_t end_seq = 0;
    uint32_t completed_in = 0;
  };
  std::vector<Message> messages_;
};

}  // namespace tracedrop::dissect::tcp
