// Multiprotocol Label Switching, RFC 3032, section 2.1: a stack of labels, each
//
//   | Label (20) | Traffic class (3) | Bottom of stack (1) | Time to live (8) |
//
// The payload does not say what it is: its first half byte is an IP version, or that of a pseudowire's control word (0)
// or of an associated channel (1, RFC 5586).
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr Field label{"mpls.label", "MPLS Label", bits(u32, 0xFFFFF000)};
constexpr Field traffic_class{"mpls.exp", "MPLS Experimental Bits", bits(u32, 0x00000E00)};
constexpr Field bottom{"mpls.bottom", "MPLS Bottom Of Label Stack", flag(u8, 0x00000100)};
constexpr Field ttl{"mpls.ttl", "MPLS TTL", bits(u32, 0x000000FF)};
constexpr const Field* kFields[] = {&label, &traffic_class, &bottom, &ttl};
constexpr Claim kClaims[] = {{ether_types, 0x8847}, {ether_types, 0x8848}, {ip_protocols, 137}, {udp_ports, 6635}};

constexpr uint32_t kBottom = 0x100;
constexpr size_t kControlWord = 4;
constexpr size_t kEthernetHeader = 14;

/// A pseudowire without a control word: an Ethernet frame whose type is known.
bool looks_like_ethernet(Bytes payload) {
  const uint16_t type = payload.be16(12);
  return payload.size() >= kEthernetHeader && type >= kFirstEtherType && ether_types.find(type) != nullptr;
}

void call_channel(Context& context, Bytes payload) {
  constexpr uint16_t kIpv4Channel = 0x0021, kIpv6Channel = 0x0057;
  const uint16_t channel = payload.be16(2);
  if (channel == kIpv4Channel) context.call(ipv4_protocol, payload.from(kControlWord));
  if (channel == kIpv6Channel) context.call(ipv6_protocol, payload.from(kControlWord));
}

void call_payload(Context& context, Bytes payload) {
  switch (payload.u8(0) >> 4) {
    case 4: return context.call(ipv4_protocol, payload);
    case 6: return context.call(ipv6_protocol, payload);
    case 1: return call_channel(context, payload);
    case 0:
      if (payload.wire_size() > kControlWord) context.call(ethernet_protocol, payload.from(kControlWord));
      return;
    default:
      if (looks_like_ethernet(payload)) context.call(ethernet_protocol, payload);
      return;
  }
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, mpls_protocol, bytes);
  context.set_protocol(mpls_protocol);
  context.set_info("MPLS Label Switched Packet");
  uint32_t entry = 0;
  while (in.ok() && (entry & kBottom) == 0) {
    entry = in.be32();
    in.note_bits(kFields, entry, 4);
  }
  if (!in.ok()) return;
  const Bytes payload = in.rest();
  payload.empty() ? in.skip(1) : call_payload(context, payload);
}

}  // namespace

const Protocol mpls_protocol{"mpls", "MPLS", "MultiProtocol Label Switching Header", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
