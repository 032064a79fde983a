// The segments of one direction that have not been acknowledged yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "dissect/row.h"

namespace tracedrop::dissect::tcp {

struct Unacked {
  uint32_t seq = 0;
  uint32_t next_seq = 0;
  PacketIndex packet = kNoPacket;
  /// It was sent more than once, or is a probe: no round trip can be told from its ACK (Karn's rule).
  bool ambiguous = false;
};

/// What was sent in order lies in the order of its numbers, so that an ACK finds what it covers by halves. What was
/// sent behind something later (retransmissions, repaired orders) stands apart, in the order of sending. One segment
/// takes no memory of its own: most connections never have more in flight.
class UnackedSegments {
 public:
  static constexpr size_t kMost = 10'000;  // a capture of one direction only must not grow without end
  static constexpr size_t kMostOutOfOrder = 1'024;

  void add(const Unacked& segment);
  /// What begins at `seq` has been sent again.
  void mark_ambiguous(uint32_t seq);
  /// Whether one segment holds all of [seq, end).
  bool holds_whole(uint32_t seq, uint32_t end) const;
  /// How far the segments reach from an ACK on, as long as each follows the one sent before it.
  uint32_t reach_from(uint32_t ack) const;
  /// Forgets what `ack` covers. Gives, of what ended furthest, a segment that was sent only once if there is one.
  std::optional<Unacked> take_acked(uint32_t ack) {
    return more_ == nullptr && single_.packet == kNoPacket ? std::nullopt : find_acked(ack);
  }
  size_t size() const;
  /// Gives back memory that is not needed at present.
  void shrink() {
    if (size() == 0) more_.reset();
  }

 private:
  struct More {
    std::vector<Unacked> in_order;
    size_t first = 0;  // of in_order: those before are acknowledged
    std::vector<Unacked> out_of_order;
  };
  struct Range {
    Unacked *begin, *end;
  };
  std::optional<Unacked> find_acked(uint32_t ack);
  Range in_order() const;
  void drop_first(size_t count);

  Unacked single_;  // while there is no `more_`; none when its packet is kNoPacket
  std::unique_ptr<More> more_;
};

}  // namespace tracedrop::dissect::tcp
