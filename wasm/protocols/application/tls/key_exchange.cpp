// ServerKeyExchange and ClientKeyExchange: what they hold depends on the cipher suite, whose name tells (RFC 5246,
// sections 7.4.3 and 7.4.7; RFC 8422, section 5.4; RFC 4279 and 5489 for pre-shared keys; GB/T 38636 for SM2).
#include "protocols/application/tls/tls.h"
#include "protocols/application/tls/vectors.h"
#include "protocols/application/tls/x509.h"

namespace tracedrop::dissect::tls {

namespace {

constexpr uint16_t kSsl3 = 0x0300, kTls12 = 0x0303;

/// "ECDHE_RSA" of "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"; nothing for a suite that does not tell.
std::string_view key_exchange(const Session& session) {
  if (!session.has_cipher_suite) return {};
  std::string_view name = name_of(kCipherSuites, session.cipher_suite);
  const size_t with = name.find("_WITH_");
  if (name.substr(0, 8) == "TLS_ECC_") return "ECC";
  if (with == std::string_view::npos || with < 4) return {};
  return name.substr(4, with - 4);
}

bool begins(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }
bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

void show_signature(Layer& in) {
  if (agreed_version(in.context()) >= kTls12) show_signature_algorithm(in);
  read_opaque(in, f.sig_len, f.sig);
}

void show_dh_params(Layer& in, bool is_signed) {
  const auto group = in.part_line("Diffie-Hellman Server Params");
  if (!read_opaque(in, f.p_len, f.p, 1)) return;
  if (!read_opaque(in, f.g_len, f.g, 1)) return;
  if (read_opaque(in, f.ys_len, f.ys, 1) && is_signed) show_signature(in);
}

void show_ec_params(Layer& in, bool is_signed) {
  constexpr uint32_t kNamedCurve = 3;
  const auto group = in.group_line(in.at(), in.left(), "EC Diffie-Hellman Server Params");
  if (in(f.server_curve_type) != kNamedCurve) return;
  in(f.server_named_curve);
  if (read_opaque(in, f.server_point_len, f.server_point, 1) && is_signed) show_signature(in);
}

void show_rsa_params(Layer& in) {
  const auto group = in.group_line(in.at(), in.left(), "RSA-EXPORT Server Params");
  if (!read_opaque(in, f.modulus_len, f.modulus, 1)) return;
  if (read_opaque(in, f.exponent_len, f.exponent, 1)) show_signature(in);
}

void show_hint(Layer& in) {
  const auto group = in.part_line("PSK Server Params");
  read_opaque(in, f.hint_len, f.hint);
}

/// RFC draft-cragie-tls-ecjpake.
void show_jpake_params(Layer& in) {
  const auto group = in.group_line(in.at(), in.left(), "EC J-PAKE Server Params");
  if (in(f.server_curve_type) != 3) return;
  in(f.server_named_curve);
  if (!read_opaque(in, f.xs_len, f.xs) || !read_opaque(in, f.vs_len, f.vs)) return;
  read_opaque(in, f.rs_len, f.rs);
}

void show_unknown(Layer& in, const Field& expert, Severity severity, ExpertGroup kind, std::string_view text) {
  in.line(in.at(), in.left(), text);
  in.expert(expert, severity, kind, text);
}

void show_undecoded(Layer& in, std::string_view kind) {
  std::string_view text = f.ciphersuite_undecoded.title;
  if (begins(kind, "KRB5"))
    text =
        "Kerberos ciphersuites (RFC 2712) are not implemented, contact Wireshark developers if you want them to be "
        "supported";
  if (begins(kind, "SRP"))
    text =
        "SRP_SHA ciphersuites (RFC 5054) are not implemented, contact Wireshark developers if you want them to be "
        "supported";
  show_unknown(in, f.ciphersuite_undecoded, Severity::note, ExpertGroup::undecoded, text);
}

void show_premaster(Layer& in, std::string_view title) {
  const auto group = in.group_line(in.at(), in.left(), title);
  if (agreed_version(in.context()) == kSsl3) {
    in.bytes(f.epms, in.left());
  } else {
    read_opaque(in, f.epms_len, f.epms);
  }
}

void show_dh_key(Layer& in) {
  const auto group = in.part_line("Diffie-Hellman Client Params");
  read_opaque(in, f.yc_len, f.yc);
}

void show_ec_key(Layer& in) {
  const auto group = in.part_line("EC Diffie-Hellman Client Params");
  read_opaque(in, f.client_point_len, f.client_point);
}

void show_identity(Layer& in, bool has_premaster) {
  const auto group = in.part_line(has_premaster ? "RSA PSK Client Params" : "PSK Client Params");
  if (read_opaque(in, f.identity_len, f.identity) && has_premaster) read_opaque(in, f.epms_len, f.epms);
}

void show_jpake_key(Layer& in) {
  const auto group = in.group_line(in.at(), in.left(), "EC J-PAKE Client Params");
  if (!read_opaque(in, f.xc_len, f.xc) || !read_opaque(in, f.vc_len, f.vc)) return;
  read_opaque(in, f.rc_len, f.rc);
}

}  // namespace

void show_server_key_exchange(Layer& in, const Session& session) {
  const std::string_view kind = key_exchange(session);
  if (has(kind, "PSK")) show_hint(in);
  const bool is_signed = !has(kind, "anon") && !has(kind, "PSK");
  if (begins(kind, "ECDH")) return show_ec_params(in, is_signed);
  if (begins(kind, "DHE_") || begins(kind, "DH_anon")) return show_dh_params(in, is_signed);
  if (has(kind, "PSK")) return;
  if (begins(kind, "RSA")) return show_rsa_params(in);
  if (begins(kind, "ECJPAKE")) return show_jpake_params(in);
  if (begins(kind, "DH_") || begins(kind, "KRB5"))
    return show_unknown(in, f.server_keyex_illegal, Severity::warning, ExpertGroup::protocol,
                        f.server_keyex_illegal.title);
  if (kind != "ECC") return show_undecoded(in, kind);
  const auto group = in.group_line(in.at(), in.left(), "ECC-SM2-EXPORT Server Params");
  read_opaque(in, f.sig_len, f.sig);
}

void show_client_key_exchange(Layer& in, const Session& session) {
  const std::string_view kind = key_exchange(session);
  if (has(kind, "PSK")) show_identity(in, begins(kind, "RSA"));
  if (begins(kind, "ECDH")) return show_ec_key(in);
  if (begins(kind, "DH")) return show_dh_key(in);
  if (has(kind, "PSK")) return;
  if (begins(kind, "RSA")) return show_premaster(in, "RSA Encrypted PreMaster Secret");
  if (kind == "ECC") return show_premaster(in, "ECC-SM2 Encrypted PreMaster Secret");
  if (begins(kind, "ECJPAKE")) return show_jpake_key(in);
  show_undecoded(in, kind);
}

}  // namespace tracedrop::dissect::tls
