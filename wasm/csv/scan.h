// Where the quotes, delimiters and line ends are in 64 bytes, one bit a byte: SSE2, WebAssembly SIMD, or eight bytes at
// a time in an ordinary register. All three give the same bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tracedrop::csv {

inline constexpr size_t kScanBytes = 64;

/// Bit i stands for byte i.
struct ScanBits {
  uint64_t quote = 0;
  uint64_t delimiter = 0;
  uint64_t newline = 0;
};

/// The eight bytes at `from` that equal `wanted`, one bit each. Exact for every byte value: adding 0x7F carries into
/// the top bit of exactly those bytes that differ, and never into the next byte.
inline uint64_t match_eight(const uint8_t* from, uint8_t wanted) {
  constexpr uint64_t kLow7 = 0x7F7F7F7F7F7F7F7F;
  uint64_t word = 0;
  for (int i = 0; i < 8; ++i) word |= uint64_t{from[i]} << (8 * i);
  const uint64_t differ = word ^ (0x0101010101010101 * wanted);
  const uint64_t equal = ~(((differ & kLow7) + kLow7) | differ | kLow7);
  return ((equal >> 7) * 0x0102040810204080) >> 56;
}

/// The portable form of scan64, and the test's reference for the others.
inline ScanBits scan64_words(const uint8_t* from, uint8_t delimiter) {
  ScanBits bits;
  for (unsigned i = 0; i < kScanBytes; i += 8) {
    bits.quote |= match_eight(from + i, '"') << i;
    bits.delimiter |= match_eight(from + i, delimiter) << i;
    bits.newline |= match_eight(from + i, '\n') << i;
  }
  return bits;
}

#if defined(__wasm_simd128__)
using ScanVector = v128_t;
inline ScanVector scan_load(const uint8_t* from) { return wasm_v128_load(from); }
inline ScanVector scan_splat(uint8_t byte) { return wasm_u8x16_splat(byte); }
inline uint64_t scan_match(ScanVector a, ScanVector b) {
  return static_cast<uint16_t>(wasm_i8x16_bitmask(wasm_i8x16_eq(a, b)));
}
#elif defined(__SSE2__)
using ScanVector = __m128i;
inline ScanVector scan_load(const uint8_t* from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)); }
inline ScanVector scan_splat(uint8_t byte) { return _mm_set1_epi8(static_cast<char>(byte)); }
inline uint64_t scan_match(ScanVector a, ScanVector b) {
  return static_cast<uint16_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(a, b)));
}
#endif

/// Reads exactly kScanBytes bytes.
inline ScanBits scan64(const uint8_t* from, uint8_t delimiter) {
#if defined(__wasm_simd128__) || defined(__SSE2__)
  const ScanVector a = scan_load(from), b = scan_load(from + 16), c = scan_load(from + 32), d = scan_load(from + 48);
  const auto find = [&](uint8_t byte) {
    const ScanVector wanted = scan_splat(byte);
    return scan_match(a, wanted) | scan_match(b, wanted) << 16 | scan_match(c, wanted) << 32 |
           scan_match(d, wanted) << 48;
  };
  return {find('"'), find(delimiter), find('\n')};
#else
  return scan64_words(from, delimiter);
#endif
}

/// scan64 for fewer than kScanBytes bytes; the bits beyond them are 0.
inline ScanBits scan_tail(const uint8_t* from, size_t count, uint8_t delimiter) {
  uint8_t padded[kScanBytes] = {};
  std::memcpy(padded, from, count);
  ScanBits bits = scan64(padded, delimiter);
  const uint64_t valid = (uint64_t{1} << count) - 1;
  bits.quote &= valid;
  bits.delimiter &= valid;
  bits.newline &= valid;
  return bits;
}

/// Bit i of the result: whether an odd number of bits 0..i are set. Of quotes: whether byte i is inside them.
inline uint64_t odd_up_to(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ bits << 32;
}

}  // namespace tracedrop::csv
