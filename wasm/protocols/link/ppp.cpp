// Point-to-Point Protocol, RFC 1661 and 1662: address and control (FF 03, may be absent), protocol (2, or 1 when its
// low bit says so), then the packet. Cisco HDLC shares the link types: address (0F or 8F), control (00), EtherType.
#include "protocols/link/ppp.h"
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace ppp {
namespace {

constexpr Field address{"ppp.address", "Address", x8};
constexpr Field control{"ppp.control", "Control", x8};
constexpr Field protocol{"ppp.protocol", "Protocol", x16, kProtocolNames};
constexpr const Field* kFields[] = {&address, &control, &protocol};
constexpr Claim kClaims[] = {{link_types, 9}, {link_types, 50}};

constexpr Field cisco_address{"chdlc.address", "Address", x8};
constexpr Field cisco_protocol{"chdlc.protocol", "Protocol", x16, kEtherTypeNames};
constexpr const Field* kCiscoFields[] = {&cisco_address, &cisco_protocol};
constexpr Claim kCiscoClaims[] = {{link_types, 104}};

constexpr uint16_t kAddressAndControl = 0xFF03;
constexpr std::string_view kNone = "N/A";

/// A point-to-point link has no addresses.
void name_ends(Context& context) {
  if (context.source.kind == AddressKind::none)
    context.source = context.destination = {AddressKind::text, Bytes::of(kNone)};
}

void name_unknown(Context& context, uint16_t number) {
  std::string text = "0x";
  append_hex(text, number, 4);
  if (context.has_memory()) context.set_protocol_text(text);
  if (context.info() == nullptr) return;
  const std::string_view name = name_of(kProtocolNames, number);
  std::string& out = *context.info();
  out = "PPP ";
  out += name.empty() ? "Unknown" : name;
  out += " (";
  out += text;
  out += ')';
}

void call_protocol(Context& context, uint16_t number, Bytes payload) {
  switch (number) {
    case kIpv4: return context.call(ipv4_protocol, payload);
    case kIpv6: return context.call(ipv6_protocol, payload);
    case kMpls: return context.call(mpls_protocol, payload);
    default: break;
  }
  if (!dissect_control(context, number, payload)) name_unknown(context, number);
}

void dissect_frame(Context& context, Bytes bytes) {
  Layer in(context, ppp_protocol, bytes);
  context.set_protocol(ppp_protocol);
  context.clear_info();
  if (bytes.be16(0) == kAddressAndControl) {
    in.u8(address);
    in.u8(control);
  }
  const bool is_short = (in.rest().u8(0) & 1) != 0;
  const uint16_t number = is_short ? in.u8(protocol) : in.be16(protocol);
  if (in.ok()) call_protocol(context, number, in.rest());
}

void dissect_cisco(Context& context, Bytes bytes) {
  Layer in(context, cisco_hdlc_protocol, bytes);
  name_ends(context);
  context.set_protocol(cisco_hdlc_protocol);
  context.clear_info();
  in.u8(cisco_address);
  in.skip(1);
  const uint16_t number = in.be16(cisco_protocol);
  if (in.ok()) call_by_ether_type(context, number, in.rest());
}

void dissect(Context& context, Bytes bytes) {
  if (bytes.empty()) {
    context.set_protocol("Packet");
    context.shortage = bytes.wire_size() > 0 ? Shortage::snapped : Shortage::malformed;
    return;
  }
  const bool is_cisco = bytes.u8(0) == 0x0F || bytes.u8(0) == 0x8F;
  if (is_cisco) return dissect_cisco(context, bytes);
  name_ends(context);
  dissect_frame(context, bytes);
}

}  // namespace
}  // namespace ppp

const Protocol ppp_protocol{"ppp", "PPP", "Point-to-Point Protocol", ppp::kFields, ppp::kClaims, ppp::dissect};
const Protocol cisco_hdlc_protocol{"chdlc",           "CHDLC",           "Cisco HDLC",
                                   ppp::kCiscoFields, ppp::kCiscoClaims, ppp::dissect_cisco};

}  // namespace tracedrop::dissect
