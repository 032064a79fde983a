// Texts as JSON strings.
#pragma once

#include <string>
#include <string_view>

namespace tracedrop::native_capture {

/// Quoted and escaped (RFC 8259, section 7).
std::string json_string(std::string_view text);

}  // namespace tracedrop::native_capture
