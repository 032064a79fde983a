// The head of an HTTP/1 message (RFC 9112, sections 2 to 6): its first line, what its header fields say of its body.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace tracedrop::dissect::http {

enum class StartLine : uint8_t {
  other,     ///< no HTTP
  request,   ///< begins with a method that is known
  response,  ///< begins with "HTTP/" or Shoutcast's "ICY"
};

/// What kind of first line begins here; `line` is without its line break.
StartLine classify(std::string_view line);
/// Whether a start line that was cut off may be one: three characters of a method's name, or of "HTTP", tell.
bool may_begin_message(std::string_view text);

struct Line {
  std::string_view text;
  size_t length = 0;  ///< with the line break
};
/// The first line of `text`; nothing when it does not end. It ends with LF, CR LF or, as Wireshark has it, CR alone.
/// The first `searched` bytes were looked through before, in vain.
std::optional<Line> first_line(std::string_view text, size_t searched = 0);
/// The first line, which may be all of `text` without a line break.
Line line_or_rest(std::string_view text);

/// How many bytes of line breaks precede a message: they are not part of it (RFC 9112, section 2.2). 0 when nothing
/// follows.
size_t leading_line_breaks(std::string_view text);

/// One header field; both parts without blanks around them.
struct HeaderField {
  std::string_view name;
  std::string_view value;
  Bytes whole;  ///< the line without its line break
};

/// Views into the message's own bytes.
struct Head {
  StartLine kind = StartLine::other;
  std::string_view line;
  /// Request: method, target and version. Response: version, status code as text, reason phrase.
  std::string_view first, second, third;
  /// Bytes up to and with the empty line, or up to the first line that is no header field.
  size_t length = 0;
  uint32_t status = 0;  ///< response: 0 when it is no number
  std::optional<uint64_t> content_length;
  bool chunked = false;
  std::string_view content_type;
  std::string_view content_encoding;
  std::string_view upgrade;
  std::string_view host;
};

/// Where the lines at the start of `text` end, with the empty line behind them; nothing when there is none yet. The
/// first `searched` bytes were looked through before, in vain.
std::optional<size_t> end_of_lines(std::string_view text, size_t searched = 0);
/// Reads a head whose first line is classified.
Head parse_head(Bytes bytes, StartLine kind);
/// The header field that is this line; nothing when it is none.
std::optional<HeaderField> parse_field(Bytes line);

/// Calls visit(HeaderField) for each header field of the head.
template <typename Visit>
void for_each_field(Bytes head, Visit&& visit) {
  size_t at = line_or_rest(head.text()).length;
  while (at < head.size()) {
    const Line line = line_or_rest(head.text().substr(at));
    if (const auto field = parse_field(head.sub(at, line.text.size()))) visit(*field);
    at += line.length;
  }
}

bool equals_ignoring_case(std::string_view a, std::string_view b);
std::string_view trim(std::string_view text);

}  // namespace tracedrop::dissect::http
