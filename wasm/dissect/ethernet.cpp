// Ethernet (IEEE 802.3, section 3): destination (6), source (6), EtherType or length (2). Values from 1536 on are
// EtherTypes; up to 1500 they are the length of an 802.2 LLC frame.
#include "dissect/context.h"
#include "dissect/ether_type.h"
#include "dissect/registry.h"

namespace tracedrop::dissect {

namespace {

constexpr Field destination{"eth.dst", "Destination", FieldType::mac};
constexpr Field source{"eth.src", "Source", FieldType::mac};
constexpr Field type{"eth.type", "Type", FieldType::uint16, Base::hex, 0, kEtherTypeNames};
constexpr Field length{"eth.len", "Length", FieldType::uint16};
constexpr const Field* kFields[] = {&destination, &source, &type, &length};
constexpr Claim kClaims[] = {{Table::link_type, 1}};

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
