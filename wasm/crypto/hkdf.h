// HKDF (RFC 5869), and the labels that TLS 1.3 gives it (RFC 8446, section 7.1).
#pragma once

#include <string_view>
#include <vector>

#include "crypto/crypto.h"

namespace tracedrop::crypto {

Digest hkdf_extract(Hash hash, Bytes salt, Bytes key_material);

/// At most 255 times the hash's size.
std::vector<uint8_t> hkdf_expand(Hash hash, Bytes secret, Bytes info, size_t size);

/// HKDF-Expand-Label without a context: "tls13 " stands before `label`.
std::vector<uint8_t> hkdf_expand_label(Hash hash, Bytes secret, std::string_view label, size_t size);

}  // namespace tracedrop::crypto
