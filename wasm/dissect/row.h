// One packet's row: everything that is kept of a packet in memory, 48 bytes (trace/columns.h holds them column by
// column).
//
// What a row shows beyond these numbers is read again from the file when somebody looks at it (dissect/render.h), save
// what needs the packets before it: such texts are interned (`text`), and what only later packets tell is patched in
// (`link`).
#pragma once

#include <cstdint>

namespace tracedrop::dissect {

/// Index of a packet, from 0; packet numbers on screen are one more.
using PacketIndex = uint32_t;
inline constexpr PacketIndex kNoPacket = UINT32_MAX;

/// Notes on a TCP segment, each Wireshark's tcp.analysis.* of that name.
enum TcpNote : uint16_t {
  kRetransmission = 1 << 0,  ///< always set with fast and spurious ones, as tcp.analysis.retransmission is
  kFastRetransmission = 1 << 1,
  kSpuriousRetransmission = 1 << 2,
  kOutOfOrder = 1 << 3,
  kLostSegment = 1 << 4,       ///< "TCP Previous segment not captured"
  kAckedLostSegment = 1 << 5,  ///< "TCP ACKed unseen segment"
  kDuplicateAck = 1 << 6,
  kKeepAlive = 1 << 7,
  kKeepAliveAck = 1 << 8,
  kWindowUpdate = 1 << 9,
  kZeroWindow = 1 << 10,
  kZeroWindowProbe = 1 << 11,
  kZeroWindowProbeAck = 1 << 12,
  kWindowFull = 1 << 13,
  kReusedPorts = 1 << 14,
};

/// TCP header flags as in the header's flag bits (RFC 9293, section 3.1).
enum TcpFlag : uint16_t {
  kFin = 1 << 0,
  kSyn = 1 << 1,
  kRst = 1 << 2,
  kPsh = 1 << 3,
  kAck = 1 << 4,
  kUrg = 1 << 5,
  kEce = 1 << 6,
  kCwr = 1 << 7,
  kAccurateEcn = 1 << 8,
};

struct Row {
  /// Nanoseconds since the epoch; for a csv with relative times, since its first packet.
  int64_t ts_ns = 0;
  /// Where the captured bytes (or the csv's row) begin in the uncompressed file.
  uint64_t offset = 0;
  /// Captured bytes, or bytes of the csv's row.
  uint32_t cap_len = 0;
  /// Length on the wire: the packet's size in every statistic.
  uint32_t wire_len = 0;
  /// Conversation id * 2 + direction (1 when the packet goes from its endpoint 1 to its endpoint 0).
  uint32_t flow = 0;
  /// TCP: raw sequence and acknowledgment numbers (in a csv: relative ones). Other protocols: their own use.
  uint32_t seq = 0;
  uint32_t ack = 0;
  /// What a later packet told: number (not index) of the packet that completes or answers this one; 0 when none does.
  uint32_t link = 0;
  /// Interned Info text, 0 when it is derived from the packet's bytes.
  uint32_t text = 0;
  /// Index into Findings::protocols: the text of the Protocol column, and the packet's layers.
  uint16_t protocol = 0;
  /// TcpFlag bits, and the marks below.
  uint16_t flags = 0;
  /// TCP and UDP payload bytes on the wire, at most 65535.
  uint16_t payload_len = 0;
  /// TcpNote bits, and kPayloadCut.
  uint16_t notes = 0;
};

/// Set in Row::flags when seq, ack, flags and payload_len are a TCP segment's (a csv shows them for some rows only).
inline constexpr uint16_t kIsTcp = 1 << 15;
/// Set in Row::flags when the file gives no time for the packet (pcapng's Simple Packet Block): ts_ns repeats the
/// packet before.
inline constexpr uint16_t kHasNoTime = 1 << 14;
/// Set in Row::flags when the capture holds the packet a second time, made by its place and not by the sender
/// (dissect/copies.h).
inline constexpr uint16_t kIsCopy = 1 << 13;
/// Set in Row::flags when the capture cut the segment off within its options. It was analysed; Info does not tell its
/// notes, as Wireshark's does not.
inline constexpr uint16_t kOptionsCut = 1 << 12;

/// Set in Row::flags when the packet is there to find neighbors (ARP, neighbor discovery of ICMPv6) and carries no new
/// data.
inline constexpr uint16_t kFindsNeighbors = 1 << 11;
/// Set in Row::flags when the segment's header is not whole or contradicts itself: seq, ack and flags are what was
/// there of it, and nothing was analysed.
inline constexpr uint16_t kHeaderDamaged = 1 << 10;
/// The flag bits that TcpFlag names.
inline constexpr uint16_t kTcpFlags = 0x01FF;

/// Set in Row::notes, and no note: the payload was cut off where the protocol above TCP could not yet tell anything.
inline constexpr uint16_t kPayloadCut = 1 << 15;

}  // namespace tracedrop::dissect
