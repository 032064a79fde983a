// Cisco FabricPath: an Ethernet header of its own with EtherType 0x8903 (to Ethernet it is one), forwarding tag (10
// bits) and time to live (6 bits), then the frame.
#include "dissect/layer.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr Field tag{"cfp.ftag", "FTAG", bits(u16, 0xFFC0)};
constexpr Field ttl{"cfp.ttl", "TTL", bits(u16, 0x003F)};
constexpr const Field* kFields[] = {&tag, &ttl};
constexpr Claim kClaims[] = {{ether_types, 0x8903}};

void dissect(Context& context, Bytes bytes) {
  Layer in(context, fabric_path_protocol, bytes);
  context.set_protocol(fabric_path_protocol);
  const uint16_t word = in.be16();
  in.note_bits(kFields, word, 2);
  if (in.ok()) context.call(ethernet_protocol, in.rest());
}

}  // namespace

const Protocol fabric_path_protocol{"cfp", "CFP", "Cisco FabricPath", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
