#include "engine/connection_facts.h"

#include <algorithm>
#include <iterator>

namespace tracedrop::engine {

ConnectionFacts::ConnectionFacts(const trace::Columns& columns) {
  for (trace::PacketIndex i = 0; i < columns.size(); ++i) {
    const uint16_t flags = columns.flags(i);
    if ((flags & dissect::kIsTcp) == 0) continue;
    note_handshake(columns.flow(i) >> 1, columns.ts_ns(i), flags);
    const uint32_t length = columns.payload_len(i) + ((flags & (dissect::kSyn | dissect::kFin)) != 0 ? 1u : 0u);
    if (length == 0) continue;
    const uint32_t flow = columns.flow(i);
    if (flow >= flows_.size()) flows_.resize(std::max<size_t>(flow + size_t{1}, flows_.size() * 2));
    flows_[flow].add(columns.block_of(i).seq[i % trace::kBlockRows], length);
  }
}

/// As in the analysis: a repeated SYN begins anew, and an ACK at the very time of the SYN does not count.
void ConnectionFacts::note_handshake(uint32_t conversation, int64_t ts_ns, uint16_t flags) {
  const uint16_t kind = flags & (dissect::kSyn | dissect::kAck);
  if (kind == dissect::kSyn) {
    if (conversation >= handshakes_.size())
      handshakes_.resize(std::max<size_t>(conversation + size_t{1}, handshakes_.size() * 2));
    handshakes_[conversation].syn_ns = ts_ns;
    handshakes_[conversation].has_syn = true;
  } else if (kind == dissect::kAck && conversation < handshakes_.size()) {
    Handshake& known = handshakes_[conversation];
    if (known.has_syn && known.rtt_ns == 0) known.rtt_ns = ts_ns - known.syn_ns;
  }
}

void ConnectionFacts::Flow::add(uint32_t seq, uint32_t length) {
  // The number that is nearest to where the last segment ended.
  const int64_t begin = is_empty_ ? seq : end_ + static_cast<int32_t>(seq - static_cast<uint32_t>(end_));
  const int64_t end = begin + length;
  if (is_empty_) {
    begin_ = begin;
    end_ = end;
    is_empty_ = false;
    return;
  }
  if (begin <= end_ && end >= begin_) {
    begin_ = std::min(begin_, begin);
    end_ = std::max(end_, end);
  } else {
    if (others_ == nullptr) others_ = std::make_unique<std::map<int64_t, int64_t>>();
    others_->emplace(begin_, end_);
    begin_ = begin;
    end_ = end;
  }
  if (others_ != nullptr) absorb();
}

/// Takes in what the piece touches by now.
void ConnectionFacts::Flow::absorb() {
  auto next = others_->upper_bound(end_);
  while (next != others_->begin()) {
    const auto before = std::prev(next);
    if (before->second < begin_) return;
    begin_ = std::min(begin_, before->first);
    end_ = std::max(end_, before->second);
    next = others_->erase(before);
  }
}

}  // namespace tracedrop::engine
