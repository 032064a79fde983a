// Records of keys, signatures and what they prove: DNSSEC (RFC 4034, RFC 5155), DANE, TSIG and their like. Info shows
// their types only.
#include "protocols/application/dns/fields.h"
#include "protocols/application/dns/record.h"

namespace tracedrop::dissect::dns {

namespace {

/// The types that a name has (RFC 4034, section 4.1.2): window (1), length (1), bit map; until the data end.
void type_bitmaps(Record& record) {
  until_end(record, [&] {
    record.in.skip(1);
    record.in.skip(record.in.u8());
  });
}

void dissect_nsec(Record& record) {
  name_only(record, field::nsec_next);
  type_bitmaps(record);
}

// RFC 5155, section 4.2: algorithm (1), flags (1), iterations (2), salt (length (1), bytes).
void dissect_nsec3_param(Record& record) {
  MessageLayer& in = record.in;
  in.u8(field::nsec3_algorithm);
  in.u8(field::nsec3_flags);
  in.be16(field::nsec3_iterations);
  const size_t salt_len = in.u8(field::nsec3_salt_len);
  in.bytes(field::nsec3_salt, salt_len);
}

// RFC 5155, section 3.2: algorithm (1), flags (1), iterations (2), salt and hash (length (1), bytes), types.
void dissect_nsec3(Record& record) {
  dissect_nsec3_param(record);
  record.in.skip(record.in.u8(field::nsec3_hash_len));
  type_bitmaps(record);
}

// RFC 4034, section 5.1: key tag (2), algorithm (1), digest type (1), digest.
void dissect_ds(Record& record) {
  record.in.be16(field::ds_key_id);
  record.in.u8(field::ds_algorithm);
  record.in.u8(field::ds_digest_type);
  rest(record, field::ds_digest);
}

// RFC 4255, section 3.1: algorithm (1), fingerprint type (1), fingerprint.
void dissect_sshfp(Record& record) {
  record.in.u8(field::sshfp_algorithm);
  record.in.u8(field::sshfp_type);
  rest(record, field::sshfp_fingerprint);
}

// RFC 4034, section 2.1: flags (2), protocol (1), algorithm (1), key.
void dissect_dnskey(Record& record) {
  record.in.be16(field::dnskey_flags);
  record.in.u8(field::dnskey_protocol);
  record.in.u8(field::dnskey_algorithm);
  rest(record, field::dnskey_key);
}

// RFC 4034, section 3.1: type covered (2), algorithm (1), labels (1), TTL (4), expiration (4), inception (4), key tag
// (2), signer's name, signature.
void dissect_rrsig(Record& record) {
  MessageLayer& in = record.in;
  in.be16(field::rrsig_covered);
  in.u8(field::rrsig_algorithm);
  in.u8(field::rrsig_labels);
  in.be32(field::rrsig_ttl);
  in.skip(8);
  in.be16(field::rrsig_key_tag);
  read_name(in, field::rrsig_signer);
  rest(record, field::rrsig_signature);
}

// RFC 6698, section 2.1: usage (1), selector (1), matching type (1), data.
void dissect_tlsa(Record& record) {
  record.in.u8(field::tlsa_usage);
  record.in.u8(field::tlsa_selector);
  record.in.u8(field::tlsa_matching);
  rest(record, field::tlsa_data);
}

// RFC 8945, section 4.2: algorithm, time (6), fudge (2), MAC (size (2), bytes), original id (2), error (2), other (size
// (2), bytes).
void dissect_tsig(Record& record) {
  MessageLayer& in = record.in;
  read_name(in, field::tsig_algorithm);
  in.skip(6);
  in.be16(field::tsig_fudge);
  in.skip(in.be16(field::tsig_mac_size));
  in.be16(field::tsig_original_id);
  in.be16(field::tsig_error);
  const size_t other_len = in.be16(field::tsig_other_len);
  in.bytes(field::tsig_other, other_len);
}

// RFC 2930, section 2: algorithm, inception (4), expiration (4), mode (2), error (2), key and other (size (2), bytes).
void dissect_tkey(Record& record) {
  MessageLayer& in = record.in;
  read_name(in, field::tkey_algorithm);
  in.skip(8);
  in.be16(field::tkey_mode);
  in.be16(field::tkey_error);
  const size_t key_size = in.be16(field::tkey_key_size);
  in.bytes(field::tkey_key, key_size);
  const size_t other_size = in.be16(field::tkey_other_size);
  in.bytes(field::tkey_other, other_size);
}

// RFC 8659, section 4.1: flags (1), tag length (1), tag, value.
void dissect_caa(Record& record) {
  MessageLayer& in = record.in;
  in.u8(field::caa_flags);
  const size_t tag_len = in.u8(field::caa_tag_len);
  text_of(record, field::caa_tag, tag_len);
  const size_t value_len = left(record);
  text_of(record, field::caa_value, value_len);
}

// RFC 4025: precedence (1), kind of gateway (1), algorithm (1), gateway (none, IPv4, IPv6 or a name), key.
void dissect_ipseckey(Record& record) {
  record.in.skip(1);
  const uint8_t kind = record.in.u8();
  record.in.skip(1);
  if (kind == 1) record.in.skip(4);
  if (kind == 2) record.in.skip(16);
  if (kind == 3) read_name(record.in);
  silent_rest(record, 0);
}

// RFC 7477: serial (4), flags (2), types.
void dissect_csync(Record& record) {
  record.in.skip(6);
  type_bitmaps(record);
}

}  // namespace

bool dissect_security(Record& record) {
  switch (record.type) {
    case kDs:
    case kDlv:
    case kCds: dissect_ds(record); return true;
    case kSshfp: dissect_sshfp(record); return true;
    case kRrsig:
    case kSig: dissect_rrsig(record); return true;
    case kNxt: name_only(record, field::nxt_next); return true;
    case kNsec: dissect_nsec(record); return true;
    case kDnskey:
    case kCdnskey: dissect_dnskey(record); return true;
    case kNsec3: dissect_nsec3(record); return true;
    case kNsec3Param: dissect_nsec3_param(record); return true;
    case kTlsa: dissect_tlsa(record); return true;
    case kTkey: dissect_tkey(record); return true;
    case kTsig: dissect_tsig(record); return true;
    case kCaa: dissect_caa(record); return true;
    case kCsync: dissect_csync(record); return true;
    case kIpseckey: dissect_ipseckey(record); return true;
    case kKey: silent_rest(record, 4); return true;
    case kCert: silent_rest(record, 5); return true;
    default: return false;
  }
}

}  // namespace tracedrop::dissect::dns
