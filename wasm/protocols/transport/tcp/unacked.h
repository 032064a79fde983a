// The segments of one direction that have not been acknowledged yet.
#pragma once

#include <cstddef>
#include <cstdint>
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
  /// What begins here is in the capture more than once: for the tree, which knows no copies.
  bool repeated = false;
};

/// Segments that were sent in the order of their numbers, none over another, so that an ACK finds what it covers by
/// halves. One segment takes no memory of its own: most connections never have more in flight.
class SegmentsInOrder {
 public:
  SegmentsInOrder() = default;
  ~SegmentsInOrder() { reset(); }
  SegmentsInOrder(SegmentsInOrder&& other) noexcept { swap(other); }
  SegmentsInOrder& operator=(SegmentsInOrder&& other) noexcept {
    swap(other);
    return *this;
  }

  /// False when it does not follow what is here.
  bool add(const Unacked& segment);
  Unacked* begin() { return capacity_ == 0 ? &single_ : many_.data + many_.first; }
  Unacked* end() { return capacity_ == 0 ? &single_ + (single_.packet != kNoPacket) : many_.data + many_.end; }
  const Unacked* begin() const { return const_cast<SegmentsInOrder*>(this)->begin(); }
  const Unacked* end() const { return const_cast<SegmentsInOrder*>(this)->end(); }
  size_t size() const { return static_cast<size_t>(end() - begin()); }
  void drop_first(size_t count);
  /// Forgets all of them, and gives their memory back.
  void reset();

 private:
  void swap(SegmentsInOrder& other);
  void make_room();

  struct Many {
    Unacked* data;
    uint32_t first, end;  // those before `first` are acknowledged
  };
  static_assert(sizeof(Many) <= sizeof(Unacked));
  union {
    Unacked single_ = {};  // none when its packet is kNoPacket
    Many many_;
  };
  uint32_t capacity_ = 0;  // of many_; 0: there is single_
};

/// What was sent behind something later (retransmissions, repaired orders), in the order of sending.
using SegmentsOutOfOrder = std::vector<Unacked>;

inline constexpr size_t kMostUnacked = 10'000;  // a capture of one direction only must not grow without end
inline constexpr size_t kMostOutOfOrder = 1'024;

// Over both lists; the second may be null.

/// How many bytes they reach over, gaps included.
uint32_t span_of(const SegmentsInOrder& segments, const SegmentsOutOfOrder* others);
/// Whether there are no gaps; of very many it is not looked for.
bool is_contiguous(const SegmentsInOrder& segments, const SegmentsOutOfOrder* others);
/// What was sent first of those that begin at `seq`, or else the next behind it; null when there is none.
const Unacked* find_from(const SegmentsInOrder& segments, const SegmentsOutOfOrder* others, uint32_t seq);
/// What begins at `seq` has been sent again, or captured again.
void mark_repeated(SegmentsInOrder& segments, SegmentsOutOfOrder* others, uint32_t seq, bool is_copy);
/// Whether one segment holds all of [seq, end).
bool holds_whole(const SegmentsInOrder& segments, const SegmentsOutOfOrder* others, uint32_t seq, uint32_t end);
/// How far the segments reach from an ACK on, as long as each follows the one sent before it.
uint32_t reach_from(const SegmentsInOrder& segments, const SegmentsOutOfOrder* others, uint32_t ack);
/// Forgets what `ack` covers. Gives, of what ended furthest, a segment that was sent only once if there is one.
std::optional<Unacked> take_acked(SegmentsInOrder& segments, SegmentsOutOfOrder* others, uint32_t ack);

}  // namespace tracedrop::dissect::tcp
