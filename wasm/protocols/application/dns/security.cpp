// Records of keys and of what they prove that are not DNSSEC's: DANE, TSIG and their like. Info shows their types only.
#include "dissect/escape.h"
#include "protocols/application/dns/fields.h"
#include "protocols/application/dns/record.h"

namespace tracedrop::dissect::dns {

namespace {

constexpr uint64_t kNsPerSecond = 1'000'000'000;

// RFC 4255, section 3.1: algorithm (1), fingerprint type (1), fingerprint.
void dissect_sshfp(Record& record) {
  record.in(f.sshfp_algorithm);
  record.in(f.sshfp_fingerprint_type);
  rest(record, f.sshfp_fingerprint);
}

// RFC 6698, section 2.1: usage (1), selector (1), matching type (1), data.
void dissect_tlsa(Record& record) {
  record.in(f.tlsa_certificate_usage);
  record.in(f.tlsa_selector);
  record.in(f.tlsa_matching_type);
  rest(record, f.tlsa_certificate_association_data);
}

/// The code of an operation's result, and bytes with their size (2) before.
void sized(Record& record, const Field& size_field, const Field& bytes_field) {
  const size_t size = record.in(size_field);
  if (size > 0) record.in.bytes(bytes_field, size);
}

// RFC 8945, section 4.2: algorithm, time (6), fudge (2), MAC (size (2), bytes), original id (2), error (2), other (size
// (2), bytes).
void dissect_tsig(Record& record) {
  MessageLayer& in = record.in;
  const Name algorithm = read_name(in, f.tsig_algorithm_name);
  const uint64_t high = in.be16();
  const uint64_t seconds = high << 32 | in.be32();
  if (in.ok()) in.note(f.tsig_time_signed, seconds * kNsPerSecond, 6);
  in(f.tsig_fudge);
  const size_t mac_size = in(f.tsig_mac_size);
  if (mac_size > 0) {
    in.bytes(f.tsig_mac, mac_size);
    const bool is_gss = algorithm.text == "gss-tsig" || algorithm.text == "gss.microsoft.com";
    if (in.ok() && !is_gss)
      in.expert(f.tsig_noalg, Severity::warning, ExpertGroup::undecoded, "No dissector for algorithm:", algorithm.text);
  }
  in(f.tsig_original_id);
  in(f.tsig_error);
  sized(record, f.tsig_other_len, f.tsig_other_data);
}

// RFC 2930, section 2: algorithm, inception (4), expiration (4), mode (2), error (2), key and other (size (2), bytes).
void dissect_tkey(Record& record) {
  MessageLayer& in = record.in;
  read_name(in, f.tkey_algo_name);
  for (const Field* time : {&f.tkey_signature_inception, &f.tkey_signature_expiration}) {
    const uint64_t seconds = in.be32();
    if (in.ok()) in.note(*time, seconds * kNsPerSecond, 4);
  }
  in(f.tkey_mode);
  in(f.tkey_error);
  sized(record, f.tkey_key_size, f.tkey_key_data);
  sized(record, f.tkey_other_size, f.tkey_other_data);
}

const Field& caa_property(std::string_view tag) {
  if (tag == "issue") return f.caa_issue;
  if (tag == "issuewild") return f.caa_issuewild;
  if (tag == "iodef") return f.caa_iodef;
  return f.caa_unknown;
}

// RFC 8659, section 4.1: flags (1), tag length (1), tag, value.
void dissect_caa(Record& record) {
  MessageLayer& in = record.in;
  in(f.caa_flags);
  if (in.ok()) {
    const auto below = in.below();
    in.peek(f.caa_flags_issuer_critical, in.at() - 1);
  }
  const size_t start = in.at();
  const size_t tag_len = in.u8();
  const std::string_view tag = in.bytes(tag_len).text();
  const size_t value_len = left(record);
  const std::string_view value = in.bytes(value_len).text();
  if (!in.ok() || in.tree() == nullptr) return;
  const Field& property = caa_property(tag);
  std::string shown;  // escaped, of no more bytes than there are
  append_escaped(shown, ascii(value).substr(0, value_len));
  in.add_text(property, shown, start, in.at() - start);
  const auto below = in.below();
  in.add(f.caa_tag_length, tag_len, start, 1);
  in.add_text(f.caa_tag, ascii(tag), start + 1, tag_len);
  in.add_text(f.caa_value, shown, start + 1 + tag_len, value_len);
}

// RFC 4025: precedence (1), kind of gateway (1), algorithm (1), gateway (none, IPv4, IPv6 or a name), key.
void dissect_ipseckey(Record& record) {
  MessageLayer& in = record.in;
  in(f.ipseckey_gateway_precedence);
  const uint32_t kind = in(f.ipseckey_gateway_type);
  in(f.ipseckey_gateway_algorithm);
  if (kind == 1) in(f.ipseckey_gateway_ipv4);
  if (kind == 2) in(f.ipseckey_gateway_ipv6);
  if (kind == 3) read_name(in, f.ipseckey_gateway_dns);
  rest(record, f.ipseckey_public_key);
}

// RFC 7477: serial (4), flags (2), types.
void dissect_csync(Record& record) {
  MessageLayer& in = record.in;
  in(f.csync_soa);
  in(f.csync_flags);
  if (in.ok()) {
    const auto below = in.below();
    in.peek(f.csync_flags_immediate, in.at() - 2);
    in.peek(f.csync_flags_soaminimum, in.at() - 2);
  }
  const size_t at = in.at();
  rest(record, f.csync_type_bitmap);
  if (in.ok()) in.seek(at);
  type_bitmaps(record);
}

// RFC 4398: type (2), key tag (2), algorithm (1), certificate.
void dissect_cert(Record& record) {
  record.in(f.cert_type);
  record.in(f.cert_key_tag);
  record.in(f.cert_algorithm);
  rest(record, f.cert_certificate);
}

// RFC 8976: serial (4), scheme (1), hash algorithm (1), digest.
void dissect_zonemd(Record& record) {
  record.in(f.zonemd_serial);
  record.in(f.zonemd_scheme);
  record.in(f.zonemd_hash_algo);
  rest(record, f.zonemd_digest);
}

}  // namespace

// DNSCrypt, version 2 (draft-denis-dprive-dnscrypt): magic (4), version of the construction (2), of the protocol (2),
// signature (64), public key (32), client magic (8), serial (4), validity (4 + 4); in one character string.
bool dissect_dnscrypt(Record& record) {
  constexpr std::string_view kOwner = "2.dnscrypt-cert";
  constexpr size_t kCertificate = 124;
  if (record.owner.substr(0, kOwner.size()) != kOwner) return false;
  MessageLayer& in = record.in;
  until_end(record, [&] {
    in(f.txt_length);
    const auto certificate = in.group(f.dnscrypt, kCertificate);
    in.text(f.dnscrypt_magic, 4);
    in(f.dnscrypt_esversion);
    in(f.dnscrypt_protocol_version);
    in.bytes(f.dnscrypt_signature, 64);
    in.bytes(f.dnscrypt_resolver_public_key, 32);
    in.bytes(f.dnscrypt_client_magic, 8);
    in.bytes(f.dnscrypt_serial_number, 4);
    for (const Field* time : {&f.dnscrypt_valid_from, &f.dnscrypt_valid_to}) {
      const uint64_t seconds = in.be32();
      if (in.ok()) in.note(*time, seconds * kNsPerSecond, 4);
    }
  });
  return true;
}

bool dissect_security(Record& record) {
  switch (record.type) {
    case kSshfp: dissect_sshfp(record); return true;
    case kTlsa: dissect_tlsa(record); return true;
    case kTkey: dissect_tkey(record); return true;
    case kTsig: dissect_tsig(record); return true;
    case kCaa: dissect_caa(record); return true;
    case kCsync: dissect_csync(record); return true;
    case kIpseckey: dissect_ipseckey(record); return true;
    case kCert: dissect_cert(record); return true;
    case kZonemd: dissect_zonemd(record); return true;
    case kDhcid: rest(record, f.dhcid_rdata); return true;
    case kOpenPgpKey: text_of(record, f.openpgpkey, record.data_len); return true;
    default: return false;
  }
}

}  // namespace tracedrop::dissect::dns
