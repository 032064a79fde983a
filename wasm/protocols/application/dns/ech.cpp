// Configurations of Encrypted Client Hello, which HTTPS records hand out (RFC 9848; RFC 9849, section 4): length of the
// list (2), then each: version (2), length (2), and in version 0xFE0D
//
//   config id (1), KEM id (2), public key (length (2), bytes), cipher suites (length (2), pairs of KDF (2) and AEAD
//   (2)), maximum name length (1), public name (length (1), bytes), extensions (length (2), bytes)
#include "protocols/application/dns/ech.h"

#include <algorithm>

namespace tracedrop::dissect::dns {

namespace {

constexpr uint16_t kVersion = 0xFE0D;
constexpr size_t kVersionAndLength = 4, kSuite = 4;

constexpr ValueName kKemNames[] = {{0, "Reserved"},
                                   {16, "DHKEM(P-256, HKDF-SHA256)"},
                                   {17, "DHKEM(P-384, HKDF-SHA384)"},
                                   {18, "DHKEM(P-521, HKDF-SHA512)"},
                                   {32, "DHKEM(X25519, HKDF-SHA256)"},
                                   {33, "DHKEM(X448, HKDF-SHA512)"}};
constexpr ValueName kKdfNames[] = {{0, "Reserved"}, {1, "HKDF-SHA256"}, {2, "HKDF-SHA384"}, {3, "HKDF-SHA512"}};
constexpr ValueName kAeadNames[] = {
    {0, "Reserved"}, {1, "AES-128-GCM"}, {2, "AES-256-GCM"}, {3, "ChaCha20Poly1305"}, {65535, "Export-only"}};

/// Wireshark's, of TLS.
struct EchFields {
  Field list_length{"tls.ech.echconfiglist_length", "ECHConfigList length", u16};
  Field config{"tls.ech.echconfig", "ECHConfig"};
  Field version{"tls.ech.echconfig.version", "Version", x16};
  Field length{"tls.ech.echconfig.length", "Length", u16};
  Field key_config{"tls.ech.hpke.keyconfig", "HPKE Key Config"};
  Field config_id{"tls.ech.hpke.keyconfig.config_id", "Config Id", u8};
  Field kem_id{"tls.ech.hpke.keyconfig.kem_id", "KEM Id", u16, kKemNames};
  Field public_key_length{"tls.ech.hpke.keyconfig.public_key_length", "Public Key length", u16};
  Field public_key{"tls.ech.hpke.keyconfig.public_key", "Public Key", raw_bytes};
  Field suites_length{"tls.ech.hpke.keyconfig.cipher_suites_length", "Cipher Suites length", u16};
  Field suites{"tls.ech.hpke.keyconfig.cipher_suites", "Cipher Suites"};
  Field suite{"tls.ech.hpke.keyconfig.cipher_suite", "Cipher Suite"};
  Field kdf_id{"tls.ech.hpke.keyconfig.cipher_suite.kdf_id", "KDF Id", u16, kKdfNames};
  Field aead_id{"tls.ech.hpke.keyconfig.cipher_suite.aead_id", "AEAD Id", u16, kAeadNames};
  Field maximum_name_length{"tls.ech.echconfigcontents.maximum_name_length", "Maximum Name Length", u8};
  Field public_name_length{"tls.ech.echconfigcontents.public_name_length", "Public Name length", u8};
  Field public_name{"tls.ech.echconfigcontents.public_name", "Public Name", plain_text};
  Field extensions_length{"tls.ech.echconfigcontents.extensions_length", "Extensions length", u16};
  Field extensions{"tls.ech.echconfigcontents.extensions", "Extensions", raw_bytes};
  Field invalid_version{"tls.ech_echconfig_invalid_version", "Invalid/unknown ECHConfig version"};
  Field too_small{"tls.malformed.buffer_too_small", "Malformed message, not enough data is available"};
  Field vector_length{"tls.malformed.vector_length", "Variable vector length is outside the permitted range"};
} constexpr ech;

std::string_view known(const Field& field, uint64_t value) {
  const std::string_view name = field.names.of(value);
  return name.empty() ? "Unknown" : name;
}

/// The length of what follows; when that does not end before `end`, the packet is malformed.
size_t read_length(Layer& in, const Field& field, size_t end) {
  const size_t length = in(field);
  if (in.ok() && in.at() + length > end) in.malformed();
  return in.ok() ? length : 0;
}

void dissect_suites(Layer& in, size_t length) {
  const size_t count = length / kSuite;
  const auto suites = in.group(ech.suites, length);
  in.append(" (", Counted{count, "suite", "suites"}, ')');
  for (size_t i = 0; i < count && in.ok(); ++i) {
    const auto suite = in.group(ech.suite, kSuite);
    const Bytes raw = in.rest();
    in.append(": ", known(ech.kdf_id, raw.be16(0)), '/', known(ech.aead_id, raw.be16(2)));
    in(ech.kdf_id);
    in(ech.aead_id);
  }
}

uint32_t dissect_key(Layer& in, size_t end) {
  const auto key = in.part(ech.key_config);
  const uint32_t id = in(ech.config_id);
  in(ech.kem_id);
  const size_t key_length = read_length(in, ech.public_key_length, end);
  in.bytes(ech.public_key, key_length);
  const size_t suites_length = read_length(in, ech.suites_length, end);
  if (in.ok()) dissect_suites(in, suites_length);
  return id;
}

void dissect_contents(Layer& in, size_t end, Layer::Branch& config) {
  const uint32_t id = dissect_key(in, end);
  in(ech.maximum_name_length);
  const size_t name_length = read_length(in, ech.public_name_length, end);
  const std::string_view name = in.text(ech.public_name, name_length);
  if (in.ok()) config.append(": id=", id, ' ', name);
  const size_t extensions_length = read_length(in, ech.extensions_length, end);
  if (extensions_length > 0) in.bytes(ech.extensions, extensions_length);
}

void dissect_config(Layer& in, size_t list_end) {
  const uint32_t version = in.rest().be16(0);
  const size_t size = kVersionAndLength + in.rest().be16(2);
  const size_t end = in.at() + size;
  auto config = in.group(ech.config, size);
  const uint32_t line = in.tree() != nullptr ? in.tree()->last() : 0;
  in(ech.version);
  in(ech.length);
  if (version == kVersion) {
    dissect_contents(in, std::min(end, list_end), config);
  } else if (in.tree() != nullptr) {
    in.tree()->set_last(line);
    in.expert(ech.invalid_version, Severity::error, ExpertGroup::protocol, "Unsupported/unknown ECHConfig version ",
              Hex{version, 0});
  }
  if (!in.ok()) return;
  if (end > list_end) return in.malformed();
  in.seek(end);
}

}  // namespace

void dissect_ech_configs(Layer& in, size_t size) {
  const size_t end = in.at() + size;
  if (size < 2) {
    if (!in.ok()) return;
    in.line(in.at(), size, "No more room for vector of length 2");
    return in.expert(ech.too_small, Severity::error, ExpertGroup::malformed, "No more room for vector of length 2");
  }
  const size_t length = in(ech.list_length), room = size - 2;
  if (length == 0)
    in.expert(ech.vector_length, Severity::warning, ExpertGroup::protocol, "Vector length 0 is smaller than minimum 1");
  if (length > room) {
    in.expert(ech.too_small, Severity::error, ExpertGroup::malformed, "Vector length ", length,
              " is too large, truncating it to ", room);
    return in.seek(end);
  }
  const size_t list_end = in.at() + length;
  while (in.ok() && in.at() + kVersionAndLength <= list_end) dissect_config(in, list_end);
  if (in.ok()) in.seek(list_end);
}

}  // namespace tracedrop::dissect::dns
