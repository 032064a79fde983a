// Base64 (RFC 4648, section 4).
#pragma once

#include <string>
#include <string_view>

namespace tracedrop::dissect {

/// What `text` stands for, up to its padding or the first character that belongs to no digit.
std::string decode_base64(std::string_view text);

}  // namespace tracedrop::dissect
