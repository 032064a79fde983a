// Internet Protocol version 6, RFC 8200, section 3:
//
//   |Version| Traffic Class |           Flow Label                  |
//   |         Payload Length        |  Next Header  |   Hop Limit   |
//   |                    Source Address (16 bytes)                  |
//   |                 Destination Address (16 bytes)                |
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/internet/ip.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr size_t kHeader = 40;

constexpr Field version{"ipv6.version", "Version", bits(u8, 0xF0)};
constexpr Field traffic_class{"ipv6.tclass", "Traffic Class", bits(x32, 0x0FF00000)};
constexpr Field dscp{"ipv6.tclass.dscp", "Differentiated Services Codepoint", bits(u32, 0x0FC00000)};
constexpr Field ecn{"ipv6.tclass.ecn", "Explicit Congestion Notification", bits(u32, 0x00300000)};
constexpr Field flow_label{"ipv6.flow", "Flow Label", bits(x32, 0x000FFFFF)};
constexpr Field payload_len{"ipv6.plen", "Payload Length", u16};
constexpr Field next_header{"ipv6.nxt", "Next Header", u8, kIpProtocolNames};
constexpr Field hop_limit{"ipv6.hlim", "Hop Limit", u8};
constexpr Field source{"ipv6.src", "Source Address", ipv6_128};
constexpr Field destination{"ipv6.dst", "Destination Address", ipv6_128};
constexpr const Field* kFields[] = {&version,     &traffic_class, &dscp,      &ecn,    &flow_label,
                                    &payload_len, &next_header,   &hop_limit, &source, &destination};
constexpr const Field* kFirstWordBits[] = {&traffic_class, &dscp, &ecn, &flow_label};
constexpr Claim kClaims[] = {{ether_types, 0x86DD}, {ip_protocols, 41}};

void bogus_version(Context& context, int found) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = "Bogus IPv6 version (";
  append_number(out, found);
  out += ", must be 6)";
}

void short_header(Context& context, size_t found) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = "Invalid IPv6 header (";
  append_number(out, found);
  out += " bytes, need exactly 40)";
}

/// The length that a jumbogram has in an option of its first extension header (RFC 2675, section 2); 0 when it has
/// none.
size_t jumbo_len(uint8_t next, Bytes payload) {
  constexpr uint8_t kHopByHop = 0, kPad1 = 0, kJumbo = 0xC2;
  if (next != kHopByHop) return 0;
  const size_t end = (size_t{payload.u8(1)} + 1) * 8;
  for (size_t at = 2; at < end; at += payload.u8(at) == kPad1 ? 1 : size_t{2} + payload.u8(at + 1))
    if (payload.u8(at) == kJumbo && payload.u8(at + 1) == 4 && payload.has(at + 2, 4)) return payload.be32(at + 2);
  return 0;
}

/// What the payload length says, and what stands in for it when it is 0.
size_t length_of_payload(size_t length, uint8_t next, Bytes payload) {
  constexpr size_t kLongestOrdinary = 65535;
  if (length > 0) return length;
  const size_t jumbo = jumbo_len(next, payload);
  return jumbo > kLongestOrdinary ? jumbo : 0;
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, ipv6_protocol, bytes);
  context.set_protocol(ipv6_protocol);
  context.clear_info();
  const uint8_t first = in.u8(version);
  if (!in.ok()) return;
  if (first >> 4 != 6) return bogus_version(context, first >> 4);
  if (bytes.wire_size() < kHeader) short_header(context, bytes.wire_size());
  in.skip(3);
  in.note_bits(kFirstWordBits, bytes.be32(0), 4);
  const size_t length = in.be16(payload_len);
  const uint8_t next = in.u8(next_header);
  context.hop_limit = in.u8(hop_limit);
  in.address(source, AddressKind::ipv6, 16, context.source);
  in.address(destination, AddressKind::ipv6, 16, context.destination);
  if (!in.ok()) return;
  if (context.network.empty()) context.network = bytes.first(kHeader + length_of_payload(length, next, in.rest()));
  call_ip_protocol(context, next, in.rest().first(length_of_payload(length, next, in.rest())));
}

}  // namespace

const Protocol ipv6_protocol{"ipv6", "IPv6", "Internet Protocol Version 6", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
