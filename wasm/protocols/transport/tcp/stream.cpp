#include "protocols/transport/tcp/stream.h"

#include <algorithm>

#include "dissect/state.h"
#include "protocols/application/data.h"
#include "protocols/tables.h"
#include "protocols/transport/tcp/segments_tree.h"
#include "protocols/transport/tcp/sequence.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr size_t kMaxOpenMessages = 16;  // a direction; the oldest is given up
constexpr size_t kMaxRelinked = 64;      // packets of a message that grows segment by segment

class Delivery {
 public:
  Delivery(Context& context, Connection& connection, uint32_t seq, Bytes payload)
      : context_(context),
        connection_(connection),
        direction_(connection.direction[context.row.flow & 1]),
        payload_(payload),
        seq_(seq) {
    stream_.is_snapped = payload.size() < payload.wire_size();
    stream_.is_closed = direction_.has_fin;
    context.stream = &stream_;
  }
  ~Delivery() {
    context_.stream = nullptr;
    context_.want_info(segment_info_);  // what the stream keeps of it is not for the segment's own text
  }
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  /// A segment whose data was here before belongs to the message that it belonged to then.
  void link_repeated() {
    DirectionMore* const known = direction_.known();
    report_repeated_data(context_, payload_);
    if (known == nullptr || known->closed.find(seq_, context_.row.link)) return;
    for (OpenMessage& message : known->messages)
      if (holds(message)) note_packet(message);
  }

  void run(Bytes payload) {
    if (stream_.is_snapped) {
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
    for (size_t i = open_messages(); i-- > 0;) {
      OpenMessage& message = direction_.known()->messages[i];
      if (!message.until_closed || message.seq + static_cast<uint32_t>(message.contiguous()) != end) continue;
      note_packet(message);
      note_part(message, message.contiguous(), 0);
      close(i);
      return;
    }
  }

 private:
  size_t open_messages() const { return direction_.known() == nullptr ? 0 : direction_.known()->messages.size(); }

  /// Bytes of `payload` that belong to a message begun earlier; 0 when there is none.
  size_t continue_message(Bytes payload) {
    for (size_t i = open_messages(); i-- > 0;) {
      OpenMessage& message = direction_.known()->messages[i];
      if (!holds(message)) continue;
      const bool whole_segment = message.one_more_segment || message.until_closed;
      const size_t count = whole_segment ? payload.size() : std::min<size_t>(payload.size(), message.end_seq - seq_);
      const Bytes part = payload.first(count);
      const uint32_t message_seq = message.seq;
      message.add(seq_ - message_seq, part);
      note_packet(message);
      note_part(message, seq_ - message_seq, part.size());
      const bool is_done = !message.until_closed && message.is_complete() && close(i);
      if (context_.tree() != nullptr) report_part(message_seq, part, is_done);
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
  void note_part(OpenMessage& message, size_t at, size_t size) const {
    if (message.parts == nullptr) return;
    std::vector<MessagePart>& parts = *message.parts;
    if (!parts.empty() && parts.back().packet == context_.index && parts.back().at + parts.back().size == at) {
      parts.back().size += size;
    } else {
      parts.push_back({context_.index, at, size});
    }
  }

  /// What the segment brings of one message is one line, however often the message asked for more.
  void report_part(uint32_t message_seq, Bytes part, bool is_done) {
    const bool goes_on =
        !reported_.empty() && message_seq == reported_seq_ && reported_.data() + reported_.size() == part.data();
    if (goes_on) {
      reported_ = {reported_.data(), reported_.size() + part.size()};
      lengthen_segment_data(*context_.tree(), reported_line_, reported_);
    } else {
      is_done ? report_segment_data(*context_.tree(), part) : report_open_data(context_, part);
      reported_ = part;
      reported_line_ = context_.tree()->last();
    }
    reported_seq_ = message_seq;
    if (is_done) reported_ = {};
  }

  /// The message at `i` has all the bytes that were asked for; false when it needs more.
  bool close(size_t i) {
    auto& messages = direction_.more().messages;
    OpenMessage message = std::move(messages[i]);
    messages.erase(messages.begin() + static_cast<std::ptrdiff_t>(i));
    const StreamOffer offer = message.offer();
    stream_.offer = &offer;
    const StreamResult result = dissect_whole(message);
    stream_.offer = nullptr;
    if (result.used == 0 && result.message_len != 0) {
      extend(std::move(message), result);
      return false;
    }
    auto& links = context_.state()->links;
    for (const PacketIndex packet : message.packets)
      if (packet != context_.index) links.emplace_back(packet, context_.index + 1);
    if (message.packets.size() > 1)
      direction_.more().closed.add(message.seq, message.seq + static_cast<uint32_t>(result.used), context_.index + 1);
    if (result.message_len != 0) open_rest(message, offer, result);
    if (context_.tree() != nullptr) context_.tree()->keep_source(message.take_kept());
    return true;
  }

  /// What follows a message that is complete.
  void open_rest(const OpenMessage& message, const StreamOffer& offer, const StreamResult& result) {
    const bool is_behind = offer.resume.stage != 0 && result.used >= offer.resume.at;
    open(message.seq + static_cast<uint32_t>(result.used),
         is_behind ? offer.rest.from(result.used - offer.resume.at) : message.kept().from(result.used), result);
  }

  /// What is not whole yet makes no layer.
  StreamResult offer(Bytes bytes) {
    Tree* const tree = context_.tree();
    const size_t before = context_.layers().size();
    const Tree::Mark mark = tree == nullptr ? Tree::Mark{} : tree->mark();
    const StreamResult result = connection_.protocol->dissect_stream(context_, bytes);
    if (result.used > 0 || result.message_len == 0) return result;
    context_.leave_layers(before);
    if (tree != nullptr) tree->take_back(mark);
    return result;
  }

  /// With a tree, the message becomes one of its data sources when it came in several segments.
  StreamResult dissect_whole(OpenMessage& message) {
    Tree* const tree = context_.tree();
    if (tree == nullptr || message.parts == nullptr) return offer(message.kept());
    if (message.parts->size() < 2 && message.contiguous() <= payload_.size())
      return offer(payload_.from(payload_.size() - message.contiguous()));
    const Tree::Mark before = tree->mark();
    tree->lend_source("Reassembled TCP", message.kept());
    const uint32_t segments = begin_segments(*tree);
    const StreamResult result = offer(message.kept());
    if (result.used == 0 && result.message_len != 0) {
      tree->take_back(before);
    } else {
      report_segments(*tree, segments, *message.parts,
                      message.kept());  // once: there may be thousands, and many attempts
    }
    return result;
  }

  /// More of the same message is wanted than was thought. As in Wireshark, a message that is asked for segment by
  /// segment names the last one even when it never ends.
  void extend(OpenMessage message, const StreamResult& result) {
    if (message.one_more_segment && message.packets.size() <= kMaxRelinked) {
      for (const PacketIndex packet : message.packets) context_.state()->links.emplace_back(packet, context_.index + 1);
      context_.row.link = context_.index + 1;
    }
    message.ask_for(result);
    direction_.more().messages.push_back(std::move(message));
  }

  void begin(Bytes payload) {
    const StreamResult result = offer(payload);
    if (result.message_len == 0) return;
    open(seq_ + static_cast<uint32_t>(result.used), payload.from(result.used), result);
    report_open_data(context_, payload.from(result.used));
  }

  void open(uint32_t seq, Bytes bytes, const StreamResult& result) {
    auto& messages = direction_.more().messages;
    if (messages.size() >= kMaxOpenMessages) messages.erase(messages.begin());
    OpenMessage message;
    message.seq = seq;
    if (!context_.is_reading()) {
      message.parts = std::make_unique<std::vector<MessagePart>>();
      message.parts->push_back({context_.index, 0, bytes.size()});
    }
    message.ask_for(result);
    message.packets.push_back(context_.index);
    message.add(0, bytes);
    messages.push_back(std::move(message));
  }

  Context& context_;
  Connection& connection_;
  Direction& direction_;
  const Bytes payload_;
  uint32_t seq_;
  Stream stream_{connection_.protocol, connection_.memory};
  std::string* const segment_info_ = context_.info();
  Bytes reported_;  // the last line of segment data
  uint32_t reported_line_ = 0, reported_seq_ = 0;
};

const Protocol* claimed_protocol(const Context& context) {
  const uint32_t low = std::min(context.source_port, context.destination_port);
  const uint32_t high = std::max(context.source_port, context.destination_port);
  for (const uint32_t port : {low, high}) {
    const Protocol* protocol = tcp_ports.find(port);
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
const Protocol* choose_protocol(Context& context, Bytes payload) {
  const Protocol* announced = context.announced(Transport::tcp);
  if (announced != nullptr && announced->dissect_stream != nullptr) return announced;
  const auto recognises = [&](const Protocol* protocol) {
    return protocol->recognise_stream != nullptr && protocol->recognise_stream(payload);
  };
  const Protocol* claimed = claimed_protocol(context);
  const bool is_cut = payload.size() < payload.wire_size();
  if (claimed != nullptr &&
      (is_cut || claimed->owns_ports || claimed->recognise_stream == nullptr || recognises(claimed)))
    return claimed;
  for (const Protocol* protocol : all_protocols())
    if ((claimed == nullptr || protocol->takes_claimed_ports) && recognises(protocol)) return protocol;
  return claimed;
}

/// The segment reaches on from what is known: goes on over the ranges that this joins.
void join_seen(Direction& direction, uint32_t end) {
  direction.seen_next = end;
  if (direction.known() == nullptr) return;
  auto& ahead = direction.known()->seen_ahead;
  for (size_t i = 0; i < ahead.size();) {
    if (after(ahead[i].seq, direction.seen_next)) {
      ++i;
      continue;
    }
    if (after(ahead[i].end, direction.seen_next)) direction.seen_next = ahead[i].end;
    ahead.erase(ahead.begin() + static_cast<std::ptrdiff_t>(i));
    i = 0;
  }
}

/// Takes note of the data [seq, end) and tells whether all of them had been here before. Behind a gap they are new,
/// however much is missing.
bool note_seen(Direction& direction, uint32_t seq, uint32_t end, bool is_behind_gap) {
  constexpr size_t kMaxRanges = 64;
  if (is_behind_gap && at_or_before(end, direction.seen_next)) {
    direction.has_seen_data = false;
    if (direction.known() != nullptr) direction.known()->seen_ahead.clear();
  }
  if (!direction.has_seen_data) {
    direction.has_seen_data = true;
    direction.seen_next = end;
    return false;
  }
  if (at_or_before(end, direction.seen_next)) return true;
  if (const DirectionMore* known = direction.known())
    for (const DirectionMore::Range& range : known->seen_ahead)
      if (!before(seq, range.seq) && at_or_before(end, range.end)) return true;
  if (after(seq, direction.seen_next)) {
    auto& ahead = direction.more().seen_ahead;
    if (ahead.size() == kMaxRanges) ahead.erase(ahead.begin());
    ahead.push_back({seq, end});
  } else {
    join_seen(direction, end);
  }
  return false;
}

}  // namespace

bool has_claim(const Context& context) { return claimed_protocol(context) != nullptr; }

void deliver(Context& context, Connection& connection, const Segment& segment, Bytes payload) {
  const uint32_t seq = segment.seq + (segment.has(kSyn) ? 1 : 0);
  const bool repeated = note_seen(connection.direction[context.row.flow & 1], seq, seq + segment.payload_len,
                                  (context.row.notes & kLostSegment) != 0);
  if (connection.protocol == nullptr) connection.protocol = choose_protocol(context, payload);
  const bool is_snapped = payload.size() < payload.wire_size();
  if (connection.protocol == nullptr) {
    if (is_snapped && !payload.empty()) require_recognisable(context, payload);
    if (repeated && !is_snapped) return report_repeated_data(context, payload);
    return dissect_data(context, payload);
  }
  if (segment.has(kFin)) connection.direction[context.row.flow & 1].has_fin = true;
  Delivery delivery(context, connection, seq, payload);
  if (repeated && !payload.empty() && !is_snapped) return delivery.link_repeated();
  delivery.run(payload);
  if (segment.has(kFin)) delivery.finish(seq + segment.payload_len);
}

}  // namespace tracedrop::dissect::tcp
