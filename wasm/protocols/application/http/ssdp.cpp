// Simple Service Discovery Protocol (UPnP Device Architecture 2.0, section 1): HTTP messages in datagrams.
#include "protocols/application/http/body.h"
#include "protocols/application/http/fields.h"
#include "protocols/application/http/report.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace http {

namespace {

constexpr Claim kClaims[] = {{udp_ports, 1900}};

Bytes body_of(const Head& head, Bytes message) {
  const size_t otherwise = head.kind == StartLine::request ? 0 : SIZE_MAX;
  return message.from(head.length).first(static_cast<size_t>(head.content_length.value_or(otherwise)));
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, ssdp_protocol, bytes);
  context.set_protocol(ssdp_protocol);
  const Bytes message = bytes.from(leading_line_breaks(bytes.text()));
  const auto line = first_line(message.text());
  const StartLine kind = line ? classify(line->text) : StartLine::other;
  if (kind == StartLine::other) {
    context.set_info("Continuation");
    report_continuation(in);
    const bool has_word = message.text().find(' ') != std::string_view::npos;
    if (!line && !has_word && bytes.size() < bytes.wire_size()) context.shortage = Shortage::snapped;
    return;
  }
  context.set_info("");
  const Head head = parse_head(message, kind);
  const BodyDescription body = describe_body(head.content_type, head.content_encoding, body_of(head, message));
  write_row(context, ssdp_protocol, context.info(), head, body);
  if (in.tree() == nullptr) return;
  const std::string full_uri = head.kind == StartLine::request ? full_uri_of(head) : std::string();
  Exchange exchange;
  exchange.full_uri = full_uri;
  report_head(in, head, exchange);
  if (!body_of(head, message).empty()) report_body(in, head);
}

}  // namespace
}  // namespace http

const Protocol ssdp_protocol{.filter_name = "ssdp",
                             .column_name = "SSDP",
                             .title = "Simple Service Discovery Protocol",
                             .fields = listed<http::f>,  // its messages are HTTP's
                             .claims = http::kClaims,
                             .dissect = http::dissect};

}  // namespace tracedrop::dissect
