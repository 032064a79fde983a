// A message of SIP (RFC 3261, section 7): a line that tells what it is, header fields, an empty line, a body.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "protocols/application/sip/fields.h"

namespace tracedrop::dissect::sip {

/// One header field; it may go on in lines that begin with a blank.
struct Header {
  std::string_view line;  ///< without the line's end
  std::string_view name;
  std::string_view value;  ///< from the first character on that is no blank
  size_t at = 0, size = 0;
  const HeaderName* known = nullptr;
  bool has_colon = false;
};

struct Message {
  std::string_view text;  ///< head and body
  bool is_request = false;
  std::string_view line;
  std::string_view method, uri;     ///< of a request
  std::string_view status, phrase;  ///< of a response
  uint32_t code = 0;
  size_t headers_at = 0, body_at = 0;
  enum class HeadEnd : uint8_t { whole, no_empty_line, cut } head_end = HeadEnd::whole;

  // What its header fields say.
  std::string_view call_id, cseq_method, content_type;
  bool has_call_id = false, has_bad_cseq = false, has_to_tag = false, removes_all = false;
  uint32_t cseq = 0;
  std::optional<uint32_t> expires;
  std::optional<size_t> content_length;
  uint32_t contacts = 0, expired_contacts = 0, contacts_with_expiry = 0;
};

/// Whether the text begins with a SIP message's first line ("INVITE sip:a@b SIP/2.0", "SIP/2.0 200 OK").
bool begins_message(std::string_view text);
/// Reads the head of a message that begins there.
Message read_message(std::string_view text);
/// The header field at `at`, which may be the last; size 0 where the empty line is, or nothing more.
Header header_at(const Message& message, size_t at);

/// "5", " 5 "; nothing when it is no number.
std::optional<uint32_t> number_of(std::string_view text);
std::string_view trim(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace tracedrop::dissect::sip
