// A message that needs more than one segment: which bytes of it are here, and which packets brought them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "dissect/protocol.h"
#include "dissect/row.h"

namespace tracedrop::dissect::tcp {

/// Pieces of a message that arrived before what precedes them: in order, none over another. What was not asked to be
/// kept is only counted, and joined where it touches. Beyond the limits pieces are not taken: the message then waits
/// until they come again.
class PiecesAhead {
 public:
  struct Piece {
    size_t length = 0;
    std::vector<uint8_t> bytes;  ///< the first of them: as many as are wanted
  };

  /// Adds [at, at + length), of which `wanted` are the first bytes. Pieces that lie within it are replaced.
  void add(size_t at, size_t length, Bytes wanted);
  bool empty() const { return pieces_.empty(); }
  size_t count() const { return pieces_.size(); }
  /// Takes the first piece out when it begins at or before `end`; false when it does not.
  bool take(size_t end, size_t& at, Piece& piece);

  static constexpr size_t kMostPieces = 1 << 16;
  static constexpr size_t kMostBytes = 4 << 20;

 private:
  void forget(std::map<size_t, Piece>::iterator piece);

  std::map<size_t, Piece> pieces_;  // by their place in the message
  size_t bytes_ = 0;
};

/// What a packet brought of a message: the bytes [at, at + size) of it.
struct MessagePart {
  PacketIndex packet = kNoPacket;
  size_t at = 0, size = 0;
};

class OpenMessage {
 public:
  uint32_t seq = 0;               ///< where it begins
  uint32_t end_seq = 0;           ///< first sequence number after it, as far as known
  bool one_more_segment = false;  ///< its length is not known: ask again when the next segment has come
  bool until_closed = false;
  std::vector<PacketIndex> packets;
  /// A replay keeps the whole message, and what each packet brought of it; else null.
  std::unique_ptr<std::vector<MessagePart>> parts;

  /// What its dissector said of its length and of what it wants to see again.
  void ask_for(const StreamResult& result);
  /// Adds bytes at `at` of the message and moves its contiguous end over everything that is now at hand.
  void add(size_t at, Bytes bytes);

  /// Bytes at hand from its beginning on.
  size_t contiguous() const { return contiguous_; }
  bool has_gap() const { return ahead_ != nullptr && !ahead_->empty(); }
  bool is_complete() const { return one_more_segment ? !has_gap() : contiguous_ >= end_seq - seq; }
  /// Its first bytes, as many as were to be kept.
  Bytes kept() const { return {kept_.data(), kept_.size(), contiguous_}; }
  /// The same, for whoever goes on with them.
  std::vector<uint8_t> take_kept() { return std::move(kept_); }
  /// For the next time that it is offered.
  StreamOffer offer() const;

 private:
  size_t wanted_of(size_t at, size_t length) const;
  void append(Bytes bytes, size_t length);
  void keep_rest();

  size_t contiguous_ = 0;
  size_t keep_len_ = 0;
  size_t asked_keep_len_ = 0;
  std::unique_ptr<PiecesAhead> ahead_;
  Resume resume_;
  std::vector<uint8_t> kept_;
  std::vector<uint8_t> rest_;  // from rest_at_ on, when `kept_` does not hold all that is here
  size_t rest_at_ = 0;
};

}  // namespace tracedrop::dissect::tcp
