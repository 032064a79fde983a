// What a finished capture's rows tell of its TCP connections, and no packet alone: how many pieces a flow's segments
// make when they are put together by their sequence numbers, and which packet ended the handshake.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "trace/columns.h"

namespace tracedrop::engine {

class ConnectionFacts {
 public:
  explicit ConnectionFacts(const trace::Columns& columns);
  uint32_t pieces_of(uint32_t flow) const { return flow < flows_.size() ? flows_[flow].count() : 0; }

  trace::PacketIndex first_ack_of(uint32_t conversation) const {
    return conversation < first_ack_.size() ? acked(first_ack_[conversation]) : trace::kNoPacket;
  }

 private:
  static trace::PacketIndex acked(trace::PacketIndex packet) { return packet == kSynSeen ? trace::kNoPacket : packet; }
  void note_handshake(uint32_t conversation, trace::PacketIndex packet, uint16_t flags);

  /// Nearly every flow is one piece, and each segment goes on where the last one ended.
  class Flow {
   public:
    void add(uint32_t seq, uint32_t length);
    uint32_t count() const {
      return (is_empty_ ? 0 : 1) + (others_ == nullptr ? 0 : static_cast<uint32_t>(others_->size()));
    }

   private:
    void absorb();

    int64_t begin_ = 0, end_ = 0;  ///< of the piece that was added to last; numbers do not wrap here
    std::unique_ptr<std::map<int64_t, int64_t>> others_;
    bool is_empty_ = true;
  };
  static constexpr trace::PacketIndex kSynSeen = trace::kNoPacket - 1;  ///< and no ACK by now
  std::vector<Flow> flows_;
  std::vector<trace::PacketIndex> first_ack_;  // by conversation
};

}  // namespace tracedrop::engine
