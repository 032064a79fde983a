// One keyed hash for every table: multiplies 64-bit words to 128 bits and folds them (the construction of the "wyhash"
// family), each word with a secret of its own that is drawn when the process starts. Files are made by others: who knew
// the secrets could make one whose names, addresses or packets all fall into the same place. No result may depend on
// them, so nothing goes through a table in its order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tracedrop {

/// Drawn once from the system's randomness (in a page from crypto.getRandomValues).
extern const std::array<uint64_t, 16> kHashSecrets;

constexpr uint64_t hash_fold(uint64_t a, uint64_t b) {
#if defined(__SIZEOF_INT128__) && !defined(__wasm__)
  __extension__ using Product = unsigned __int128;
  const Product product = Product{a} * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
#else
  // The four partial products, which carry into each other only by the rotations: as good for mixing.
  const auto turned = [](uint64_t x) { return x >> 32 | x << 32; };
  const uint64_t high = (a >> 32) * (b >> 32), low = (a & UINT32_MAX) * (b & UINT32_MAX);
  const uint64_t left = (a >> 32) * (b & UINT32_MAX), right = (a & UINT32_MAX) * (b >> 32);
  return turned(left) ^ high ^ turned(right) ^ low;
#endif
}

inline uint64_t hash_mix(uint64_t a, uint64_t b) {
  const uint64_t h = hash_fold(a ^ kHashSecrets[0], b ^ kHashSecrets[1]);
  return hash_fold(h ^ kHashSecrets[2], kHashSecrets[3]);
}

inline uint64_t hash_bytes(std::string_view bytes) {
  const auto word_at = [&](size_t at, size_t count) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, count);
    return word;
  };
  uint64_t h = kHashSecrets[4];
  size_t at = 0;
  for (; bytes.size() - at > 16; at += 16) h = hash_fold(word_at(at, 8) ^ kHashSecrets[5], word_at(at + 8, 8) ^ h);
  const size_t left = bytes.size() - at;
  // (An empty text may have no place to copy from.)
  const uint64_t first = left >= 8 ? word_at(at, 8) : left > 0 ? word_at(at, left) : 0;
  const uint64_t second = left > 8 ? word_at(at + 8, left - 8) : 0;
  h = hash_fold(first ^ kHashSecrets[6], second ^ h);
  return hash_fold(h ^ kHashSecrets[7], bytes.size() ^ kHashSecrets[3]);
}

/// For the standard library's tables, whose own hashes of numbers and texts have no secret.
struct KeyedHash {
  size_t operator()(uint64_t key) const { return static_cast<size_t>(hash_mix(key, 0)); }
  size_t operator()(std::string_view key) const { return static_cast<size_t>(hash_bytes(key)); }
};

}  // namespace tracedrop
