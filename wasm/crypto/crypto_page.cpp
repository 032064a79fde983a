// noble (npm), bundled from noble.js into Emscripten's glue as `tracedropCrypto`.
#ifdef __EMSCRIPTEN__
#include <emscripten.h>

#include "crypto/crypto.h"

namespace tracedrop::crypto {

// Addresses come as signed numbers, and memory may be larger than they tell.
// clang-format off
EM_JS(void, tracedrop_digest, (int hash, const uint8_t* data, size_t size, uint8_t* out), {
  const at = (address, length) => HEAPU8.subarray(address >>> 0, (address >>> 0) + length);
  HEAPU8.set(tracedropCrypto.digest(hash, at(data, size)), out >>> 0);
});
EM_JS(void, tracedrop_hmac, (int hash, const uint8_t* key, size_t key_size, const uint8_t* data, size_t size,
                             uint8_t* out), {
  const at = (address, length) => HEAPU8.subarray(address >>> 0, (address >>> 0) + length);
  HEAPU8.set(tracedropCrypto.mac(hash, at(key, key_size), at(data, size)), out >>> 0);
});
EM_JS(void, tracedrop_encipher, (const uint8_t* key, size_t key_size, const uint8_t* block, uint8_t* out), {
  const at = (address, length) => HEAPU8.subarray(address >>> 0, (address >>> 0) + length);
  HEAPU8.set(tracedropCrypto.encipher(at(key, key_size), at(block, 16)), out >>> 0);
});
EM_JS(int, tracedrop_open, (const uint8_t* key, size_t key_size, const uint8_t* nonce, const uint8_t* associated,
                            size_t associated_size, const uint8_t* sealed, size_t sealed_size, uint8_t* out), {
  const at = (address, length) => HEAPU8.subarray(address >>> 0, (address >>> 0) + length);
  const clear = tracedropCrypto.open(at(key, key_size), at(nonce, 12), at(associated, associated_size),
                                     at(sealed, sealed_size));
  if (clear !== null) HEAPU8.set(clear, out >>> 0);
  return clear === null ? 0 : 1;
});
// clang-format on

Digest digest(Hash hash, Bytes data) {
  Digest out{{}, size_of(hash)};
  tracedrop_digest(static_cast<int>(hash), data.data(), data.size(), out.bytes.data());
  return out;
}

Digest hmac(Hash hash, Bytes key, Bytes data) {
  Digest out{{}, size_of(hash)};
  tracedrop_hmac(static_cast<int>(hash), key.data(), key.size(), data.data(), data.size(), out.bytes.data());
  return out;
}

namespace {
bool is_aes_key(Bytes key) { return key.size() == 16 || key.size() == 32; }
}  // namespace

bool aes_encipher(Bytes key, Bytes block, AesBlock& out) {
  if (!is_aes_key(key) || block.size() != kAesBlock) return false;
  tracedrop_encipher(key.data(), key.size(), block.data(), out.data());
  return true;
}

bool aes_gcm_open(Bytes key, Bytes nonce, Bytes associated, Bytes sealed, std::vector<uint8_t>& clear) {
  if (!is_aes_key(key) || nonce.size() != kGcmNonce || sealed.size() < kGcmTag) return false;
  clear.resize(sealed.size() - kGcmTag);
  return tracedrop_open(key.data(), key.size(), nonce.data(), associated.data(), associated.size(), sealed.data(),
                        sealed.size(), clear.data()) != 0;
}

}  // namespace tracedrop::crypto
#endif
