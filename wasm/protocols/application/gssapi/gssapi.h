// GSS-API, SPNEGO and NTLMSSP within other protocols: tokens that set up a security context, and those that protect
// messages.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect::gssapi {

/// A token, in the layer and below the line that are open; what Info tells of NTLM is appended. One without GSS-API's
/// tag is SPNEGO's own.
void dissect_token(Layer& outer, Bytes token);
/// The same below the last line, where a token is one of GSS-API whatever its tag, unless it is NTLM's.
void dissect_blob(Layer& outer, Bytes token);

/// What protects a message (RFC 4121, section 4.2.6.2, or NTLM's signature), and what is protected.
struct Wrapped {
  bool is_known = false;
  bool is_sealed = false;
  size_t token_size = 0;  ///< from the token's begin on
  Bytes payload;
};
Wrapped find_wrapped(Bytes token);
/// Its lines, as a layer within the open line.
void show_wrapper(Context& context, Bytes token, const Wrapped& wrapped);

}  // namespace tracedrop::dissect::gssapi

namespace tracedrop::dissect::ntlmssp {

inline bool is_message(Bytes bytes) { return bytes.starts_with(std::string_view("NTLMSSP\0", 8)); }
/// What proves that a message was not changed: version (4) and 12 bytes.
void show_verifier(Layer& in, Bytes bytes);

}  // namespace tracedrop::dissect::ntlmssp
