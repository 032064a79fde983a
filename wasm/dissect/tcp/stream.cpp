#include "dissect/tcp/stream.h"

#include <algorithm>

#include "dissect/state.h"
#include "dissect/tcp/sequence.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr size_t kMaxOpenMessages = 16;         // a direction; the oldest is given up
constexpr size_t kMaxMessageBytes = INT32_MAX;  // what sequence numbers can span
constexpr size_t kMaxKeptBytes = 1 << 20;
constexpr size_t kMaxRelinked = 64;  // packets of a message that grows segment by segment

/// Adds bytes at `at` of a message and moves its contiguous end over everything that is now at hand.
void add_bytes(OpenMessage& message, size_t at, Bytes bytes) {
  const auto keep = [&](size_t from, Bytes part) {
    if (message.resume_at != 0 && from + part.size() > message.resume_at) {
      const Bytes wanted = part.from(message.resume_at - std::min(from, message.resume_at));
      message.tail.insert(message.tail.end(), wanted.data(), wanted.data() + wanted.size());
    }
    if (from >= message.keep_len || from != message.kept.size()) return;
    const size_t count = std::min(part.size(), message.keep_len - from);
    message.kept.insert(message.kept.end(), part.data(), part.data() + count);
  };
  if (at > message.contiguous) {
    OpenMessage::Piece piece{at, bytes.size(), {}};
    if (at < message.keep_len || message.resume_at != 0) piece.bytes.assign(bytes.data(), bytes.data() + bytes.size());
    message.ahead.push_back(std::move(piece));
    return;
  }
  const size_t old = message.contiguous - at;
  if (bytes.size() > old) {
    keep(message.contiguous, bytes.from(old));
    message.contiguous = at + bytes.size();
  }
  for (size_t i = 0; i < message.ahead.size();) {
    const OpenMessage::Piece& piece = message.ahead[i];
    if (piece.at > message.contiguous) {
      ++i;
      continue;
    }
    if (piece.at + piece.length > message.contiguous) {
      if (!piece.bytes.empty())
        keep(message.contiguous, Bytes(piece.bytes.data(), piece.bytes.size()).from(message.contiguous - piece.at));
      message.contiguous = piece.at + piece.length;
    }
    message.ahead.erase(message.ahead.begin() + static_cast<std::ptrdiff_t>(i));
    i = 0;
  }
}

class Delivery {
 public:
  Delivery(Context& context, Connection& connection, uint32_t seq)
      : context_(context),
        connection_(connection),
        direction_(connection.direction[context.row.flow & 1]),
        messages_(direction_.messages),
        seq_(seq) {}

  /// A segment whose data was here before belongs to the message that it belonged to then.
  void link_repeated() {
    const auto& closed = direction_.closed;
    for (size_t i = closed.size(); i-- > 0;) {
      if (before(seq_, closed[i].seq)) continue;
      if (before(seq_, closed[i].end_seq)) context_.row.link = closed[i].completed_in;
      return;
    }
    for (OpenMessage& message : messages_)
      if (holds(message)) note_packet(message);
  }

  void run(Bytes payload) {
    if (connection_.snapped) {
      connection_.protocol->dissect_stream(context_, payload);
      return;
    }
    while (!payload.empty()) {
      const size_t taken = continue_message(payload);
      if (taken == 0) return begin(payload);
      seq_ += static_cast<uint32_t>(taken);
      payload = payload.from(taken);
    }
  }

  /// The sender has nothing more to say after `end`: messages that the end of the connection ends are complete.
  void finish(uint32_t end) {
    for (size_t i = messages_.size(); i-- > 0;) {
      if (!messages_[i].until_closed || messages_[i].seq + static_cast<uint32_t>(messages_[i].contiguous) != end)
        continue;
      note_packet(messages_[i]);
      return close(i);
    }
  }

 private:
  /// Bytes of `payload` that belong to a message begun earlier; 0 when there is none.
  size_t continue_message(Bytes payload) {
    for (size_t i = messages_.size(); i-- > 0;) {
      OpenMessage& message = messages_[i];
      if (!holds(message)) continue;
      const bool whole_segment = message.one_more_segment || message.until_closed;
      const size_t count = whole_segment ? payload.size() : std::min<size_t>(payload.size(), message.end_seq - seq_);
      add_bytes(message, seq_ - message.seq, payload.first(count));
      note_packet(message);
      const bool complete =
          message.one_more_segment ? message.ahead.empty() : message.contiguous >= message.end_seq - message.seq;
      if (!message.until_closed && complete) close(i);
      return count;
    }
    return 0;
  }

  bool holds(const OpenMessage& message) const {
    if (before(seq_, message.seq)) return false;
    if (message.one_more_segment) return at_or_before(seq_, message.seq + static_cast<uint32_t>(message.contiguous));
    return message.until_closed || before(seq_, message.end_seq);
  }
  void note_packet(OpenMessage& message) const {
    if (message.packets.empty() || message.packets.back() != context_.index) message.packets.push_back(context_.index);
  }

  /// The message at `i` has all the bytes that were asked for.
  void close(size_t i) {
    OpenMessage message = std::move(messages_[i]);
    messages_.erase(messages_.begin() + static_cast<std::ptrdiff_t>(i));
    const Bytes bytes(message.kept.data(), message.kept.size(), message.contiguous);
    connection_.resumed_at = message.resume_at;
    connection_.resumed = Bytes(message.tail.data(), message.tail.size());
    const StreamResult result = connection_.protocol->dissect_stream(context_, bytes);
    if (result.used == 0 && result.message_len != 0) return extend(std::move(message), result);
    auto& links = context_.state()->links;
    for (const PacketIndex packet : message.packets)
      if (packet != context_.index) links.emplace_back(packet, context_.index + 1);
    if (message.packets.size() > 1)
      direction_.closed.push_back({message.seq, message.seq + static_cast<uint32_t>(result.used), context_.index + 1});
    if (result.message_len == 0) return;
    const bool is_resumed = message.resume_at != 0 && result.used >= message.resume_at;
    open(message.seq + static_cast<uint32_t>(result.used),
         is_resumed ? connection_.resumed.from(result.used - message.resume_at) : bytes.from(result.used), result);
  }

  /// More of the same message is wanted than was thought. As in Wireshark, a message that is asked for segment by
  /// segment names the last one even when it never ends.
  void extend(OpenMessage message, const StreamResult& result) {
    if (message.one_more_segment && message.packets.size() <= kMaxRelinked) {
      for (const PacketIndex packet : message.packets) context_.state()->links.emplace_back(packet, context_.index + 1);
      context_.row.link = context_.index + 1;
    }
    if (result.resume_at != 0) {
      std::vector<uint8_t>& old = message.resume_at != 0 ? message.tail : message.kept;
      const size_t done = std::min(result.resume_at - message.resume_at, old.size());
      message.tail.assign(old.begin() + static_cast<std::ptrdiff_t>(done), old.end());
    }
    const size_t had = message.kept.size();
    set_length(message, result);
    message.kept.resize(std::min(had, message.keep_len));
    messages_.push_back(std::move(message));
  }

  void begin(Bytes payload) {
    connection_.resumed_at = 0;
    const StreamResult result = connection_.protocol->dissect_stream(context_, payload);
    if (result.message_len != 0) open(seq_ + static_cast<uint32_t>(result.used), payload.from(result.used), result);
  }

  void open(uint32_t seq, Bytes bytes, const StreamResult& result) {
    if (messages_.size() >= kMaxOpenMessages) messages_.erase(messages_.begin());
    OpenMessage message;
    message.seq = seq;
    set_length(message, result);
    message.packets.push_back(context_.index);
    add_bytes(message, 0, bytes);
    messages_.push_back(std::move(message));
  }

  static void set_length(OpenMessage& message, const StreamResult& result) {
    message.one_more_segment = result.message_len == StreamResult::kOneMoreSegment;
    message.until_closed = result.message_len == StreamResult::kUntilClosed;
    message.end_seq = message.seq + static_cast<uint32_t>(std::min(result.message_len, kMaxMessageBytes));
    message.keep_len = std::min(result.keep_len, kMaxKeptBytes);
    message.resume_at = result.resume_at;
  }

  Context& context_;
  Connection& connection_;
  Direction& direction_;
  std::vector<OpenMessage>& messages_;
  uint32_t seq_;
};

const Protocol* claimed_protocol(const Context& context) {
  const uint32_t low = std::min(context.source_port, context.destination_port);
  const uint32_t high = std::max(context.source_port, context.destination_port);
  for (const uint32_t port : {low, high}) {
    const Protocol* protocol = find_protocol(Table::tcp_port, port);
    if (protocol != nullptr && protocol->dissect_stream != nullptr) return protocol;
  }
  return nullptr;
}

/// Of a payload that nobody claims, the bytes that it takes to see that nobody knows it.
void require_recognisable(Context& context, Bytes payload) {
  constexpr size_t kShort = 20, kNeededOfShort = 4, kNeeded = 8;
  const size_t needed = payload.wire_size() < kShort ? kNeededOfShort : kNeeded;
  if (payload.size() < std::min(needed, payload.wire_size())) context.shortage = Shortage::snapped;
}

/// Who understands this connection: the claim on the lower port first, as it is more likely the server's. Where that
/// protocol does not know the payload for its own, but another does, it is the other's.
const Protocol* choose_protocol(const Context& context, Bytes payload) {
  const auto recognises = [&](const Protocol* protocol) {
    return protocol->recognise_stream != nullptr && protocol->recognise_stream(payload);
  };
  const Protocol* claimed = claimed_protocol(context);
  const bool is_cut = payload.size() < payload.wire_size();
  if (claimed != nullptr && (is_cut || claimed->recognise_stream == nullptr || recognises(claimed))) return claimed;
  for (const Protocol* protocol : all_protocols())
    if (recognises(protocol)) return protocol;
  return claimed;
}

}  // namespace

bool SeenData::add(uint32_t seq, uint32_t end) {
  if (!started_) {
    started_ = true;
    next_ = end;
    return false;
  }
  if (at_or_before(end, next_)) return true;
  for (const Range& range : ahead_)
    if (!before(seq, range.seq) && at_or_before(end, range.end)) return true;
  if (after(seq, next_)) {
    if (ahead_.size() == kMaxRanges) ahead_.erase(ahead_.begin());
    ahead_.push_back({seq, end});
    return false;
  }
  next_ = end;
  for (size_t i = 0; i < ahead_.size();) {
    if (after(ahead_[i].seq, next_)) {
      ++i;
      continue;
    }
    if (after(ahead_[i].end, next_)) next_ = ahead_[i].end;
    ahead_.erase(ahead_.begin() + static_cast<std::ptrdiff_t>(i));
    i = 0;
  }
  return false;
}

void deliver(Context& context, Connection& connection, const Segment& segment, Bytes payload) {
  const uint32_t seq = segment.seq + (segment.has(kSyn) ? 1 : 0);
  const bool repeated = connection.direction[context.row.flow & 1].seen.add(seq, seq + segment.payload_len);
  if (connection.protocol == nullptr) connection.protocol = choose_protocol(context, payload);
  connection.snapped = payload.size() < payload.wire_size();
  if (connection.protocol == nullptr) {
    if (connection.snapped && !payload.empty()) require_recognisable(context, payload);
    return;
  }
  context.connection = &connection;
  if (segment.has(kFin)) connection.direction[context.row.flow & 1].has_fin = true;
  Delivery delivery(context, connection, seq);
  if (repeated && !payload.empty() && !connection.snapped) return delivery.link_repeated();
  delivery.run(payload);
  if (segment.has(kFin)) delivery.finish(seq + segment.payload_len);
}

}  // namespace tracedrop::dissect::tcp
