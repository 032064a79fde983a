// Records that are seldom seen; most of them are only read through, so that what follows is found.
#include "protocols/application/dns/fields.h"
#include "protocols/application/dns/record.h"

namespace tracedrop::dissect::dns {

namespace {

// RFC 1035, section 3.4.2: address (4), protocol (1), bit map of ports.
void dissect_wks(Record& record) {
  const Bytes address = record.in.bytes(field::wks_address, 4);
  describe_address(record, Address::ipv4(address));
  record.in.u8(field::wks_protocol);
  silent_rest(record, 0);
}

// RFC 2874, section 3.1: prefix length (1), the address's other bits in whole bytes, the prefix's name unless it is
// empty.
void dissect_a6(Record& record) {
  MessageLayer& in = record.in;
  const uint32_t prefix_len = in.u8(field::a6_prefix_len);
  if (prefix_len > 128) return in.malformed();
  const size_t suffix_len = (128 - prefix_len + 7) / 8;
  const Bytes suffix = in.bytes(suffix_len);
  uint8_t address[16] = {};
  if (in.ok() && suffix_len > 0) std::memcpy(address + sizeof address - suffix_len, suffix.data(), suffix_len);
  const Bytes whole(address, sizeof address);
  if (in.ok() && in.tree() != nullptr) in.tree()->add(field::a6_suffix, whole);
  std::string prefix;
  if (prefix_len > 0) prefix = read_name(in, field::a6_prefix_name).text;
  describe(record, prefix_len);
  describe_address(record, Address::ipv6(whole));
  describe(record, prefix);
}

/// A number (2) and a name that nothing is said about: AFSDB, RT, LP.
void numbered_name(Record& record) {
  record.in.skip(2);
  read_name(record.in);
}

/// Names that nothing is said about: MD, MF, MB, MG, MR, NSAP-PTR, MINFO, RP.
void silent_names(Record& record, int count) {
  for (int i = 0; i < count; ++i) read_name(record.in);
}

// RFC 2163: preference (2), two names.
void dissect_px(Record& record) {
  numbered_name(record);
  read_name(record.in);
}

// RFC 1712: longitude, latitude and altitude, each a string.
void dissect_gpos(Record& record) {
  for (int i = 0; i < 3; ++i) record.in.skip(record.in.u8());
}

// RFC 1876: version (1), then for version 0 size (1), precisions (1 + 1), latitude, longitude and altitude (4 each).
void dissect_loc(Record& record) {
  constexpr size_t kVersion0 = 16;
  const bool is_known = record.in.rest().u8(0) == 0;
  record.in.skip(is_known ? kVersion0 : record.data_len);
}

// RFC 3123: family (2), prefix length (1), negation and length (1), address; repeated.
void dissect_apl(Record& record) {
  while (record.in.ok() && record.in.at() < record.end) {
    record.in.skip(3);
    record.in.skip(record.in.u8() & 0x7Fu);
  }
}

// RFC 1183, section 3.2: address, and perhaps a subaddress, each a string.
void dissect_isdn(Record& record) {
  record.in.skip(record.in.u8());
  if (record.in.at() < record.end) record.in.skip(record.in.u8());
}

// RFC 8005: length of the tag (1), algorithm (1), length of the key (2), tag, key, names of rendezvous servers.
void dissect_hip(Record& record) {
  const size_t tag_len = record.in.u8();
  record.in.skip(1);
  const size_t key_len = record.in.be16();
  record.in.skip(tag_len + key_len);
  until_end(record, [&] { read_name(record.in); });
}

// RFC 9859: type (2), scheme (1), port (2), name.
void dissect_dsync(Record& record) {
  record.in.skip(5);
  read_name(record.in);
}

// Microsoft's WINS: flags (4), two timeouts (4 each), count of servers (4), their addresses.
void dissect_wins(Record& record) {
  record.in.skip(12);
  const size_t servers = record.in.be32();
  record.in.skip(4 * servers);
}

// Microsoft's WINS-R: flags (4), two timeouts (4 each), domain.
void dissect_wins_r(Record& record) {
  record.in.skip(12);
  const Name domain = read_name(record.in);
  describe(record, domain.text);
}

}  // namespace

bool dissect_rare(Record& record) {
  switch (record.type) {
    case kMd:
    case kMf:
    case kMb:
    case kMg:
    case kMr:
    case kNsapPtr: silent_names(record, 1); return true;
    case kMinfo:
    case kRp: silent_names(record, 2); return true;
    case kWks: dissect_wks(record); return true;
    case kAfsdb:
    case kRt:
    case kLp: numbered_name(record); return true;
    case kX25: record.in.skip(record.in.u8()); return true;
    case kIsdn: dissect_isdn(record); return true;
    case kPx: dissect_px(record); return true;
    case kGpos: dissect_gpos(record); return true;
    case kLoc: dissect_loc(record); return true;
    case kA6: dissect_a6(record); return true;
    case kApl: dissect_apl(record); return true;
    case kHip: dissect_hip(record); return true;
    case kZonemd: silent_rest(record, 6); return true;
    case kDsync: dissect_dsync(record); return true;
    case kNid:
    case kL64: record.in.skip(10); return true;
    case kL32:
    case kEui48: record.in.skip(6); return true;
    case kEui64: record.in.skip(8); return true;
    case kWins: dissect_wins(record); return true;
    case kWinsR: dissect_wins_r(record); return true;
    default: return false;
  }
}

}  // namespace tracedrop::dissect::dns
