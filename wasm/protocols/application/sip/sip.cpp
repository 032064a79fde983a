// Session Initiation Protocol, RFC 3261: text messages as HTTP has them, over UDP (one a datagram) and TCP (several a
// stream; each tells the length of its body). Calls are described in bodies of SDP, whose media go elsewhere.
#include <algorithm>

#include "dissect/memory.h"
#include "dissect/text_lines.h"
#include "protocols/application/http/media.h"
#include "protocols/application/media_types.h"
#include "protocols/application/sdp/sdp.h"
#include "protocols/application/sip/exchange.h"
#include "protocols/application/sip/headers.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace sip {
namespace {

constexpr uint16_t kPort = 5060;
constexpr Claim kClaims[] = {{udp_ports, kPort}, {tcp_ports, kPort}};

constexpr std::string_view kMethods[] = {"ACK",     "BYE",      "CANCEL",  "DO",        "INFO",    "INVITE",
                                         "MESSAGE", "NOTIFY",   "OPTIONS", "PRACK",     "PUBLISH", "QAUTH",
                                         "REFER",   "REGISTER", "SPRACK",  "SUBSCRIBE", "UPDATE"};

bool is_known_method(std::string_view method) {
  return std::find(std::begin(kMethods), std::end(kMethods), method) != std::end(kMethods);
}

constexpr std::string_view kSipType = "message/sip";
constexpr int kMostNested = 4;  // messages within messages

class Dissection {
 public:
  Dissection(Context& context, Bytes bytes, int nesting)
      : context_(context), bytes_(bytes), message_(read_message(bytes.text())), nesting_(nesting) {}

  const Message& message() const { return message_; }
  /// As long as it says, or as there is.
  size_t length() const {
    const size_t body = bytes_.wire_size() - std::min(message_.body_at, bytes_.wire_size());
    return message_.body_at + std::min(message_.content_length.value_or(body), body);
  }

  void run(Bytes whole) {
    Layer in(context_, sip_protocol, whole);
    if (nesting_ == 0) context_.set_protocol(sip_protocol);
    write_first_line();
    const bool is_whole = !message_.has_bad_cseq && message_.head_end != Message::HeadEnd::cut;
    std::optional<Relation> relation;
    State* const state = context_.tree_state();
    if (is_whole && state != nullptr) relation = state->of<Calls>().relate(context_, message_);
    is_repeated_ = relation && relation->original != 0;
    if (in.tree() != nullptr) report_first_line(in, relation);
    report_headers(in, message_);
    if (!is_whole) {
      in.seek(whole.size());
      in.skip(1);
      return;
    }
    context_.append_info(" | ");
    in.append_title(" (");
    if (message_.is_request) in.append_title(message_.method, ')');
    if (!message_.is_request) in.append_title(message_.code, ')');
    in.seek(whole.size());
    const Bytes body = whole.from(message_.body_at);
    if (body.wire_size() > 0) dissect_body(in, body);
  }

 private:
  void write_first_line() {
    if (context_.info() == nullptr) return;
    if (message_.is_request) return write_request();
    context_.append_info("Status: ", shown(message_.status), ' ', shown(message_.phrase));
    constexpr uint32_t kOk = 200;
    if (message_.code != kOk) return;
    context_.append_info(" (", shown(message_.cseq_method), ')');
    if (message_.cseq_method == "REGISTER")
      context_.append_info("  (", Counted{message_.contacts, "binding", "bindings"}, ')');
  }

  void write_request() {
    context_.append_info(is_known_method(message_.method) ? "Request: " : "Unknown request: ", shown(message_.method),
                         ' ', shown(message_.uri));
    if (message_.method == "INVITE" && message_.has_to_tag) context_.append_info(", in-dialog");
    if (message_.method != "REGISTER") return;
    if (message_.removes_all) return context_.append_info("  (remove all bindings)");
    if (message_.contacts == 0) return context_.append_info("  (fetch bindings)");
    uint32_t removed = message_.expired_contacts;
    if (message_.expires == 0u) removed += message_.contacts - message_.contacts_with_expiry;
    if (removed == 0) return context_.append_info("  (", Counted{message_.contacts, "binding", "bindings"}, ')');
    context_.append_info("  (remove ", Counted{removed, "binding", "bindings"}, ')');
    if (removed < message_.contacts)
      context_.append_info(" (add ", Counted{message_.contacts - removed, "binding", "bindings"}, ')');
  }

  static std::string shown(std::string_view raw) {
    std::string text;
    append_printable(text, raw);
    return text;
  }

  void report_first_line(Layer& in, const std::optional<Relation>& relation) {
    const std::string_view line = message_.line;
    in.add_text(message_.is_request ? f.request_line : f.status_line, line, 0, line.size());
    const auto below = in.below();
    if (message_.is_request) {
      in.add_text(f.method, message_.method, 0, message_.method.size());
      report_request_uri(in, message_.uri);
    } else {
      in.add(f.status_code, message_.code, static_cast<size_t>(message_.status.data() - message_.text.data()),
             message_.status.size());
    }
    if (relation) report_relation(in, *relation);
  }

  void report_relation(Layer& in, const Relation& relation) {
    in.conclude(f.resend, relation.original != 0 ? 1 : 0, 0);
    if (relation.original != 0) in.conclude(f.resend_original, relation.original, 0);
    if (relation.request == 0) return;
    in.conclude(f.response_request, relation.request, 0);
    in.conclude(f.response_time, relation.time_ms, 0);
    if (!message_.is_request && message_.code >= 200 && message_.cseq_method == "BYE")
      in.conclude(f.release_time, relation.time_ms, 0);
  }

  void dissect_body(Layer& in, Bytes body) {
    if (body.size() < body.wire_size()) context_.shortage = Shortage::snapped;
    const std::string type = media_type_of(message_.content_type);
    const bool is_known = is_known_media(type);
    if (is_known) write_body(body);
    if (context_.has_memory()) announce_media(body);
    if (in.tree() == nullptr) {
      if (type == kSipType) nested_message(body);
      return;
    }
    in.add_bytes(f.msg_body, message_.body_at, body.size());
    in.replace(f.msg_body.title);
    const auto below = in.below();
    const uint32_t before = in.tree()->nest();
    if (type == kSipType) {
      nested_message(body);
    } else if (is_known) {
      report_media(context_, message_.content_type, body);
    } else {
      report_lines(in, body.text());
    }
    in.tree()->unnest(before);
  }

  void nested_message(Bytes body) {
    if (nesting_ >= kMostNested || !begins_message(body.text())) return;
    Dissection(context_, body, nesting_ + 1).run(body);
  }

  void write_body(Bytes body) {
    const http::BodyDescription description = http::describe_body(message_.content_type, {}, body);
    if (!description.layers.empty() && nesting_ == 0)
      context_.set_protocol_text(std::string(sip_protocol.column_name) + description.layers);
    context_.append_info(description.info);
  }

  void announce_media(Bytes body) {
    auto& call = context_.state()->of<sdp::Call>();
    call.packet = context_.index;
    call.id = message_.call_id;
    if (is_repeated_) return;  // it announces nothing new
    http::for_each_part(message_.content_type, body, [&](std::string_view part_type, Bytes part) {
      if (media_type_of(part_type) == "application/sdp") sdp::announce(context_, part.text());
    });
  }

  void report_lines(Layer& in, std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      const TextLine line = first_text_line(text.substr(at));
      in.line(message_.body_at + at, line.whole, shown(text.substr(at, line.whole)));
      at += line.whole;
    }
  }

  Context& context_;
  const Bytes bytes_;
  const Message message_;
  const int nesting_;
  bool is_repeated_ = false;
};

void dissect(Context& context, Bytes bytes) {
  context.clear_info();
  Dissection dissection(context, bytes, 0);
  dissection.run(bytes.first(dissection.length()));
}

bool recognise(Bytes payload) { return begins_message(payload.text()); }

/// Bytes that begin no message, on SIP's own port.
void continuation(Context& context, Bytes bytes) {
  Layer in(context, sip_protocol, bytes);
  context.set_protocol(sip_protocol);
  context.set_info("Continuation");
  in.seek(bytes.size());
  if (in.tree() == nullptr) return;
  const TextLine line = first_text_line(bytes.text());
  std::string shown;
  append_printable(shown, line.text);
  const auto below = in.group_line(0, line.whole, "Continuation line: ", shown);
  in.add_bytes(f.continuation, 0, bytes.size());
}

/// What a stream's message waits for.
constexpr uint8_t kLineEnd = 1, kHeadEnd = 2;
constexpr size_t kMostHead = 65536;  // a head that is longer is none

/// Messages of a stream, one after the other.
class MessageStream {
 public:
  MessageStream(Context& context, Bytes bytes) : context_(context), bytes_(bytes) {
    if (context.stream->offer != nullptr) resume_ = context.stream->offer->resume;
  }

  StreamResult run() {
    context_.keep_texts();
    while (result_.used < bytes_.wire_size() && next()) resume_ = {};
    return result_;
  }

 private:
  /// Dissects what comes next; false when there is nothing more to do now.
  bool next() {
    const Bytes rest = bytes_.from(result_.used);
    const std::string_view text = rest.text();
    const size_t blank = std::min(text.find_first_not_of("\r\n"), text.size());
    result_.used += blank;
    if (blank > 0) return true;
    if (text.empty()) return false;
    if (resume_.stage < kHeadEnd) {
      const bool has_line = text.find_first_of("\r\n", resume_.searched) != std::string_view::npos;
      if (!has_line && may_wait(text)) return want(kLineEnd, text.size());
      if (!begins_message(text)) return no_message(rest);
      resume_ = {kHeadEnd, 0, 0};
    }
    constexpr std::string_view kEmptyLine = "\r\n\r\n";
    const size_t from = resume_.searched - std::min(resume_.searched, kEmptyLine.size() - 1);
    if (text.find(kEmptyLine, from) == std::string_view::npos && may_wait(text)) return want(kHeadEnd, text.size());
    return message(rest);
  }

  bool message(Bytes rest) {
    Dissection dissection(context_, rest, 0);
    const size_t whole = dissection.message().body_at + dissection.message().content_length.value_or(0);
    if (whole > rest.wire_size() && !context_.stream->is_snapped) {
      result_.message_len = whole;
      return false;
    }
    const size_t length = std::max<size_t>(dissection.length(), 1);
    dissection.run(rest.first(length));
    result_.used += length;
    return true;
  }

  bool no_message(Bytes rest) {
    continuation(context_, rest);
    result_.used = bytes_.wire_size();
    return false;
  }

  bool may_wait(std::string_view text) const { return !context_.stream->is_snapped && text.size() < kMostHead; }
  bool want(uint8_t stage, size_t searched) {
    result_.message_len = StreamResult::kOneMoreSegment;
    result_.resume = {stage, 0, searched};
    return false;
  }

  Context& context_;
  const Bytes bytes_;
  Resume resume_;
  StreamResult result_;
};

StreamResult dissect_stream(Context& context, Bytes bytes) { return MessageStream(context, bytes).run(); }

}  // namespace
}  // namespace sip

const Protocol sip_protocol{.filter_name = "sip",
                            .column_name = "SIP",
                            .title = "Session Initiation Protocol",
                            .fields = listed<sip::f>,
                            .claims = sip::kClaims,
                            .dissect = sip::dissect,
                            .dissect_stream = sip::dissect_stream,
                            .recognise_stream = sip::recognise,
                            .recognise_datagram = sip::recognise};

}  // namespace tracedrop::dissect
