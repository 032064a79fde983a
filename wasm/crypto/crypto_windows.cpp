// Cryptography API: Next Generation, which every Windows has (bcrypt.dll).
#ifdef _WIN32
#include <windows.h>
// After it.
#include <bcrypt.h>

#include "crypto/crypto.h"

namespace tracedrop::crypto {

namespace {

PUCHAR input(Bytes bytes) { return const_cast<PUCHAR>(bytes.data()); }
ULONG length(Bytes bytes) { return static_cast<ULONG>(bytes.size()); }

const wchar_t* name_of(Hash hash) {
  switch (hash) {
    case Hash::md5: return BCRYPT_MD5_ALGORITHM;
    case Hash::sha1: return BCRYPT_SHA1_ALGORITHM;
    case Hash::sha256: return BCRYPT_SHA256_ALGORITHM;
    case Hash::sha384: return BCRYPT_SHA384_ALGORITHM;
  }
  return nullptr;
}

/// An algorithm, opened as long as the object lives.
class Algorithm {
 public:
  explicit Algorithm(const wchar_t* name, ULONG flags = 0) {
    BCryptOpenAlgorithmProvider(&handle_, name, nullptr, flags);
  }
  ~Algorithm() {
    if (handle_ != nullptr) BCryptCloseAlgorithmProvider(handle_, 0);
  }
  Algorithm(const Algorithm&) = delete;
  Algorithm& operator=(const Algorithm&) = delete;
  BCRYPT_ALG_HANDLE get() const { return handle_; }

 private:
  BCRYPT_ALG_HANDLE handle_ = nullptr;
};

class AesKey {
 public:
  AesKey(Bytes key, const wchar_t* mode, ULONG mode_size) : algorithm_(BCRYPT_AES_ALGORITHM) {
    if (key.size() != 16 && key.size() != 32) return;
    const auto text = reinterpret_cast<PUCHAR>(const_cast<wchar_t*>(mode));
    BCryptSetProperty(algorithm_.get(), BCRYPT_CHAINING_MODE, text, mode_size, 0);
    BCryptGenerateSymmetricKey(algorithm_.get(), &handle_, nullptr, 0, input(key), length(key), 0);
  }
  ~AesKey() {
    if (handle_ != nullptr) BCryptDestroyKey(handle_);
  }
  AesKey(const AesKey&) = delete;
  AesKey& operator=(const AesKey&) = delete;
  BCRYPT_KEY_HANDLE get() const { return handle_; }

 private:
  Algorithm algorithm_;
  BCRYPT_KEY_HANDLE handle_ = nullptr;
};

Digest hashed(const Algorithm& algorithm, Hash hash, Bytes key, Bytes data) {
  Digest out{{}, size_of(hash)};
  BCRYPT_HASH_HANDLE handle = nullptr;
  if (BCryptCreateHash(algorithm.get(), &handle, nullptr, 0, input(key), length(key), 0) != 0) return out;
  BCryptHashData(handle, input(data), length(data), 0);
  BCryptFinishHash(handle, out.bytes.data(), static_cast<ULONG>(out.size), 0);
  BCryptDestroyHash(handle);
  return out;
}

}  // namespace

Digest digest(Hash hash, Bytes data) { return hashed(Algorithm(name_of(hash)), hash, {}, data); }

Digest hmac(Hash hash, Bytes key, Bytes data) {
  return hashed(Algorithm(name_of(hash), BCRYPT_ALG_HANDLE_HMAC_FLAG), hash, key, data);
}

bool aes_encipher(Bytes key, Bytes block, AesBlock& out) {
  const AesKey cipher(key, BCRYPT_CHAIN_MODE_ECB, sizeof BCRYPT_CHAIN_MODE_ECB);
  ULONG size = 0;
  return cipher.get() != nullptr && block.size() == kAesBlock &&
         BCryptEncrypt(cipher.get(), input(block), length(block), nullptr, nullptr, 0, out.data(), kAesBlock, &size,
                       0) == 0;
}

bool aes_gcm_open(Bytes key, Bytes nonce, Bytes associated, Bytes sealed, std::vector<uint8_t>& clear) {
  const AesKey cipher(key, BCRYPT_CHAIN_MODE_GCM, sizeof BCRYPT_CHAIN_MODE_GCM);
  if (cipher.get() == nullptr || nonce.size() != kGcmNonce || sealed.size() < kGcmTag) return false;
  const Bytes text = sealed.first(sealed.size() - kGcmTag), tag = sealed.from(text.size());
  BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO mode;
  BCRYPT_INIT_AUTH_MODE_INFO(mode);
  mode.pbNonce = input(nonce);
  mode.cbNonce = length(nonce);
  mode.pbAuthData = input(associated);
  mode.cbAuthData = length(associated);
  mode.pbTag = input(tag);
  mode.cbTag = length(tag);
  clear.resize(text.size());
  ULONG size = 0;
  return BCryptDecrypt(cipher.get(), input(text), length(text), &mode, nullptr, 0, clear.data(), length(text), &size,
                       0) == 0;
}

}  // namespace tracedrop::crypto
#endif
