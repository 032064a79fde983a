// Session Traversal Utilities for NAT, RFC 8489 (before: RFC 5389), and what relays with it, TURN (RFC 8656): type (2;
// its bits are a class and a method), length (2), a magic cookie (4), a transaction (12), attributes (attributes.h).
// Data in a channel of a relay: channel (2), length (2), data. Over TCP messages follow one another, or stand in frames
// of a length each (RFC 4571).
#include "dissect/layer.h"
#include "dissect/memory.h"
#include "protocols/application/stun/attributes.h"
#include "protocols/application/stun/fields.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace stun {
namespace {

constexpr size_t kHeader = 20, kChannelHeader = 4, kFrame = 2;
constexpr uint32_t kCookie = 0x2112A442;
constexpr Claim kClaims[] = {{udp_ports, 3478}, {tcp_ports, 3478}};

enum Class : uint32_t { kRequest, kIndication, kSuccess, kError };

uint32_t class_of(uint32_t type) { return (type >> 7 & 2) | (type >> 4 & 1); }
uint32_t method_of(uint32_t type) { return (type & 0x000F) | (type & 0x00E0) >> 1 | (type & 0x3E00) >> 2; }

bool begins_message(Bytes bytes) {
  return bytes.be32(4) == kCookie && bytes.be16(0) >> 14 == 0 && bytes.wire_size() >= kHeader;
}
bool begins_channel_data(Bytes bytes) { return bytes.u8(0) >> 6 == 1 && bytes.be16(0) != 0x7FFF; }

bool is_message(Bytes bytes) { return begins_message(bytes) && kHeader + bytes.be16(2) <= bytes.wire_size(); }
bool is_channel_data(Bytes bytes) {
  const size_t whole = kChannelHeader + size_t{bytes.be16(2)};
  return bytes.wire_size() >= kChannelHeader && begins_channel_data(bytes) &&
         (bytes.wire_size() == whole || bytes.wire_size() == ((whole + 3) & ~size_t{3}));
}
bool is_stun(Bytes bytes) { return is_message(bytes) || is_channel_data(bytes); }
/// On other ports than STUN's own, methods that nobody registered are not expected.
bool is_likely_message(Bytes bytes) {
  constexpr uint32_t kMostMethod = 0xFF;
  return is_message(bytes) && method_of(bytes.be16(0)) <= kMostMethod;
}
bool recognise(Bytes bytes) { return is_likely_message(bytes) || is_channel_data(bytes); }

/// Which packets began and answered a transaction.
struct Transaction {
  PacketIndex request = kNoPacket, response = kNoPacket;
  int64_t asked_ns = 0;
};
class Transactions : public ProtocolState {
 public:
  std::unordered_map<std::string, Transaction, KeyedHash> all;
};

class Message {
 public:
  Message(Context& context, Bytes bytes) : context_(context), bytes_(bytes), type_(bytes.be16(0)) {}

  void dissect() {
    Layer in(context_, stun_protocol, bytes_);
    in.span_all();
    context_.set_protocol(stun_protocol);
    relate(in);
    const std::string_view method = name_of(kMethods, method_of(type_));
    const std::string_view method_name = method.empty() ? std::string_view("Unknown") : method;
    const std::string_view kind = kClasses[class_of(type_)];
    context_.add_info(method_name, ' ', kind);
    report_type(in, method_name, kind);
    const uint32_t length = in(f.length);
    in.bytes(f.cookie, 4);
    in.bytes(f.id, 12);
    if (!in.ok() || length == 0) return;
    constexpr uint32_t kCurrent = 3;
    in.conclude(f.version, kCurrent, 0);
    if (length % 4 == 0) return read_attributes(in);
    in.line(2, 2, f.wrong_length.title);
    in.expert(f.wrong_length, Severity::error, ExpertGroup::malformed, f.wrong_length.title);
    const auto below = in.below();
    read_attributes(in);
  }

 private:
  void report_type(Layer& in, std::string_view method, std::string_view kind) {
    in.skip(2);
    if (in.tree() == nullptr) return;
    in.add(f.type, type_, 0, 2);
    in.append(" (", method, ' ', kind, ')');
    const auto below = in.below();
    const uint32_t number = class_of(type_);
    in.add(f.type_class, masked(f.type_class.format, type_), 0, 2);
    in.replace(".... ...", type_ >> 8 & 1, " ...", type_ >> 4 & 1,
               " .... = Message Class: ", Hex{(number & 2) << 3 | (number & 1), 2}, ' ', kind, " (", number, ')');
    in.add(f.method, method_of(type_), 0, 2);
    in.replace(picture(), " = Message Method: ", Hex{type_ & 0x3EEFu, 4}, ' ', method, " (", Hex{method_of(type_), 3},
               ')');
    in.add(f.method_assignment, type_ >> 13 & 1, 0, 2);
    in.replace("..", type_ >> 13 & 1, ". .... .... .... = Message Method Assignment: ",
               (type_ >> 13 & 1) == 0 ? "IETF Review" : "Designated Expert", " (", Hex{type_ >> 13 & 1u, 1}, ')');
  }

  /// The bits of the method, which those of the class stand between.
  std::string picture() const {
    constexpr uint32_t kMethod = 0x3EEF;
    std::string text;
    for (uint32_t bit = 16; bit-- > 0;) {
      text += (kMethod >> bit & 1) == 0 ? '.' : (type_ >> bit & 1) != 0 ? '1' : '0';
      if (bit % 4 == 0 && bit > 0) text += ' ';
    }
    return text;
  }

  /// What it repeats, answers, or is answered by.
  void relate(Layer& in) {
    const uint32_t kind = class_of(type_);
    if (!context_.has_memory() || !context_.has_conversation()) return;
    std::string key(bytes_.sub(4, 16).text());
    append_number(key, context_.row.flow >> 1);
    Transaction& known = context_.state()->of<Transactions>().all[key];
    const auto number = static_cast<uint32_t>(hash_bytes(key));
    const bool is_request = kind == kRequest;
    PacketIndex& first = is_request ? known.request : known.response;
    if (first == kNoPacket) {
      first = context_.index;
      if (is_request) known.asked_ns = context_.row.ts_ns;
      if (kind != kIndication && !is_request && known.request != kNoPacket && context_.is_reading())
        context_.state()->findings.exchanges.push_back({known.request, context_.index, number});
    } else if (first != context_.index) {
      in.conclude(f.duplicate, first + 1, 0);
    }
    if (is_request) {
      const uint32_t answer = answer_of(known.request, number);
      if (answer != 0) in.conclude(f.response_in, answer, 0);
    } else if (kind != kIndication && known.request != kNoPacket) {
      in.conclude(f.request_in, known.request + 1, 0);
      in.conclude(f.time, static_cast<uint64_t>(context_.row.ts_ns - known.asked_ns), 0);
    }
  }

  uint32_t answer_of(PacketIndex request, uint32_t key) const {
    if (context_.is_reading()) return 0;
    const std::vector<Exchange>& all = context_.findings.exchanges;
    const std::pair wanted(request, key);
    const auto found = std::lower_bound(all.begin(), all.end(), wanted, [](const Exchange& exchange, const auto& w) {
      return std::pair(exchange.request, exchange.key) < w;
    });
    return found != all.end() && std::pair(found->request, found->key) == wanted ? found->answer + 1 : 0;
  }

  Context& context_;
  const Bytes bytes_;
  const uint32_t type_;
};

void dissect_channel_data(Context& context, Bytes bytes) {
  Bytes data;
  {
    Layer in(context, stun_protocol, bytes);
    in.append_title(", TURN ChannelData Message");
    context.set_protocol(stun_protocol);
    context.add_info("ChannelData TURN Message");
    in(f.channel);
    data = in.rest().from(2).first(in(f.length));
  }
  if (data.wire_size() > 0) dissect_relayed(context, data);
}

void dissect_one(Context& context, Bytes bytes) {
  if (!begins_message(bytes)) return dissect_channel_data(context, bytes);
  Message(context, bytes.first(kHeader + bytes.be16(2))).dissect();
}

void dissect(Context& context, Bytes bytes) {
  context.clear_info();
  dissect_one(context, bytes);
}

// ---- over TCP ----

bool is_framed(Bytes bytes) { return begins_message(bytes.from(kFrame)) && bytes.be16(0) >= kHeader; }

/// Frames are only looked for on STUN's own port, as in Wireshark.
bool recognise_stream(Bytes bytes) { return is_likely_message(bytes); }

/// Length of the message at the stream's head; 0 when there is none.
size_t length_in_stream(Bytes bytes) {
  if (begins_message(bytes)) return kHeader + bytes.be16(2);
  if (begins_channel_data(bytes)) return (kChannelHeader + size_t{bytes.be16(2)} + 3) & ~size_t{3};
  return 0;
}

StreamResult dissect_stream(Context& context, Bytes bytes) {
  StreamResult result;
  const bool is_snapped = context.stream->is_snapped;
  while (result.used < bytes.wire_size()) {
    const Bytes rest = bytes.from(result.used);
    if (rest.wire_size() < kHeader && !begins_channel_data(rest) && !is_snapped) {
      result.message_len = kHeader;
      return result;
    }
    const size_t frame = is_framed(rest) ? kFrame : 0;
    const size_t length = length_in_stream(rest.from(frame));
    if (length == 0) {
      result.used = bytes.wire_size();
      return result;
    }
    if (frame + length > rest.wire_size() && !is_snapped) {
      result.message_len = frame + length;
      return result;
    }
    context.keep_texts();
    context.clear_info();  // the last message is what the row tells
    dissect_one(context, rest.from(frame).first(length));
    result.used += frame + length;
  }
  return result;
}

}  // namespace
}  // namespace stun

const Protocol stun_protocol{.filter_name = "stun",
                             .column_name = "STUN",
                             .title = "Session Traversal Utilities for NAT",
                             .fields = listed<stun::f>,
                             .claims = stun::kClaims,
                             .dissect = stun::dissect,
                             .dissect_stream = stun::dissect_stream,
                             .recognise_stream = stun::recognise_stream,
                             .recognise_datagram = stun::recognise,
                             .wants_datagram = stun::is_stun};

}  // namespace tracedrop::dissect
