#include "protocols/application/http/head.h"

#include <algorithm>
#include <charconv>

namespace tracedrop::dissect::http {

namespace {

// The methods that Wireshark knows: RFC 9110, WebDAV (RFC 4918, RFC 3253) and its Exchange dialect, UPnP, RPC over
// HTTP, ….
constexpr std::string_view kMethods[] = {"GET",
                                         "POST",
                                         "HEAD",
                                         "PUT",
                                         "OPTIONS",
                                         "DELETE",
                                         "CONNECT",
                                         "TRACE",
                                         "PATCH",
                                         "PROPFIND",
                                         "PROPPATCH",
                                         "MKCOL",
                                         "COPY",
                                         "MOVE",
                                         "LOCK",
                                         "UNLOCK",
                                         "POLL",
                                         "BCOPY",
                                         "BMOVE",
                                         "BDELETE",
                                         "BPROPFIND",
                                         "BPROPPATCH",
                                         "SEARCH",
                                         "SUBSCRIBE",
                                         "UNSUBSCRIBE",
                                         "NOTIFY",
                                         "RPC_IN_DATA",
                                         "RPC_OUT_DATA",
                                         "RPC_CONNECT",
                                         "CCM_POST",
                                         "M-SEARCH",
                                         "M-POST",
                                         "LABEL",
                                         "MERGE",
                                         "REPORT",
                                         "CHECKOUT",
                                         "CHECKIN",
                                         "UNCHECKOUT",
                                         "MKWORKSPACE",
                                         "UPDATE",
                                         "VERSION-CONTROL",
                                         "BASELINE-CONTROL",
                                         "MKACTIVITY",
                                         "SSTP_DUPLEX_POST"};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr size_t kLongestBreak = 2;

struct LineBreak {
  size_t at, length;
};

/// LF, CR LF, or CR and something else; a CR at the end is none yet.
std::optional<LineBreak> find_line_break(std::string_view text, size_t from) {
  while (from < text.size() && text[from] != '\r' && text[from] != '\n') ++from;
  if (from == text.size()) return {};
  if (text[from] == '\n') return LineBreak{from, 1};
  if (from + 1 == text.size()) return {};
  return LineBreak{from, text[from + 1] == '\n' ? kLongestBreak : 1};
}

/// Cuts the next word off `text`; what separates words here is single blanks.
std::string_view take_word(std::string_view& text) {
  const size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

void split_line(Head& head) {
  std::string_view rest = head.line;
  head.first = take_word(rest);
  if (head.kind == StartLine::response) {
    head.second = take_word(rest);
    head.third = rest;
    const std::string_view digits = head.second;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), head.status).ec != std::errc()) head.status = 0;
    return;
  }
  head.second = take_word(rest);
  head.third = rest;
}

std::optional<uint64_t> parse_length(std::string_view value) {
  int64_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (error != std::errc() || end == value.data() || length < 0) return {};
  return static_cast<uint64_t>(length);
}

void take_field(Head& head, const HeaderField& field) {
  if (equals_ignoring_case(field.name, "content-length")) head.content_length = parse_length(field.value);
  if (equals_ignoring_case(field.name, "content-type")) head.content_type = field.value;
  if (equals_ignoring_case(field.name, "content-encoding")) head.content_encoding = field.value;
  if (equals_ignoring_case(field.name, "host")) head.host = field.value;
  if (equals_ignoring_case(field.name, "upgrade")) head.upgrade = field.value;
  if (equals_ignoring_case(field.name, "transfer-encoding"))
    head.chunked =
        field.value.size() >= 7 && equals_ignoring_case(field.value.substr(field.value.size() - 7), "chunked");
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<Line> first_line(std::string_view text, size_t searched) {
  // A CR at the end was not looked at: what follows it belongs to the line break, or not.
  const auto line_break = find_line_break(text, searched - std::min<size_t>(searched, 1));
  if (!line_break) return {};
  return Line{text.substr(0, line_break->at), line_break->at + line_break->length};
}

Line line_or_rest(std::string_view text) { return first_line(text).value_or(Line{text, text.size()}); }

size_t leading_line_breaks(std::string_view text) {
  size_t count = 0;
  while (text.substr(count, 2) == "\r\n") count += 2;
  return count == text.size() ? 0 : count;
}

StartLine classify(std::string_view line) {
  if (line.substr(0, 5) == "HTTP/" || line.substr(0, 3) == "ICY") return StartLine::response;
  const std::string_view method = line.substr(0, line.find(' '));
  return std::find(std::begin(kMethods), std::end(kMethods), method) != std::end(kMethods) ? StartLine::request
                                                                                           : StartLine::other;
}

bool may_begin_message(std::string_view text) {
  constexpr size_t kEnough = 3;
  const std::string_view word = text.substr(0, text.find(' '));
  if (word.size() < kEnough) return false;
  if (classify(text) != StartLine::other || std::string_view("HTTP/").substr(0, word.size()) == word) return true;
  if (word.size() != text.size()) return false;
  return std::any_of(std::begin(kMethods), std::end(kMethods),
                     [&](std::string_view method) { return method.substr(0, word.size()) == word; });
}

std::optional<size_t> end_of_lines(std::string_view text, size_t searched) {
  size_t from = searched - std::min<size_t>(searched, 2 * kLongestBreak - 1);
  if (from > 0 && text[from - 1] == '\r') --from;  // it may be the other half of a line break
  size_t line_at = SIZE_MAX;                       // of the line that begins behind the last line break
  if (from == 0) line_at = 0;
  while (const auto line_break = find_line_break(text, from)) {
    from = line_break->at + line_break->length;
    if (line_break->at == line_at) return from;
    line_at = from;
  }
  return {};
}

std::optional<HeaderField> parse_field(Bytes line) {
  const std::string_view text = line.text();
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  return HeaderField{trim(text.substr(0, colon)), trim(text.substr(colon + 1)), line};
}

Head parse_head(Bytes bytes, StartLine kind) {
  Head head;
  head.kind = kind;
  const std::string_view text = bytes.text();
  const Line first = line_or_rest(text);
  head.line = first.text;
  split_line(head);
  head.length = first.length;
  while (head.length < text.size()) {
    const Line line = line_or_rest(text.substr(head.length));
    if (line.text.empty()) {
      head.length += line.length;
      break;
    }
    const auto field = parse_field(bytes.sub(head.length, line.text.size()));
    if (!field && !is_blank(line.text.front())) break;
    if (field) take_field(head, *field);
    head.length += line.length;
  }
  return head;
}

}  // namespace tracedrop::dissect::http
