// What dissection learns that outlives the reading of the file: shared texts, addresses, conversations and TCP's evidence.
#pragma once

#include <vector>

#include "base/address.h"
#include "base/interner.h"
#include "dissect/conversation.h"

namespace tracedrop::dissect {

struct Findings {
  AddressTable addresses;
  /// Info texts that cannot be derived from the packet's own bytes.
  Interner texts;
  /// Names in the Protocol column; Row::protocol is an id here.
  Interner protocols;
  std::vector<Conversation> conversations;
  uint32_t tcp_streams = 0;
  uint32_t udp_streams = 0;
  /// Sorted by their ack.
  std::vector<RttSample> rtt_samples;
  /// Sorted by their packet.
  std::vector<DuplicateAck> duplicate_acks;
  /// In the order of their proofs.
  std::vector<NeedlessRetransmission> needless;
};

}  // namespace tracedrop::dissect
