#include "dissect/tcp/stream.h"

#include <algorithm>

#include "dissect/state.h"
#include "dissect/tcp/sequence.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr size_t kMaxOpenMessages = 16;  // a direction; the oldest is given up
constexpr size_t kMaxRelinked = 64;      // packets of a message that grows segment by segment

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
    if (direction_.closed.find(seq_, context_.row.link)) return;
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
      if (!messages_[i].until_closed || messages_[i].seq + static_cast<uint32_t>(messages_[i].contiguous()) != end)
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
      message.add(seq_ - message.seq, payload.first(count));
      note_packet(message);
      if (!message.until_closed && message.is_complete()) close(i);
      return count;
    }
    return 0;
  }

  bool holds(const OpenMessage& message) const {
    if (before(seq_, message.seq)) return false;
    if (message.one_more_segment) return at_or_before(seq_, message.seq + static_cast<uint32_t>(message.contiguous()));
    return message.until_closed || before(seq_, message.end_seq);
  }
  void note_packet(OpenMessage& message) const {
    if (message.packets.empty() || message.packets.back() != context_.index) message.packets.push_back(context_.index);
  }

  /// The message at `i` has all the bytes that were asked for.
  void close(size_t i) {
    OpenMessage message = std::move(messages_[i]);
    messages_.erase(messages_.begin() + static_cast<std::ptrdiff_t>(i));
    const StreamOffer offer = message.offer();
    context_.offer = &offer;
    const StreamResult result = connection_.protocol->dissect_stream(context_, message.kept());
    context_.offer = nullptr;
    if (result.used == 0 && result.message_len != 0) return extend(std::move(message), result);
    auto& links = context_.state()->links;
    for (const PacketIndex packet : message.packets)
      if (packet != context_.index) links.emplace_back(packet, context_.index + 1);
    if (message.packets.size() > 1)
      direction_.closed.add(message.seq, message.seq + static_cast<uint32_t>(result.used), context_.index + 1);
    if (result.message_len == 0) return;
    const bool is_behind = offer.resume.stage != 0 && result.used >= offer.resume.at;
    open(message.seq + static_cast<uint32_t>(result.used),
         is_behind ? offer.rest.from(result.used - offer.resume.at) : message.kept().from(result.used), result);
  }

  /// More of the same message is wanted than was thought. As in Wireshark, a message that is asked for segment by
  /// segment names the last one even when it never ends.
  void extend(OpenMessage message, const StreamResult& result) {
    if (message.one_more_segment && message.packets.size() <= kMaxRelinked) {
      for (const PacketIndex packet : message.packets) context_.state()->links.emplace_back(packet, context_.index + 1);
      context_.row.link = context_.index + 1;
    }
    message.ask_for(result);
    messages_.push_back(std::move(message));
  }

  void begin(Bytes payload) {
    const StreamResult result = connection_.protocol->dissect_stream(context_, payload);
    if (result.message_len != 0) open(seq_ + static_cast<uint32_t>(result.used), payload.from(result.used), result);
  }

  void open(uint32_t seq, Bytes bytes, const StreamResult& result) {
    if (messages_.size() >= kMaxOpenMessages) messages_.erase(messages_.begin());
    OpenMessage message;
    message.seq = seq;
    message.ask_for(result);
    message.packets.push_back(context_.index);
    message.add(0, bytes);
    messages_.push_back(std::move(message));
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
