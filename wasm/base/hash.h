// One hash for every table: multiply and fold 64-bit words (after the "wyhash" family's mixing step).
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace tracedrop {

constexpr uint64_t hash_mix(uint64_t a, uint64_t b) {
  uint64_t h = (a ^ 0x9E3779B97F4A7C15u) * ((b ^ 0xD6E8FEB86659FD93u) | 1);
  h ^= h >> 32;
  h *= 0xD6E8FEB86659FD93u;
  return h ^ h >> 29;
}

inline uint64_t hash_bytes(std::string_view bytes) {
  uint64_t h = bytes.size();
  while (bytes.size() >= 8) {
    uint64_t word;
    std::memcpy(&word, bytes.data(), 8);
    h = hash_mix(h, word);
    bytes.remove_prefix(8);
  }
  uint64_t tail = 0;
  if (!bytes.empty()) std::memcpy(&tail, bytes.data(), bytes.size());
  return hash_mix(h, tail);
}

}  // namespace tracedrop
