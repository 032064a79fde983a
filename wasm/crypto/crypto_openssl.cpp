// libcrypto (OpenSSL 3).
#if !defined(__EMSCRIPTEN__) && !defined(_WIN32)
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <memory>

#include "crypto/crypto.h"

namespace tracedrop::crypto {

namespace {

const EVP_MD* method(Hash hash) {
  switch (hash) {
    case Hash::md5: return EVP_md5();
    case Hash::sha1: return EVP_sha1();
    case Hash::sha256: return EVP_sha256();
    case Hash::sha384: return EVP_sha384();
  }
  return nullptr;
}

struct Free {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Free>;

/// The cipher with a key of this size, or null.
const EVP_CIPHER* by_size(Bytes key, const EVP_CIPHER* with_16, const EVP_CIPHER* with_32) {
  return key.size() == 16 ? with_16 : key.size() == 32 ? with_32 : nullptr;
}

}  // namespace

Digest digest(Hash hash, Bytes data) {
  Digest out{{}, size_of(hash)};
  EVP_Digest(data.data(), data.size(), out.bytes.data(), nullptr, method(hash), nullptr);
  return out;
}

Digest hmac(Hash hash, Bytes key, Bytes data) {
  static constexpr uint8_t kNothing = 0;  // a null pointer would stand for another key
  const uint8_t* const key_data = key.empty() ? &kNothing : key.data();
  Digest out{{}, size_of(hash)};
  HMAC(method(hash), key_data, static_cast<int>(key.size()), data.data(), data.size(), out.bytes.data(), nullptr);
  return out;
}

bool aes_encipher(Bytes key, Bytes block, AesBlock& out) {
  const EVP_CIPHER* const cipher = by_size(key, EVP_aes_128_ecb(), EVP_aes_256_ecb());
  const Cipher context(EVP_CIPHER_CTX_new());
  int size = 0;
  return cipher != nullptr && block.size() == kAesBlock && context != nullptr &&
         EVP_EncryptInit_ex(context.get(), cipher, nullptr, key.data(), nullptr) == 1 &&
         EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
         EVP_EncryptUpdate(context.get(), out.data(), &size, block.data(), kAesBlock) == 1;
}

bool aes_gcm_open(Bytes key, Bytes nonce, Bytes associated, Bytes sealed, std::vector<uint8_t>& clear) {
  const EVP_CIPHER* const cipher = by_size(key, EVP_aes_128_gcm(), EVP_aes_256_gcm());
  const Cipher context(EVP_CIPHER_CTX_new());
  if (cipher == nullptr || context == nullptr || nonce.size() != kGcmNonce || sealed.size() < kGcmTag) return false;
  const size_t length = sealed.size() - kGcmTag;
  AesBlock tag;
  std::copy_n(sealed.data() + length, kGcmTag, tag.begin());
  clear.resize(length);
  int size = 0;
  return EVP_DecryptInit_ex(context.get(), cipher, nullptr, key.data(), nonce.data()) == 1 &&
         EVP_DecryptUpdate(context.get(), nullptr, &size, associated.data(), static_cast<int>(associated.size())) ==
             1 &&
         EVP_DecryptUpdate(context.get(), clear.data(), &size, sealed.data(), static_cast<int>(length)) == 1 &&
         EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kGcmTag, tag.data()) == 1 &&
         EVP_DecryptFinal_ex(context.get(), tag.data(), &size) == 1;
}

}  // namespace tracedrop::crypto
#endif
