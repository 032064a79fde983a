// Packets that the capture holds twice: a bridge whose ports and itself are captured, a mirror port of both directions,
// several interfaces at once, a VLAN's tagged and untagged side, a router's two sides. They were sent once; what a
// sender sends again is a packet of its own.
//
// A copy has the bytes of a packet of at most kMostApartNs before, from the outermost IP header on: what the link layer
// adds (tags, padding, a check sequence) may differ, and the time to live or hop limit with its header checksum, as a
// router changes them. Of the bytes the first 64 are compared; the lengths and checksums among them speak for the rest.
//
// Equal bytes alone do not tell a copy from a quick repetition; the identification does. IPv4 (RFC 6864) numbers what
// may be fragmented, and most senders number everything, so that a repetition has another one. It says nothing where
// it is 0, as Linux has it for packets without a connection that must not be fragmented, or where the sender gives the
// same to different packets; IPv6 has none. There, a TCP segment counts as a copy when nothing made its sender repeat
// it: the receiver has reported no gap since (a duplicate ACK or SACK), and no retransmission timer is as short as
// kMostApartNs (RFC 6298 asks for a second, no system goes below some milliseconds). Of other protocols without an
// identification it cannot be known: those packets are not counted.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "dissect/row.h"

namespace tracedrop::dissect {

class Copies {
 public:
  static constexpr int64_t kMostApartNs = 1'000'000;

  /// What is known of a packet's repetition.
  struct Found {
    PacketIndex original = kNoPacket;  ///< kNoPacket when there is none with equal bytes
    bool same_id = false;              ///< its identification tells that it is the same packet
  };

  Copies() : recent_(kRecent) {}

  /// Looks for an earlier packet of equal bytes, and remembers this one. `network` begins with its IP header.
  Found find(Bytes network, uint32_t flow, int64_t ts_ns, PacketIndex index);

 private:
  static constexpr size_t kRecent = 1024, kSenders = 256;
  struct Packet {
    int64_t ts_ns = 0;
    uint32_t tag = 0;
    PacketIndex index = kNoPacket;
  };
  /// How one direction of a conversation uses the identification.
  struct Sender {
    uint32_t flow = UINT32_MAX;
    uint32_t tag = 0;
    uint16_t id = 0;
    bool is_repeated = false;  ///< it stood in different packets
  };

  /// Whether the identification tells this sender's packets apart.
  bool tells(Bytes network, uint32_t flow, uint32_t tag);

  std::vector<Packet> recent_;  // by hash; a newer packet takes the place of an older one
  std::array<Sender, kSenders> senders_;
};

}  // namespace tracedrop::dissect
