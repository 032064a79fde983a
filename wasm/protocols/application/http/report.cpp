#include "protocols/application/http/report.h"

#include "dissect/escape.h"
#include "protocols/application/http/fields.h"

namespace tracedrop::dissect::http {

namespace {

struct HeaderFieldName {
  std::string_view name;
  const Field* field;
};
/// Header fields by their names in lower case.
constexpr HeaderFieldName kHeaderFields[] = {
    {"host", &field::host},
    {"user-agent", &field::user_agent},
    {"referer", &field::referer},
    {"server", &field::server},
    {"content-type", &field::content_type},
    {"content-length", &field::content_length_header},
    {"content-encoding", &field::content_encoding},
    {"transfer-encoding", &field::transfer_encoding},
    {"location", &field::location},
    {"accept", &field::accept},
    {"accept-language", &field::accept_language},
    {"accept-encoding", &field::accept_encoding},
    {"authorization", &field::authorization},
    {"cache-control", &field::cache_control},
    {"connection", &field::connection},
    {"cookie", &field::cookie},
    {"date", &field::date},
    {"last-modified", &field::last_modified},
    {"set-cookie", &field::set_cookie},
    {"upgrade", &field::upgrade},
    {"www-authenticate", &field::www_authenticate},
    {"x-forwarded-for", &field::x_forwarded_for},
};

const Field* field_of(std::string_view header_name) {
  for (const HeaderFieldName& known : kHeaderFields)
    if (equals_ignoring_case(known.name, header_name)) return known.field;
  return nullptr;
}

}  // namespace

void write_row(Context& context, const Protocol& protocol, std::string* info, const Head& head,
               const BodyDescription& body) {
  if (!body.instead.empty()) {
    context.set_protocol(body.instead);
    if (info != nullptr) *info = body.info;
    return;
  }
  context.set_protocol(protocol);
  if (!body.layers.empty()) context.set_protocol_text(std::string(protocol.column_name) + body.layers);
  if (info == nullptr) return;
  append_escaped(*info, head.line);
  *info += ' ';
  *info += body.info;
}

void report_head(Layer& in, const Head& head) {
  Tree* tree = in.tree();
  if (tree == nullptr) return;
  const Bytes message = in.all();
  const auto range = [&](std::string_view part) {
    return message.sub(static_cast<size_t>(part.data() - message.text().data()), part.size());
  };
  const bool is_request = head.kind == StartLine::request;
  tree->add_text_value(is_request ? field::request_method : field::response_version, range(head.first), head.first);
  if (!head.second.empty() && is_request) tree->add_text_value(field::request_uri, range(head.second), head.second);
  if (!head.second.empty() && !is_request) tree->add(field::response_code, range(head.second), head.status);
  if (!head.third.empty())
    tree->add_text_value(is_request ? field::request_version : field::response_phrase, range(head.third), head.third);
  for_each_field(message.first(head.length), [&](const HeaderField& header) {
    const Field* known = field_of(header.name);
    if (known == nullptr) return;
    tree->add_text_value(*known, header.whole, header.value);
    if (known == &field::content_length_header && head.content_length)
      tree->add(field::content_length, range(header.value), *head.content_length);
  });
}

}  // namespace tracedrop::dissect::http
