// OCSP responses, as a server staples them (RFC 6960, section 4.2.1).
#include "protocols/application/tls/x509.h"

namespace tracedrop::dissect::x509 {

namespace {

using ber::Element;
using ber::next;

constexpr std::string_view kBasicResponse = "1.3.6.1.5.5.7.48.1.1";

/// The element that another one wraps, with a tag of its own.
template <typename Read>
void unwrap(Layer& in, const Element& wrapped, const Read& read) {
  if (!wrapped) return;
  Layer part(in, wrapped.body);
  read(part, next(part));
}

void show_extensions(Layer& in, const Field& field, const Element& wrapped) {
  unwrap(in, wrapped, [&](Layer& part, const Element& list) { each(part, field, list, show_extension); });
}

void show_responder(Layer& in, const Element& responder) {
  if (!responder) return;
  in.add(f.responder, responder.tag & 0x1F, responder.body_at, responder.body.size());
  const auto below = in.below();
  if (responder.is(ber::context(1, true))) {
    in.add(f.by_name, 0, responder.body_at, responder.body.size());
    const auto names = in.below();
    Layer part(in, responder.body);
    show_name(part, f.rdns);
  } else {
    unwrap(in, responder,
           [](Layer& part, const Element& key) { part.add_bytes(f.by_key, key.body_at, key.body.size()); });
  }
}

void show_certificate_id(Layer& in, Layer::Branch&) {
  show_algorithm(in, f.hash_algorithm);
  for (const Field* field : {&f.issuer_name_hash, &f.issuer_key_hash}) {
    const Element hash = next(in);
    if (hash) in.add_bytes(*field, hash.body_at, hash.body.size());
  }
  ber::show_large_number(in, f.status_serial_number, next(in));
}

void show_status(Layer& in, const Element& status) {
  if (!status) return;
  const uint8_t kind = status.tag & 0x1F;
  in.add(f.certificate_status, kind, status.body_at, status.body.size());
  const auto below = in.below();
  if (kind != 1) return in.add_bytes(kind == 0 ? f.good : f.unknown, status.body_at, status.body.size());
  const auto line = in.group(f.revoked, status.body_at, status.body.size());
  Layer part(in, status.body);
  show_generalized_time(part, f.revocation_time, next(part));
  if (part.left() == 0) return;
  unwrap(part, next(part), [](Layer& reason, const Element& number) {
    if (number) reason.add(f.revocation_reason, number.body.u8(0), number.body_at, number.body.size());
  });
}

void show_single_response(Layer& list) {
  inside(list, f.single_response, next(list), [](Layer& in, Layer::Branch&) {
    inside(in, f.certificate_id, next(in), show_certificate_id);
    show_status(in, next(in));
    show_generalized_time(in, f.this_update, next(in));
    while (in.ok() && in.left() > 0) {
      const Element one = next(in);
      if (one.is(ber::context(0, true)))
        unwrap(in, one, [](Layer& part, const Element& time) { show_generalized_time(part, f.next_update, time); });
      if (one.is(ber::context(1, true))) show_extensions(in, f.single_extensions, one);
    }
  });
}

void show_response_data(Layer& in, Layer::Branch&) {
  if (ber::peek(in) == ber::context(0, true))
    unwrap(in, next(in), [](Layer& part, const Element& number) {
      if (number) part.add(f.response_version, number.body.u8(0), number.body_at, number.body.size());
    });
  show_responder(in, next(in));
  show_generalized_time(in, f.produced_at, next(in));
  each(in, f.responses, next(in), show_single_response);
  if (in.left() > 0) show_extensions(in, f.response_extensions, next(in));
}

void show_certificates(Layer& in, const Element& wrapped) {
  unwrap(in, wrapped, [](Layer& part, const Element& list) {
    each(part, f.certs, list, [](Layer& certificates) {
      inside(certificates, f.responder_certificate, next(certificates), [](Layer& one, Layer::Branch& line) {
        const std::string subject = show_certificate_body(one);
        line.append(' ', subject);
      });
    });
  });
}

void show_basic_response(Layer& in, Layer::Branch&) {
  inside(in, f.response_data, next(in), show_response_data);
  show_algorithm(in, f.response_signature_algorithm);
  show_bit_string(in, f.response_signature, next(in));
  if (in.left() > 0) show_certificates(in, next(in));
}

void show_response_bytes(Layer& in, Layer::Branch&) {
  const Element type = next(in);
  if (!type.is(ber::kObjectId)) return;
  const std::string id = ber::oid(type.body);
  in.add_text(f.response_type, id + " (" + ber::oid_name(type.body) + ')', type.body_at, type.body.size());
  const Element value = next(in);
  if (!value.is(ber::kOctetString) || id != kBasicResponse) return;
  Layer part(in, value.body);
  inside(part, f.basic_response, next(part), show_basic_response);
}

}  // namespace

void show_ocsp_response(Layer& in) {
  if (in.tree() == nullptr) return;
  const auto line = in.group(f.ocsp, 0, in.left());
  const Element response = next(in);
  Layer part(in, response.body);
  const Element status = next(part);
  if (!status) return;
  part.add(f.response_status, status.body.u8(0), status.body_at, status.body.size());
  if (part.left() == 0) return;
  unwrap(part, next(part),
         [](Layer& bytes, const Element& element) { inside(bytes, f.response_bytes, element, show_response_bytes); });
}

}  // namespace tracedrop::dissect::x509
