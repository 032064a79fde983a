#include "protocols/application/http/report.h"

#include <algorithm>
#include <iterator>

#include "dissect/escape.h"
#include "protocols/application/base64.h"
#include "protocols/application/http/names.h"

namespace tracedrop::dissect::http {

namespace {

const Field* field_of(std::string_view header_name) {
  for (const HeaderFieldName& known : kHeaderFields)
    if (equals_ignoring_case(known.name, header_name)) return known.field;
  return nullptr;
}

std::string shown(std::string_view raw) {
  std::string text;
  append_printable(text, raw);
  return text;
}

/// Lines of the parts of one message's head.
class Report {
 public:
  Report(Layer& in, const Head& head) : in_(in), head_(head), text_(in.all().text()) {}

  void run(const Exchange& exchange) {
    first_line_of_message();
    size_t at = line_or_rest(text_).length;
    while (at < head_.length) {
      const Line line = line_or_rest(text_.substr(at, head_.length - at));
      if (line.length == 0) break;
      header_line(at, line);
      at += line.length;
    }
    in_.skip(head_.length);
    conclusions(exchange);
  }

 private:
  size_t position(std::string_view part) const { return static_cast<size_t>(part.data() - text_.data()); }
  void add(const Field& field, std::string_view part) { in_.add_text(field, part, position(part), part.size()); }

  void first_line_of_message() {
    const Line line = line_or_rest(text_);
    in_.line(0, line.length, shown(text_.substr(0, line.length)));
    const auto below = in_.below();
    if (head_.kind == StartLine::request) return request_parts(line);
    add(f.response_version, head_.first);
    if (head_.second.empty()) return;
    in_.add(f.response_code, head_.status, position(head_.second), head_.second.size());
    in_.conclude_text(f.code_description, description(), position(head_.second), head_.second.size());
    if (!head_.third.empty()) add(f.response_phrase, head_.third);
  }

  std::string description() const {
    const std::string_view name = name_of(kStatusNames, head_.status);
    if (!name.empty()) return std::string(name);
    const uint32_t kind = head_.status / 100;
    if (kind >= 1 && kind <= std::size(kStatusClasses)) return std::string(kStatusClasses[kind - 1]);
    return "Unknown (" + std::to_string(head_.status) + ')';
  }

  void request_parts(const Line& line) {
    add(f.request_method, head_.first);
    if (!head_.second.empty()) request_uri();
    if (!head_.third.empty()) return add(f.request_version, head_.third);
    in_.add_text(f.request_version, {}, line.text.size(), 0);
  }

  /// RFC 3986: path "?" query, whose parts are separated by the reserved characters that are no "=".
  void request_uri() {
    const std::string_view uri = head_.second;
    add(f.request_uri, uri);
    const auto below = in_.below();
    const size_t mark = uri.find('?');
    const std::string_view path = uri.substr(0, mark);
    const bool has_segments = path.find_first_of(kSeparators, 1) != std::string_view::npos;
    if (mark == std::string_view::npos && !has_segments) return;
    add(f.uri_path, path);
    if (has_segments) pieces(f.uri_segment, path);
    if (mark == std::string_view::npos) return;
    add(f.uri_query, uri.substr(mark + 1));
    const auto below_query = in_.below();
    pieces(f.uri_parameter, uri.substr(mark + 1));
  }

  static constexpr std::string_view kSeparators = "!$&'()*+,;";

  /// A piece has at least one character, and be it a separator.
  void pieces(const Field& field, std::string_view rest) {
    while (!rest.empty()) {
      const size_t end = std::min(rest.find_first_of(kSeparators, 1), rest.size());
      add(field, rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  const Field& line_field() const {
    if (is_notification(head_)) return f.unknown_header;
    return head_.kind == StartLine::request ? f.request_line : f.response_line;
  }

  void header_line(size_t at, const Line& line) {
    const std::string_view whole = text_.substr(at, line.length);
    const auto header = parse_field(in_.all().sub(at, line.text.size()));
    if (!header) return in_.line(at, line.length, shown(whole));
    const Field* const known = field_of(header->name);
    if (known == nullptr) {
      in_.add_text(line_field(), whole, at, line.length);
      in_.replace(shown(whole));
      return check_name(text_.substr(at, line.text.find(':')));
    }
    in_.add_text(*known, header->value, at, line.length);
    show_named(*known, line.text.substr(line.text.find(':') + 1), whole);
    {
      const auto below = in_.below();
      parts_of(*known, *header, at, line.length);
    }
    if (is_notification(head_)) return;
    in_.add_text(line_field(), whole, at, line.length);
    in_.hidden();
  }

  /// The line as it stands there; one that is too long is cut behind the field's title, as if it were the field's own.
  void show_named(const Field& field, std::string_view value, std::string_view whole) {
    const std::string text = shown(whole);
    constexpr size_t kMostText = 239;
    if (text.size() > kMostText && equals_ignoring_case(whole.substr(0, field.title.size()), field.title)) {
      in_.tree()->set_text_value(in_.tree()->last(), trim(value));
      return;
    }
    in_.replace(text);
  }

  void check_name(std::string_view name) {
    const auto is_token = [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
             std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    };
    if (std::all_of(name.begin(), name.end(), is_token)) return;
    in_.expert(f.bad_header_name, Severity::warning, ExpertGroup::protocol, f.bad_header_name.title);
  }

  void parts_of(const Field& field, const HeaderField& header, size_t at, size_t length) {
    if (&field == &f.content_length_header && head_.content_length)
      in_.conclude(f.content_length, *head_.content_length, at, length);
    if (&field == &f.cookie) cookie_pairs(header.value);
    if (&field == &f.authorization || &field == &f.proxy_authorization) credentials(header.value, at);
  }

  void cookie_pairs(std::string_view value) {
    while (!value.empty()) {
      const size_t end = std::min(value.find(';'), value.size());
      std::string_view pair = value.substr(0, end);
      while (!pair.empty() && (pair.front() == ' ' || pair.front() == '\t')) pair.remove_prefix(1);
      if (!pair.empty()) add(f.cookie_pair, pair);
      value.remove_prefix(std::min(end + 1, value.size()));
    }
  }

  void credentials(std::string_view value, size_t at) {
    constexpr std::string_view kBasic = "basic ";
    if (value.size() < kBasic.size() || !equals_ignoring_case(value.substr(0, kBasic.size()), kBasic)) return;
    const std::string clear = decode_base64(trim(value.substr(kBasic.size())));
    in_.add_text(f.credentials, clear, at, clear.size());
  }

  void mark(const Field& field) {
    in_.add(field, 1, 0, 0);
    in_.hidden();
  }

  void conclusions(const Exchange& exchange) {
    const bool is_request = head_.kind == StartLine::request;
    mark(is_notification(head_) ? f.notification : is_request ? f.request : f.response);
    if (exchange.request_in != 0) in_.conclude(f.request_in, exchange.request_in, 0);
    if (exchange.response_time_ns) in_.conclude(f.time, static_cast<uint64_t>(*exchange.response_time_ns), 0);
    if (exchange.response_in != 0) in_.conclude(f.response_in, exchange.response_in, 0);
    if (!exchange.request_uri.empty()) in_.conclude_text(f.request_uri, exchange.request_uri, 0);
    if (!exchange.full_uri.empty()) in_.conclude_text(f.full_uri, exchange.full_uri, 0);
  }

  Layer& in_;
  const Head& head_;
  const std::string_view text_;
};

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

bool is_notification(const Head& head) {
  return head.first == "NOTIFY" || head.first == "SUBSCRIBE" || head.first == "UNSUBSCRIBE";
}

std::string full_uri_of(const Head& head) {
  if (is_notification(head)) return {};
  const std::string target(head.second);
  if (head.first == "CONNECT" || target.rfind("http://", 0) == 0 || target.rfind("https://", 0) == 0) return target;
  if (head.host.empty()) return {};
  return "http://" + std::string(head.host) + target;
}

void report_head(Layer& in, const Head& head, const Exchange& exchange) {
  if (in.tree() == nullptr) return in.skip(head.length);
  Report(in, head).run(exchange);
}

}  // namespace tracedrop::dissect::http
