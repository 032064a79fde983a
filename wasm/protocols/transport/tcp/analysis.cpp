#include "protocols/transport/tcp/analysis.h"

#include <algorithm>
#include <optional>

#include "dissect/state.h"
#include "protocols/transport/tcp/sequence.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr size_t kMaxRetransmitted = 256;
constexpr int64_t kFastRetransmissionNs = 20'000'000;
constexpr int64_t kOutOfOrderNs = 3'000'000;  // where the round trip is not known

class Analysis {
 public:
  Analysis(Context& context, Connection& connection, const Segment& segment, Analysed* analysed)
      : context_(context),
        analysed_(analysed),
        segment_(segment),
        connection_(connection),
        findings_(context.state()->findings),
        conversation_(findings_.conversations[context.row.flow >> 1]),
        way_(context.row.flow & 1),
        sender_(connection.direction[way_]),
        receiver_(connection.direction[1 - way_]) {}

  uint16_t run() {
    note_handshake();
    note_base_numbers(conversation_, connection_, way_, segment_);
    check_window_and_order();
    check_acked_unseen();
    if (segment_.takes_space()) check_retransmission();
    if (analysed_ != nullptr) note_sent_before();
    remember_segment();
    remember_ack();
    if (analysed_ != nullptr) note_in_flight();
    return notes_;
  }

 private:
  bool is_plain() const { return !segment_.has(kSyn | kFin | kRst); }
  /// Nothing but a repeated ACK. With SACK blocks a changed window does not make it a window update.
  bool empty_repeat() const {
    return segment_.payload_len == 0 && is_plain() && (segment_.window == sender_.window || has_sack()) &&
           segment_.seq == sender_.next_seq && segment_.ack == sender_.last_ack;
  }
  bool is_copy() const { return segment_.copy_of != kNoPacket; }
  bool has_sack() const { return segment_.options.sack_count > 0; }

  void note_handshake() {
    const uint16_t kind = segment_.flags & (kSyn | kAck);
    if ((kind & kSyn) != 0) note_window_scale(kind == (kSyn | kAck));
    if (kind == kSyn) {
      if (conversation_.syn == kNoPacket) conversation_.syn = context_.index;
      connection_.syn_ts_ns = context_.row.ts_ns;
      connection_.saw_syn = true;
    } else if (kind == (kSyn | kAck)) {
      if (conversation_.syn_ack == kNoPacket) conversation_.syn_ack = context_.index;
    } else if (kind == kAck && connection_.saw_syn) {
      if (connection_.first_rtt_ns == 0) connection_.first_rtt_ns = context_.row.ts_ns - connection_.syn_ts_ns;
      const bool ends_handshake = !segment_.has(kRst) && sender_.has_base_seq && receiver_.has_base_seq &&
                                  segment_.seq - conversation_.base_seq[way_] == 1 &&
                                  segment_.ack - conversation_.base_seq[1 - way_] == 1;
      if (ends_handshake && conversation_.handshake_ack == kNoPacket) conversation_.handshake_ack = context_.index;
    }
  }

  /// RFC 7323, section 2.2: scaling is in use only when both SYNs offer it.
  void note_window_scale(bool is_syn_ack) {
    auto& shift = conversation_.window_shift;
    const int8_t without = segment_.options.are_cut ? Conversation::kScaleUnknown : Conversation::kNoScaling;
    shift[way_] = segment_.options.window_shift >= 0 ? segment_.options.window_shift : without;
    if (!is_syn_ack && shift[way_] != Conversation::kNoScaling) return;
    if (shift[way_] == Conversation::kNoScaling || shift[1 - way_] == Conversation::kNoScaling)
      shift = {Conversation::kNoScaling, Conversation::kNoScaling};
  }

  uint32_t receiver_window() const {
    const int8_t shift = conversation_.window_shift[1 - way_];
    return shift > 0 && !receiver_.is_first_ack ? receiver_.window << shift : receiver_.window;
  }

  void check_window_and_order() {
    const bool at_next = segment_.seq == sender_.next_seq;
    if (segment_.payload_len == 1 && at_next && receiver_.has_spoken && receiver_.window == 0) {
      notes_ |= kZeroWindowProbe;
      return;
    }
    if (segment_.window == 0 && is_plain()) notes_ |= kZeroWindow;
    if (sender_.next_seq != 0 && after(segment_.seq, sender_.next_seq) && !segment_.has(kRst)) notes_ |= kLostSegment;
    if (segment_.payload_len <= 1 && segment_.seq == sender_.next_seq - 1 && is_plain()) notes_ |= kKeepAlive;
    if (segment_.payload_len == 0 && segment_.window != 0 && segment_.window != sender_.window && at_next &&
        segment_.ack == sender_.last_ack && is_plain() && !has_sack())
      notes_ |= kWindowUpdate;
    if (segment_.payload_len > 0 && conversation_.window_shift[1 - way_] != Conversation::kScaleUnknown &&
        segment_.seq + segment_.payload_len == receiver_.last_ack + receiver_window() && is_plain())
      notes_ |= kWindowFull;
    check_repeated_ack();
  }

  void check_repeated_ack() {
    if (empty_repeat() && segment_.window != 0 && receiver_.last_was_keep_alive) {
      notes_ |= kKeepAliveAck;
      return;
    }
    const bool probe_answered = receiver_.last_was_probe;
    const bool took_the_byte = segment_.ack == sender_.last_ack + 1;
    if (probe_answered && segment_.payload_len == 0 && segment_.window == 0 && sender_.window == 0 && is_plain() &&
        segment_.seq == sender_.next_seq && (segment_.ack == sender_.last_ack || took_the_byte)) {
      notes_ |= kZeroWindowProbeAck;
      if (took_the_byte) receiver_.next_seq = receiver_.max_seq_to_be_acked = segment_.ack;
      return;
    }
    if (!empty_repeat() || segment_.window == 0 || segment_.options.is_mptcp) return;
    notes_ |= kDuplicateAck;
    findings_.duplicate_acks.push_back({context_.index, sender_.last_new_ack, ++sender_.duplicate_acks});
  }

  void check_acked_unseen() {
    if (segment_.ack != sender_.last_ack) {
      sender_.last_new_ack = context_.index;
      sender_.duplicate_acks = 0;
    }
    if (receiver_.max_seq_to_be_acked == 0 || !segment_.has(kAck) ||
        !after(segment_.ack, receiver_.max_seq_to_be_acked))
      return;
    if (segment_.ack == sender_.last_ack + 1 && segment_.seq == sender_.next_seq && receiver_.last_was_probe) {
      receiver_.next_seq = receiver_.max_seq_to_be_acked = segment_.ack;
      notes_ |= kWindowUpdate;
      return;
    }
    notes_ |= kAckedLostSegment;
    receiver_.max_seq_to_be_acked = reach_from(receiver_.unacked, receiver_.unacked_out_of_order(), segment_.ack);
  }

  void check_retransmission() {
    bool not_advanced = sender_.next_seq != 0 && before(segment_.seq, sender_.next_seq);
    if (not_advanced && (notes_ & kKeepAlive) != 0) return;
    // New data that begins with the byte a zero window probe carried.
    if (segment_.payload_len > 1 && sender_.next_seq - 1 == segment_.seq) not_advanced = false;
    const uint32_t end = segment_.seq + segment_.payload_len;
    if (segment_.payload_len > 0 && receiver_.last_ack != 0 && at_or_before(end, receiver_.last_ack)) {
      notes_ |= kSpuriousRetransmission | kRetransmission;
      if (is_copy()) {
        prove_needless(context_.index, segment_.copy_of, NeedlessRetransmission::Why::copy);
      } else {
        prove_needless(context_.index, receiver_.last_new_ack, NeedlessRetransmission::Why::already_acked);
      }
      return;
    }
    if (!not_advanced) return;
    if (is_fast_retransmission(end)) {
      notes_ |= kFastRetransmission | kRetransmission;
    } else if (is_recent() && !ends_at_next(end) &&
               !holds_whole(sender_.unacked, sender_.unacked_out_of_order(), segment_.seq, end)) {
      notes_ |= kOutOfOrder;
      return;
    } else {
      notes_ |= kRetransmission;
    }
    if (is_copy()) {
      prove_needless(context_.index, segment_.copy_of, NeedlessRetransmission::Why::copy);
      return;
    }
    auto& retransmitted = sender_.more().retransmitted;
    if (retransmitted.size() < kMaxRetransmitted) retransmitted.push_back({segment_.seq, end, context_.index, true});
  }

  /// What reaches as far as anything did fills no gap. (A FIN counts where there was data before it.)
  bool ends_at_next(uint32_t end) const {
    return end + (segment_.has(kFin) && sender_.has_sent_data ? 1 : 0) == sender_.next_seq;
  }

  /// Less than a round trip since the receiver spoke: too soon for the sender to have missed anything.
  bool is_recent() const {
    return receiver_.last_ack_ts_ns != 0 && context_.row.ts_ns - receiver_.last_ack_ts_ns < out_of_order_ns();
  }
  int64_t out_of_order_ns() const { return connection_.first_rtt_ns != 0 ? connection_.first_rtt_ns : kOutOfOrderNs; }

  bool is_fast_retransmission(uint32_t end) const {
    if (receiver_.duplicate_acks < 2 || context_.row.ts_ns - receiver_.last_ack_ts_ns >= kFastRetransmissionNs)
      return false;
    if (receiver_.last_ack == segment_.seq) return true;
    if (receiver_.sack_count == 0) return false;
    const uint32_t base = conversation_.base_seq[way_];
    const auto& sack = receiver_.known()->sack;
    for (size_t i = 0; i < receiver_.sack_count; ++i)
      if (!before(segment_.seq, sack[i].left - base) && at_or_before(end, sack[i].right - base)) return false;
    return true;
  }

  void remember_segment() {
    uint32_t next = segment_.seq + segment_.payload_len;
    if (segment_.takes_space()) {
      if (segment_.has(kSyn | kFin)) ++next;
      remember_unacked(next);
    }
    const bool is_probe = (notes_ & kZeroWindowProbe) != 0;
    if ((sender_.next_seq == 0 || after(next, sender_.next_seq)) && !is_probe) {
      sender_.next_seq = next;
    }
    if ((sender_.max_seq_to_be_acked == 0 || segment_.seq == sender_.max_seq_to_be_acked) && !is_probe)
      sender_.max_seq_to_be_acked = sender_.next_seq;
    sender_.has_spoken = true;
    sender_.has_sent_data |= segment_.payload_len > 0;
    sender_.window = segment_.window;
    sender_.last_ack = segment_.ack;
    sender_.last_ack_ts_ns = context_.row.ts_ns;
    sender_.last_was_keep_alive = (notes_ & kKeepAlive) != 0;
    sender_.last_was_probe = is_probe;
    if ((notes_ & kDuplicateAck) != 0 || has_sack()) sender_.last_complaint = context_.index;
    sender_.is_first_ack = segment_.has(kSyn);
    sender_.sack_count = segment_.options.sack_count;
    if (has_sack()) sender_.more().sack = segment_.options.sack;
  }

  void remember_unacked(uint32_t next) {
    const bool sent_again = (notes_ & (kRetransmission | kOutOfOrder)) != 0;
    const bool probe = (notes_ & (kKeepAlive | kZeroWindowProbe)) != 0;
    // Karn's rule, by segment: what begins where the retransmission begins was sent twice. (A retransmission that joins
    // several segments leaves the later ones' samples, as Wireshark's tcp.analysis.ack_rtt does.)
    if (sent_again) mark_repeated(sender_.unacked, sender_.unacked_out_of_order(), segment_.seq, is_copy());
    const bool is_repeated = (notes_ & kRetransmission) != 0;
    sender_.add_unacked({segment_.seq, next, context_.index, sent_again || probe, is_repeated});
  }

  void remember_ack() {
    if (!segment_.has(kAck)) return;
    check_duplicate_sack();
    const auto newest = take_acked(receiver_.unacked, receiver_.unacked_out_of_order(), segment_.ack);
    if (analysed_ != nullptr && newest && newest->next_seq == segment_.ack) analysed_->acked = newest;
    if (newest && !newest->ambiguous) findings_.rtt_samples.push_back({context_.index, newest->packet});
  }

  /// RFC 2883, section 4: a first block at or below the ACK, or inside the second one, reports data received twice.
  void check_duplicate_sack() {
    const Options& options = segment_.options;
    if (options.sack_count == 0 || receiver_.known() == nullptr) return;
    const SackBlock& first = options.sack[0];
    const bool below_ack = at_or_before(first.right, segment_.ack);
    const bool inside_second = options.sack_count > 1 && !before(first.left, options.sack[1].left) &&
                               at_or_before(first.right, options.sack[1].right);
    if (!below_ack && !inside_second) return;
    auto& sent_again = receiver_.known()->retransmitted;
    const auto reported = std::find_if(sent_again.begin(), sent_again.end(), [&](const Unacked& sent) {
      return before(sent.seq, first.right) && before(first.left, sent.next_seq);
    });
    if (reported == sent_again.end()) return;
    prove_needless(reported->packet, context_.index, NeedlessRetransmission::Why::duplicate_sack);
    sent_again.erase(reported);
  }

  void prove_needless(PacketIndex retransmission, PacketIndex proof, NeedlessRetransmission::Why why) {
    findings_.needless.push_back({retransmission, proof, why});
  }

  /// What was not seen before is measured from what was sent last.
  void note_sent_before() const {
    if ((notes_ & kRetransmission) == 0 || (notes_ & (kSpuriousRetransmission | kFastRetransmission)) != 0) return;
    analysed_->is_timeout = true;
    const auto* others = sender_.unacked_out_of_order();
    if (const Unacked* sent = find_from(sender_.unacked, others, segment_.seq)) analysed_->sent_before = sent->packet;
  }

  /// Bytes that the receiver reported selectively with its last ACK.
  uint32_t reported_received() const {
    uint32_t bytes = 0;
    for (size_t i = 0; i < receiver_.sack_count; ++i) {
      const SackBlock& block = receiver_.known()->sack[i];
      if (after(block.right, block.left)) bytes += block.right - block.left;
    }
    return bytes;
  }

  void note_in_flight() const {
    if (segment_.payload_len == 0 || !receiver_.has_spoken) return;
    analysed_->in_flight = span_of(sender_.unacked, sender_.unacked_out_of_order());
    analysed_->in_flight -= std::min(analysed_->in_flight, reported_received());
    if (segment_.has(kFin) && analysed_->in_flight > segment_.payload_len) --analysed_->in_flight;
  }

  Context& context_;
  Analysed* analysed_;
  const Segment& segment_;
  Connection& connection_;
  Findings& findings_;
  Conversation& conversation_;
  const uint32_t way_;
  Direction& sender_;
  Direction& receiver_;
  uint16_t notes_ = 0;
};

}  // namespace

void note_base_numbers(Conversation& conversation, Connection& connection, uint32_t way, const Segment& segment) {
  Direction& sender = connection.direction[way];
  Direction& receiver = connection.direction[1 - way];
  if (!sender.has_base_seq) {
    conversation.base_seq[way] = segment.has(kSyn) ? segment.seq : segment.seq - 1;
    sender.has_base_seq = true;
  }
  if (!receiver.has_base_seq && segment.has(kAck)) {
    conversation.base_seq[1 - way] = segment.ack - 1;
    receiver.has_base_seq = true;
  }
}

uint16_t analyse(Context& context, Connection& connection, const Segment& segment, Analysed* analysed) {
  return Analysis(context, connection, segment, analysed).run();
}

}  // namespace tracedrop::dissect::tcp
