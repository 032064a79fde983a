#include "trace/csv_tcp.h"

#include <algorithm>

namespace tracedrop::trace {

using csv::InfoFacts;
using dissect::Conversation;
using dissect::kAck;
using dissect::kNoPacket;
using dissect::NeedlessRetransmission;

namespace {

constexpr size_t kMaxUnacked = 1024;  // a capture of one direction only must not grow without end
constexpr size_t kMaxSentAgain = 256;

/// Sequence numbers wrap (RFC 9293, section 3.4).
bool before(uint32_t a, uint32_t b) { return static_cast<int32_t>(a - b) < 0; }
bool at_or_before(uint32_t a, uint32_t b) { return !before(b, a); }

int8_t window_shift(const InfoFacts& facts) {
  if (facts.window_scale == 0) return Conversation::kNoScaling;
  int8_t shift = 0;
  while (facts.window_scale >> (shift + 1) != 0) ++shift;
  return shift;
}

}  // namespace

void CsvTcp::on_segment(const Place& place, const InfoFacts& facts) {
  Connection& connection = connection_of(place.flow >> 1);
  const uint32_t way = place.flow & 1;
  if (facts.has_seq) note_handshake(place, facts, connection);
  if (facts.has_ack && (facts.flags & kAck) != 0) read_ack(place, facts, connection);
  const bool counts = (facts.flags & (dissect::kSyn | dissect::kFin)) != 0;
  const uint32_t end = facts.seq + facts.payload_len + (counts ? 1 : 0);
  if (!facts.has_seq || end == facts.seq) return;
  const Sent segment = {
      facts.seq, end, place.packet, doubt(place.pair, place.side), false, (facts.flags & dissect::kSyn) != 0};
  if ((facts.notes & dissect::kRetransmission) != 0) note_retransmission(place, segment, facts.notes, connection);
  remember(segment, facts.notes, connection[way]);
}

void CsvTcp::on_hidden(const Place& place, const InfoFacts& facts) {
  ++doubt(place.pair, 1 - place.side);
  if ((facts.notes & (dissect::kRetransmission | dissect::kOutOfOrder)) == 0) return;
  ++doubt(place.pair, place.side);
  // That the data had been acknowledged is what the note says; the packet with the ACK is not known.
  if ((facts.notes & dissect::kSpuriousRetransmission) != 0)
    findings_.needless.push_back({place.packet, place.packet, NeedlessRetransmission::Why::already_acked});
}

CsvTcp::Connection& CsvTcp::connection_of(uint32_t conversation) {
  if (conversation >= index_.size()) index_.resize(conversation + size_t{1});
  if (index_[conversation] == 0) {
    connections_.emplace_back();
    index_[conversation] = static_cast<uint32_t>(connections_.size());
  }
  return connections_[index_[conversation] - 1];
}

void CsvTcp::note_handshake(const Place& place, const InfoFacts& facts, Connection& connection) {
  Conversation& conversation = findings_.conversations[place.flow >> 1];
  const uint32_t way = place.flow & 1;
  const uint16_t kind = facts.flags & (dissect::kSyn | kAck | dissect::kRst | dissect::kFin);
  if ((kind & dissect::kSyn) != 0) {
    PacketIndex& first = (kind & kAck) != 0 ? conversation.syn_ack : conversation.syn;
    if (first == kNoPacket) first = place.packet;
    connection[way].syn_seq = facts.seq;
    // RFC 7323, section 2.2: scaling is in use only when both SYNs offer it.
    auto& shift = conversation.window_shift;
    shift[way] = window_shift(facts);
    const bool is_refused = shift[way] == Conversation::kNoScaling;
    if (is_refused || ((kind & kAck) != 0 && shift[1 - way] == Conversation::kNoScaling))
      shift = {Conversation::kNoScaling, Conversation::kNoScaling};
  } else if (kind == kAck && conversation.handshake_ack == kNoPacket && conversation.syn != kNoPacket &&
             conversation.syn_ack != kNoPacket && facts.seq == connection[way].syn_seq + 1 &&
             facts.ack == connection[1 - way].syn_seq + 1) {
    conversation.handshake_ack = place.packet;
  }
}

void CsvTcp::note_retransmission(const Place& place, const Sent& segment, uint16_t notes, Connection& connection) {
  const uint32_t way = place.flow & 1;
  const Direction& receiver = connection[1 - way];
  const bool acked = receiver.last_ack_packet != kNoPacket && at_or_before(segment.end, receiver.last_ack);
  if (acked || (notes & dissect::kSpuriousRetransmission) != 0) {
    const PacketIndex proof = acked ? receiver.last_ack_packet : place.packet;
    findings_.needless.push_back({place.packet, proof, NeedlessRetransmission::Why::already_acked});
  } else if (connection[way].sent_again.size() < kMaxSentAgain) {
    connection[way].sent_again.push_back(segment);
  }
}

void CsvTcp::remember(const Sent& segment, uint16_t notes, Direction& sender) {
  const bool sent_again = (notes & (dissect::kRetransmission | dissect::kOutOfOrder)) != 0;
  const bool probe = (notes & (dissect::kKeepAlive | dissect::kZeroWindowProbe)) != 0;
  if (sent_again)
    for (Sent& known : sender.unacked)
      if (before(known.seq, segment.end) && before(segment.seq, known.end)) known.ambiguous = true;
  if (sender.unacked.size() >= kMaxUnacked) return;
  sender.unacked.push_back(segment);
  sender.unacked.back().ambiguous = sent_again || probe;
}

void CsvTcp::read_ack(const Place& place, const InfoFacts& facts, Connection& connection) {
  const uint32_t way = place.flow & 1;
  Direction& sender = connection[way];
  Direction& receiver = connection[1 - way];
  if (facts.sack_count > 0) read_duplicate_sack(place, facts, receiver);
  if (sender.last_ack_packet == kNoPacket || before(sender.last_ack, facts.ack)) {
    sender.last_ack = facts.ack;
    sender.last_ack_packet = place.packet;
  }
  const Sent* newest = nullptr;
  for (const Sent& sent : receiver.unacked)
    if (at_or_before(sent.end, facts.ack) && (newest == nullptr || !before(sent.end, newest->end))) newest = &sent;
  if (newest == nullptr) return;
  const bool shaking_hands = newest->is_syn && ((facts.flags & dissect::kSyn) != 0 ||
                                                findings_.conversations[place.flow >> 1].handshake_ack == place.packet);
  const bool certain = shaking_hands || newest->doubt == doubt(place.pair, 1 - place.side);
  if (newest->end == facts.ack && !newest->ambiguous && certain)
    findings_.rtt_samples.push_back({place.packet, newest->packet});
  std::erase_if(receiver.unacked, [&](const Sent& sent) { return at_or_before(sent.end, facts.ack); });
}

/// RFC 2883, section 4: a first block at or below the ACK, or inside the second one, reports data received twice.
void CsvTcp::read_duplicate_sack(const Place& place, const InfoFacts& facts, Direction& receiver) {
  const csv::SackBlock& first = facts.sack[0];
  const bool below_ack = at_or_before(first.right, facts.ack);
  const bool inside_second = facts.sack_count > 1 && at_or_before(facts.sack[1].left, first.left) &&
                             at_or_before(first.right, facts.sack[1].right);
  if (!below_ack && !inside_second) return;
  auto& sent_again = receiver.sent_again;
  const auto reported = std::find_if(sent_again.begin(), sent_again.end(), [&](const Sent& sent) {
    return at_or_before(first.left, sent.seq) && at_or_before(sent.end, first.right);
  });
  if (reported == sent_again.end()) return;
  findings_.needless.push_back({reported->packet, place.packet, NeedlessRetransmission::Why::duplicate_sack});
  sent_again.erase(reported);
}

uint32_t& CsvTcp::doubt(uint32_t pair, uint32_t side) {
  const size_t at = pair * size_t{2} + side;
  if (at >= doubts_.size()) doubts_.resize(at + 1);
  return doubts_[at];
}

}  // namespace tracedrop::trace
