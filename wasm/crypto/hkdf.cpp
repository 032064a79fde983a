#include "crypto/hkdf.h"

namespace tracedrop::crypto {

Digest hkdf_extract(Hash hash, Bytes salt, Bytes key_material) { return hmac(hash, salt, key_material); }

std::vector<uint8_t> hkdf_expand(Hash hash, Bytes secret, Bytes info, size_t size) {
  constexpr size_t kMostBlocks = 255;
  std::vector<uint8_t> out, input;
  Digest last;
  for (size_t i = 1; out.size() < size && i <= kMostBlocks; ++i) {
    input.assign(last.bytes.begin(), last.bytes.begin() + static_cast<std::ptrdiff_t>(last.size));
    input.insert(input.end(), info.data(), info.data() + info.size());
    input.push_back(static_cast<uint8_t>(i));
    last = hmac(hash, secret, {input.data(), input.size()});
    out.insert(out.end(), last.bytes.begin(), last.bytes.begin() + static_cast<std::ptrdiff_t>(last.size));
  }
  out.resize(size);
  return out;
}

std::vector<uint8_t> hkdf_expand_label(Hash hash, Bytes secret, std::string_view label, size_t size) {
  constexpr std::string_view kPrefix = "tls13 ";
  std::vector<uint8_t> info{static_cast<uint8_t>(size >> 8), static_cast<uint8_t>(size),
                            static_cast<uint8_t>(kPrefix.size() + label.size())};
  info.insert(info.end(), kPrefix.begin(), kPrefix.end());
  info.insert(info.end(), label.begin(), label.end());
  info.push_back(0);  // no context
  return hkdf_expand(hash, secret, {info.data(), info.size()}, size);
}

}  // namespace tracedrop::crypto
