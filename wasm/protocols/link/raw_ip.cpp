// Link types that are nothing but an IP packet: LINKTYPE_RAW (101), its number on some systems (12, 14), LINKTYPE_IPV4
// and LINKTYPE_IPV6. The version is the packet's first half byte.
#include "dissect/layer.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr Claim kClaims[] = {{link_types, 101}, {link_types, 12}, {link_types, 14}};
constexpr Claim kIpv4Claims[] = {{link_types, 228}};
constexpr Claim kIpv6Claims[] = {{link_types, 229}};

void dissect(Context& context, Bytes bytes) {
  constexpr size_t kLookedAt = 4;
  Layer in(context, raw_ip_protocol, bytes);
  context.set_protocol("N/A");
  context.set_info("Raw packet data");
  in.span_all();
  in.skip(kLookedAt);
  if (!in.ok()) return;
  const int ip_version = bytes.u8(0) >> 4;
  if (ip_version == 4 || ip_version == 6) context.call(ipv4_protocol, bytes);
}

void dissect_as(Context& context, Bytes bytes, const Protocol& protocol) {
  Layer in(context, raw_ip_protocol, bytes);
  in.span_all();
  context.call(protocol, bytes);
}

void dissect_ipv4(Context& context, Bytes bytes) { dissect_as(context, bytes, ipv4_protocol); }

void dissect_ipv6(Context& context, Bytes bytes) { dissect_as(context, bytes, ipv6_protocol); }

}  // namespace

const Protocol raw_ip_protocol{"raw", "Raw", "Raw packet data", {}, kClaims, dissect};
const Protocol raw_ipv4_protocol{"raw.ipv4", "IPv4", "Raw IPv4", {}, kIpv4Claims, dissect_ipv4};
const Protocol raw_ipv6_protocol{"raw.ipv6", "IPv6", "Raw IPv6", {}, kIpv6Claims, dissect_ipv6};

}  // namespace tracedrop::dissect
