#include "protocols/transport/tcp/open_message.h"

#include <algorithm>
#include <iterator>

namespace tracedrop::dissect::tcp {

namespace {

constexpr size_t kMaxMessageBytes = INT32_MAX;  // what sequence numbers can span
constexpr size_t kMaxKeptBytes = 1 << 20;
constexpr size_t kMaxReplayedBytes = 16 << 20;

}  // namespace

void PiecesAhead::add(size_t at, size_t length, Bytes wanted) {
  size_t end = at + length;
  auto next = pieces_.upper_bound(at);
  if (next != pieces_.begin()) {
    const auto& [before_at, before] = *std::prev(next);
    const size_t covered = before_at + before.length;
    if (covered >= end) return;
    if (covered > at) {
      wanted = wanted.from(covered - at);
      at = covered;
    }
  }
  while (next != pieces_.end() && next->first + next->second.length <= end) forget(next++);
  if (next != pieces_.end()) end = std::min(end, next->first);
  if (end == at) return;
  wanted = wanted.first(end - at);
  if (wanted.empty()) {
    if (next != pieces_.end() && next->first == end && next->second.bytes.empty()) {
      end += next->second.length;
      forget(next++);
    }
    if (next != pieces_.begin()) {
      auto& [before_at, before] = *std::prev(next);
      if (before_at + before.length == at && before.bytes.empty()) {
        before.length = end - before_at;
        return;
      }
    }
  }
  if (pieces_.size() >= kMostPieces || bytes_ + wanted.size() > kMostBytes) return;
  bytes_ += wanted.size();
  pieces_.emplace_hint(next, at, Piece{end - at, {wanted.data(), wanted.data() + wanted.size()}});
}

void PiecesAhead::forget(std::map<size_t, Piece>::iterator piece) {
  bytes_ -= piece->second.bytes.size();
  pieces_.erase(piece);
}

bool PiecesAhead::take(size_t end, size_t& at, Piece& piece) {
  const auto first = pieces_.begin();
  if (first == pieces_.end() || first->first > end) return false;
  bytes_ -= first->second.bytes.size();
  at = first->first;
  piece = std::move(first->second);
  pieces_.erase(first);
  return true;
}

void OpenMessage::ask_for(const StreamResult& result) {
  one_more_segment = result.message_len == StreamResult::kOneMoreSegment;
  until_closed = result.message_len == StreamResult::kUntilClosed;
  end_seq = seq + static_cast<uint32_t>(std::min(result.message_len, kMaxMessageBytes));
  asked_keep_len_ = std::min(result.keep_len, kMaxKeptBytes);
  keep_len_ = parts == nullptr ? asked_keep_len_ : kMaxReplayedBytes;
  resume_ = result.resume;
  keep_rest();
  if (kept_.size() > keep_len_) kept_.resize(keep_len_);
}

/// Drops of the rest what is not wanted any more, or begins it with what is no longer to be kept otherwise.
void OpenMessage::keep_rest() {
  if (resume_.stage == 0) {
    rest_.clear();
    return;
  }
  if (!rest_.empty()) {
    const size_t done = std::min(resume_.at - std::min(resume_.at, rest_at_), rest_.size());
    rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(done));
    rest_at_ += done;
  } else if (contiguous_ > keep_len_ && kept_.size() == contiguous_ && resume_.at < contiguous_) {
    rest_.assign(kept_.begin() + static_cast<std::ptrdiff_t>(resume_.at), kept_.end());
    rest_at_ = resume_.at;
  }
  if (rest_.empty()) rest_at_ = resume_.at;
}

StreamOffer OpenMessage::offer() const {
  StreamOffer offer{resume_, {}, asked_keep_len_};
  if (kept_.size() == contiguous_) {
    offer.rest = kept().from(resume_.at);
  } else {
    offer.rest = {rest_.data(), rest_.size(), contiguous_ - std::min(resume_.at, contiguous_)};
  }
  return offer;
}

/// How many of the bytes [at, at + length) may be looked at once more: of the first ones, all that precede the last.
size_t OpenMessage::wanted_of(size_t at, size_t length) const {
  if (resume_.stage != 0 && at + length > resume_.at) return length;
  return at < keep_len_ ? std::min(length, keep_len_ - at) : 0;
}

void OpenMessage::add(size_t at, Bytes bytes) {
  if (at > contiguous_) {
    if (ahead_ == nullptr) ahead_ = std::make_unique<PiecesAhead>();
    return ahead_->add(at, bytes.size(), bytes.first(wanted_of(at, bytes.size())));
  }
  const size_t old = contiguous_ - at;
  if (bytes.size() > old) append(bytes.from(old), bytes.size() - old);
  if (!has_gap()) return;
  PiecesAhead::Piece piece;
  while (ahead_->take(contiguous_, at, piece)) {
    const size_t known = contiguous_ - at;
    if (piece.length <= known) continue;
    append(Bytes(piece.bytes.data(), piece.bytes.size()).from(known), piece.length - known);
  }
}

/// Moves the contiguous end on by `length`; `bytes` are what is at hand of that.
void OpenMessage::append(Bytes bytes, size_t length) {
  const size_t from = contiguous_;
  contiguous_ += length;
  if (from >= keep_len_ && resume_.stage == 0) return;
  const bool was_all_kept = kept_.size() == from;
  if (was_all_kept) {
    const Bytes part = bytes.first(keep_len_ - std::min(from, keep_len_));
    kept_.insert(kept_.end(), part.data(), part.data() + part.size());
  }
  if (resume_.stage == 0 || kept_.size() == contiguous_) return;
  if (was_all_kept && rest_.empty()) {
    rest_at_ = resume_.at;
    if (resume_.at < from)
      rest_.assign(kept_.begin() + static_cast<std::ptrdiff_t>(resume_.at),
                   kept_.begin() + static_cast<std::ptrdiff_t>(from));
  }
  if (contiguous_ <= resume_.at) return;
  const size_t begin = std::max(from, resume_.at);
  if (rest_at_ + rest_.size() != begin) return;  // something before was not kept: what comes later is no use
  const Bytes part = bytes.from(begin - from);
  rest_.insert(rest_.end(), part.data(), part.data() + part.size());
}

}  // namespace tracedrop::dissect::tcp
