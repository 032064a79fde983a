// SSLv2 (draft-hickman-netscape-ssl-00): records of length (2, the highest bit set; or 3 with padding, and only 14 bits
// of length), then a message type (1) as long as they are in the clear. Clients that know more begin with its hello
// too (RFC 5246, appendix E.2).
#include "protocols/application/tls/tls.h"
#include "protocols/application/tls/x509.h"

namespace tracedrop::dissect::tls {

namespace {

enum Sslv2Message : uint8_t { kV2ClientHello = 1, kMasterKey = 2, kV2ServerHello = 4 };

constexpr uint16_t kV2 = 0x0002;
constexpr size_t kShortHeader = 2, kLongHeader = 3;
constexpr std::string_view kName = "SSLv2";

bool has_short_header(Bytes record) { return (record.u8(0) & 0x80) != 0; }

bool is_client_hello(Bytes bytes) {
  constexpr size_t kFixed = 9;
  const uint16_t version = bytes.be16(3);
  if (!bytes.has(0, kShortHeader + kFixed) || !has_short_header(bytes) || bytes.u8(2) != kV2ClientHello) return false;
  if (version != kV2 && (version < 0x0300 || version > 0x0304)) return false;
  const size_t rest = size_t{bytes.be16(5)} + bytes.be16(7) + bytes.be16(9);
  return bytes.be16(5) % 3 == 0 && kShortHeader + kFixed + rest <= sslv2_length(bytes);
}

bool is_server_hello(Bytes bytes) {
  return has_short_header(bytes) && bytes.u8(2) == kV2ServerHello && bytes.be16(5) == kV2;
}

void show_cipher_specs(Layer& in, size_t size) {
  auto all = in.group(f.ciphersuites, size);
  all.replace("Cipher Specs (", Counted{size / 3, "spec", "specs"}, ')');
  for (size_t i = 0; i < size / 3; ++i) in(f.ssl2_handshake_cipherspec);
  in.skip(size % 3);
}

/// Bytes without a value, when there are some.
void show_part(Layer& in, const Field& field, size_t size) {
  if (size != 0) in.bytes(field, size);
}

void show_client_hello(Layer& in) {
  in(f.version);
  const uint32_t specs = in(f.cipher_spec_len);
  const uint32_t id = in(f.session_id_length);
  const uint32_t challenge = in(f.challenge_length);
  show_cipher_specs(in, specs);
  if (id != 0) {
    in.bytes(f.session_id, id);
    in.replace("Session ID (", Counted{id, "byte", "bytes"}, ')');
  }
  show_part(in, f.challenge, challenge);
}

void show_server_hello(Layer& in) {
  in(f.session_id_hit);
  in(f.ssl2_handshake_cert_type);
  in(f.version);
  const uint16_t certificate = in.be16();
  in.add(f.certificate_length, certificate, in.at() - 2, 2);
  const uint32_t specs = in(f.cipher_spec_len);
  const uint32_t id = in(f.handshake_connection_id_length);
  if (certificate != 0) {
    const Bytes bytes = in.bytes(f.certificate, certificate);
    const auto below = in.below();
    Layer part(in, bytes);
    x509::show_certificate(part);
  }
  show_cipher_specs(in, specs);
  show_part(in, f.handshake_connection_id, id);
}

void show_master_key(Layer& in) {
  in(f.ssl2_handshake_cipherspec);
  const uint32_t clear = in(f.clear_key_length);
  const uint32_t encrypted = in(f.encrypted_key_length);
  const uint32_t argument = in(f.key_arg_length);
  show_part(in, f.clear_key_data, clear);
  show_part(in, f.encrypted_key, encrypted);
  show_part(in, f.key_arg, argument);
}

void show_plain(Layer& in, Bytes record, uint8_t type) {
  const size_t header = has_short_header(record) ? kShortHeader : kLongHeader;
  Layer part(in, record);
  part.add(f.record_length, sslv2_length(record) - header, 0, header);
  part.seek(header);
  part(f.ssl2_handshake_type);
  if (type == kV2ClientHello) show_client_hello(part);
  if (type == kV2ServerHello) show_server_hello(part);
  if (type == kMasterKey) show_master_key(part);
}

}  // namespace

size_t sslv2_length(Bytes bytes) {
  return has_short_header(bytes) ? kShortHeader + (bytes.be16(0) & 0x7FFF) : kLongHeader + (bytes.be16(0) & 0x3FFF);
}

bool looks_like_sslv2(const Session& session, Bytes bytes) {
  if (session.sslv2 >= Sslv2::agreed) return bytes.wire_size() >= kLongHeader && sslv2_length(bytes) > kLongHeader;
  return is_client_hello(bytes) || (session.sslv2 == Sslv2::offered && is_server_hello(bytes));
}

void dissect_sslv2(Layer& in, Session& session, Bytes record) {
  Context& context = in.context();
  const uint8_t type = record.u8(has_short_header(record) ? kShortHeader : kLongHeader);
  const bool is_plain =
      session.sslv2 != Sslv2::encrypted && (type == kV2ClientHello || type == kV2ServerHello || type == kMasterKey);
  const std::string_view name = is_plain ? name_of(kSslv2Messages, type) : std::string_view("Encrypted Data");
  context.set_protocol(kName);
  context.keep_info(name);
  if (is_plain && type == kV2ClientHello && session.sslv2 == Sslv2::none) session.sslv2 = Sslv2::offered;
  if (is_plain && type == kV2ServerHello) session.sslv2 = Sslv2::agreed;
  if (is_plain && type == kMasterKey) session.sslv2 = Sslv2::encrypted;
  if (in.tree() == nullptr) return;
  auto line = in.group(f.record, in.at(), record.size());
  line.replace(kName, " Record Layer: ", name);
  in.conclude(f.record_version, kV2, in.at());
  if (is_plain) show_plain(in, record, type);
}

}  // namespace tracedrop::dissect::tls
