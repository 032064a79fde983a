// What must be remembered of a TCP connection while it is read: a sender's view of each direction, and its byte stream.
// A file can hold millions of connections, so what few of them need (DirectionMore) has memory of its own.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "dissect/protocol.h"
#include "dissect/row.h"
#include "protocols/transport/tcp/closed_messages.h"
#include "protocols/transport/tcp/open_message.h"
#include "protocols/transport/tcp/options.h"
#include "protocols/transport/tcp/unacked.h"

namespace tracedrop::dissect::tcp {

/// What a direction needs when it is acknowledged selectively, repeats itself, or sends messages of several segments.
struct DirectionMore {
  std::array<SackBlock, Options::kMaxBlocks> sack{};
  /// Retransmitted segments that a D-SACK may still prove needless.
  std::vector<Unacked> retransmitted;
  SegmentsOutOfOrder unacked;
  std::vector<OpenMessage> messages;
  ClosedMessages closed;
  /// Sequence numbers behind Direction::seen_next whose data was here.
  struct Range {
    uint32_t seq, end;
  };
  std::vector<Range> seen_ahead;

  bool is_needed() const {
    return !retransmitted.empty() || !unacked.empty() || !messages.empty() || closed.size() != 0 || !seen_ahead.empty();
  }
};

struct Direction {
  // What Wireshark's sequence analysis keeps; all raw numbers. 0 means "not seen yet", as it does there.
  uint32_t next_seq = 0;             ///< highest sequence number seen + 1
  uint32_t max_seq_to_be_acked = 0;  ///< highest one without a hole before it
  uint32_t last_ack = 0;
  uint32_t duplicate_acks = 0;
  PacketIndex last_new_ack = 0;            ///< the packet that duplicate ACKs repeat
  PacketIndex last_complaint = kNoPacket;  ///< a duplicate ACK or SACK: it can make the other side repeat something
  int64_t last_ack_ts_ns = 0;
  uint32_t seen_next = 0;  ///< the data before were here, once has_seen_data is set
  uint16_t window = 0;
  bool has_base_seq : 1 = false;
  bool has_spoken : 1 = false;  ///< a segment of this direction was analysed
  bool has_sent_data : 1 = false;
  bool is_first_ack : 1 = true;  ///< the window of the SYN is never scaled
  bool has_fin : 1 = false;
  bool has_seen_data : 1 = false;
  bool last_was_keep_alive : 1 = false;
  bool last_was_probe : 1 = false;
  uint8_t sack_count = 0;   ///< of the last segment; the blocks are in more()
  SegmentsInOrder unacked;  // those out of order are in more()

  /// Null until it was needed.
  const DirectionMore* known() const { return more_.get(); }
  DirectionMore* known() { return more_.get(); }
  DirectionMore& more() {
    if (more_ == nullptr) more_ = std::make_unique<DirectionMore>();
    return *more_;
  }
  SegmentsOutOfOrder* unacked_out_of_order() { return more_ == nullptr ? nullptr : &more_->unacked; }
  size_t count_unacked() const { return unacked.size() + (more_ == nullptr ? 0 : more_->unacked.size()); }
  void add_unacked(const Unacked& segment) {
    if (count_unacked() >= kMostUnacked) return;
    if (!unacked.add(segment) && more().unacked.size() < kMostOutOfOrder) more_->unacked.push_back(segment);
  }
  /// Gives back memory that is not needed at present.
  void shrink() {
    if (unacked.size() == 0) unacked.reset();
    if (more_ == nullptr) return;
    if (more_->messages.empty()) more_->messages.shrink_to_fit();
    if (sack_count == 0 && !more_->is_needed()) more_.reset();
  }

 private:
  std::unique_ptr<DirectionMore> more_;
};

/// A connection of which there is only a SYN without anything unusual: so many of them make up a scan or a flood that
/// they are kept like this until a second packet comes.
struct LoneSyn {
  int64_t ts_ns = 0;
  uint32_t seq = 0;
  PacketIndex packet = kNoPacket;
  uint16_t window = 0;
};

struct Connection {
  std::array<Direction, 2> direction;
  /// SYN to the first segment of either side with an ACK and no SYN; 0 when it is not known.
  int64_t first_rtt_ns = 0;
  int64_t syn_ts_ns = 0;
  const Protocol* protocol = nullptr;
  std::unique_ptr<ProtocolState> memory;  ///< of the stream's protocol
  bool saw_syn = false;
  bool saw_end = false;  ///< a FIN or RST of either side
};

/// The connection as it is after a lone SYN in direction 0.
Connection after_syn(const LoneSyn& syn);

}  // namespace tracedrop::dissect::tcp
