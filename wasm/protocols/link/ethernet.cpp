// Ethernet (IEEE 802.3, section 3): destination (6), source (6), EtherType or length (2). Values from 1536 on are
// EtherTypes; up to 1500 they are the length of an 802.2 LLC frame.
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr Field destination{"eth.dst", "Destination", mac48};
constexpr Field source{"eth.src", "Source", mac48};
constexpr Field type{"eth.type", "Type", x16, kEtherTypeNames};
constexpr Field length{"eth.len", "Length", u16};
constexpr const Field* kFields[] = {&destination, &source, &type, &length};
constexpr Claim kClaims[] = {{link_types, 1}};

void dissect(Context& context, Bytes bytes) {
  Layer in(context, ethernet_protocol, bytes);
  context.set_protocol(ethernet_protocol);
  in.address(destination, AddressKind::mac, 6, context.destination);
  in.address(source, AddressKind::mac, 6, context.source);
  const uint16_t type_or_length = in.be16(bytes.be16(12) < kFirstEtherType ? length : type);
  if (!in.ok()) return;
  context.set_info("Ethernet II");
  call_type_or_length(context, type_or_length, in.rest(), in.at());
}

}  // namespace

const Protocol ethernet_protocol{"eth", "Ethernet", "Ethernet II", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
