// Generic Routing Encapsulation, RFC 2784 and 2890 (version 1: RFC 2637, section 4.1): flags and version (2), protocol
// (2), then what the flags say: checksum and offset (4), key (4), sequence number (4), source route (RFC 1701),
// acknowledgment (4, version 1). A mirrored Ethernet frame (ERSPAN) has a header of its own before it.
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/internet/checksum.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace gre {
namespace {

constexpr ValueName kProtocols[] = {{0x0000, "Possible GRE keepalive packet"},
                                    {0x00FE, "OSI"},
                                    {0x0800, "IP"},
                                    {0x0806, "ARP"},
                                    {0x2000, "CDP (Cisco)"},
                                    {0x2001, "NHRP"},
                                    {0x22EB, "ERSPAN III"},
                                    {0x6400, "MIKROTIK EoIP"},
                                    {0x6558, "Transparent Ethernet bridging"},
                                    {0x6559, "Frame Relay"},
                                    {0x8137, "IPX"},
                                    {0x86DD, "IPv6"},
                                    {0x880B, "PPP"},
                                    {0x883E, "WCCP"},
                                    {0x8847, "MPLS label switched packet"},
                                    {0x8881, "CDMA2000 A10 Unstructured byte stream"},
                                    {0x88BE, "ERSPAN"},
                                    {0x88D2, "CDMA2000 A10 3GPP2 Packet"},
                                    {0x8909, "CiscoMetaData"},
                                    {0x894F, "Network Service Header"},
                                    {0xB7EA, "Huawei GRE bonding"}};

constexpr ValueName kVersions[] = {{0, "GRE"}, {1, "Enhanced GRE"}};
constexpr TrueFalse kYesNo{"Yes", "No"};

struct Fields {
  Field flags{"gre.flags_and_version", "Flags and Version", x16};
  Field has_checksum{"gre.flags.checksum", "Checksum Bit", flag(u16, 0x8000), kYesNo};
  Field has_routing{"gre.flags.routing", "Routing Bit", flag(u16, 0x4000), kYesNo};
  Field has_key{"gre.flags.key", "Key Bit", flag(u16, 0x2000), kYesNo};
  Field has_sequence{"gre.flags.sequence_number", "Sequence Number Bit", flag(u16, 0x1000), kYesNo};
  Field is_strict{"gre.flags.strict_source_route", "Strict Source Route Bit", flag(u16, 0x0800), kYesNo};
  Field recursion{"gre.flags.recursion_control", "Recursion control", bits(u16, 0x0700)};
  Field has_ack{"gre.flags.ack", "Acknowledgment", flag(u16, 0x0080), kYesNo};
  Field reserved{"gre.flags.reserved", "Flags (Reserved)", bits(u16, 0x00F8)};
  Field reserved1{"gre.flags.reserved", "Flags (Reserved)", bits(u16, 0x0078)};
  Field version{"gre.flags.version", "Version", bits(u16, 0x0007), kVersions};
  Field protocol{"gre.proto", "Protocol Type", x16, kProtocols};
  Field checksum{"gre.checksum", "Checksum", x16};
  Field checksum_status{"gre.checksum.status", "Checksum Status", u8, write_checksum_status};
  Field checksum_bad{"gre.checksum.incorrect", "Incorrect GRE Checksum"};
  Field offset{"gre.offset", "Offset", u16};
  Field key{"gre.key", "Key", x32};
  Field payload_len{"gre.key.payload_length", "Payload Length", u16};
  Field call_id{"gre.key.call_id", "Call ID", u16};
  Field sequence{"gre.sequence_number", "Sequence Number", u32};
  Field acknowledgment{"gre.ack_number", "Acknowledgment Number", u32};
  Field routing{"gre.routing", "Routing"};
  Field family{"gre.routing.address_family", "Address Family", u16};
  Field route_offset{"gre.routing.sre_offset", "SRE Offset", u8};
  Field route_len{"gre.routing.src_length", "SRE Length", u8};
  Field route{"gre.routing.information", "Routing Information", raw_bytes};
} constexpr f;
constexpr Claim kClaims[] = {{ip_protocols, 47}, {udp_ports, 4754}};

enum Flag : uint16_t {
  kChecksum = 0x8000,
  kRouting = 0x4000,
  kKey = 0x2000,
  kSequence = 0x1000,
  kAcknowledgment = 0x0080
};

void name_protocol(Context& context, uint16_t number) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  const std::string_view name = name_of(kProtocols, number);
  out = "Encapsulated ";
  out += name;
  if (!name.empty()) return;
  std::string digits;
  append_hex(digits, number, 4);
  out += "0x";
  for (const char digit : digits) out += digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
  out += " (unknown)";
}

void read_route(Layer& in) {
  while (in.ok()) {
    in.add_bytes(f.routing, in.at(), 4);
    const uint32_t family = in(f.family);
    in(f.route_offset);
    const uint32_t length = in(f.route_len);
    if (family == 0 && length == 0) return;
    in.bytes(f.route, length);
  }
}

uint16_t read_flags(Layer& in) {
  const uint32_t value = in(f.flags);
  if (in.tree() == nullptr || !in.ok()) return static_cast<uint16_t>(value);
  const auto below = in.below();
  const bool is_enhanced = (value & 7) == 1;
  for (const Field* field : {&f.has_checksum, &f.has_routing, &f.has_key, &f.has_sequence, &f.is_strict, &f.recursion})
    in.note(*field, masked(field->format, value), 2);
  if (is_enhanced) in.note(f.has_ack, value >> 7 & 1, 2);
  const Field& reserved = is_enhanced ? f.reserved1 : f.reserved;
  in.note(reserved, masked(reserved.format, value), 2);
  in.note(f.version, value & 7, 2);
  return static_cast<uint16_t>(value);
}

/// The checksum is of the header and all that it carries.
void read_checksum(Layer& in, bool is_meant) {
  const size_t at = in.at();
  const uint32_t found = in(f.checksum);
  if (in.tree() == nullptr || !in.ok()) return;
  const Bytes message = in.all();
  if (!is_meant || message.size() < message.wire_size()) {
    in.append(" [unverified]");
    return in.conclude(f.checksum_status, kChecksumUnverified, at);
  }
  const uint16_t right = checksum_of(message, at);
  found == right ? in.append(" [correct]") : in.append(" incorrect, should be ", Hex{right, 4});
  if (found != right)
    in.expert(f.checksum_bad, Severity::warning, ExpertGroup::protocol, "Incorrect GRE Checksum [should be ",
              Hex{right, 4}, ']');
  in.conclude(f.checksum_status, found == right ? kChecksumGood : kChecksumBad, at);
}

void read_key(Layer& in, bool is_enhanced) {
  if (!is_enhanced) {
    in(f.key);
    return;
  }
  in(f.payload_len);
  in(f.call_id);
}

void call_mirrored(Context& context, size_t header, Bytes payload) {
  context.call(ethernet_protocol, payload.from(header));
}

void call_payload(Context& context, uint16_t number, bool is_numbered, Bytes payload) {
  constexpr size_t kErspan2 = 8, kErspan3 = 12, kErspan3Subheader = 8;
  switch (number) {
    case 0x0800: return context.call(ipv4_protocol, payload);
    case 0x0806: return context.call(arp_protocol, payload);
    case 0x6558: return context.call(ethernet_protocol, payload);
    case 0x86DD: return context.call(ipv6_protocol, payload);
    case 0x8847: return context.call(mpls_protocol, payload);
    case 0x880B: return context.call(ppp_protocol, payload);
    case 0x883E: return context.call(ipv4_protocol, payload.u8(0) >> 4 == 4 ? payload : payload.from(4));
    case 0x88BE: return call_mirrored(context, is_numbered ? kErspan2 : 0, payload);
    case 0x22EB: return call_mirrored(context, kErspan3 + ((payload.u8(11) & 1) != 0 ? kErspan3Subheader : 0), payload);
    default: return;
  }
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, gre_protocol, bytes);
  const uint16_t flag_bits = read_flags(in);
  const auto number = static_cast<uint16_t>(in(f.protocol));
  if (!in.ok()) return;
  const std::string_view name = name_of(kProtocols, number);
  name.empty() ? in.append_title(" (", Hex{number, 4}, " - unknown)") : in.append_title(" (", name, ')');
  context.set_protocol(gre_protocol);
  name_protocol(context, number);
  const bool is_enhanced = (flag_bits & 7) == 1;
  if ((flag_bits & (kChecksum | kRouting)) != 0) {
    read_checksum(in, (flag_bits & kChecksum) != 0);
    in(f.offset);
  }
  if ((flag_bits & kKey) != 0) read_key(in, is_enhanced);
  if ((flag_bits & kSequence) != 0) in(f.sequence);
  if ((flag_bits & kRouting) != 0) read_route(in);
  if ((flag_bits & kAcknowledgment) != 0 && is_enhanced) in(f.acknowledgment);
  if (!in.ok()) return;
  const Bytes payload = in.rest();
  if (payload.wire_size() == 0) return;
  payload.empty() ? in.skip(1) : call_payload(context, number, (flag_bits & kSequence) != 0, payload);
}

}  // namespace
}  // namespace gre

const Protocol gre_protocol{.filter_name = "gre",
                            .column_name = "GRE",
                            .title = "Generic Routing Encapsulation",
                            .fields = listed<gre::f>,
                            .claims = gre::kClaims,
                            .dissect = gre::dissect};

}  // namespace tracedrop::dissect
