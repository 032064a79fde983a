// What dissection learns that outlives the reading of the file: shared texts, addresses, conversations and TCP's
// evidence.
#pragma once

#include <deque>
#include <unordered_map>
#include <vector>

#include "base/address.h"
#include "base/blocks.h"
#include "base/hash.h"
#include "base/interner.h"
#include "dissect/conversation.h"
#include "dissect/packet_kinds.h"

namespace tracedrop::dissect {

/// A datagram that a packet completed, put together from fragments: kept, because the packet's own bytes do not tell
/// it.
struct Reassembled {
  PacketIndex packet = kNoPacket;
  uint32_t id = 0;  ///< of its fragments: one packet can complete datagrams within datagrams
  std::vector<uint8_t> payload;
};

/// A request of HTTP, and the number of the packet that holds its response (0: none).
struct HttpExchange {
  PacketIndex request = kNoPacket;
  uint32_t response = 0;
};

struct Findings {
  AddressTable addresses;
  /// Info texts that cannot be derived from the packet's own bytes.
  Interner texts;
  /// Texts of the Protocol column with chains of layers; Row::protocol is an id here.
  PacketKinds protocols;
  Blocks<Conversation> conversations;
  uint32_t tcp_streams = 0;
  uint32_t udp_streams = 0;
  /// Sorted by their ack. (A deque: there are millions, and growing never copies them.)
  std::deque<RttSample> rtt_samples;
  /// Sorted by their packet.
  std::vector<DuplicateAck> duplicate_acks;
  /// Sorted by their packet.
  std::vector<Reassembled> reassembled;
  /// In the order of their answers while packets are read, then sorted by request and key.
  std::vector<Exchange> exchanges;
  /// In the order of their proofs.
  std::vector<NeedlessRetransmission> needless;
  /// What packets told that the trees of their conversation's earlier ones show, too: an id of `texts` by conversation.
  std::unordered_map<uint32_t, uint32_t, KeyedHash> told;
  /// The same of single packets, as numbers: by packet << 8 | what is told.
  std::unordered_map<uint64_t, uint64_t, KeyedHash> facts;
  /// Sorted by their request.
  std::deque<HttpExchange> http_exchanges;
  /// What a directory answered in a conversation, by its number: kept Info texts have kCountMark where they tell it, as
  /// only the whole conversation does.
  std::unordered_map<uint32_t, uint32_t, KeyedHash> result_counts;
  static constexpr char kCountMark = '\x01';
};

}  // namespace tracedrop::dissect
