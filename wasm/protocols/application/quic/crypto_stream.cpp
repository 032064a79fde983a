// CRYPTO frames (RFC 9000, section 19.6) put in order, as Wireshark does it: what comes in order goes on at once,
// unless something later waits already; then all waits until nothing is missing up to the last byte that came.
#include "protocols/application/quic/quic.h"

namespace tracedrop::dissect::quic {

CryptoStream::Effect CryptoStream::add(PacketIndex packet, uint64_t offset, Bytes data) {
  constexpr size_t kMostPieces = 1024;
  constexpr uint64_t kMostBytes = 1 << 20;
  const uint64_t end = offset + data.size();
  if (offset < next_) {
    if (end <= next_) return Effect::repeated;
    return Effect::overlapped;
  }
  if (offset == next_ && pieces_.empty()) {
    next_ = end;
    return Effect::delivered;
  }
  if (pieces_.size() >= kMostPieces || end - next_ > kMostBytes) return Effect::repeated;
  const auto [place, is_new] = pieces_.try_emplace(offset);
  if (!is_new) return Effect::repeated;
  place->second = {packet, data.size(), {}};
  place->second.bytes.assign(data.data(), data.data() + data.size());
  // Whether anything is missing still. (Each of at most kMostPieces asks this once.)
  uint64_t whole = next_;
  for (const auto& [at, piece] : pieces_) {
    if (at > whole) return Effect::kept;
    whole = std::max(whole, at + piece.size);
  }
  next_ = whole;
  return Effect::completed;
}

}  // namespace tracedrop::dissect::quic
