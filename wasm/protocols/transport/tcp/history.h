// What a replay remembers of a connection for the tree alone. Reading has nothing of it.
#pragma once

#include <array>
#include <cstdint>

#include "base/blocks.h"
#include "dissect/row.h"
#include "dissect/stream.h"

namespace tracedrop::dissect::tcp {

struct History {
  static constexpr uint8_t kNobody = 2;
  int64_t first_ts_ns = 0, last_ts_ns = 0;
  int64_t since_previous_ns = 0;
  uint32_t packets = 0;
  /// Bytes a direction has sent since it set PSH.
  std::array<uint32_t, 2> push_bytes{};
  std::array<bool, 2> has_pushed{};
  /// A segment of the direction is missing, and not all that came behind is acknowledged: what is in flight is unknown.
  std::array<bool, 2> has_lost{};
  /// Of each direction, how far it has sent, and the packet that brought it there.
  std::array<uint32_t, 2> next_seq{};
  std::array<PacketIndex, 2> furthest{kNoPacket, kNoPacket};
  uint8_t closing = kNobody;  ///< the direction that sent a FIN first
};

class Histories : public ProtocolState {
 public:
  /// By the stream's number: quotations of its packets may come before any of its own.
  History& of(uint32_t stream) {
    all_.grow_to(stream + size_t{1});
    return all_[stream];
  }

 private:
  Blocks<History, 256> all_;
};

}  // namespace tracedrop::dissect::tcp
