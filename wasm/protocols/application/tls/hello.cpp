// ClientHello and ServerHello begin alike (RFC 8446, section 4.1): legacy version (2), random (32), session id (1 + n);
// then the client's cipher suites (2 + n) and compression methods (1 + n), or the server's one suite (2) and method
// (1); then extensions (2 + n).
#include "protocols/application/tls/extensions.h"
#include "protocols/application/tls/vectors.h"
#include "protocols/application/tls/x509.h"

namespace tracedrop::dissect::tls {

namespace {

constexpr uint16_t kTls13 = 0x0304;
constexpr uint16_t kSupportedVersions = 43;

void warn_of_version(Layer& in, uint16_t version, bool is_client, bool has_versions) {
  if (version == kTls13) {
    const Field& field = is_client ? f.client_version_error : f.server_version_error;
    in.expert(field, Severity::warning, ExpertGroup::protocol, field.title);
  } else if (has_versions) {
    in.expert(f.legacy_version, Severity::chat, ExpertGroup::deprecated, f.legacy_version.title);
  }
}

/// Where a hello's extensions begin.
size_t extensions_at(Bytes hello, bool is_client, bool has_cookie) {
  Cursor in(hello);
  in.skip(34);
  in.skip(in.u8());
  if (!is_client) return in.at() + 3;
  if (has_cookie) in.skip(in.u8());
  in.skip(in.be16());
  in.skip(in.u8());
  return in.at();
}

void show_random(Layer& in, bool is_retry) {
  const size_t from = in.at();
  in.bytes(f.random, 32);
  if (in.ok() && is_retry) in.append(" (HelloRetryRequest magic)");
  if (!in.ok() || is_retry || agreed_version(in.context()) == kTls13) return;
  const auto below = in.below();
  in.add(f.random_time, uint64_t{in.all().be32(from)} * 1'000'000'000, from, 4);
  in.add_bytes(f.random_bytes, from + 4, 28);
}

/// Its length has one byte, in SSLv2 two.
void show_session_id(Layer& in) {
  const size_t length = in.u8();
  in.add(f.session_id_length, length, in.at() - 1, 1);
  if (length != 0) in.bytes(f.session_id, length);
}

bool show_client_choices(Layer& in, Fingerprint& fingerprint) {
  const List suites{f.cipher_suites_length, f.ciphersuites, f.ciphersuite, "Cipher Suites", "suite", "suites"};
  const List methods{f.comp_methods_length, f.comp_methods, f.comp_method, "Compression Methods", "method", "methods"};
  const size_t from = in.at();
  const size_t suites_size = in.all().be16(from);
  if (in.left() < 2 + suites_size) {
    read_list(in, suites, 2, [](uint32_t) {});
    return false;
  }
  read_list(in, suites, 2, [&](uint32_t suite) {
    if (!is_grease(suite)) fingerprint.suites.push_back(static_cast<uint16_t>(suite));
  });
  const bool is_whole = in.left() > in.rest().u8(0);
  read_list(in, methods, 1, [](uint32_t) {});
  return is_whole;
}

}  // namespace

void show_hello(Layer& in, Session& session, bool is_client) {
  constexpr uint64_t kRetryRandomStart = 0xCF21AD74E59A6111;
  Fingerprint fingerprint;
  fingerprint.carrier = session.carrier;
  const bool is_retry = !is_client && in.all().be64(in.at() + 2) == kRetryRandomStart;
  const uint8_t message = is_client ? kClientHello : is_retry ? kHelloRetryRequest : kServerHello;
  const Bytes hello = in.rest();
  const bool has_versions =
      has_extension(hello.from(extensions_at(hello, is_client, session.carrier == Carrier::dtls)), kSupportedVersions);
  fingerprint.version = static_cast<uint16_t>(in(f.version));
  warn_of_version(in, fingerprint.version, is_client, has_versions);
  show_random(in, is_retry);
  show_session_id(in);
  if (!in.ok()) return;
  if (is_client && session.carrier == Carrier::dtls) dtls::show_cookie(in);
  if (is_client) {
    if (!show_client_choices(in, fingerprint)) return;
  } else {
    fingerprint.suites.push_back(static_cast<uint16_t>(in(f.ciphersuite)));
    in(f.comp_method);
  }
  if (!in.ok()) return;
  Extensions extensions{message, session, fingerprint};
  if (in.left() > 0) fingerprint.is_cut = !show_extensions(in, extensions);
  show_fingerprint(in, fingerprint, is_client);
}

}  // namespace tracedrop::dissect::tls
