// Linux "cooked" capture, which stands for the link layer where there is none in common (-i any):
//
//   LINKTYPE_LINUX_SLL (113):   packet type (2), ARPHRD type (2), address length (2), address (8), protocol (2)
//   LINKTYPE_LINUX_SLL2 (276):  protocol (2), reserved (2), interface (4), ARPHRD type (2), packet type (1),
//                               address length (1), address (8)
#include "base/text.h"
#include "dissect/layer.h"
#include "dissect/state.h"
#include "protocols/link/ether_type.h"
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

constexpr Field packet_type{"sll.pkttype", "Packet type", u16, kPacketTypes};
constexpr Field packet_type_byte{"sll.pkttype", "Packet type", u8, kPacketTypes};
constexpr Field hardware_type{"sll.hatype", "Link-layer address type", u16};
constexpr Field address_len{"sll.halen", "Link-layer address length", u16};
constexpr Field address_len_byte{"sll.halen", "Link-layer address length", u8};
constexpr Field source_mac{"sll.src.eth", "Source", mac48};
constexpr Field source_ipv4{"sll.src.ipv4", "Source", ipv4_32};
constexpr Field source_other{"sll.src.other", "Source", raw_bytes};
constexpr Field unused{"sll.unused", "Unused", raw_bytes};
constexpr Field protocol{"sll.etype", "Protocol", x16, kEtherTypeNames};
constexpr Field interface { "sll.ifindex", "Interface index", u32 };
constexpr const Field* kFields[] = {&packet_type, &hardware_type, &address_len, &source_mac,
                                    &source_ipv4, &source_other,  &unused,      &protocol};
constexpr const Field* kFields2[] = {&protocol,         &interface,        &hardware_type,
                                     &packet_type_byte, &address_len_byte, &source_mac,
                                     &source_ipv4,      &source_other,     &unused};
constexpr Claim kClaims[] = {{link_types, 113}};
constexpr Claim kClaims2[] = {{link_types, 276}};

enum LinuxProtocol : uint16_t { kNovell = 1, kLlc = 4 };

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
    in.address(source_mac, AddressKind::mac, 6, context.source);
  } else if (length == 4) {
    in.address(source_ipv4, AddressKind::ipv4, 4, context.source);
  } else {
    in.bytes(source_other, std::min(length, kAddressSpace));
  }
  if (length < kAddressSpace) in.bytes(unused, kAddressSpace - length);
}

/// The capture itself says who sent the packet.
void note_sender(Context& context, uint16_t type) {
  if (!context.has_memory() || context.row.flow == UINT32_MAX || type != kSentByUs) return;
  uint8_t& sender = context.state()->findings.conversations[context.row.flow >> 1].sent_by_capturer;
  if (sender == Conversation::kUnknownDirection) sender = context.row.flow & 1;
}

void call_linux_protocol(Context& context, uint16_t number, Bytes payload) {
  if (number == kLlc) {
    context.call(ether_types, kLlcPayload, payload);
  } else if (number >= kFirstEtherType) {
    call_ether_type(context, number, payload);
  }
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, cooked_protocol, bytes);
  context.set_protocol("Packet");
  const uint16_t type = in.be16(packet_type);
  in.be16(hardware_type);
  if (!in.ok()) return;
  context.set_protocol(cooked_protocol);
  name_packet_type(context, type);
  const size_t length = in.be16(address_len);
  if (!in.ok()) return;
  read_source(in, length);
  const uint16_t number = in.be16(protocol);
  if (!in.ok()) return;
  call_linux_protocol(context, number, in.rest());
  note_sender(context, type);
}

void dissect2(Context& context, Bytes bytes) {
  Layer in(context, cooked2_protocol, bytes);
  context.set_protocol("Packet");
  const uint16_t number = in.be16(protocol);
  in.skip(2);
  in.be32(interface);
  in.be16(hardware_type);
  const uint16_t type = in.u8(packet_type_byte);
  if (!in.ok()) return;
  context.set_protocol(cooked2_protocol);
  name_packet_type(context, type);
  const size_t length = in.u8(address_len_byte);
  if (!in.ok()) return;
  read_source(in, length);
  if (!in.ok()) return;
  call_linux_protocol(context, number, in.rest());
  note_sender(context, type);
}

}  // namespace

const Protocol cooked_protocol{"sll", "SLL", "Linux cooked capture v1", kFields, kClaims, dissect};
const Protocol cooked2_protocol{"sll", "SLL", "Linux cooked capture v2", kFields2, kClaims2, dissect2};

}  // namespace tracedrop::dissect
