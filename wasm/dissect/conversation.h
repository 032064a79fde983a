// Conversations: which packets belong together. Every packet has one, if only that of its two addresses.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/address.h"
#include "dissect/row.h"

namespace tracedrop::dissect {

enum class Transport : uint8_t { none, tcp, udp };

/// What stays known of a conversation after reading; endpoint 0 is the sender of its first packet.
struct Conversation {
  std::array<uint32_t, 2> address{};  ///< ids in the trace's AddressTable
  std::array<uint16_t, 2> port{};
  Transport transport = Transport::none;
  /// Wireshark's window scale state a direction: shift 0..14, kNoScaling (handshake seen, option absent),
  /// kScaleUnknown.
  std::array<int8_t, 2> window_shift{kScaleUnknown, kScaleUnknown};
  /// TCP: what the capture holds of the connection, Wireshark's tcp.completeness: SYN, SYN-ACK, ACK, data, FIN, RST
  /// from the lowest bit on.
  uint8_t completeness = 0;
  /// tcp.stream or udp.stream.
  uint32_t stream = 0;
  /// First raw sequence number of each direction: relative numbers count from here (tcp.seq = seq - base_seq).
  std::array<uint32_t, 2> base_seq{};
  /// Handshake: first SYN, its SYN/ACK and the ACK that completes it; kNoPacket when not seen.
  PacketIndex syn = kNoPacket;
  PacketIndex syn_ack = kNoPacket;
  PacketIndex handshake_ack = kNoPacket;
  /// Kind whose text stands in the Protocol column of all packets whose own text is provisional: what the two sides
  /// agreed upon, a TLS version for example. 0: nothing is known.
  uint16_t column = 0;
  /// Direction (0 or 1) that the capturing host sends, when the capture itself says so (Linux cooked packet type);
  /// else kUnknownDirection.
  uint8_t sent_by_capturer = kUnknownDirection;

  static constexpr int8_t kScaleUnknown = -1;
  static constexpr int8_t kNoScaling = -2;
  static constexpr uint8_t kUnknownDirection = 255;
};

static_assert(sizeof(Conversation) <= 44);  // there can be millions

/// A data segment (or the SYN) and the packet whose ACK covered it: one round-trip sample. It is taken by RFC 6298's
/// rules: no retransmitted segment (Karn), no keep-alive.
struct RttSample {
  PacketIndex ack = kNoPacket;      ///< the packet that acknowledges; samples are sorted by this
  PacketIndex segment = kNoPacket;  ///< the packet that it acknowledges
};

/// "[TCP Dup ACK frame#number]" of one packet.
struct DuplicateAck {
  PacketIndex packet = kNoPacket;
  PacketIndex original = kNoPacket;
  uint32_t number = 0;
};

/// A request and the packet with its answer, of protocols that say so (Context::ask, answer, tell).
struct Exchange {
  PacketIndex request = kNoPacket;
  PacketIndex answer = kNoPacket;
  uint32_t key = 0;   ///< tells the requests of one packet apart
  uint32_t text = 0;  ///< what the answer tells of the request: in Findings::texts
};

/// A retransmission that was not needed, and the packet that proves it.
struct NeedlessRetransmission {
  PacketIndex retransmission = kNoPacket;
  PacketIndex proof = kNoPacket;
  enum class Why : uint8_t {
    duplicate_sack,  ///< the receiver reported the segment as a duplicate (RFC 2883)
    already_acked,   ///< its acknowledgment had been captured before it was sent again
    copy,            ///< the capture holds one packet twice, and the proof is the first of the two
  } why = Why::duplicate_sack;
};

}  // namespace tracedrop::dissect
