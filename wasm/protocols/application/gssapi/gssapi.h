// GSS-API and SPNEGO within other protocols: tokens that set up a security context, and those that protect messages.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect::gssapi {

/// A token, in the layer and below the line that are open; what Info tells of NTLM is appended.
void dissect_token(Layer& outer, Bytes token);

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
