// X.509 certificates in the tree (RFC 5280).
#pragma once

#include <string>

#include "dissect/ber.h"
#include "protocols/application/tls/fields.h"
#include "protocols/application/tls/x509_fields.h"

namespace tracedrop::dissect {

namespace tls {

/// All fields that TLS reports.
struct AllFields {
  Fields tls;
  x509::Fields x509;
};
inline constexpr AllFields all_fields;
inline constexpr const Fields& f = all_fields.tls;

/// RFC 6962, section 3.3.
void show_signed_timestamps(Layer& in);

}  // namespace tls

namespace x509 {

inline constexpr const Fields& f = tls::all_fields.x509;

/// The lines of a certificate that `in` holds; and those of its contents alone, which tell whose it is.
void show_certificate(Layer& in);
std::string show_certificate_body(Layer& in);
/// A response of OCSP (RFC 6960) that `in` holds.
void show_ocsp_response(Layer& in);
/// AlgorithmIdentifier; its name stands behind the line's own text.
std::string show_algorithm(Layer& in, const Field& field);
/// One of a list of extensions.
void show_extension(Layer& list);
/// A GeneralizedTime's contents, as a value.
void show_generalized_time(Layer& in, const Field& field, const ber::Element& time);
/// The value of one extension.
void show_extension_value(Layer& in, const std::string& id);
/// The contents of a Name: the line `field` ("rdnSequence: 2 items (…)") and those below. Returns the name.
std::string show_name(Layer& in, const Field& field);
/// The relative names of a Name, below the last line. Returns the name: "(id-at-countryName=US,…)".
std::string show_relative_names(Layer& in);

/// The elements that `in` holds.
size_t count_elements(Bytes body);
/// Contents of a bit string: its padding, and the rest as `field`.
void show_bit_string(Layer& in, const Field& field, const ber::Element& element);
/// A line that spans an element with its header, and what `read` reads of its contents.
template <typename Read>
void inside(Layer& in, const Field& field, const ber::Element& element, const Read& read) {
  if (!element) return;
  auto line = in.group(field, element.at, element.size());
  Layer part(in, element.body);
  read(part, line);
}
/// The same of a line "4 items" that spans the contents alone, for what is a list.
template <typename Read>
void each(Layer& in, const Field& field, const ber::Element& element, const Read& read) {
  if (!element) return;
  in.add(field, count_elements(element.body), element.body_at, element.body.size());
  const auto below = in.below();
  Layer part(in, element.body);
  while (part.ok() && part.left() > 0) read(part);
}

}  // namespace x509

}  // namespace tracedrop::dissect
