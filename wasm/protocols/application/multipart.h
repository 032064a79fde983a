// Bodies of several parts (RFC 2046, section 5.1): between lines of "--" and a boundary, each part has header fields,
// an empty line and its content; the last such line has "--" behind the boundary.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect {

/// The value of a parameter of a header field: "xx" of `multipart/mixed; boundary="xx"`.
std::string_view media_parameter(std::string_view value, std::string_view name);

/// Reports the parts as layers of their own, each by its type.
void report_multipart(Context& context, std::string_view content_type, Bytes body);

}  // namespace tracedrop::dissect
