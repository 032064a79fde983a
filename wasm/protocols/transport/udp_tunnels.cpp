// Networks inside UDP. VXLAN, RFC 7348, section 5: flags (4), network identifier (3), reserved (1), Ethernet frame.
// Geneve, RFC 8926, section 3.4: version and option length in words (1), flags (1), EtherType (2), identifier (3),
// reserved (1), options. Teredo, RFC 4380, section 5.1.1: authentication and origin, each optional, then IPv6.
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr Field vxlan_flags{"vxlan.flags", "Flags", x16};
constexpr Field vxlan_id{"vxlan.vni", "VXLAN Network Identifier (VNI)", u24};
constexpr const Field* kVxlanFields[] = {&vxlan_flags, &vxlan_id};
constexpr Claim kVxlanClaims[] = {{udp_ports, 4789}};

constexpr Field geneve_type{"geneve.proto_type", "Protocol Type", x16, kEtherTypeNames};
constexpr Field geneve_id{"geneve.vni", "Virtual Network Identifier (VNI)", u24};
constexpr const Field* kGeneveFields[] = {&geneve_type, &geneve_id};
constexpr Claim kGeneveClaims[] = {{udp_ports, 6081}};

constexpr Claim kTeredoClaims[] = {{udp_ports, 3544}};

void dissect_vxlan(Context& context, Bytes bytes) {
  Layer in(context, vxlan_protocol, bytes);
  context.set_protocol(vxlan_protocol);
  context.clear_info();
  in.be16(vxlan_flags);
  in.skip(2);
  in.be24(vxlan_id);
  in.skip(1);
  if (in.ok()) context.call(ethernet_protocol, in.rest());
}

void dissect_geneve(Context& context, Bytes bytes) {
  constexpr uint16_t kEthernetFrame = 0x6558;
  Layer in(context, geneve_protocol, bytes);
  context.set_protocol(geneve_protocol);
  context.clear_info();
  const size_t options_len = size_t{in.u8()} % 64 * 4;
  in.skip(1);
  const uint16_t type = in.be16(geneve_type);
  in.be24(geneve_id);
  in.skip(1 + options_len);
  if (!in.ok()) return;
  if (type == kEthernetFrame) return context.call(ethernet_protocol, in.rest());
  call_ether_type(context, type, in.rest());
}

void dissect_teredo(Context& context, Bytes bytes) {
  constexpr uint16_t kAuthentication = 0x0001, kOrigin = 0x0000;
  Layer in(context, teredo_protocol, bytes);
  context.set_protocol(teredo_protocol);
  context.clear_info();
  if (in.rest().be16(0) == kAuthentication) in.skip(size_t{13} + bytes.u8(2) + bytes.u8(3));
  if (in.ok() && in.rest().size() >= 8 && in.rest().be16(0) == kOrigin) in.skip(8);
  if (in.ok() && in.rest().u8(0) >> 4 == 6) context.call(ipv6_protocol, in.rest());
}

}  // namespace

const Protocol vxlan_protocol{"vxlan",      "VxLAN",      "Virtual eXtensible Local Area Network",
                              kVxlanFields, kVxlanClaims, dissect_vxlan};
const Protocol geneve_protocol{"geneve",      "Geneve",      "Generic Network Virtualization Encapsulation",
                               kGeneveFields, kGeneveClaims, dissect_geneve};
const Protocol teredo_protocol{"teredo", "Teredo", "Teredo IPv6 over UDP tunneling", {}, kTeredoClaims, dissect_teredo};

}  // namespace tracedrop::dissect
