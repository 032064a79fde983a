// Extensions of TLS hellos (RFC 8446, section 4.2), and what of a hello makes its fingerprint.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocols/application/tls/tls.h"

namespace tracedrop::dissect::tls {

/// RFC 8701: values that mean nothing, by which clients keep servers from choking on what they do not know.
inline bool is_grease(uint32_t value) { return (value & 0x0F0F) == 0x0A0A && (value >> 8) == (value & 0xFF); }

/// What JA3 and JA4 are made of, in the order of the hello, without GREASE.
struct Fingerprint {
  Carrier carrier = Carrier::tcp;
  uint16_t version = 0;          ///< of the hello
  uint16_t highest_version = 0;  ///< that it offers
  std::vector<uint16_t> suites, extensions, groups, algorithms;
  std::vector<uint8_t> point_formats;
  std::string_view first_application;  ///< ALPN
  bool has_application = false;
  bool is_cut = false;  ///< there are fewer extensions than their length says
};

/// The hello, or other message, that extensions stand in.
struct Extensions {
  uint8_t message;
  Session& session;
  Fingerprint& fingerprint;

  bool is_client() const { return message == kClientHello; }
  bool is_answer() const {
    return message == kServerHello || message == kHelloRetryRequest || message == kEncryptedExtensions;
  }
};

/// "Extensions Length", and each of them; false when there are not as many bytes as it says.
bool show_extensions(Layer& in, Extensions& extensions);

/// Whether there is one of `type` in the extensions that begin at `extensions` with their length.
bool has_extension(Bytes extensions, uint16_t type);

/// The signature algorithms of a vector of them.
void show_signature_algorithms(Layer& in, std::vector<uint16_t>* found);
/// A Name, as `field`; and a vector of them.
void show_distinguished_name(Layer& in, const Field& field, Bytes name);
void show_distinguished_names(Layer& in);
/// CertificateStatus (RFC 6066, section 8).
void show_certificate_status(Layer& in);

/// JA3, JA4: the lines at the end of a hello.
void show_fingerprint(Layer& in, const Fingerprint& fingerprint, bool is_client);

}  // namespace tracedrop::dissect::tls
