// Hypertext Transfer Protocol, version 1 (RFC 9112): messages of a head (lines up to an empty one) and a body whose
// length the head tells: Content-Length, chunks, or until the connection closes. What is sent after a CONNECT or an
// Upgrade is no HTTP.
//
// Of a body only the first bytes are wanted, so that a large download costs no copy.
#include <algorithm>
#include <charconv>
#include <memory>
#include <string>

#include "dissect/layer.h"
#include "dissect/state.h"
#include "protocols/application/http/body.h"
#include "protocols/application/http/chunks.h"
#include "protocols/application/http/fields.h"
#include "protocols/application/http/head.h"
#include "protocols/application/http/media.h"
#include "protocols/application/http/report.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace http {

namespace {

// The ports that Wireshark gives to HTTP by default.
constexpr Claim kClaims[] = {{tcp_ports, 80},   {tcp_ports, 1900}, {tcp_ports, 2710}, {tcp_ports, 2869},
                             {tcp_ports, 3128}, {tcp_ports, 3132}, {tcp_ports, 3689}, {tcp_ports, 5985},
                             {tcp_ports, 8080}, {tcp_ports, 8088}, {tcp_ports, 11371}};

constexpr size_t kMaxUnanswered = 64;
constexpr size_t kNoEnd = SIZE_MAX;
// What is longer without an end is no HTTP.
constexpr size_t kMaxLine = 16 << 10;
constexpr size_t kMaxHead = 64 << 10;
constexpr size_t kFirstChunk = kSignatureBytes + 32;  // of a chunked body: its first chunk's size and data

enum class Method : uint8_t { other, head, connect };

/// The newest request of a connection, until a final response has come.
struct Asked {
  uint32_t packet_number = 0;
  int64_t ts_ns = 0;
  std::string uri, full_uri;
};

struct Session : ProtocolState {
  bool seen = false;    ///< a request or a response has been seen
  bool tunnel = false;  ///< what comes now is no HTTP: something was agreed upon by CONNECT or Upgrade
  uint16_t tunnel_port = 0;
  /// Of the newest request in Findings::http_exchanges, while the file is read.
  size_t exchange = SIZE_MAX;
  std::unique_ptr<Asked> asked;  // only for the tree
  std::string unanswered;        // Method of each, the oldest first (a deque would take half a kilobyte)
};

Session* session_of(Context& context) {
  auto& memory = context.stream->memory;
  if (memory == nullptr) memory = std::make_unique<Session>();
  return static_cast<Session*>(memory.get());
}

Method method_of(const Head& head) {
  if (head.first == "HEAD") return Method::head;
  return head.first == "CONNECT" ? Method::connect : Method::other;
}

bool is_printable(uint8_t byte) { return byte >= 0x20 && byte < 0x7F; }

/// The port of "example.com:443".
uint16_t port_of(std::string_view authority) {
  const std::string_view digits = authority.substr(authority.rfind(':') + 1);
  uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return error == std::errc() ? port : uint16_t{0};
}

/// What a message that is not complete waits for (Resume::stage).
enum Stage : uint8_t { kFirstLine = 1, kHeadEnd, kChunkLine, kTrailerEnd };

/// One call of the stream dissector.
class MessageStream {
 public:
  MessageStream(Context& context, Bytes bytes) : context_(context), session_(session_of(context)), bytes_(bytes) {
    closed_ = context.stream->is_closed;
    snapped_ = context.stream->is_snapped;
    if (context.stream->offer != nullptr) offer_ = *context.stream->offer;
  }

  StreamResult run() {
    while (result_.used < bytes_.wire_size()) {
      const Bytes rest = rest_at(result_.used);
      if (session_->tunnel && enter_tunnel(rest)) return result_;
      if (!read_message(rest)) break;
    }
    return result_;
  }

 private:
  /// True when all is done; false when more bytes are wanted (result_ tells which).
  bool read_message(Bytes rest) {
    const Resume resume = is_resumed() ? offer_.resume : Resume{};
    if (resume.stage >= kChunkLine) return go_on_with_chunks(rest);
    const size_t blank = resume.stage != 0 ? resume.at : leading_line_breaks(rest.text());
    const Bytes message = rest.from(blank);
    if (resume.stage != kHeadEnd) {
      const auto line = first_line(message.text(), resume.searched);
      if (!line && snapped_) return cut_line(message);
      if (!line) {
        if (!is_printable(message.u8(0)) || message.wire_size() > kMaxLine) return no_message();
        return search_on(kFirstLine, blank, message);
      }
      if (classify(line->text) == StartLine::other) return no_message();
    }
    const bool is_whole = end_of_lines(message.text(), resume.stage == kHeadEnd ? resume.searched : 0).has_value();
    if (!is_whole && !snapped_)
      return message.wire_size() > kMaxHead ? no_message() : search_on(kHeadEnd, blank, message);
    const Head head = head_of(message);
    session_->seen = true;
    if (!is_whole) return cut_head(head, message);
    return read_body(head, message, blank);
  }

  static Head head_of(Bytes message) { return parse_head(message, classify(line_or_rest(message.text()).text)); }

  /// Nothing in `message`, which begins at `at`, ends what is looked for.
  bool search_on(Stage stage, size_t at, Bytes message) {
    result_.resume = {stage, at, message.size()};
    return want(StreamResult::kOneMoreSegment);
  }

  /// The capture ends within the start line.
  bool cut_line(Bytes message) {
    const std::string_view text = message.text();
    if (text.size() <= 1 || is_printable(message.u8(0))) context_.shortage = Shortage::snapped;
    const bool is_all_but_its_end = !text.empty() && text.back() == '\r';
    if (may_begin_message(text)) session_->seen = true;
    if (text.size() > 2 && !is_all_but_its_end) return no_message();
    result_.used = bytes_.wire_size();
    return true;
  }

  /// The capture ends within the head: its start line is there.
  bool cut_head(const Head& head, Bytes message) {
    context_.shortage = Shortage::snapped;
    finish(head, message, {});
    result_.used = bytes_.wire_size();
    return true;
  }

  bool read_body(const Head& head, Bytes message, size_t blank) {
    const Bytes body = message.from(head.length);
    if (head.chunked && !is_bodiless(head)) return read_chunked(head, message, blank);
    const size_t length = body_length(head);
    const size_t wanted = is_multipart(head.content_type) ? length : std::min(length, kSignatureBytes);
    const size_t whole = length == kNoEnd ? kNoEnd : head.length + length;
    const bool complete = length == kNoEnd ? closed_ : whole <= message.wire_size();
    if (!complete && !snapped_) {
      result_.keep_len = wanted == kNoEnd ? SIZE_MAX : blank + head.length + wanted;
      result_.message_len = length == kNoEnd ? StreamResult::kUntilClosed : blank + whole;
      return false;
    }
    const size_t here = std::min(length, body.wire_size());
    if (snapped_ && body.size() < here) context_.shortage = Shortage::snapped;
    const bool is_there = !snapped_ || here == 0 || !body.empty();
    finish(head, message.first(head.length + here), is_there ? describe(head, body.first(here)) : BodyDescription{});
    result_.used += blank + head.length + here;
    return true;
  }

  bool read_chunked(const Head& head, Bytes message, size_t blank) {
    const Bytes body = message.from(head.length);
    const size_t body_at = blank + head.length;
    const Chunks chunks = read_chunks(body, wanted_data(head));
    if (chunks.end == Chunks::End::open && !snapped_)
      return want_chunks(chunks, body_at, is_multipart(head.content_type) ? SIZE_MAX : body_at + kFirstChunk, body);
    return finish_chunked(head, message, body_at, chunks);
  }

  static size_t wanted_data(const Head& head) { return is_multipart(head.content_type) ? SIZE_MAX : kSignatureBytes; }

  /// The body is open: the walk over its chunks, which began at `at` of the message, goes on there. `from_there` are
  /// the bytes that it had.
  bool want_chunks(const Chunks& chunks, size_t at, size_t keep_len, Bytes from_there) {
    result_.keep_len = keep_len;
    if (chunks.length == 0 && from_there.size() < from_there.wire_size()) return want(StreamResult::kUntilClosed);
    const ChunkPlace& place = chunks.resume;
    result_.resume = {place.in_trailer ? kTrailerEnd : kChunkLine, at + place.at, place.searched};
    return want(chunks.length == 0 ? StreamResult::kOneMoreSegment : at + chunks.length);
  }

  /// The message, whose first bytes are here, was read up to a chunk before. Only when its end is known is it looked at
  /// from its beginning.
  bool go_on_with_chunks(Bytes rest) {
    const Resume& resume = offer_.resume;
    const ChunkPlace place{0, resume.stage == kTrailerEnd, resume.searched};
    Chunks chunks = read_chunks(offer_.rest, 0, place);
    if (chunks.end == Chunks::End::open && chunks.length == 0 && offer_.rest.wire_size() - chunks.resume.at > kMaxHead)
      give_up(chunks);
    if (chunks.end == Chunks::End::open) return want_chunks(chunks, resume.at, offer_.keep_len, offer_.rest);
    const size_t blank = leading_line_breaks(rest.text());
    const Bytes message = rest.from(blank);
    const Head head = head_of(message);
    const size_t body_at = blank + head.length;
    Chunks all = read_chunks(message.from(head.length), wanted_data(head));
    all.end = chunks.end;
    all.length = resume.at + chunks.length - body_at;
    if (all.data_len == 0) all.data_len = chunks.data_len;
    return finish_chunked(head, message, body_at, all);
  }

  bool finish_chunked(const Head& head, Bytes message, size_t body_at, const Chunks& chunks) {
    const Bytes body = message.from(head.length);
    const bool is_open = chunks.end == Chunks::End::open;
    if (is_open) context_.shortage = Shortage::snapped;
    if (chunks.end == Chunks::End::too_large) context_.shortage = Shortage::malformed;
    // Bytes that are no chunk from the first on are a body that nothing is said about.
    const bool is_none =
        is_open || chunks.end == Chunks::End::too_large || (chunks.end == Chunks::End::broken && chunks.length == 0);
    const size_t here = is_none ? body.wire_size() : chunks.length;
    BodyDescription description;
    if (!is_none && chunks.data_len == 0) description.info = " [Last Chunk]";
    if (!is_none && chunks.data_len != 0)
      description = describe(head, Bytes(Bytes::of(chunks.data).data(), chunks.data.size(), chunks.data_len));
    finish(head, message.first(head.length + here), description);
    result_.used += body_at + here;
    return true;
  }

  /// Whether the message at hand was read up to some place before.
  bool is_resumed() const { return offer_.resume.stage != 0 && result_.used == 0; }

  /// A size or a trailer that does not end: the body ends before it.
  static void give_up(Chunks& chunks) {
    chunks.end = Chunks::End::broken;
    chunks.length = chunks.resume.at;
  }

  /// What there is from `offset` on.
  Bytes rest_at(size_t offset) const {
    return offer_.resume.stage != 0 && offset >= offer_.resume.at && offset != 0
               ? offer_.rest.from(offset - offer_.resume.at)
               : bytes_.from(offset);
  }

  static BodyDescription describe(const Head& head, Bytes body) {
    return describe_body(head.content_type, head.content_encoding, body);
  }

  /// RFC 9112, section 6.3.
  size_t body_length(const Head& head) const {
    if (is_bodiless(head) || is_rpc(head)) return 0;
    if (head.content_length) return static_cast<size_t>(std::min<uint64_t>(*head.content_length, kNoEnd - 1));
    return head.kind == StartLine::request ? 0 : kNoEnd;
  }

  /// RPC over HTTP (MS-RPCH): the length that is given is that of the channel, whose packets are no body.
  static bool is_rpc(const Head& head) { return head.first == "RPC_IN_DATA" || head.first == "RPC_OUT_DATA"; }

  bool is_bodiless(const Head& head) const {
    if (head.kind == StartLine::request) return false;
    const Method asked = session_->unanswered.empty() ? Method::other : oldest();
    return asked == Method::head || (asked == Method::connect && head.status / 100 == 2) || head.status / 100 == 1 ||
           head.status == 204 || head.status == 304;
  }

  void finish(const Head& head, Bytes message, const BodyDescription& body) {
    {
      Layer in(context_, http_protocol, message);
      const bool is_request = head.kind == StartLine::request;
      if (is_request) note_exchange(head);
      if (in.tree() != nullptr) {
        report_head(in, head, is_request ? exchange_of_request() : exchange_of_response());
        if (!is_bodiless(head)) report_body(in, head);
      }
      if (!is_request) answer_exchange(head);
    }
    write_row(context_, http_protocol, &context_.keep_info(), head, body);
    if (head.kind == StartLine::request) return note_request(head);
    note_response(head);
  }

  Method oldest() const { return static_cast<Method>(session_->unanswered.front()); }

  void note_request(const Head& head) {
    if (session_->unanswered.size() >= kMaxUnanswered) session_->unanswered.erase(0, 1);
    session_->unanswered.push_back(static_cast<char>(method_of(head)));
    if (method_of(head) == Method::connect) session_->tunnel_port = port_of(head.second);
  }

  void note_response(const Head& head) {
    if (head.status / 100 == 1 && head.status != 101) return;
    Method asked = Method::other;
    if (!session_->unanswered.empty()) {
      asked = oldest();
      session_->unanswered.erase(0, 1);
    }
    session_->tunnel = head.status == 101 || (asked == Method::connect && head.status / 100 == 2);
  }

  void note_exchange(const Head& head) {
    session_->asked.reset();
    session_->exchange = SIZE_MAX;
    if (is_notification(head)) return;
    if (context_.is_reading()) {
      auto& exchanges = context_.state()->findings.http_exchanges;
      if (exchanges.empty() || exchanges.back().request != context_.index) exchanges.push_back({context_.index, 0});
      session_->exchange = exchanges.size() - 1;
    }
    if (context_.is_reading()) return;
    session_->asked =
        std::make_unique<Asked>(Asked{context_.index + 1, frame_time(), std::string(head.second), full_uri_of(head)});
  }

  int64_t frame_time() const {
    return context_.packet != nullptr && context_.packet->frame != nullptr ? context_.packet->frame->ts_ns : 0;
  }

  /// An interim response (1xx) leaves the request open for the final one.
  void answer_exchange(const Head& head) {
    const bool is_final = head.status / 100 != 1;
    if (session_->exchange != SIZE_MAX && context_.is_reading())
      context_.state()->findings.http_exchanges[session_->exchange].response = context_.index + 1;
    if (!is_final) return;
    session_->exchange = SIZE_MAX;
    session_->asked.reset();
  }

  Exchange exchange_of_request() const {
    Exchange exchange;
    const auto& all = context_.findings.http_exchanges;
    const auto found = std::lower_bound(all.begin(), all.end(), context_.index,
                                        [](const HttpExchange& known, PacketIndex at) { return known.request < at; });
    if (found != all.end() && found->request == context_.index) exchange.response_in = found->response;
    if (session_->asked != nullptr) exchange.full_uri = session_->asked->full_uri;
    return exchange;
  }

  Exchange exchange_of_response() const {
    if (session_->asked == nullptr) return {};
    const Asked& asked = *session_->asked;
    Exchange exchange{asked.packet_number, 0, {}, asked.uri, asked.full_uri};
    exchange.response_time_ns = frame_time() - asked.ts_ns;
    return exchange;
  }

  /// Bytes that begin no message: part of one whose beginning is not known, when this connection speaks HTTP at all.
  bool no_message() {
    result_.used = bytes_.wire_size();
    if (!session_->seen) return true;
    Layer in(context_, http_protocol, bytes_);
    report_continuation(in);
    context_.set_protocol(http_protocol);
    context_.keep_info() += "Continuation";
    return true;
  }

  /// Hands a tunnel's bytes to who understands them; true when they are not HTTP.
  bool enter_tunnel(Bytes rest) {
    const Protocol* inner = tcp_ports.find(session_->tunnel_port);
    if (inner == nullptr || inner->dissect_stream == nullptr || inner == &http_protocol) {
      inner = nullptr;
      for (const Protocol* candidate : all_protocols())
        if (candidate->recognise_stream != nullptr && candidate->recognise_stream(rest)) inner = candidate;
    }
    if (inner == &http_protocol) return false;
    if (inner == nullptr) {
      result_.used = bytes_.wire_size();
      return true;
    }
    context_.stream->protocol = inner;
    context_.stream->memory.reset();
    const StreamResult result = inner->dissect_stream(context_, rest);
    result_ = {result_.used + result.used, result.message_len, result.keep_len, result.resume};
    return true;
  }

  bool want(size_t message_len) {
    result_.message_len = message_len;
    return false;
  }

  Context& context_;
  Session* session_;
  const Bytes bytes_;
  bool closed_ = false;
  bool snapped_ = false;
  StreamOffer offer_;
  StreamResult result_;
};

StreamResult dissect_stream(Context& context, Bytes bytes) { return MessageStream(context, bytes).run(); }

bool recognise(Bytes payload) {
  const auto line = first_line(payload.text());
  if (!line) return false;
  const std::string_view text = line->text;
  if (text.substr(0, 7) == "HTTP/1.") return true;
  return text.size() >= 8 && text.substr(text.size() - 8, 7) == "HTTP/1." && classify(text) == StartLine::request;
}

}  // namespace
}  // namespace http

const Protocol http_protocol{.filter_name = "http",
                             .column_name = "HTTP",
                             .title = "Hypertext Transfer Protocol",
                             .fields = listed<http::f>,
                             .claims = http::kClaims,
                             .dissect_stream = http::dissect_stream,
                             .recognise_stream = http::recognise,
                             .takes_claimed_ports = true};

}  // namespace tracedrop::dissect
