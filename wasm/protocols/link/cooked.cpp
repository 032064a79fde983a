// Linux "cooked" capture, which stands for the link layer where there is none in common (-i any):
//
//   LINKTYPE_LINUX_SLL (113):   packet type (2), ARPHRD type (2), address length (2), address (8), protocol (2)
//   LINKTYPE_LINUX_SLL2 (276):  protocol (2), reserved (2), interface (4), ARPHRD type (2), packet type (1),
//                               address length (1), address (8)
#include "base/text.h"
#include "dissect/layer.h"
#include "dissect/state.h"
#include "protocols/link/ether_type.h"
#include "protocols/link/hardware_types.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr uint16_t kSentByUs = 4;
constexpr size_t kAddressSpace = 8;

constexpr ValueName kPacketTypes[] = {{0, "Unicast to us"},
                                      {1, "Broadcast"},
                                      {2, "Multicast"},
                                      {3, "Unicast to another host"},
                                      {kSentByUs, "Sent by us"}};

constexpr ValueName kLinuxProtocols[] = {
    {0x0001, "Raw 802.3"}, {0x0003, "Ethernet"}, {0x0004, "802.2 LLC"}, {0x0007, "PPP (HDLC)"},    {0x000C, "CAN"},
    {0x000D, "CAN FD"},    {0x0017, "IrDA LAP"}, {0x00F5, "ISI"},       {0x00F6, "IEEE 802.15.4"}, {0x00FA, "MCTP"},
};
// clang-format off
constexpr ValueName kGreProtocols[] = {
    {0x0000, "Possible GRE keepalive packet"},
    {0x00FE, "OSI"},
    {0x0800, "IP"},
    {0x0806, "ARP"},
    {0x2000, "CDP (Cisco)"},
    {0x2001, "NHRP"},
    {0x22EB, "ERSPAN III"},
    {0x6400, "MIKROTIK EoIP"},
    {0x6558, "Transparent Ethernet bridging"},
    {0x6559, "Frame Relay"},
    {0x8137, "IPX"},
    {0x8200, "ARUBA WLAN"},
    {0x8210, "ARUBA WLAN"},
    {0x8220, "ARUBA WLAN"},
    {0x8230, "ARUBA WLAN"},
    {0x8240, "ARUBA WLAN"},
    {0x8250, "ARUBA WLAN"},
    {0x8260, "ARUBA WLAN"},
    {0x8270, "ARUBA WLAN"},
    {0x8280, "ARUBA WLAN"},
    {0x8290, "ARUBA WLAN"},
    {0x82A0, "ARUBA WLAN"},
    {0x82B0, "ARUBA WLAN"},
    {0x82C0, "ARUBA WLAN"},
    {0x82D0, "ARUBA WLAN"},
    {0x82E0, "ARUBA WLAN"},
    {0x82F0, "ARUBA WLAN"},
    {0x8300, "ARUBA WLAN"},
    {0x8310, "ARUBA WLAN"},
    {0x8320, "ARUBA WLAN"},
    {0x8330, "ARUBA WLAN"},
    {0x8340, "ARUBA WLAN"},
    {0x8350, "ARUBA WLAN"},
    {0x8360, "ARUBA WLAN"},
    {0x8370, "ARUBA WLAN"},
    {0x86DD, "IPv6"},
    {0x880B, "PPP"},
    {0x883E, "WCCP"},
    {0x8847, "MPLS label switched packet"},
    {0x8881, "CDMA2000 A10 Unstructured byte stream"},
    {0x88BE, "ERSPAN"},
    {0x88D2, "CDMA2000 A10 3GPP2 Packet"},
    {0x8909, "CiscoMetaData"},
    {0x894F, "Network Service Header"},
    {0x9000, "ARUBA WLAN"},
    {0x9100, "ARUBA WLAN"},
    {0x9110, "ARUBA WLAN"},
    {0x9120, "ARUBA WLAN"},
    {0x9130, "ARUBA WLAN"},
    {0x9140, "ARUBA WLAN"},
    {0x9150, "ARUBA WLAN"},
    {0x9160, "ARUBA WLAN"},
    {0x9170, "ARUBA WLAN"},
    {0x9180, "ARUBA WLAN"},
    {0x9190, "ARUBA WLAN"},
    {0x91A0, "ARUBA WLAN"},
    {0x91B0, "ARUBA WLAN"},
    {0x91C0, "ARUBA WLAN"},
    {0x91D0, "ARUBA WLAN"},
    {0x91E0, "ARUBA WLAN"},
    {0x91F0, "ARUBA WLAN"},
    {0xB7EA, "Huawei GRE bonding"},
    {0xFEAE, "AIROHIVE AP AP"},
};
// clang-format on

struct Fields {
  Field packet_type{"sll.pkttype", "Packet type", u16, kPacketTypes};
  Field packet_type_byte{"sll.pkttype", "Packet type", u8, kPacketTypes};
  Field hardware_type{"sll.hatype", "Link-layer address type", u16, kHardwareTypes};
  Field address_len{"sll.halen", "Link-layer address length", u16};
  Field address_len_byte{"sll.halen", "Link-layer address length", u8};
  Field source_mac{"sll.src.eth", "Source", mac48};
  Field source_ipv4{"sll.src.ipv4", "Source", ipv4_32};
  Field source_other{"sll.src.other", "Source", raw_bytes};
  Field unused{"sll.unused", "Unused", raw_bytes};
  Field ether_type{"sll.etype", "Protocol", x16, kEtherTypeNames};
  Field linux_protocol{"sll.ltype", "Protocol", x16, kLinuxProtocols};
  Field gre_protocol{"sll.gretype", "Protocol", x16, kGreProtocols};
  Field interface { "sll.ifindex", "Interface index", u32 };
  Field reserved{"sll.reserved", "Reserved", raw_bytes};
  Field trailer{"sll.trailer", "Trailer", raw_bytes};
} constexpr f;
constexpr Claim kClaims[] = {{link_types, 113}};
constexpr Claim kClaims2[] = {{link_types, 276}};

constexpr uint16_t kLlc = 4;                             // of Linux's protocols
constexpr uint16_t kGreTunnel = 778, kGreTunnel6 = 823;  // of hardware

void name_packet_type(Context& context, uint16_t type) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = name_of(kPacketTypes, type);
  if (!out.empty()) return;
  out = "Unknown (";
  append_number(out, type);
  out += ')';
}

void read_source(Layer& in, size_t length) {
  Context& context = in.context();
  if (length == 6) {
    in.address(f.source_mac, AddressKind::mac, 6, context.source);
  } else if (length == 4) {
    in.address(f.source_ipv4, AddressKind::ipv4, 4, context.source);
  } else {
    if (length > 0) in.bytes(f.source_other, std::min(length, kAddressSpace));
  }
  if (length < kAddressSpace) in.bytes(f.unused, kAddressSpace - length);
}

/// The capture itself says who sent the packet.
void note_sender(Context& context, uint16_t type) {
  if (!context.has_memory() || context.row.flow == UINT32_MAX || type != kSentByUs) return;
  uint8_t& sender = context.state()->findings.conversations[context.row.flow >> 1].sent_by_capturer;
  if (sender == Conversation::kUnknownDirection) sender = context.row.flow & 1;
}

bool is_tunnel(uint16_t hardware_type) { return hardware_type == kGreTunnel || hardware_type == kGreTunnel6; }

const Field& protocol_field(uint16_t hardware_type, uint16_t number) {
  if (is_tunnel(hardware_type)) return f.gre_protocol;
  return number < kFirstEtherType ? f.linux_protocol : f.ether_type;
}

void call_linux_protocol(Layer& in, uint16_t hardware_type, uint16_t number) {
  Context& context = in.context();
  if (is_tunnel(hardware_type)) {
    call_by_ether_type(context, number, in.rest());
  } else if (number == kLlc) {
    context.call(ether_types, kLlcPayload, in.rest());
  } else if (number >= kFirstEtherType) {
    call_ether_type(in, f.trailer, CheckSequence::none, number);
  }
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, cooked_protocol, bytes);
  context.set_protocol("Packet");
  if (bytes.size() < 4) in.withdraw();
  const uint16_t type = in.be16(f.packet_type);
  const uint16_t hardware_type = in.be16(f.hardware_type);
  if (!in.ok()) return;
  context.set_protocol(cooked_protocol);
  name_packet_type(context, type);
  const size_t length = in.be16(f.address_len);
  if (!in.ok()) return;
  read_source(in, length);
  const uint16_t number = in.rest().be16(0);
  in(protocol_field(hardware_type, number));
  if (!in.ok()) return;
  call_linux_protocol(in, hardware_type, number);
  note_sender(context, type);
}

void dissect2(Context& context, Bytes bytes) {
  Layer in(context, cooked2_protocol, bytes);
  context.set_protocol("Packet");
  if (bytes.size() < 11) in.withdraw();
  const uint16_t number = bytes.be16(0), hardware_type = bytes.be16(8);
  in(protocol_field(hardware_type, number));
  in.bytes(f.reserved, 2);
  in(f.interface);
  in(f.hardware_type);
  const uint16_t type = in.u8(f.packet_type_byte);
  if (!in.ok()) return;
  context.set_protocol(cooked2_protocol);
  name_packet_type(context, type);
  const size_t length = in.u8(f.address_len_byte);
  if (!in.ok()) return;
  read_source(in, length);
  if (!in.ok()) return;
  call_linux_protocol(in, hardware_type, number);
  note_sender(context, type);
}

}  // namespace

const Protocol cooked_protocol{.filter_name = "sll",
                               .column_name = "SLL",
                               .title = "Linux cooked capture v1",
                               .fields = listed<f>,
                               .claims = kClaims,
                               .dissect = dissect};
const Protocol cooked2_protocol{.filter_name = "sll",
                                .column_name = "SLL",
                                .title = "Linux cooked capture v2",
                                .fields = listed<f>,
                                .claims = kClaims2,
                                .dissect = dissect2};

}  // namespace tracedrop::dissect
