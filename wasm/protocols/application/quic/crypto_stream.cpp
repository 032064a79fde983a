// CRYPTO frames (RFC 9000, section 19.6) put in order, as Wireshark does it: what comes in order goes on at once,
// unless something later waits already; then all waits until nothing is missing up to the last byte that came.
#include <algorithm>
#include <iterator>

#include "protocols/application/quic/quic.h"

namespace tracedrop::dissect::quic {

CryptoStream::Effect CryptoStream::add(PacketIndex packet, uint64_t offset, Bytes data) {
  constexpr size_t kMostPieces = 1024;
  constexpr uint64_t kMostBytes = 1 << 20;
  const uint64_t end = offset + data.size();
  if (data.empty()) return Effect::repeated;
  if (offset < next_) {
    if (end <= next_) return Effect::repeated;
    return Effect::overlapped;
  }
  if (offset == next_ && pieces_.empty()) {
    next_ = end;
    return Effect::delivered;
  }
  if (pieces_.size() >= kMostPieces || end - next_ > kMostBytes) return Effect::repeated;
  const auto after = pieces_.lower_bound(offset);
  if (after != pieces_.end() && after->first == offset) return Effect::repeated;
  const bool reaches_next = after != pieces_.end() && after->first < end;
  const bool lies_in_last =
      after != pieces_.begin() && std::prev(after)->first + std::prev(after)->second.size > offset;
  if (reaches_next || lies_in_last) return Effect::overlapped;
  pieces_.emplace(offset, Piece{packet, data.size(), {data.data(), data.data() + data.size()}});
  waiting_ += data.size();
  last_ = std::max(last_, end);
  if (next_ + waiting_ < last_) return Effect::kept;
  next_ = last_;
  return Effect::completed;
}

}  // namespace tracedrop::dissect::quic
