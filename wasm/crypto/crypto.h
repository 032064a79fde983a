// The cryptography that dissection needs, synchronous: what a packet's keys follow from, and what they open.
//
// Nothing of it is written here. Behind this header stands a library: natively the system's (libcrypto; on Windows
// CNG), in the page noble (npm), which comes with Emscripten's glue. Keys and nonces of a size that an algorithm does
// not have are refused like data that was not sealed with them.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace tracedrop::crypto {

enum class Hash : uint8_t { md5, sha1, sha256, sha384 };

constexpr size_t size_of(Hash hash) {
  constexpr size_t kSizes[] = {16, 20, 32, 48};
  return kSizes[static_cast<size_t>(hash)];
}

/// The result of a hash, with room for the longest.
struct Digest {
  std::array<uint8_t, 48> bytes{};
  size_t size = 0;

  Bytes view() const { return {bytes.data(), size}; }
};

Digest digest(Hash hash, Bytes data);
/// RFC 2104.
Digest hmac(Hash hash, Bytes key, Bytes data);

constexpr size_t kAesBlock = 16;
using AesBlock = std::array<uint8_t, kAesBlock>;

/// One block, enciphered (ECB) with a key of 16 or 32 bytes; `block` has 16 bytes. False when a size is wrong.
bool aes_encipher(Bytes key, Bytes block, AesBlock& out);

constexpr size_t kGcmNonce = 12, kGcmTag = 16;

/// AES-GCM: what `sealed` holds before its tag, if key, nonce (12 bytes), associated data and tag belong together.
bool aes_gcm_open(Bytes key, Bytes nonce, Bytes associated, Bytes sealed, std::vector<uint8_t>& clear);

}  // namespace tracedrop::crypto
