// What protects QUIC packets (RFC 9001, section 5): a payload sealed with AES-GCM, whose nonce follows from the packet
// number, and a header whose first bits and packet number are masked by a sample of the sealed payload.
//
// The keys of Initial packets follow from the destination that the client chose first, and from a salt of each version,
// so that anybody may read them.
#include <algorithm>

#include "crypto/hkdf.h"
#include "protocols/application/quic/quic.h"

namespace tracedrop::dissect::quic {

namespace {

using Salt = std::array<uint8_t, 20>;

constexpr Salt kSaltDraft10{0x9c, 0x10, 0x8f, 0x98, 0x52, 0x0a, 0x5c, 0x5c, 0x32, 0x96,
                            0x8e, 0x95, 0x0e, 0x8a, 0x2c, 0x5f, 0xe0, 0x6d, 0x6c, 0x38};
constexpr Salt kSaltDraft17{0xef, 0x4f, 0xb0, 0xab, 0xb4, 0x74, 0x70, 0xc4, 0x1b, 0xef,
                            0xcf, 0x80, 0x31, 0x33, 0x4f, 0xae, 0x48, 0x5e, 0x09, 0xa0};
constexpr Salt kSaltDraft21{0x7f, 0xbc, 0xdb, 0x0e, 0x7c, 0x66, 0xbb, 0xe9, 0x19, 0x3a,
                            0x96, 0xcd, 0x21, 0x51, 0x9e, 0xbd, 0x7a, 0x02, 0x64, 0x4a};
constexpr Salt kSaltDraft23{0xc3, 0xee, 0xf7, 0x12, 0xc7, 0x2e, 0xbb, 0x5a, 0x11, 0xa7,
                            0xd2, 0x43, 0x2b, 0xb4, 0x63, 0x65, 0xbe, 0xf9, 0xf5, 0x02};
constexpr Salt kSaltDraft29{0xaf, 0xbf, 0xec, 0x28, 0x99, 0x93, 0xd2, 0x4c, 0x9e, 0x97,
                            0x86, 0xf1, 0x9c, 0x61, 0x11, 0xe0, 0x43, 0x90, 0xa8, 0x99};
constexpr Salt kSaltVersion1{0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17,
                             0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a};
constexpr Salt kSaltVersion2{0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93,
                             0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e, 0xd9};
// Those of Google's versions, from its own sources (QUICHE).
constexpr Salt kSaltGoogle50{0x50, 0x45, 0x74, 0xef, 0xd0, 0x66, 0xfe, 0x2f, 0x9d, 0x94,
                             0x5c, 0xfc, 0xdb, 0xd3, 0xa7, 0xf0, 0xd3, 0xb5, 0x6b, 0x45};
constexpr Salt kSaltGoogleTls50{0x7f, 0xf5, 0x79, 0xe5, 0xac, 0xd0, 0x72, 0x91, 0x55, 0x80,
                                0x30, 0x4c, 0x43, 0xa2, 0x36, 0x7c, 0x60, 0x48, 0x83, 0x10};
constexpr Salt kSaltGoogleTls51{0x7a, 0x4e, 0xde, 0xf4, 0xe7, 0xcc, 0xee, 0x5f, 0xa4, 0x50,
                                0x6c, 0x19, 0x12, 0x4f, 0xc8, 0xcc, 0xda, 0x6e, 0x03, 0x3d};

const Salt& salt_of(uint32_t version) {
  if (version == kVersion2) return kSaltVersion2;
  if (version == kGoogle50) return kSaltGoogle50;
  if (version == kGoogleTls50) return kSaltGoogleTls50;
  if (version == kGoogleTls51) return kSaltGoogleTls51;
  const uint8_t draft = draft_of(version);
  if (version == kVersion1 || draft >= 33) return kSaltVersion1;
  if (draft >= 29) return kSaltDraft29;
  if (draft >= 23) return kSaltDraft23;
  if (draft >= 21) return kSaltDraft21;
  return draft >= 17 ? kSaltDraft17 : kSaltDraft10;
}

template <size_t kSize>
void derive(std::array<uint8_t, kSize>& out, Bytes secret, std::string_view label) {
  const auto made = crypto::hkdf_expand_label(crypto::Hash::sha256, secret, label, kSize);
  std::copy(made.begin(), made.end(), out.begin());
}

void make_keys(Keys& keys, Bytes initial, std::string_view side, bool is_version2) {
  std::array<uint8_t, 32> secret;
  derive(secret, initial, side);
  const Bytes from(secret.data(), secret.size());
  derive(keys.key, from, is_version2 ? "quicv2 key" : "quic key");
  derive(keys.nonce, from, is_version2 ? "quicv2 iv" : "quic iv");
  derive(keys.header, from, is_version2 ? "quicv2 hp" : "quic hp");
}

/// RFC 9000, appendix A.3: the number nearest to `expected` whose last bits these are.
uint64_t whole_number(uint64_t expected, uint64_t truncated, unsigned bits) {
  const uint64_t window = uint64_t{1} << bits, half = window / 2;
  const uint64_t candidate = (expected & ~(window - 1)) | truncated;
  if (candidate + half <= expected && candidate < (uint64_t{1} << 62) - window) return candidate + window;
  if (candidate > expected + half && candidate >= window) return candidate - window;
  return candidate;
}

struct RetryKeys {
  std::array<uint8_t, 16> key;
  std::array<uint8_t, crypto::kGcmNonce> nonce;
};
// RFC 9001, section 5.8; RFC 9369, section 3.3.3; drafts 25 and 29 of RFC 9001.
constexpr RetryKeys kRetryVersion1{
    {0xbe, 0x0c, 0x69, 0x0b, 0x9f, 0x66, 0x57, 0x5a, 0x1d, 0x76, 0x6b, 0x54, 0xe3, 0x68, 0xc8, 0x4e},
    {0x46, 0x15, 0x99, 0xd3, 0x5d, 0x63, 0x2b, 0xf2, 0x23, 0x98, 0x25, 0xbb}};
constexpr RetryKeys kRetryVersion2{
    {0x8f, 0xb4, 0xb0, 0x1b, 0x56, 0xac, 0x48, 0xe2, 0x60, 0xfb, 0xcb, 0xce, 0xad, 0x7c, 0xcc, 0x92},
    {0xd8, 0x69, 0x69, 0xbc, 0x2d, 0x7c, 0x6d, 0x99, 0x90, 0xef, 0xb0, 0x4a}};
constexpr RetryKeys kRetryDraft29{
    {0xcc, 0xce, 0x18, 0x7e, 0xd0, 0x9a, 0x09, 0xd0, 0x57, 0x28, 0x15, 0x5a, 0x6c, 0xb9, 0x6b, 0xe1},
    {0xe5, 0x49, 0x30, 0xf9, 0x7f, 0x21, 0x36, 0xf0, 0x53, 0x0a, 0x8c, 0x1c}};
constexpr RetryKeys kRetryDraft25{
    {0x4d, 0x32, 0xec, 0xdb, 0x2a, 0x21, 0x33, 0xc8, 0x41, 0xe4, 0x04, 0x3d, 0xf2, 0x7d, 0x44, 0x30},
    {0x4d, 0x16, 0x11, 0xd0, 0x55, 0x13, 0xa5, 0x52, 0xc5, 0x87, 0xd5, 0x75}};

const RetryKeys& retry_keys_of(uint32_t version) {
  if (version == kVersion2) return kRetryVersion2;
  const uint8_t draft = draft_of(version);
  if (version == kVersion1 || draft == 0 || draft >= 33) return kRetryVersion1;
  return draft >= 29 ? kRetryDraft29 : kRetryDraft25;
}

}  // namespace

void make_initial_keys(InitialKeys& keys, uint32_t version, Bytes id) {
  const Salt& salt = salt_of(version);
  const crypto::Digest initial = crypto::hkdf_extract(crypto::Hash::sha256, {salt.data(), salt.size()}, id);
  make_keys(keys.client, initial.view(), "client in", version == kVersion2);
  make_keys(keys.server, initial.view(), "server in", version == kVersion2);
  keys.version = version;
  keys.is_made = true;
}

Opened open_packet(const Keys& keys, Bytes packet, size_t number_at, uint64_t expected) {
  constexpr size_t kLongestNumber = 4;
  constexpr uint8_t kLongBits = 0x0F, kShortBits = 0x1F;
  Opened out;
  const Bytes sample = packet.sub(number_at + kLongestNumber, crypto::kAesBlock);
  crypto::AesBlock mask;
  if (!crypto::aes_encipher({keys.header.data(), keys.header.size()}, sample, mask)) return out;
  out.first = static_cast<uint8_t>(packet.u8(0) ^ (mask[0] & ((packet.u8(0) & 0x80) != 0 ? kLongBits : kShortBits)));
  out.number_len = static_cast<uint8_t>((out.first & 3) + 1);
  std::vector<uint8_t> header(packet.data(), packet.data() + number_at + out.number_len);
  header[0] = out.first;
  uint64_t truncated = 0;
  for (size_t i = 0; i < out.number_len; ++i) {
    header[number_at + i] ^= mask[1 + i];
    truncated = truncated << 8 | header[number_at + i];
  }
  out.number = whole_number(expected, truncated, 8u * out.number_len);
  auto nonce = keys.nonce;
  for (size_t i = 0; i < 8; ++i) nonce[nonce.size() - 1 - i] ^= static_cast<uint8_t>(out.number >> (8 * i));
  out.is_authentic = crypto::aes_gcm_open({keys.key.data(), keys.key.size()}, {nonce.data(), nonce.size()},
                                          {header.data(), header.size()}, packet.from(header.size()), out.frames);
  return out;
}

bool verify_retry(uint32_t version, Bytes packet, std::string_view original_id) {
  if (packet.size() < kRetryTag) return false;
  const RetryKeys& keys = retry_keys_of(version);
  std::vector<uint8_t> pseudo{static_cast<uint8_t>(original_id.size())};
  pseudo.insert(pseudo.end(), original_id.begin(), original_id.end());
  const size_t length = packet.size() - kRetryTag;
  pseudo.insert(pseudo.end(), packet.data(), packet.data() + length);
  std::vector<uint8_t> nothing;
  return crypto::aes_gcm_open({keys.key.data(), keys.key.size()}, {keys.nonce.data(), keys.nonce.size()},
                              {pseudo.data(), pseudo.size()}, packet.from(length), nothing);
}

}  // namespace tracedrop::dissect::quic
