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

struct Fields {
  Field address{"ppp.address", "Address", x8};
  Field control{"ppp.control", "Control", x8};
  Field protocol{"ppp.protocol", "Protocol", x16, kProtocolNames};
} constexpr f;
constexpr Claim kClaims[] = {{link_types, 9}, {link_types, 50}};

constexpr ValueName kCiscoAddresses[] = {{0x0F, "Unicast"}, {0x8F, "Multicast"}};
constexpr ValueName kCiscoProtocols[] = {{0x0800, "IP"},
                                         {0x2000, "Cisco Discovery Protocol"},
                                         {0x4242, "Spanning Tree BPDU"},
                                         {0x6558, "Transparent Ethernet bridging"},
                                         {0x8035, "SLARP"},
                                         {0x8038, "DEC LanBridge"},
                                         {0x809B, "Appletalk"},
                                         {0x80F3, "AARP"},
                                         {0x8137, "Netware IPX/SPX"},
                                         {0x86DD, "IPv6"},
                                         {0x8847, "MPLS unicast"},
                                         {0x8848, "MPLS multicast"},
                                         {0xFEFE, "OSI"}};

struct CiscoFields {
  Field address{"chdlc.address", "Address", x8, kCiscoAddresses};
  Field control{"chdlc.control", "Control", x8};
  Field protocol{"chdlc.protocol", "Protocol", x16, kCiscoProtocols};
  Field padding{"chdlc.clns_padding", "CLNS Padding", x8};
} constexpr cisco;
constexpr Claim kCiscoClaims[] = {{link_types, 104}};

constexpr uint16_t kOsi = 0xFEFE;
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
    in(f.address);
    in(f.control);
  }
  const bool is_short = (in.rest().u8(0) & 1) != 0;
  const uint16_t number = is_short ? in.u8() : in.be16();
  in.add(f.protocol, number, in.at() - (is_short ? 1 : 2), is_short ? 1 : 2);
  if (in.ok()) call_protocol(context, number, in.rest());
}

void dissect_cisco(Context& context, Bytes bytes) {
  Layer in(context, cisco_hdlc_protocol, bytes);
  name_ends(context);
  context.set_protocol(cisco_hdlc_protocol);
  context.clear_info();
  if (bytes.size() < 4) in.withdraw();
  in(cisco.address);
  in(cisco.control);
  const auto number = static_cast<uint16_t>(in(cisco.protocol));
  in.span(4);
  if (number == kOsi && in.ok() && !in.rest().empty()) in.peek(cisco.padding, in.at());
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

const Protocol ppp_protocol{.filter_name = "ppp",
                            .column_name = "PPP",
                            .title = "Point-to-Point Protocol",
                            .fields = listed<ppp::f>,
                            .claims = ppp::kClaims,
                            .dissect = ppp::dissect};
const Protocol cisco_hdlc_protocol{.filter_name = "chdlc",
                                   .column_name = "CHDLC",
                                   .title = "Cisco HDLC",
                                   .fields = listed<ppp::cisco>,
                                   .claims = ppp::kCiscoClaims,
                                   .dissect = ppp::dissect_cisco};

}  // namespace tracedrop::dissect
