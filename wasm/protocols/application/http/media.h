// What a message's body adds to its row: by its media type, or by its first bytes.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tracedrop::dissect::http {

struct BodyDescription {
  std::string info;          ///< appended to Info: " (text/html)", ", JSON (application/json)"
  std::string layers;        ///< appended to the Protocol column: "/JSON", "/XML"
  std::string_view instead;  ///< another protocol that takes the row over: "OCSP", with `info` as its Info
};

/// The first two are the header fields' values; `body` its first bytes (all of them for a multipart type).
BodyDescription describe_body(std::string_view content_type, std::string_view content_encoding, Bytes body);

/// Calls visit(type, bytes) for the body, or for each part of it when it has several.
void for_each_part(std::string_view content_type, Bytes body,
                   const std::function<void(std::string_view, Bytes)>& visit);

/// True for a type whose parts are described each: all of the body is wanted.
bool is_multipart(std::string_view content_type);
/// As many bytes of other bodies as describe_body looks at.
inline constexpr size_t kSignatureBytes = 64;

}  // namespace tracedrop::dissect::http
