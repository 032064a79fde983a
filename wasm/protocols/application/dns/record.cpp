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

/// What Wireshark says of any text that does not end with its zero byte.

// A, RFC 1035, section 3.4.1: address (4). In the class CH: domain, then a 16-bit address, which is written in octal.
void dissect_a(Record& record) {
  MessageLayer& in = record.in;
  if (record.rr_class == kInternet) {
    const Bytes address = in.bytes(f.a, 4);
    describe(record, ", addr ", Address::ipv4(address));
  } else if (record.rr_class == kChaos) {
    const Name domain = read_name(in, f.a_ch_domain);
    const unsigned address = in(f.a_ch_addr);
    std::string text = domain.text + "/0";
    char digits[8];
    const auto end = std::to_chars(digits, digits + sizeof digits, address, 8).ptr;
    text.append(digits, static_cast<size_t>(end - digits));
    describe(record, ", domain/addr ", text);
  } else {
    if (in.tree() != nullptr) in.tree()->set_last(record.line);
    in.expert(f.a_class_undecoded, Severity::note, ExpertGroup::undecoded, "A record dissection for class (",
              record.rr_class, ") code not implemented, Contact Wireshark developers if you want this supported");
    in.bytes(f.data, record.data_len);
  }
}

void dissect_aaaa(Record& record) {
  const Bytes address = record.in.bytes(f.aaaa, 16);
  describe(record, ", addr ", Address::ipv6(address));
}

/// A mailbox: the first dot of the name stands for "@".
void mailbox(Record& record, const Name& name, size_t start) {
  MessageLayer& in = record.in;
  if (in.tree() == nullptr || !in.ok()) return;
  std::string address = name.text;
  if (const size_t dot = address.find('.'); dot != std::string::npos) address[dot] = '@';
  in.conclude_text(f.soa_rname_name, address, start, in.at() - start);
}

// RFC 1035, section 3.3.13: primary server, mailbox, serial (4), refresh (4), retry (4), expire (4), minimum (4).
void dissect_soa(Record& record) {
  MessageLayer& in = record.in;
  name_only(record, ", mname ", f.soa_mname);
  const size_t start = in.at();
  mailbox(record, read_name(in, f.soa_rname), start);
  in(f.soa_serial_number);
  in(f.soa_refresh_interval);
  in(f.soa_retry_interval);
  in(f.soa_expire_limit);
  in(f.soa_minimum_ttl);
}

// RFC 1035, section 3.3.2: CPU and system, strings; neither has a line unless both are there.
void dissect_hinfo(Record& record) {
  MessageLayer& in = record.in;
  const size_t start = in.at();
  in.skip(in.u8());
  in.skip(in.u8());
  if (!in.ok()) return;
  in.seek(start);
  const std::string cpu = character_string(record, f.hinfo_cpu_length, f.hinfo_cpu);
  const std::string os = character_string(record, f.hinfo_os_length, f.hinfo_os);
  describe_text(record, ", CPU ", cpu);
  describe_text(record, ", OS ", os);
}

/// Preference (2) and a name: MX (RFC 1035, section 3.3.9), KX (RFC 2230).
void preferred_name(Record& record, std::string_view label, const Field& preference_field, const Field& name_field) {
  const uint16_t preference = record.in.rest().be16(0);
  const Name name = numbered_name(record, preference_field, name_field);
  describe(record, ", preference ", uint32_t{preference});
  describe(record, label, name.text);
}

void dissect_strings(Record& record, const Field& length, const Field& text) {
  until_end(record, [&] { character_string(record, length, text); });
}

// RFC 2782: priority (2), weight (2), port (2), target.
void dissect_srv(Record& record) {
  MessageLayer& in = record.in;
  const uint32_t priority = in(f.srv_priority);
  const uint32_t weight = in(f.srv_weight);
  const uint32_t port = in(f.srv_port);
  const Name target = read_name(in, f.srv_target);
  describe(record, ", priority ", priority);
  describe(record, ", weight ", weight);
  describe(record, ", port ", port);
  describe(record, ", target ", target.text);
}

// RFC 3403, section 4.1: order (2), preference (2), flags, service and regular expression (strings), replacement
// (name).
void dissect_naptr(Record& record) {
  MessageLayer& in = record.in;
  const uint32_t order = in(f.naptr_order);
  const uint32_t preference = in(f.naptr_preference);
  const std::string flags = character_string(record, f.naptr_flags_length, f.naptr_flags);
  character_string(record, f.naptr_service_length, f.naptr_service);
  character_string(record, f.naptr_regex_length, f.naptr_regex);
  const size_t start = in.at();
  const Name replacement = read_name(in);
  if (in.ok()) {
    in.conclude(f.naptr_replacement_length, replacement.is_raw ? replacement.raw.size() : replacement.text.size(),
                start);
    in.add_text(f.naptr_replacement, replacement.text, start, in.at() - start);
  }
  describe(record, ", order ", order);
  describe(record, ", preference ", preference);
  describe_text(record, ", flags ", flags);
}

// RFC 7553: priority (2), weight (2), target: the rest. Wireshark says that the target's line has four bytes more than
// the record's name, and wants them to be there.
void dissect_uri(Record& record) {
  MessageLayer& in = record.in;
  const uint32_t priority = in(f.srv_priority);
  const uint32_t weight = in(f.srv_weight);
  if (record.end <= in.at()) return in.malformed();
  const std::string target = ascii(in.rest().first(record.end - in.at()).text());
  const size_t at = in.at(), shown = record.owner_len + 4;
  in.skip(std::max(record.end - at, shown));
  if (in.ok()) in.add_text(f.srv_target, target, at, shown);
  in.seek(record.end);
  describe(record, ", priority ", priority);
  describe(record, ", weight ", weight);
  describe_text(record, ", target ", target);
}

/// Types that Wireshark does not know more of.
void dissect_unknown(Record& record) {
  MessageLayer& in = record.in;
  if (in.tree() != nullptr) in.tree()->set_last(record.line);
  in.expert(f.undecoded_type, Severity::note, ExpertGroup::undecoded, "Dissector for DNS Type (", record.type,
            ") code not implemented, Contact Wireshark developers if you want this supported");
  in.bytes(f.data, record.data_len);
}

/// The types whose Info shows the record's own name in place of their data.
bool shows_owner(uint16_t type) {
  constexpr uint16_t kOwners[] = {kMd, kMf,   kMb,      kMg, kMr,   kNull, kMinfo, kRp,         kAfsdb, kX25, kIsdn,
                                  kRt, kNsap, kNsapPtr, kPx, kGpos, kApl,  kDhcid, kNsec3Param, kTlsa,  kHip};
  return std::find(std::begin(kOwners), std::end(kOwners), type) != std::end(kOwners);
}

template <typename Value>
void describe_value(Record& record, std::string_view label, const Value& value) {
  if (!record.in.ok()) return;
  if (record.info != nullptr) append(*record.info, ' ', value);
  if (Tree* tree = record.in.tree(); tree != nullptr) tree->append(record.line, label, value);
}

}  // namespace

void describe(Record& record, std::string_view label, std::string_view text) { describe_value(record, label, text); }

void describe(Record& record, std::string_view label, uint32_t number) { describe_value(record, label, number); }

void describe_text(Record& record, std::string_view label, std::string_view text) {
  std::string printable;
  append_printable(printable, text);
  describe_value(record, label, printable);
}

void describe(Record& record, std::string_view label, const Address& address) {
  if (!record.in.ok() || (record.info == nullptr && record.in.tree() == nullptr)) return;
  std::string text;
  append_address(text, address);
  describe_value(record, label, text);
}

size_t left(Record& record) {
  if (record.in.at() > record.end) record.in.malformed();
  return record.in.at() < record.end ? record.end - record.in.at() : 0;
}

void rest(Record& record, const Field& field) {
  const size_t count = left(record);
  if (count > 0) record.in.bytes(field, count);
}

std::string ascii(std::string_view raw) {
  std::string text;
  for (const char byte : raw.substr(0, raw.find('\0'))) {
    if ((static_cast<uint8_t>(byte) & 0x80) == 0) {
      text += byte;
    } else {
      text += "\xEF\xBF\xBD";
    }
  }
  return text;
}

std::string text_of(Record& record, const Field& field, size_t length) {
  const std::string_view raw = record.in.bytes(length).text();
  std::string text = ascii(raw);
  if (!record.in.ok()) return text;
  record.in.note_text(field, text, length);
  const size_t end = raw.find('\0');
  if (end != std::string_view::npos && raw.find_first_not_of('\0', end) != std::string_view::npos)
    record.in.expert(general.stray_characters, Severity::warning, ExpertGroup::undecoded,
                     general.stray_characters.title);
  return text;
}

std::string character_string(Record& record, const Field& length, const Field& text) {
  const size_t count = record.in(length);
  return text_of(record, text, count);
}

void name_only(Record& record, std::string_view label, const Field& field) {
  describe(record, label, read_name(record.in, field).text);
}

Name numbered_name(Record& record, const Field& number_field, const Field& name_field) {
  MessageLayer& in = record.in;
  const size_t start = in.at();
  const uint16_t number = in.be16();
  Name name = read_name(in);
  if (!in.ok()) return name;
  in.add(number_field, number, start, 2);
  in.add_text(name_field, name.text, start + 2, in.at() - start - 2);
  return name;
}

void type_of(Record& record, const Field& field) {
  const auto type = static_cast<uint16_t>(record.in(field));
  if (record.in.ok() && record.in.tree() != nullptr) record.in.append(' ', type_title(type));
}

void dissect_data(Record& record) {
  if (record.info != nullptr && record.in.ok() && shows_owner(record.type)) append(*record.info, ' ', record.owner);
  switch (record.type) {
    case kA: return dissect_a(record);
    case kNs: return name_only(record, ", ns ", f.ns);
    case kCname: return name_only(record, ", cname ", f.cname);
    case kSoa: return dissect_soa(record);
    case kPtr: return name_only(record, ", ", f.ptr_domain_name);
    case kHinfo: return dissect_hinfo(record);
    case kMx: return preferred_name(record, ", mx ", f.mx_preference, f.mx_mail_exchange);
    case kTxt:
      if (!dissect_dnscrypt(record)) dissect_strings(record, f.txt_length, f.txt);
      return;
    case kAaaa: return dissect_aaaa(record);
    case kSrv: return dissect_srv(record);
    case kNaptr: return dissect_naptr(record);
    case kKx: return preferred_name(record, ", kx ", f.kx_preference, f.kx_key_exchange);
    case kDname: return name_only(record, ", dname ", f.dname);
    case kOpt: return dissect_options(record);
    case kSvcb:
    case kHttps: return dissect_service(record);
    case kSpf: return dissect_strings(record, f.spf_length, f.spf);
    case kUri: return dissect_uri(record);
    default:
      if (!dissect_dnssec(record) && !dissect_security(record) && !dissect_rare(record)) dissect_unknown(record);
  }
}

}  // namespace tracedrop::dissect::dns
