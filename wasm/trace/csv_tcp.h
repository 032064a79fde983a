// TCP's evidence in a csv: what the numbers tell that some rows show, for handshakes, round trips and needless
// retransmissions.
//
// Only what is certain is told. Rows of upper-layer protocols hide their segments' numbers; such a row may have carried
// the first ACK of a segment before it, so a segment gives a round-trip sample only when no such row stands between it
// and the row whose Ack is exactly its end. A SYN needs no such care: the SYN/ACK always shows its numbers.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "csv/info.h"
#include "dissect/findings.h"

namespace tracedrop::trace {

using dissect::PacketIndex;

class CsvTcp {
 public:
  explicit CsvTcp(dissect::Findings& findings) : findings_(findings) {}

  /// Where a row stands: CsvConversations' flow, pair and side.
  struct Place {
    PacketIndex packet = 0;
    uint32_t flow = 0;
    uint32_t pair = 0;
    uint32_t side = 0;
  };
  /// A row that shows a segment's flags and numbers.
  void on_segment(const Place& place, const csv::InfoFacts& facts);
  /// A row of TCP that hides them.
  void on_hidden(const Place& place, const csv::InfoFacts& facts);

 private:
  struct Sent {
    uint32_t seq = 0, end = 0;
    PacketIndex packet = 0;
    uint32_t doubt = 0;      ///< Doubts when it was sent
    bool ambiguous = false;  ///< sent more than once, or a probe (Karn's rule)
    bool is_syn = false;
  };
  struct Direction {
    uint32_t syn_seq = 0;
    uint32_t last_ack = 0;
    PacketIndex last_ack_packet = dissect::kNoPacket;
    std::vector<Sent> unacked;
    /// Retransmitted segments that a D-SACK may still prove needless.
    std::vector<Sent> sent_again;
  };
  using Connection = std::array<Direction, 2>;

  Connection& connection_of(uint32_t conversation);
  void note_handshake(const Place& place, const csv::InfoFacts& facts, Connection& connection);
  void note_retransmission(const Place& place, const Sent& segment, uint16_t notes, Connection& connection);
  void remember(const Sent& segment, uint16_t notes, Direction& sender);
  void read_ack(const Place& place, const csv::InfoFacts& facts, Connection& connection);
  void read_duplicate_sack(const Place& place, const csv::InfoFacts& facts, Direction& receiver);
  uint32_t& doubt(uint32_t pair, uint32_t side);

  dissect::Findings& findings_;
  std::vector<uint32_t> index_;  // by conversation; 0 is none, else index + 1
  std::deque<Connection> connections_;
  /// By pair * 2 + side: how often a hidden row may have acknowledged or repeated what that side had sent.
  std::vector<uint32_t> doubts_;
};

}  // namespace tracedrop::trace
