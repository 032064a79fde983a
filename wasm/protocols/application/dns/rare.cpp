// Records that are seldom seen.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "base/text.h"
#include "protocols/application/dns/fields.h"
#include "protocols/application/dns/record.h"

namespace tracedrop::dissect::dns {

namespace {

// RFC 1035, section 3.4.2: address (4), protocol (1), bit map of ports.
void dissect_wks(Record& record) {
  MessageLayer& in = record.in;
  const Bytes address = in.bytes(f.wks_address, 4);
  describe(record, ", addr ", Address::ipv4(address));
  in(f.wks_protocol);
  const size_t at = in.at();
  const size_t count = left(record);
  const Bytes map = in.bytes(count);
  if (!in.ok() || in.tree() == nullptr) return;
  for (size_t i = 0; i < map.size(); ++i) {
    if (map.u8(i) == 0) continue;
    std::string ports;
    for (size_t bit = 0; bit < 8; ++bit)
      if ((map.u8(i) >> (7 - bit) & 1) != 0) append(ports, ports.empty() ? "" : ", ", i * 8 + bit);
    in.add(f.wks_bits, map.u8(i), at + i, 1);
    in.append(" (", ports, ')');
  }
}

// RFC 2874, section 3.1: prefix length (1), the address's other bits in whole bytes, the prefix's name unless it is
// empty.
void dissect_a6(Record& record) {
  MessageLayer& in = record.in;
  const size_t start = in.at();
  const uint32_t prefix_len = in.u8();
  if (prefix_len > 128) return in.malformed();
  const size_t suffix_len = (128 - prefix_len + 7) / 8;
  const Bytes suffix = in.bytes(suffix_len);
  uint8_t address[16] = {};
  if (in.ok() && suffix_len > 0) std::memcpy(address + sizeof address - suffix_len, suffix.data(), suffix_len);
  const Bytes whole(address, sizeof address);
  const size_t name_at = in.at();
  std::string prefix;
  if (prefix_len > 0) prefix = read_name(in).text;
  if (in.ok()) {
    in.add(f.a6_prefix_len, prefix_len, start, 1);
    if (suffix_len > 0) in.add_text(f.a6_address_suffix, whole.text(), start + 1, suffix_len);
    if (prefix_len > 0) in.add_text(f.a6_prefix_name, prefix, name_at, in.at() - name_at);
  }
  describe(record, ", addr ", prefix_len);
  describe(record, " ", Address::ipv6(whole));
  describe(record, " ", prefix);
}

// RFC 2163: preference (2), two names.
void dissect_px(Record& record) {
  record.in(f.px_preference);
  read_name(record.in, f.px_map822);
  read_name(record.in, f.px_map400);
}

// RFC 1712: longitude, latitude and altitude, each a string.
void dissect_gpos(Record& record) {
  character_string(record, f.gpos_longitude_length, f.gpos_longitude);
  character_string(record, f.gpos_latitude_length, f.gpos_latitude);
  character_string(record, f.gpos_altitude_length, f.gpos_altitude);
}

/// "1 m": a digit and a power of ten, in centimetres.
void append_metres(Layer& in, double metres) {
  char text[32];
  std::snprintf(text, sizeof text, " (%g m)", metres);
  in.append(text);
}

void precision(Layer& in, const Field& field) {
  const uint32_t value = in(field);
  if (in.ok() && in.tree() != nullptr) append_metres(in, (value >> 4) * std::pow(10, value & 15) / 100);
}

/// "42 deg 19 min 5.678 sec N": thousandths of a second of arc, from the middle of the numbers on.
void angle(Layer& in, const Field& field, uint32_t most_degrees, std::string_view directions) {
  constexpr uint32_t kMiddle = 0x80000000, kMinute = 60'000, kDegree = 60 * kMinute;
  const uint32_t value = in(field);
  if (!in.ok() || in.tree() == nullptr) return;
  const bool is_negative = value < kMiddle;
  const uint32_t size = is_negative ? kMiddle - value : value - kMiddle;
  if (size > most_degrees * kDegree) return in.append(" (Value out of range)");
  char text[64];
  std::snprintf(text, sizeof text, " (%u deg %u min %u.%03u sec %c)", size / kDegree, size % kDegree / kMinute,
                size % kMinute / 1000, size % 1000, directions[is_negative ? 1 : 0]);
  in.append(text);
}

// RFC 1876: version (1), then for version 0 size (1), precisions (1 + 1), latitude, longitude and altitude (4 each).
void dissect_loc(Record& record) {
  constexpr double kDeepest = 10'000'000;  // centimetres below the sea
  MessageLayer& in = record.in;
  const uint64_t version = in.rest().u8(0);
  if (version != 0) {
    in.peek(f.loc_version, in.at());
    in.bytes(f.loc_unknown_data, record.data_len);
    return;
  }
  in(f.loc_version);
  precision(in, f.loc_size);
  precision(in, f.loc_horizontal_precision);
  precision(in, f.loc_vertical_precision);
  angle(in, f.loc_latitude, 90, "NS");
  angle(in, f.loc_longitude, 180, "EW");
  const uint32_t altitude = in(f.loc_altitude);
  if (in.ok() && in.tree() != nullptr) append_metres(in, (altitude - kDeepest) / 100);
}

/// An address of which only the first bytes are there.
void address_prefix(Record& record, const Field& field, size_t size, size_t count) {
  uint8_t whole[16] = {};
  const Bytes prefix = record.in.bytes(count);
  if (!record.in.ok()) return;
  const std::string_view raw = prefix.text();
  std::copy_n(raw.begin(), std::min(raw.size(), size), whole);
  record.in.note_text(field, {reinterpret_cast<const char*>(whole), size}, count);
}

// RFC 3123: family (2), prefix length (1), negation and length (1), address; repeated.
void dissect_apl(Record& record) {
  constexpr uint32_t kIpv4 = 1, kIpv6 = 2;
  MessageLayer& in = record.in;
  while (in.ok() && in.at() < record.end) {
    const uint32_t family = in(f.apl_address_family);
    in(f.apl_coded_prefix);
    const size_t count = in.bits(f.apl_negation, f.apl_afdlength)[1];
    if (family == kIpv4 && count <= 4) {
      address_prefix(record, f.apl_afdpart_ipv4, 4, count);
    } else if (family == kIpv6 && count <= 16) {
      address_prefix(record, f.apl_afdpart_ipv6, 16, count);
    } else {
      in.bytes(f.apl_afdpart_data, count);
    }
  }
}

// RFC 1183, section 3.2: address, and perhaps a subaddress, each a string.
void dissect_isdn(Record& record) {
  character_string(record, f.idsn_length, f.idsn_address);
  if (record.in.at() < record.end) character_string(record, f.idsn_sa_length, f.idsn_sa_address);
}

// RFC 8005: length of the tag (1), algorithm (1), length of the key (2), tag, key, names of rendezvous servers.
void dissect_hip(Record& record) {
  MessageLayer& in = record.in;
  const size_t tag_len = in(f.hip_hit_length);
  in(f.hip_hit_pk_algo);
  const size_t key_len = in(f.hip_pk_length);
  in.bytes(f.hip_hit, tag_len);
  in.bytes(f.hip_pk, key_len);
  until_end(record, [&] { read_name(in, f.hip_rendezvous_server); });
}

// RFC 9859: type (2), scheme (1), port (2), name.
void dissect_dsync(Record& record) {
  record.in(f.dsync_type);
  record.in(f.dsync_scheme);
  record.in(f.dsync_target_port);
  read_name(record.in, f.dsync_target_name);
}

/// Preference (2) and what it is of (RFC 6742).
void locator(Record& record, const Field& preference, const Field& what, size_t size) {
  record.in(preference);
  record.in.bytes(what, size);
}

// Microsoft's WINS: flags (4), two timeouts (4 each), count of servers (4), their addresses.
void dissect_wins(Record& record) {
  MessageLayer& in = record.in;
  in(f.wins_local_flag);
  in(f.wins_lookup_timeout);
  in(f.wins_cache_timeout);
  const size_t servers = in(f.wins_nb_wins_servers);
  for (size_t i = 0; i < servers && in.ok(); ++i) in(f.wins_wins_server);
}

// Microsoft's WINS-R: flags (4), two timeouts (4 each), domain.
void dissect_wins_r(Record& record) {
  record.in(f.winsr_local_flag);
  record.in(f.winsr_lookup_timeout);
  record.in(f.winsr_cache_timeout);
  name_only(record, ", name result domain ", f.winsr_name_result_domain);
}

// draft-bellis-dnsop-xpf: version of IP (1), protocol (1), addresses and ports (2 each) of source and destination.
void dissect_xpf(Record& record) {
  MessageLayer& in = record.in;
  const uint32_t version = in(f.xpf_ip_version);
  in(f.xpf_protocol);
  if (version == 4) {
    in(f.xpf_source_ipv4);
    in(f.xpf_destination_ipv4);
  } else if (version == 6) {
    in(f.xpf_source_ipv6);
    in(f.xpf_destination_ipv6);
  }
  in(f.xpf_sport);
  in(f.xpf_dport);
}

void dissect_names(Record& record, std::initializer_list<const Field*> fields) {
  for (const Field* field : fields) read_name(record.in, *field);
}

}  // namespace

bool dissect_rare(Record& record) {
  switch (record.type) {
    case kMd: dissect_names(record, {&f.md}); return true;
    case kMf: dissect_names(record, {&f.mf}); return true;
    case kMb: dissect_names(record, {&f.mb}); return true;
    case kMg: dissect_names(record, {&f.mg}); return true;
    case kMr: dissect_names(record, {&f.mr}); return true;
    case kNull: record.in.bytes(f.null, record.data_len); return true;
    case kNsap: record.in.bytes(f.nsap_rdata, record.data_len); return true;
    case kNsapPtr: dissect_names(record, {&f.nsap_ptr_owner}); return true;
    case kMinfo: dissect_names(record, {&f.minfo_r, &f.minfo_e}); return true;
    case kRp: dissect_names(record, {&f.rp_mailbox, &f.rp_txt_rr}); return true;
    case kWks: dissect_wks(record); return true;
    case kAfsdb: numbered_name(record, f.afsdb_subtype, f.afsdb_hostname); return true;
    case kRt: numbered_name(record, f.rt_subtype, f.rt_intermediate_host); return true;
    case kLp:
      record.in(f.ilnp_lp_preference);
      read_name(record.in, f.ilnp_lp);
      return true;
    case kX25: character_string(record, f.x25_length, f.x25_psdn_address); return true;
    case kIsdn: dissect_isdn(record); return true;
    case kPx: dissect_px(record); return true;
    case kGpos: dissect_gpos(record); return true;
    case kLoc: dissect_loc(record); return true;
    case kA6: dissect_a6(record); return true;
    case kApl: dissect_apl(record); return true;
    case kHip: dissect_hip(record); return true;
    case kDsync: dissect_dsync(record); return true;
    case kNid: locator(record, f.ilnp_nid_preference, f.ilnp_nid, 8); return true;
    case kL32: locator(record, f.ilnp_l32_preference, f.ilnp_l32, 4); return true;
    case kL64: locator(record, f.ilnp_l64_preference, f.ilnp_l64, 8); return true;
    case kEui48: record.in(f.eui48); return true;
    case kEui64: record.in(f.eui64); return true;
    case kWins: dissect_wins(record); return true;
    case kWinsR: dissect_wins_r(record); return true;
    case kXpf: dissect_xpf(record); return true;
    default: return false;
  }
}

}  // namespace tracedrop::dissect::dns
