// Fiber Distributed Data Interface, ISO 9314-2: frame control (1), destination (6), source (6), then LLC.
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr RangeName kClasses[] = {{0x0, 0x0, "Void"},
                                  {0x4, 0x4, "SMT"},
                                  {0x5, 0x5, "Async LLC"},
                                  {0x6, 0x6, "Implementor Async"},
                                  {0x8, 0x8, "Nonrestricted Token"},
                                  {0xC, 0xC, "MAC"},
                                  {0xD, 0xD, "Sync LLC"},
                                  {0xE, 0xE, "Implementor Sync"}};
struct Fields {
  Field frame_control{"fddi.fc", "Frame Control", x8};
  Field frame_class{"fddi.fc.clf", "Class/Length/Format", bits(x8, 0xF0), kClasses};
  Field priority{"fddi.fc.prio", "Priority", bits(u8, 0x07)};
  Field destination{"fddi.dst", "Destination", mac48, {}, "fddi.addr"};
  Field source{"fddi.src", "Source", mac48, {}, "fddi.addr"};
} constexpr f;
constexpr Claim kClaims[] = {{link_types, 10}};

constexpr uint8_t kLlcMask = 0xF0, kLlcFrame = 0x50;

void report_llc(Layer& in, uint32_t control) {
  in.append_title(", Async LLC frame, priority ", control & 7);
  in.append(" (Async LLC frame, priority ", control & 7, ')');
  const auto below = in.below();
  in.peek(f.frame_class, 0);
  in.peek(f.priority, 0);
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, fddi_protocol, bytes);
  context.set_protocol(fddi_protocol);
  const uint32_t control = in(f.frame_control);
  if (in.ok() && (control & kLlcMask) == kLlcFrame) report_llc(in, control);
  in.address(f.destination, AddressKind::mac, 6, context.destination);
  in.address(f.source, AddressKind::mac, 6, context.source);
  if (in.ok() && (control & kLlcMask) == kLlcFrame) context.call(ether_types, kLlcPayload, in.rest());
}

}  // namespace

const Protocol fddi_protocol{"fddi", "FDDI", "Fiber Distributed Data Interface", listed<f>, kClaims, dissect};

}  // namespace tracedrop::dissect
