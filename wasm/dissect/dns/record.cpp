// The data of resource records (RFC 1035, section 3.3, and each type's own RFC). Where a record's data are shorter than
// its type demands, they are read on into what follows, as Wireshark does: only the message's end makes it malformed.
#include "base/text.h"
#include "dissect/dns/dns.h"
#include "dissect/dns/fields.h"
#include "dissect/escape.h"

namespace tracedrop::dissect::dns {

namespace {

void describe(Record& record, std::string_view text) {
  if (record.info == nullptr || !record.in.ok()) return;
  *record.info += ' ';
  *record.info += text;
}

void describe(Record& record, uint32_t number) {
  if (record.info == nullptr || !record.in.ok()) return;
  *record.info += ' ';
  append_number(*record.info, number);
}

void describe_address(Record& record, const Address& address) {
  if (record.info == nullptr || !record.in.ok()) return;
  *record.info += ' ';
  append_address(*record.info, address);
}

/// What is left of the record's data.
Bytes rest(Record& record, const Field& field) {
  Layer& in = record.in;
  return in.bytes(field, record.end > in.at() ? record.end - in.at() : 0);
}

std::string text_of(Record& record, const Field& field, size_t length) {
  const Bytes raw = record.in.bytes(length);
  std::string text;
  append_escaped(text, raw.text());
  if (record.in.ok()) record.in.note_text(field, text, length);
  return text;
}

/// A <character-string>: length (1) and bytes.
std::string character_string(Record& record, const Field& length, const Field& text) {
  const size_t count = record.in.u8(length);
  return text_of(record, text, count);
}

void name_only(Record& record, const Field& field) { describe(record, read_name(record.in, field).text); }

// A, RFC 1035, section 3.4.1: address (4). In the class CH: domain, then a 16-bit address, which is written in octal.
void dissect_a(Record& record) {
  Layer& in = record.in;
  if (record.rr_class == kInternet) {
    const Bytes address = in.bytes(field::a, 4);
    describe_address(record, Address::ipv4(address));
  } else if (record.rr_class == kChaos) {
    const Name domain = read_name(in, field::chaos_domain);
    const unsigned address = in.be16(field::chaos_address);
    std::string text = domain.text + "/0";
    char digits[8];
    const auto end = std::to_chars(digits, digits + sizeof digits, address, 8).ptr;
    text.append(digits, static_cast<size_t>(end - digits));
    describe(record, text);
  }
}

void dissect_aaaa(Record& record) {
  const Bytes address = record.in.bytes(field::aaaa, 16);
  describe_address(record, Address::ipv6(address));
}

// RFC 1035, section 3.3.13: primary server, mailbox, serial (4), refresh (4), retry (4), expire (4), minimum (4).
void dissect_soa(Record& record) {
  Layer& in = record.in;
  name_only(record, field::soa_mname);
  read_name(in, field::soa_rname);
  in.be32(field::soa_serial);
  in.be32(field::soa_refresh);
  in.be32(field::soa_retry);
  in.be32(field::soa_expire);
  in.be32(field::soa_minimum);
}

// RFC 1035, section 3.4.2: address (4), protocol (1), bit map of ports.
void dissect_wks(Record& record) {
  const Bytes address = record.in.bytes(field::wks_address, 4);
  describe_address(record, Address::ipv4(address));
  record.in.u8(field::wks_protocol);
}

void dissect_hinfo(Record& record) {
  const std::string cpu = character_string(record, field::hinfo_cpu_len, field::hinfo_cpu);
  const std::string os = character_string(record, field::hinfo_os_len, field::hinfo_os);
  describe(record, cpu);
  describe(record, os);
}

/// Preference (2) and a name: MX (RFC 1035, section 3.3.9), KX (RFC 2230).
void preferred_name(Record& record, const Field& preference_field, const Field& name_field) {
  const uint32_t preference = record.in.be16(preference_field);
  const Name name = read_name(record.in, name_field);
  describe(record, preference);
  describe(record, name.text);
}

void dissect_strings(Record& record, const Field& length, const Field& text) {
  while (record.in.ok() && record.in.at() < record.end) character_string(record, length, text);
}

// RFC 2782: priority (2), weight (2), port (2), target.
void dissect_srv(Record& record) {
  Layer& in = record.in;
  const uint32_t priority = in.be16(field::srv_priority);
  const uint32_t weight = in.be16(field::srv_weight);
  const uint32_t port = in.be16(field::srv_port);
  const Name target = read_name(in, field::srv_target);
  describe(record, priority);
  describe(record, weight);
  describe(record, port);
  describe(record, target.text);
}

// RFC 3403, section 4.1: order (2), preference (2), flags, service and regular expression (strings), replacement
// (name).
void dissect_naptr(Record& record) {
  Layer& in = record.in;
  const uint32_t order = in.be16(field::naptr_order);
  const uint32_t preference = in.be16(field::naptr_preference);
  const std::string flags = character_string(record, field::naptr_flags_len, field::naptr_flags);
  character_string(record, field::naptr_service_len, field::naptr_service);
  character_string(record, field::naptr_regex_len, field::naptr_regex);
  read_name(in, field::naptr_replacement);
  describe(record, order);
  describe(record, preference);
  describe(record, flags);
}

// RFC 2874, section 3.1: prefix length (1), the address's other bits in whole bytes, the prefix's name unless it is
// empty.
void dissect_a6(Record& record) {
  Layer& in = record.in;
  const uint32_t prefix_len = in.u8(field::a6_prefix_len);
  if (prefix_len > 128) return in.malformed();
  const size_t suffix_len = (128 - prefix_len + 7) / 8;
  const Bytes suffix = in.bytes(suffix_len);
  uint8_t address[16] = {};
  if (in.ok() && suffix_len > 0) std::memcpy(address + sizeof address - suffix_len, suffix.data(), suffix_len);
  const Bytes whole(address, sizeof address);
  if (in.ok() && in.sink() != nullptr) in.sink()->bytes(field::a6_suffix, whole);
  std::string prefix;
  if (prefix_len > 0) prefix = read_name(in, field::a6_prefix_name).text;
  describe(record, prefix_len);
  describe_address(record, Address::ipv6(whole));
  describe(record, prefix);
}

// RFC 7553: priority (2), weight (2), target: the rest.
void dissect_uri(Record& record) {
  Layer& in = record.in;
  const uint32_t priority = in.be16(field::uri_priority);
  const uint32_t weight = in.be16(field::uri_weight);
  if (record.end <= in.at()) return in.malformed();
  const Bytes target = in.bytes(record.end - in.at());
  std::string text;
  append_printable(text, target.text());
  in.note_text(field::uri_target, text, target.size());
  describe(record, priority);
  describe(record, weight);
  describe(record, text);
}

/// The types that a name has (RFC 4034, section 4.1.2): window (1), length (1), bit map; until the data end.
void type_bitmaps(Record& record) {
  Layer& in = record.in;
  while (in.ok() && in.at() < record.end) {
    in.skip(1);
    in.skip(in.u8());
  }
}

void dissect_nsec(Record& record) {
  name_only(record, field::nsec_next);
  type_bitmaps(record);
}

// RFC 5155, section 3.2: algorithm (1), flags (1), iterations (2), salt and hash (length (1), bytes), types.
void dissect_nsec3(Record& record) {
  Layer& in = record.in;
  in.u8(field::nsec3_algorithm);
  in.u8(field::nsec3_flags);
  in.be16(field::nsec3_iterations);
  const size_t salt_len = in.u8(field::nsec3_salt_len);
  in.bytes(field::nsec3_salt, salt_len);
  in.skip(in.u8(field::nsec3_hash_len));
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
  Layer& in = record.in;
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
  Layer& in = record.in;
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
  Layer& in = record.in;
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
  Layer& in = record.in;
  in.u8(field::caa_flags);
  const size_t tag_len = in.u8(field::caa_tag_len);
  text_of(record, field::caa_tag, tag_len);
  text_of(record, field::caa_value, record.end > in.at() ? record.end - in.at() : 0);
}

/// The types whose Info shows the record's own name in place of their data.
bool shows_owner(uint16_t type) {
  switch (type) {
    case 3:
    case 4:
    case 7:
    case 8:
    case 9:
    case 10:
    case 14:
    case 17:
    case 18:
    case 19:
    case 20:
    case 21:
    case 22:
    case 23:
    case 26:
    case 27:
    case 42:
    case 49:
    case 51:
    case 52:
    case 55: return true;
    default: return false;
  }
}

}  // namespace

void dissect_data(Record& record) {
  if (shows_owner(record.type)) describe(record, record.owner);
  switch (record.type) {
    case kA: return dissect_a(record);
    case kNs: return name_only(record, field::ns);
    case kCname: return name_only(record, field::cname);
    case kSoa: return dissect_soa(record);
    case kWks: return dissect_wks(record);
    case kPtr: return name_only(record, field::ptr);
    case kHinfo: return dissect_hinfo(record);
    case kMx: return preferred_name(record, field::mx_preference, field::mx_exchange);
    case kTxt: return dissect_strings(record, field::txt_len, field::txt);
    case kAaaa: return dissect_aaaa(record);
    case kNxt: return name_only(record, field::nxt_next);
    case kSrv: return dissect_srv(record);
    case kNaptr: return dissect_naptr(record);
    case kKx: return preferred_name(record, field::kx_preference, field::kx_exchange);
    case kA6: return dissect_a6(record);
    case kDname: return name_only(record, field::dname);
    case kOpt: return dissect_options(record);
    case kDs:
    case kCds: return dissect_ds(record);
    case kSshfp: return dissect_sshfp(record);
    case kRrsig:
    case kSig: return dissect_rrsig(record);
    case kNsec: return dissect_nsec(record);
    case kDnskey:
    case kCdnskey: return dissect_dnskey(record);
    case kNsec3: return dissect_nsec3(record);
    case kTlsa: return dissect_tlsa(record);
    case kSvcb:
    case kHttps: return dissect_service(record);
    case kSpf: return dissect_strings(record, field::spf_len, field::spf);
    case kTkey: return dissect_tkey(record);
    case kTsig: return dissect_tsig(record);
    case kUri: return dissect_uri(record);
    case kCaa: return dissect_caa(record);
    default: record.in.skip(record.data_len); return;
  }
}

}  // namespace tracedrop::dissect::dns
