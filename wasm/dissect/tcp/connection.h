// What must be remembered of a TCP connection while it is read: a sender's view of each direction, and its byte stream.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "dissect/protocol.h"
#include "dissect/row.h"
#include "dissect/tcp/closed_messages.h"
#include "dissect/tcp/open_message.h"
#include "dissect/tcp/options.h"

namespace tracedrop::dissect::tcp {

/// A segment that has not been acknowledged yet.
struct Unacked {
  uint32_t seq = 0;
  uint32_t next_seq = 0;
  PacketIndex packet = kNoPacket;
  /// It was sent more than once, or is a probe: no round trip can be told from its ACK (Karn's rule).
  bool ambiguous = false;
  int64_t ts_ns = 0;
};

/// Which sequence numbers of a direction have brought their data: everything before `next`, and some ranges after it.
class SeenData {
 public:
  /// Adds [seq, end) and tells whether all of it had been seen before.
  bool add(uint32_t seq, uint32_t end);

 private:
  struct Range {
    uint32_t seq, end;
  };
  static constexpr size_t kMaxRanges = 64;
  bool started_ = false;
  uint32_t next_ = 0;
  std::vector<Range> ahead_;
};

struct Direction {
  // What Wireshark's sequence analysis keeps; all raw numbers. 0 means "not seen yet", as it does there.
  uint32_t next_seq = 0;             ///< highest sequence number seen + 1
  uint32_t max_seq_to_be_acked = 0;  ///< highest one without a hole before it
  uint32_t last_ack = 0;
  uint32_t window = 0;
  int64_t last_ack_ts_ns = 0;
  uint32_t duplicate_acks = 0;
  PacketIndex last_new_ack = 0;            ///< the packet that duplicate ACKs repeat
  PacketIndex last_complaint = kNoPacket;  ///< a duplicate ACK or SACK: it can make the other side repeat something
  uint16_t last_notes = 0;
  bool has_base_seq = false;
  bool has_spoken = false;  ///< a segment of this direction was analysed
  bool has_sent_data = false;
  bool is_first_ack = true;  ///< the window of the SYN is never scaled
  bool has_fin = false;
  uint8_t sack_count = 0;
  std::array<SackBlock, Options::kMaxBlocks> sack{};
  std::vector<Unacked> unacked;
  /// Retransmitted segments that a D-SACK may still prove needless.
  std::vector<Unacked> retransmitted;
  std::vector<OpenMessage> messages;
  ClosedMessages closed;
  SeenData seen;
};

/// What a stream protocol keeps for one connection.
struct StreamState {
  virtual ~StreamState() = default;
};

struct Connection {
  std::array<Direction, 2> direction;
  int64_t syn_ts_ns = 0;
  bool saw_syn = false;
  bool saw_end = false;      ///< a FIN or RST of either side
  int64_t first_rtt_ns = 0;  ///< SYN to the first segment of either side with an ACK and no SYN
  const Protocol* protocol = nullptr;
  std::unique_ptr<StreamState> stream;
  /// The capture did not keep all of the segment at hand: messages that go on in other segments cannot be put together.
  bool snapped = false;
};

}  // namespace tracedrop::dissect::tcp
