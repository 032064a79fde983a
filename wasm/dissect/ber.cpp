#include "dissect/ber.h"

#include "dissect/tree_text.h"

namespace tracedrop::dissect::ber {

namespace {

struct OidName {
  std::string_view oid, name;
};
// RFC 5280, 3279, 4055, 4524, 5480, 6960, 8410; RFC 4519 and X.520 for attributes; RFC 6962.
constexpr OidName kNames[] = {
    {"0.9.2342.19200300.100.1.1", "uid"},
    {"0.9.2342.19200300.100.1.25", "dc"},
    {"1.2.840.10040.4.1", "id-dsa"},
    {"1.2.840.10040.4.3", "id-dsa-with-sha1"},
    {"1.2.840.10045.2.1", "id-ecPublicKey"},
    {"1.2.840.10045.3.1.1", "secp192r1"},
    {"1.2.840.10045.3.1.7", "secp256r1"},
    {"1.2.840.10045.4.1", "ecdsa-with-SHA1"},
    {"1.2.840.10045.4.3.1", "ecdsa-with-SHA224"},
    {"1.2.840.10045.4.3.2", "ecdsa-with-SHA256"},
    {"1.2.840.10045.4.3.3", "ecdsa-with-SHA384"},
    {"1.2.840.10045.4.3.4", "ecdsa-with-SHA512"},
    {"1.2.840.113533.7.65.0", "id-ce-entrustVersionInfo"},
    {"1.2.840.113549.1.1.1", "rsaEncryption"},
    {"1.2.840.113549.1.1.2", "md2WithRSAEncryption"},
    {"1.2.840.113549.1.1.4", "md5WithRSAEncryption"},
    {"1.2.840.113549.1.1.5", "sha1WithRSAEncryption"},
    {"1.2.840.113549.1.1.10", "id-RSASSA-PSS"},
    {"1.2.840.113549.1.1.11", "sha256WithRSAEncryption"},
    {"1.2.840.113549.1.1.12", "sha384WithRSAEncryption"},
    {"1.2.840.113549.1.1.13", "sha512WithRSAEncryption"},
    {"1.2.840.113549.1.9.1", "pkcs-9-at-emailAddress"},
    {"1.2.840.113549.1.9.2", "pkcs-9-at-unstructuredName"},
    {"1.3.132.0.34", "secp384r1"},
    {"1.3.132.0.35", "secp521r1"},
    {"1.3.14.3.2.26", "SHA-1"},
    {"1.3.6.1.4.1.11129.2.4.2", "SignedCertificateTimestampList"},
    {"1.3.6.1.5.5.7.1.1", "id-pe-authorityInfoAccess"},
    {"1.3.6.1.5.5.7.1.24", "id-pe-tlsfeature"},
    {"1.3.6.1.5.5.7.2.1", "id-qt-cps"},
    {"1.3.6.1.5.5.7.2.2", "id-qt-unotice"},
    {"1.3.6.1.5.5.7.3.1", "id-kp-serverAuth"},
    {"1.3.6.1.5.5.7.3.2", "id-kp-clientAuth"},
    {"1.3.6.1.5.5.7.3.3", "id-kp-codeSigning"},
    {"1.3.6.1.5.5.7.3.4", "id-kp-emailProtection"},
    {"1.3.6.1.5.5.7.3.8", "id-kp-timeStamping"},
    {"1.3.6.1.5.5.7.3.9", "OCSPSigning"},
    {"1.3.6.1.5.5.7.48.1", "id-ad-ocsp"},
    {"1.3.6.1.5.5.7.48.1.1", "id-pkix-ocsp-basic"},
    {"1.3.6.1.5.5.7.48.1.5", "id-pkix-ocsp-nocheck"},
    {"1.3.6.1.5.5.7.48.2", "id-ad-caIssuers"},
    {"2.16.840.1.113730.1.1", "ns_cert_exts.cert_type"},
    {"2.16.840.1.113730.1.13", "ns_cert_exts.comment"},
    {"2.5.29.14", "id-ce-subjectKeyIdentifier"},
    {"2.5.29.15", "id-ce-keyUsage"},
    {"2.5.29.16", "id-ce-privateKeyUsagePeriod"},
    {"2.5.29.17", "id-ce-subjectAltName"},
    {"2.5.29.18", "id-ce-issuerAltName"},
    {"2.5.29.19", "id-ce-basicConstraints"},
    {"2.5.29.30", "id-ce-nameConstraints"},
    {"2.5.29.31", "id-ce-cRLDistributionPoints"},
    {"2.5.29.32", "id-ce-certificatePolicies"},
    {"2.5.29.32.0", "anyPolicy"},
    {"2.5.29.33", "id-ce-policyMappings"},
    {"2.5.29.35", "id-ce-authorityKeyIdentifier"},
    {"2.5.29.36", "id-ce-policyConstraints"},
    {"2.5.29.37", "id-ce-extKeyUsage"},
    {"2.5.29.37.0", "anyExtendedKeyUsage"},
    {"2.5.4.3", "id-at-commonName"},
    {"2.5.4.4", "id-at-surname"},
    {"2.5.4.5", "id-at-serialNumber"},
    {"2.5.4.6", "id-at-countryName"},
    {"2.5.4.7", "id-at-localityName"},
    {"2.5.4.8", "id-at-stateOrProvinceName"},
    {"2.5.4.9", "id-at-streetAddress"},
    {"2.5.4.10", "id-at-organizationName"},
    {"2.5.4.11", "id-at-organizationalUnitName"},
    {"2.5.4.12", "id-at-title"},
    {"2.5.4.13", "id-at-description"},
    {"2.5.4.15", "id-at-businessCategory"},
    {"2.5.4.17", "id-at-postalCode"},
    {"2.5.4.41", "id-at-name"},
    {"2.5.4.42", "id-at-givenName"},
    {"2.5.4.46", "id-at-dnQualifier"},
    {"2.5.4.97", "id-at-organizationIdentifier"},
};
// Of those without a name, the arcs that are known; and arcs of which only parts have names.
constexpr OidName kArcs[] = {{"2.16.840.1.", "US company arc."},
                             {"1.2.840.", "ISO assigned OIDs, USA."},
                             {"0.", "itu-t."},
                             {"1.", "iso."},
                             {"2.", "joint-iso-itu-t."}};
constexpr OidName kNameless[] = {{"1.0.", ""}, {"2.23.", ""}};

/// How much of `numbers` is a known arc's: its whole parts that agree.
size_t agreement(std::string_view numbers, std::string_view known) {
  size_t same = 0, whole = 0;
  while (same < numbers.size() && same < known.size() && numbers[same] == known[same]) {
    if (known[same] == '.') whole = same;
    ++same;
  }
  const auto ends = [same](std::string_view text) { return same == text.size() || text[same] == '.'; };
  return ends(numbers) && ends(known) ? same : whole;
}

}  // namespace

Element next(Layer& in) {
  Element element;
  element.at = in.at();
  element.tag = in.u8();
  if ((element.tag & 0x1F) == 0x1F)
    while ((in.u8() & 0x80) != 0 && in.ok()) continue;
  size_t length = in.u8();
  if (length > 0x80) {
    size_t count = length & 0x7F;
    length = 0;
    if (count > 4) in.seek(in.all().size());
    for (; count > 0 && in.ok(); --count) length = length << 8 | in.u8();
  } else if (length == 0x80) {
    length = in.left();  // indefinite: to the end of what it stands in
  }
  element.body_at = in.at();
  element.ok = in.ok() && length <= in.left();
  if (element.ok) element.body = in.bytes(length);
  if (!element.ok) in.seek(in.all().size());
  return element;
}

std::string oid(Bytes encoded) {
  std::string numbers;
  append_oid(numbers, encoded.text());
  return numbers.empty() ? "0" : numbers;
}

std::string oid_label(Bytes encoded) {
  const std::string numbers = oid(encoded);
  size_t most = 0;
  std::string_view name;
  const auto consider = [&](const OidName& known, size_t dots) {
    const std::string_view arc = known.oid.substr(0, known.oid.size() - dots);
    const size_t agreed = agreement(numbers, arc);
    if (agreed < most || (agreed == most && !name.empty())) return;
    most = agreed;
    name = agreed == arc.size() ? known.name.substr(0, known.name.size() - std::min(dots, known.name.size())) : "";
  };
  for (const OidName& known : kNames) consider(known, 0);
  for (const OidName& arc : kArcs) consider(arc, 1);
  for (const OidName& arc : kNameless) consider(arc, 1);
  // What is ISO's own has its name only as a whole.
  if (name.empty() || name == "iso") return numbers;
  return std::string(name).append(numbers, most);
}

std::string oid_name(Bytes encoded) { return oid_name(oid(encoded)); }

std::string oid_name(const std::string& numbers) {
  for (const OidName& known : kNames)
    if (known.oid == numbers) return std::string(known.name);
  for (const OidName& arc : kArcs) {
    const size_t whole = arc.oid.size() - 1;
    if (numbers == arc.oid.substr(0, whole)) return std::string(arc.name.substr(0, arc.name.size() - 1));
    if (numbers.compare(0, arc.oid.size(), arc.oid) == 0) return std::string(arc.name).append(numbers, arc.oid.size());
  }
  return numbers;
}

void show_oid(Layer& in, const Field& field, const Element& element) {
  if (in.tree() == nullptr || !element) return;
  in.add_bytes(field, element.body_at, element.body.size());
  in.append(" (", oid_name(element.body), ')');
}

void show_large_number(Layer& in, const Field& field, const Element& element) {
  constexpr size_t kShown = 36;
  if (in.tree() == nullptr || !element) return;
  in.add_bytes(field, element.body_at, element.body.size());
  std::string digits;
  for (size_t i = 0; i < std::min(element.body.size(), kShown); ++i) append_hex(digits, element.body.u8(i), 2);
  in.replace(field.title, ": 0x", digits, element.body.size() > kShown ? "\xE2\x80\xA6" : "");
}

}  // namespace tracedrop::dissect::ber
