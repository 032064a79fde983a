// Fingerprints of hellos: JA3 (salesforce/ja3) and JA4 (FoxIO), as their own descriptions give them, as lists and as
// their hashes.
#include <algorithm>

#include "crypto/crypto.h"
#include "protocols/application/tls/extensions.h"
#include "protocols/application/tls/x509.h"

namespace tracedrop::dissect::tls {

namespace {

template <typename Values>
void append_joined(std::string& out, const Values& values) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (i != 0) out += '-';
    append_number(out, values[i]);
  }
}

void append_joined_hex(std::string& out, const std::vector<uint16_t>& values) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (i != 0) out += ',';
    append_hex(out, values[i], 4);
  }
}

std::string_view ja4_version(uint16_t version) {
  switch (version) {
    case 0x0304: return "13";
    case 0x0303: return "12";
    case 0x0302: return "11";
    case 0x0301: return "10";
    case 0x0300: return "s3";
    case 0x0002: return "s2";
    case 0x0100: return "s1";
    case 0xFEFC: return "d3";
    case 0xFEFD: return "d2";
    case 0xFEFF: return "d1";
    default: return "00";
  }
}

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); }

/// The first and the last character of the first protocol, or of its bytes in hexadecimal.
void append_application(std::string& out, std::string_view name) {
  if (name.empty()) {
    out += "00";
  } else if (is_alphanumeric(name.front()) && is_alphanumeric(name.back())) {
    out += name.front();
    out += name.back();
  } else {
    append_hex(out, static_cast<uint8_t>(name.front()) >> 4, 1);
    append_hex(out, static_cast<uint8_t>(name.back()) & 0xF, 1);
  }
}

/// The three parts of JA4.
struct Ja4 {
  std::string head, suites, extensions;
};

Ja4 ja4(const Fingerprint& print) {
  constexpr uint16_t kServerName = 0, kApplications = 16;
  const bool has_name = std::count(print.extensions.begin(), print.extensions.end(), kServerName) != 0;
  const uint16_t version = print.highest_version != 0 ? print.highest_version : print.version;
  Ja4 out;
  append(out.head, static_cast<char>(print.carrier), ja4_version(version), has_name ? 'd' : 'i');
  append_padded(out.head, std::min<size_t>(print.suites.size(), 99), 2);
  append_padded(out.head, std::min<size_t>(print.extensions.size(), 99), 2);
  append_application(out.head, print.first_application);
  std::vector<uint16_t> suites = print.suites, extensions;
  for (const uint16_t type : print.extensions)
    if (type != kServerName && type != kApplications) extensions.push_back(type);
  std::sort(suites.begin(), suites.end());
  std::sort(extensions.begin(), extensions.end());
  append_joined_hex(out.suites, suites);
  append_joined_hex(out.extensions, extensions);
  if (!print.algorithms.empty()) out.extensions += '_';
  append_joined_hex(out.extensions, print.algorithms);
  return out;
}

std::string hashed(crypto::Hash hash, const std::string& text) {
  std::string out;
  const crypto::Digest digest = crypto::digest(hash, Bytes::of(text));
  for (size_t i = 0; i < digest.size; ++i) append_hex(out, digest.bytes[i], 2);
  return out;
}

/// The first twelve digits of a part's hash; of nothing, zeros.
std::string ja4_hash(const std::string& part) {
  constexpr size_t kDigits = 12;
  return part.empty() ? std::string(kDigits, '0') : hashed(crypto::Hash::sha256, part).substr(0, kDigits);
}

std::string ja3(const Fingerprint& print) {
  std::string out;
  append(out, print.version, ',');
  append_joined(out, print.suites);
  out += ',';
  if (print.is_cut) return out;
  append_joined(out, print.extensions);
  out += ',';
  append_joined(out, print.groups);
  out += ',';
  append_joined(out, print.point_formats);
  return out;
}

std::string ja3s(const Fingerprint& print) {
  std::string out;
  append(out, print.version, ',');
  append_joined(out, print.suites);
  out += ',';
  append_joined(out, print.extensions);
  return out;
}

}  // namespace

void show_fingerprint(Layer& in, const Fingerprint& fingerprint, bool is_client) {
  if (in.tree() == nullptr) return;
  const Field& full = is_client ? f.ja3_full : f.ja3s_full;
  if (is_client) {
    const Ja4 parts = ja4(fingerprint);
    in.conclude_text(f.ja4, parts.head + '_' + ja4_hash(parts.suites) + '_' + ja4_hash(parts.extensions), in.at());
    in.conclude_text(f.ja4_r, parts.head + '_' + parts.suites + '_' + parts.extensions, in.at());
  }
  const std::string text = is_client ? ja3(fingerprint) : ja3s(fingerprint);
  in.conclude_text(full, text, in.at());
  in.conclude_text(is_client ? f.ja3 : f.ja3s, hashed(crypto::Hash::md5, text), in.at());
}

}  // namespace tracedrop::dissect::tls
