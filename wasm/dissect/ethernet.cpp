// Ethernet (IEEE 802.3, section 3): destination (6), source (6), EtherType or length (2). Values from 1536 on are
// EtherTypes; up to 1500 they are the length of an 802.2 LLC frame.
#include "base/text.h"
#include "dissect/context.h"
#include "dissect/registry.h"
#include "dissect/ether_type.h"

namespace tracedrop::dissect {

namespace {

constexpr Field destination{"eth.dst", "Destination", FieldType::mac};
constexpr Field source{"eth.src", "Source", FieldType::mac};
constexpr Field type{"eth.type", "Type", FieldType::uint16, Base::hex, 0, kEtherTypeNames};
constexpr Field length{"eth.len", "Length", FieldType::uint16};
constexpr const Field* kFields[] = {&destination, &source, &type, &length};
constexpr Claim kClaims[] = {{Table::link_type, 1}};

constexpr uint16_t kFirstEtherType = 1536;

void dissect(Context& context, Bytes bytes) {
  Layer in(context, ethernet_protocol, bytes);
  context.set_protocol(ethernet_protocol);
  context.destination = {AddressKind::mac, in.bytes(destination, 6)};
  context.source = {AddressKind::mac, in.bytes(source, 6)};
  const uint16_t type_or_length = bytes.be16(12);
  if (type_or_length >= kFirstEtherType) {
    in.be16(type);
    if (in.ok()) call_ether_type(context, type_or_length, in.rest(), "Ethernet II");
    return;
  }
  in.be16(length);
  if (!in.ok()) return;
  context.call(Table::ether_type, kLlcPayload, in.rest().first(type_or_length));
}

}  // namespace

const Protocol ethernet_protocol{"eth", "Ethernet", "Ethernet II", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
