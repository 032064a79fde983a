// Fiber Distributed Data Interface, ISO 9314-2: frame control (1), destination (6), source (6), then LLC.
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr Field frame_control{"fddi.fc", "Frame Control", x8};
constexpr Field destination{"fddi.dst", "Destination", mac48};
constexpr Field source{"fddi.src", "Source", mac48};
constexpr const Field* kFields[] = {&frame_control, &destination, &source};
constexpr Claim kClaims[] = {{link_types, 10}};

constexpr uint8_t kLlcMask = 0xF0, kLlcFrame = 0x50;

void dissect(Context& context, Bytes bytes) {
  Layer in(context, fddi_protocol, bytes);
  context.set_protocol(fddi_protocol);
  const uint8_t control = in.u8(frame_control);
  in.address(destination, AddressKind::mac, 6, context.destination);
  in.address(source, AddressKind::mac, 6, context.source);
  if (in.ok() && (control & kLlcMask) == kLlcFrame) context.call(ether_types, kLlcPayload, in.rest());
}

}  // namespace

const Protocol fddi_protocol{"fddi", "FDDI", "Fiber Distributed Data Interface", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
