// Tokens of security mechanisms, as protocols that authenticate carry them.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect::gss {

/// A token of GSS-API or NTLMSSP, within the last line of a layer that is open.
void dissect_token(Layer& in, Bytes bytes);

}  // namespace tracedrop::dissect::gss

namespace tracedrop::dissect::ntlmssp {

inline bool is_message(Bytes bytes) { return bytes.text().substr(0, 8) == std::string_view("NTLMSSP\0", 8); }
/// What proves that a message was not changed: version (4) and 12 bytes.
void show_verifier(Layer& in, Bytes bytes);

}  // namespace tracedrop::dissect::ntlmssp
