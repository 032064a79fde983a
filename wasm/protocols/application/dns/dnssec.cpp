// DNSSEC (RFC 4034, RFC 5155; its predecessors in RFC 2535). Info shows the records' types only.
#include "base/text.h"
#include "protocols/application/dns/fields.h"
#include "protocols/application/dns/record.h"

namespace tracedrop::dissect::dns {

namespace {

constexpr size_t kKeyHeader = 4;  // flags, protocol, algorithm
constexpr uint8_t kRsaMd5 = 1;

/// Reads a bit map, with a line for each bit that is set; the first stands for the type `type`.
void types(Layer& in, uint32_t type, size_t count) {
  for (; count > 0 && in.ok(); --count) {
    const uint8_t map = in.u8();
    if (!in.ok() || in.tree() == nullptr) {
      type += 8;
      continue;
    }
    for (uint32_t bit = 0; bit < 8; ++bit, ++type) {
      if ((map >> (7 - bit) & 1) == 0) continue;
      const std::string_view name = name_of(kTypeNames, type);
      in.note(f.resp_type, type, 1);
      in.replace("RR type in bit map: ", name, ' ', name.empty() ? " " : "", type_title(static_cast<uint16_t>(type)));
    }
  }
}

// RFC 2535, section 5.2: the types that a name has, in one bit map.
void dissect_nxt(Record& record) {
  name_only(record, ", next domain name ", f.nxt_next_domain_name);
  types(record.in, 0, left(record));
}

void dissect_nsec(Record& record) {
  name_only(record, ", next domain name ", f.nsec_next_domain_name);
  type_bitmaps(record);
}

/// RFC 4034, appendix B: the key's number, of the record's data.
uint32_t key_tag(Bytes data) {
  if (data.u8(3) == kRsaMd5) return data.size() < kKeyHeader + 3 ? 0 : data.be16(data.size() - 3);
  uint32_t sum = 0;
  for (size_t i = 0; i < data.size(); ++i) sum += (i & 1) != 0 ? data.u8(i) : uint32_t{data.u8(i)} << 8;
  return (sum + (sum >> 16)) & 0xFFFF;
}

void conclude_key_tag(Record& record, const Field& field) {
  MessageLayer& in = record.in;
  if (in.tree() == nullptr || !in.ok()) return;
  const Bytes data = in.all().sub(in.at() - kKeyHeader, record.data_len);
  if (data.size() == record.data_len) in.conclude(field, key_tag(data), in.at());
}

// RFC 4034, section 2.1: flags (2), protocol (1), algorithm (1), key.
void dissect_dnskey(Record& record) {
  MessageLayer& in = record.in;
  in(f.dnskey_flags);
  if (in.ok() && in.tree() != nullptr) {
    const auto below = in.below();
    const size_t at = in.at() - 2;
    for (const Field* bit : {&f.dnskey_flags_zone_key, &f.dnskey_flags_key_revoked, &f.dnskey_flags_secure_entry_point})
      in.peek(*bit, at);
    // The bits between those that mean something, taken together as they stand.
    const uint16_t flags = in.all().be16(at);
    in.add(f.dnskey_flags_reserved, masked(f.dnskey_flags_reserved.format, flags), at, 2);
  }
  in(f.dnskey_protocol);
  in(f.dnskey_algorithm);
  conclude_key_tag(record, f.dnskey_key_id);
  rest(record, f.dnskey_public_key);
}

// RFC 2535, section 3.1: flags (2), protocol (1), algorithm (1), key.
void dissect_key(Record& record) {
  constexpr uint16_t kNoKey = 0xC000;
  MessageLayer& in = record.in;
  const uint32_t flags = in(f.key_flags);
  if (in.ok() && in.tree() != nullptr) {
    const auto below = in.below();
    const size_t at = in.at() - 2;
    in.peek(f.key_flags_authentication, at);
    in.peek(f.key_flags_confidentiality, at);
    if ((flags & kNoKey) != kNoKey) {
      for (const Field* bit :
           {&f.key_flags_required, &f.key_flags_associated_user, &f.key_flags_associated_named_entity,
            &f.key_flags_ipsec, &f.key_flags_mime, &f.key_flags_signatory})
        in.peek(*bit, at);
    }
  }
  in(f.key_protocol);
  in(f.key_algorithm);
  conclude_key_tag(record, f.key_key_id);
  rest(record, f.key_public_key);
}

/// Seconds since 1970 (4).
void time_of(Record& record, const Field& field) {
  const uint64_t seconds = record.in.be32();
  if (record.in.ok()) record.in.note(field, seconds * 1'000'000'000, 4);
}

// RFC 4034, section 3.1: type covered (2), algorithm (1), labels (1), TTL (4), expiration (4), inception (4), key tag
// (2), signer's name, signature.
void dissect_rrsig(Record& record) {
  MessageLayer& in = record.in;
  type_of(record, f.rrsig_type_covered);
  in(f.rrsig_algorithm);
  in(f.rrsig_labels);
  in(f.rrsig_original_ttl);
  time_of(record, f.rrsig_signature_expiration);
  time_of(record, f.rrsig_signature_inception);
  in(f.rrsig_key_tag);
  read_name(in, f.rrsig_signers_name);
  rest(record, f.rrsig_signature);
}

// RFC 4034, section 5.1: key tag (2), algorithm (1), digest type (1), digest.
void dissect_ds(Record& record) {
  record.in(f.ds_key_id);
  record.in(f.ds_algorithm);
  record.in(f.ds_digest_type);
  rest(record, f.ds_digest);
}

// RFC 5155, section 4.2: algorithm (1), flags (1), iterations (2), salt (length (1), bytes).
void dissect_nsec3_param(Record& record) {
  MessageLayer& in = record.in;
  in(f.nsec3_algo);
  in(f.nsec3_flags);
  if (record.type == kNsec3 && in.ok()) {
    const auto below = in.below();
    in.peek(f.nsec3_flags_opt_out, in.at() - 1);
  }
  in(f.nsec3_iterations);
  const size_t salt_len = in(f.nsec3_salt_length);
  in.bytes(f.nsec3_salt_value, salt_len);
}

/// RFC 4648, section 7: five bits a letter.
std::string base32(Bytes raw) {
  constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuv";
  std::string text;
  for (size_t bit = 0; bit < raw.size() * 8; bit += 5) text += kLetters[raw.be16(bit / 8) >> (11 - bit % 8) & 31];
  return text;
}

// RFC 5155, section 3.2: algorithm (1), flags (1), iterations (2), salt and hash (length (1), bytes), types.
void dissect_nsec3(Record& record) {
  MessageLayer& in = record.in;
  dissect_nsec3_param(record);
  const size_t hash_len = in(f.nsec3_hash_length);
  const size_t at = in.at();
  const Bytes hash = in.bytes(hash_len);
  if (in.ok() && in.tree() != nullptr) {
    uint8_t padded[256 + 1] = {};  // so that the last letter can be read as the others
    if (!hash.empty()) std::memcpy(padded, hash.data(), hash.size());
    std::string text = base32(Bytes(padded, hash.size() + 1));
    text.resize((hash.size() * 8 + 4) / 5);
    in.conclude_text(f.nsec3_hash_value, text, at, hash_len);
  }
  type_bitmaps(record);
}

}  // namespace

// Window (1), length (1), bit map.
void type_bitmaps(Record& record) {
  until_end(record, [&] {
    const uint32_t window = record.in.u8();
    const size_t length = record.in.u8();
    types(record.in, window << 8, length);
  });
}

bool dissect_dnssec(Record& record) {
  switch (record.type) {
    case kDs:
    case kDlv:
    case kCds: dissect_ds(record); return true;
    case kRrsig:
    case kSig: dissect_rrsig(record); return true;
    case kNxt: dissect_nxt(record); return true;
    case kNsec: dissect_nsec(record); return true;
    case kDnskey:
    case kCdnskey: dissect_dnskey(record); return true;
    case kNsec3: dissect_nsec3(record); return true;
    case kNsec3Param: dissect_nsec3_param(record); return true;
    case kKey: dissect_key(record); return true;
    default: return false;
  }
}

}  // namespace tracedrop::dissect::dns
