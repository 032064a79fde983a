// The lines of handshake messages: type (1), length (3), body (RFC 8446, section 4; RFC 5246, section 7.4).
#include "protocols/application/tls/extensions.h"
#include "protocols/application/tls/vectors.h"
#include "protocols/application/tls/x509.h"

namespace tracedrop::dissect::tls {

namespace {

constexpr uint16_t kSsl3 = 0x0300, kTls12 = 0x0303, kTls13 = 0x0304;

bool is_tls13(const Layer& in) { return agreed_version(in.context()) == kTls13; }

void show_extensions_of(Layer& in, Session& session, uint8_t message) {
  Fingerprint unused;
  Extensions extensions{message, session, unused};
  show_extensions(in, extensions);
}

void show_request_context(Layer& in) {
  Bytes body;
  if (!read_vector(in, f.certificate_request_context_length, body) || body.empty()) return;
  in.add_bytes(f.certificate_request_context, in.at() - body.size(), body.size());
}

/// Lines below the last one, of bytes that are in it.
template <typename Show>
void show_below(Layer& in, Bytes bytes, const Show& show) {
  const auto below = in.below();
  Layer part(in, bytes);
  show(part);
}

void show_certificates(Layer& in, Session& session) {
  if (is_tls13(in)) show_request_context(in);
  Bytes body;
  if (!read_vector(in, f.certificates_length, body)) return;
  if (body.empty()) return;
  auto all = in.group(f.certificates, in.at() - body.size(), body.size());
  all.append(" (", Counted{body.size(), "byte", "bytes"}, ')');
  Layer list(in, body);
  while (list.ok() && list.left() > 0) {
    Bytes certificate;
    if (!read_vector(list, f.certificate_length, certificate, 1)) return;
    list.add_bytes(f.certificate, list.at() - certificate.size(), certificate.size());
    show_below(list, certificate, x509::show_certificate);
    if (is_tls13(in)) show_extensions_of(list, session, kCertificate);
  }
}

void show_certificate_request(Layer& in, Session& session) {
  if (is_tls13(in)) {
    show_request_context(in);
    return show_extensions_of(in, session, kCertificateRequest);
  }
  read_list(in, {f.cert_types_count, f.cert_types, f.cert_type, "Certificate types", "type", "types"}, 1,
            [](uint32_t) {});
  if (agreed_version(in.context()) >= kTls12) show_signature_algorithms(in, nullptr);
  if (in.left() > 0) show_distinguished_names(in);
}

void show_ticket(Layer& in, Session& session) {
  const auto group = in.group_line(in.at(), in.left(), "TLS Session Ticket");
  in(f.session_ticket_lifetime_hint);
  if (is_tls13(in)) {
    in(f.session_ticket_age_add);
    if (!read_opaque(in, f.session_ticket_nonce_length, f.session_ticket_nonce)) return;
  }
  if (!read_opaque(in, f.session_ticket_length, f.handshake_session_ticket)) return;
  if (is_tls13(in)) show_extensions_of(in, session, kNewSessionTicket);
}

void show_certificate_verify(Layer& in) {
  if (agreed_version(in.context()) >= kTls12) show_signature_algorithm(in);
  read_opaque(in, f.client_cert_vrfy_sig_len, f.client_cert_vrfy_sig);
}

/// RFC 6066, section 5.
void show_certificate_urls(Layer& in) {
  in(f.cert_url_type);
  Bytes body;
  if (!read_vector(in, f.cert_url_url_hash_len, body, 1)) return;
  Layer list(in, body);
  while (list.ok() && list.left() > 0) {
    const auto one = list.part(f.cert_url_url_hash);
    if (!read_opaque(list, f.cert_url_url_len, f.cert_url_url, 1)) return;
    list.skip(1);
    list.add_bytes(f.cert_url_padding, list.at() - 1, 1);
    list.bytes(f.cert_url_sha1, 20);
  }
}

void show_finished(Layer& in) {
  if (agreed_version(in.context()) != kSsl3) return show_rest(in, f.verify_data);
  in.bytes(f.md5_hash, 16);
  in.bytes(f.sha_hash, 20);
}

void show_compressed_certificate(Layer& in) {
  in(f.compress_certificate_algorithm);
  in(f.compress_certificate_uncompressed_length);
  read_opaque(in, f.compress_certificate_compressed_certificate_message_length,
              f.compress_certificate_compressed_certificate_message, 1);
}

}  // namespace

void show_body(Layer& in, Session& session, uint8_t type) {
  switch (type) {
    case kClientHello:
    case kServerHello: return show_hello(in, session, type == kClientHello);
    case kNewSessionTicket: return show_ticket(in, session);
    case kEncryptedExtensions: return show_extensions_of(in, session, kEncryptedExtensions);
    case kCertificate: return show_certificates(in, session);
    case kServerKeyExchange: return show_server_key_exchange(in, session);
    case kCertificateRequest: return show_certificate_request(in, session);
    case kCertificateVerify: return show_certificate_verify(in);
    case kClientKeyExchange: return show_client_key_exchange(in, session);
    case kFinished: return show_finished(in);
    case kCertificateUrl: return show_certificate_urls(in);
    case kCertificateStatus: return show_certificate_status(in);
    case kCompressedCertificate: return show_compressed_certificate(in);
    default: return;
  }
}

namespace {

bool is_retry(Bytes message) {
  constexpr uint64_t kRetryRandomStart = 0xCF21AD74E59A6111;
  return message.u8(0) == kServerHello && message.be64(6) == kRetryRandomStart;
}

}  // namespace

void show_distinguished_name(Layer& in, const Field& field, Bytes name) {
  if (in.tree() == nullptr) return;
  Layer part(in, name);
  const ber::Element sequence = ber::next(part);
  auto line = part.group(field, sequence.body_at, sequence.body.size());
  Layer names(part, sequence.body);
  line.replace(field.title, ": ", x509::show_relative_names(names));
}

void show_distinguished_names(Layer& in) {
  Bytes body;
  if (!read_vector(in, f.dnames_len, body)) return;
  if (body.empty()) return;
  auto all = in.group(f.dnames, in.at() - body.size(), body.size());
  all.append(" (", Counted{body.size(), "byte", "bytes"}, ')');
  Layer list(in, body);
  while (list.ok() && list.left() > 0) {
    Bytes name;
    if (!read_vector(list, f.dname_len, name, 1)) return;
    show_distinguished_name(list, f.dname, name);
  }
}

void show_certificate_status(Layer& in) {
  constexpr uint32_t kOcsp = 1, kOcspMulti = 2;
  const uint32_t kind = in(f.status_request_type);
  const auto show_one = [](Layer& list) {
    Bytes response;
    if (!read_vector(list, f.ocsp_response_len, response, 1)) return false;
    Layer part(list, response);
    x509::show_ocsp_response(part);
    return true;
  };
  if (kind == kOcsp) {
    show_one(in);
  } else if (kind == kOcspMulti) {
    Bytes body;
    if (!read_vector(in, f.ocsp_response_list_len, body, 1)) return;
    Layer list(in, body);
    while (list.ok() && list.left() > 0 && show_one(list)) continue;
  }
}

void show_message(Layer& outer, Session& session, Bytes message) {
  if (outer.tree() == nullptr) return;
  Layer in(outer, message);
  {
    auto line = in.group(f.handshake, message.size());
    const uint32_t type = in(f.type);
    line.append(": ", is_retry(message) ? std::string_view("Hello Retry Request") : f.type.names.of(type));
    in(f.handshake_length);
    show_body(in, session, static_cast<uint8_t>(type));
  }
  if (message.u8(0) == kKeyUpdate) in(f.key_update_request_update);
}

void write_lifetime(std::string& out, uint64_t seconds) {
  append(out, Counted{seconds, "second", "seconds"});
  if (seconds < 60) return;
  std::string parts;
  const auto add = [&parts](uint64_t count, std::string_view one, std::string_view many) {
    if (count != 0) append(parts, parts.empty() ? "" : ", ", Counted{count, one, many});
  };
  add(seconds / 86400, "day", "days");
  add(seconds / 3600 % 24, "hour", "hours");
  add(seconds / 60 % 60, "minute", "minutes");
  add(seconds % 60, "second", "seconds");
  append(out, " (", parts, ')');
}

}  // namespace tracedrop::dissect::tls
