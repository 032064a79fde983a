// The data of resource records (RFC 1035, section 3.3, and each type's own RFC). Where a record's data are shorter than
// its type demands, they are read on into what follows, as Wireshark does: only the message's end makes it malformed.
#include "protocols/application/dns/record.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "base/text.h"
#include "dissect/escape.h"
#include "protocols/application/dns/fields.h"

namespace tracedrop::dissect::dns {

namespace {

// A, RFC 1035, section 3.4.1: address (4). In the class CH: domain, then a 16-bit address, which is written in octal.
void dissect_a(Record& record) {
  MessageLayer& in = record.in;
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
  } else {
    in.skip(record.data_len);
  }
}

void dissect_aaaa(Record& record) {
  const Bytes address = record.in.bytes(field::aaaa, 16);
  describe_address(record, Address::ipv6(address));
}

// RFC 1035, section 3.3.13: primary server, mailbox, serial (4), refresh (4), retry (4), expire (4), minimum (4).
void dissect_soa(Record& record) {
  MessageLayer& in = record.in;
  name_only(record, field::soa_mname);
  read_name(in, field::soa_rname);
  in.be32(field::soa_serial);
  in.be32(field::soa_refresh);
  in.be32(field::soa_retry);
  in.be32(field::soa_expire);
  in.be32(field::soa_minimum);
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
  until_end(record, [&] { character_string(record, length, text); });
}

// RFC 2782: priority (2), weight (2), port (2), target.
void dissect_srv(Record& record) {
  MessageLayer& in = record.in;
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
  MessageLayer& in = record.in;
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

// RFC 7553: priority (2), weight (2), target: the rest.
void dissect_uri(Record& record) {
  MessageLayer& in = record.in;
  const uint32_t priority = in.be16(field::uri_priority);
  const uint32_t weight = in.be16(field::uri_weight);
  if (record.end <= in.at()) return in.malformed();
  const Bytes target = in.bytes(record.end - in.at());
  std::string text;
  append_printable(text, target.text().substr(0, target.text().find('\0')));
  in.note_text(field::uri_target, text, target.size());
  describe(record, priority);
  describe(record, weight);
  describe(record, text);
}

/// The types whose Info shows the record's own name in place of their data.
bool shows_owner(uint16_t type) {
  constexpr uint16_t kOwners[] = {kMd, kMf,   kMb,      kMg, kMr,   kNull, kMinfo, kRp,         kAfsdb, kX25, kIsdn,
                                  kRt, kNsap, kNsapPtr, kPx, kGpos, kApl,  kDhcid, kNsec3Param, kTlsa,  kHip};
  return std::find(std::begin(kOwners), std::end(kOwners), type) != std::end(kOwners);
}

}  // namespace

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

size_t left(Record& record) {
  if (record.in.at() > record.end) record.in.malformed();
  return record.in.at() < record.end ? record.end - record.in.at() : 0;
}

void rest(Record& record, const Field& field) {
  const size_t count = left(record);
  record.in.bytes(field, count);
}

void silent_rest(Record& record, size_t fixed) {
  record.in.skip(fixed);
  const size_t count = left(record);
  record.in.skip(count);
}

std::string text_of(Record& record, const Field& field, size_t length) {
  const std::string_view raw = record.in.bytes(length).text();
  std::string text;
  append_escaped(text, raw.substr(0, raw.find('\0')));
  if (record.in.ok()) record.in.note_text(field, text, length);
  return text;
}

std::string character_string(Record& record, const Field& length, const Field& text) {
  const size_t count = record.in.u8(length);
  return text_of(record, text, count);
}

void name_only(Record& record, const Field& field) { describe(record, read_name(record.in, field).text); }

void dissect_data(Record& record) {
  if (shows_owner(record.type)) describe(record, record.owner);
  switch (record.type) {
    case kA: return dissect_a(record);
    case kNs: return name_only(record, field::ns);
    case kCname: return name_only(record, field::cname);
    case kSoa: return dissect_soa(record);
    case kPtr: return name_only(record, field::ptr);
    case kHinfo: return dissect_hinfo(record);
    case kMx: return preferred_name(record, field::mx_preference, field::mx_exchange);
    case kTxt: return dissect_strings(record, field::txt_len, field::txt);
    case kAaaa: return dissect_aaaa(record);
    case kSrv: return dissect_srv(record);
    case kNaptr: return dissect_naptr(record);
    case kKx: return preferred_name(record, field::kx_preference, field::kx_exchange);
    case kDname: return name_only(record, field::dname);
    case kOpt: return dissect_options(record);
    case kSvcb:
    case kHttps: return dissect_service(record);
    case kSpf: return dissect_strings(record, field::spf_len, field::spf);
    case kUri: return dissect_uri(record);
    default:
      if (!dissect_security(record) && !dissect_rare(record)) record.in.skip(record.data_len);
  }
}

}  // namespace tracedrop::dissect::dns
