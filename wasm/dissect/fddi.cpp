// Fiber Distributed Data Interface, ISO 9314-2: frame control (1), destination (6), source (6), then LLC.
#include "dissect/context.h"
#include "dissect/ether_type.h"
#include "dissect/registry.h"

namespace tracedrop::dissect {

namespace {

constexpr Field frame_control{"fddi.fc", "Frame Control", FieldType::uint8, Base::hex};
constexpr Field destination{"fddi.dst", "Destination", FieldType::mac};
constexpr Field source{"fddi.src", "Source", FieldType::mac};
constexpr const Field* kFields[] = {&frame_control, &destination, &source};
constexpr Claim kClaims[] = {{Table::link_type, 10}};

constexpr uint8_t kLlcMask = 0xF0, kLlcFrame = 0x50;

void dissect(Context& context, Bytes bytes) {
  Layer in(context, fddi_protocol, bytes);
  context.set_protocol(fddi_protocol);
  const uint8_t control = in.u8(frame_control);
  in.address(destination, AddressKind::mac, 6, context.destination);
  in.address(source, AddressKind::mac, 6, context.source);
  if (in.ok() && (control & kLlcMask) == kLlcFrame) context.call(Table::ether_type, kLlcPayload, in.rest());
}

}  // namespace

const Protocol fddi_protocol{"fddi", "FDDI", "Fiber Distributed Data Interface", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
