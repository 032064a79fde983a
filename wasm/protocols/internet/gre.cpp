// Generic Routing Encapsulation, RFC 2784 and 2890 (version 1: RFC 2637, section 4.1): flags and version (2), protocol
// (2), then what the flags say: checksum and offset (4), key (4), sequence number (4), source route (RFC 1701),
// acknowledgment (4, version 1). A mirrored Ethernet frame (ERSPAN) has a header of its own before it.
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

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

constexpr Field flags{"gre.flags_and_version", "Flags and Version", x16};
constexpr Field protocol{"gre.proto", "Protocol Type", x16, kProtocols};
constexpr Field checksum{"gre.checksum", "Checksum", x16};
constexpr Field offset{"gre.offset", "Offset", u16};
constexpr Field key{"gre.key", "Key", x32};
constexpr Field sequence{"gre.sequence_number", "Sequence Number", u32};
constexpr Field acknowledgment{"gre.ack_number", "Acknowledgment Number", u32};
constexpr const Field* kFields[] = {&flags, &protocol, &checksum, &offset, &key, &sequence, &acknowledgment};
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

void skip_route(Layer& in) {
  while (in.ok()) {
    const uint16_t family = in.be16();
    in.skip(1);
    const uint8_t length = in.u8();
    if (family == 0 && length == 0) return;
    in.skip(length);
  }
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
  const uint16_t flag_bits = in.be16(flags);
  const uint16_t number = in.be16(protocol);
  if (!in.ok()) return;
  context.set_protocol(gre_protocol);
  name_protocol(context, number);
  if ((flag_bits & (kChecksum | kRouting)) != 0) {
    in.be16(checksum);
    in.be16(offset);
  }
  if ((flag_bits & kKey) != 0) in.be32(key);
  if ((flag_bits & kSequence) != 0) in.be32(sequence);
  if ((flag_bits & kRouting) != 0) skip_route(in);
  if ((flag_bits & kAcknowledgment) != 0 && (flag_bits & 7) == 1) in.be32(acknowledgment);
  if (!in.ok()) return;
  const Bytes payload = in.rest();
  if (payload.wire_size() == 0) return;
  payload.empty() ? in.skip(1) : call_payload(context, number, (flag_bits & kSequence) != 0, payload);
}

}  // namespace

const Protocol gre_protocol{"gre", "GRE", "Generic Routing Encapsulation", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
