// Sequence analysis: what each segment means to the connection, by the rules that Wireshark documents in its User's
// Guide
// ("TCP Analysis"), so that both programs put the same notes on the same packets.
#pragma once

#include <optional>

#include "dissect/context.h"
#include "protocols/transport/tcp/connection.h"

namespace tracedrop::dissect::tcp {

struct Segment {
  uint32_t seq = 0, ack = 0;
  uint32_t payload_len = 0;
  uint16_t flags = 0;
  uint16_t window = 0;
  Options options;
  PacketIndex copy_of = kNoPacket;  ///< the capture holds it already, there
  bool has(uint16_t flag) const { return (flags & flag) != 0; }
  /// Sequence space it takes: SYN and FIN count as a byte each.
  bool takes_space() const { return payload_len > 0 || has(kSyn | kFin); }
};

/// Sets where relative numbers count from, when this segment is the first to tell: at 0 with a SYN, at 1 where the
/// handshake was not seen.
void note_base_numbers(Conversation& conversation, Connection& connection, uint32_t way, const Segment& segment);

/// What analysis found beside its notes, for the tree.
struct Analysed {
  std::optional<Unacked> acked;         ///< the last of what this packet acknowledges
  bool is_timeout = false;              ///< it was sent again as nothing was heard
  PacketIndex sent_before = kNoPacket;  ///< what begins where this segment begins was sent in that packet
  uint32_t in_flight = 0;               ///< bytes the sender has not seen acknowledged; 0 where it cannot be told
};

/// Updates the connection with the segment of `context.row` (its flow is set) and gives the notes on it. Adds what it
/// proves to the findings: round-trip samples, duplicate ACKs, needless retransmissions. `analysed` may be null.
uint16_t analyse(Context& context, Connection& connection, const Segment& segment, Analysed* analysed);

}  // namespace tracedrop::dissect::tcp
