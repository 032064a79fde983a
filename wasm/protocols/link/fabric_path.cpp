// Cisco FabricPath: an Ethernet header of its own with EtherType 0x8903, perhaps behind a service tag, forwarding tag
// (10 bits) and time to live (6 bits), then the frame. Its addresses are those of switches unless they are a group's:
//
//   end node (6) · local (1) · group (1) · end node (2) · reserved (1) · out of order (1) · switch (12) · subswitch (8)
//   · port (16)
#include "dissect/layer.h"
#include "protocols/link/ethernet.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace fabric_path {
namespace {

constexpr TrueFalse kOrders{"Out of order delivery (If DA) or Do not learn (If SA)",
                            "Deliver in order (If DA) or Learn (If SA)"};

struct Fields {
  Field destination{"cfp.d_hmac", "Destination"};
  Field group{"cfp.d_hmac_mc", "MC Destination", mac48};
  Field source{"cfp.s_hmac", "Source"};
  Field end_node{"cfp.eid", "End Node ID", bits(in_base(u24, Base::dec_hex), 0xFCC000)};
  Field is_local{"cfp.ul", "U/L bit", flag(u24, 0x020000), ethernet::kAdministered};
  Field is_group{"cfp.ig", "I/G bit", flag(u24, 0x010000), ethernet::kGrouped};
  Field out_of_order{"cfp.ooodl", "OOO/DL Bit", flag(u24, 0x001000), kOrders};
  Field switch_id{"cfp.swid", "switch-id", bits(in_base(u24, Base::dec_hex), 0x000FFF)};
  Field subswitch{"cfp.sswid", "sub-switch-id", in_base(u8, Base::dec_hex)};
  Field port{"cfp.lid", "Source LID", in_base(u16, Base::dec_hex)};
  Field service_type{"cfp.1ad.etype", "IEEE 802.1ad Ethertype", x16, kEtherTypeNames};
  Field service_priority{"cfp.1ad.priority", "Priority", bits(u16, 0xE000)};
  Field service_drop{"cfp.1ad.dei", "DEI", bits(u16, 0x1000)};
  Field service_id{"cfp.1ad.id", "ID", bits(u16, 0x0FFF)};
  Field type{"cfp.etype", "FP Ethertype", x16, kEtherTypeNames};
  Field tag{"cfp.ftag", "FTAG", bits(u16, 0xFFC0)};
  Field ttl{"cfp.ttl", "TTL", bits(u16, 0x003F)};
} constexpr f;

constexpr size_t kAddressBytes = 6;

std::string address_text(Bytes address) {
  std::string out;
  append_hex(out, address.be24(0) & 0xFFF, 3);
  out += '.';
  append_hex(out, address.u8(3), 2);
  out += '.';
  append_hex(out, address.be16(4), 4);
  return out;
}

void read_switch_address(Layer& in, const Field& field, std::string_view text) {
  const auto address = in.group(field, kAddressBytes);
  if (in.tree() != nullptr) in.replace(field.title, ": ", text);
  in.add(f.end_node, 0, in.at(), 3);  // Wireshark shows none, whatever stands there
  in.bits(f.is_local, f.is_group, f.out_of_order, f.switch_id);
  in(f.subswitch);
  in(f.port);
}

void read_addresses(Layer& in) {
  const Bytes destination = in.all().first(kAddressBytes), source = in.all().sub(kAddressBytes, kAddressBytes);
  const bool is_group = (destination.u8(0) & 1) != 0;
  std::string to;
  if (in.tree() != nullptr && is_group) append_address(to, Address::mac(destination));
  if (in.tree() != nullptr && !is_group) to = address_text(destination);
  is_group ? void(in.bytes(f.group, kAddressBytes)) : read_switch_address(in, f.destination, to);
  const std::string from = in.tree() == nullptr ? std::string() : address_text(source);
  read_switch_address(in, f.source, from);
  in.append_title(", Src: ", from, ", Dst: ", to);
}

void dissect(Context& context, Bytes bytes) {
  constexpr uint16_t kServiceTag = 0x88A8;
  Layer in(context, fabric_path_protocol, bytes);
  context.set_protocol(fabric_path_protocol);
  context.destination = {AddressKind::mac, bytes.first(kAddressBytes)};
  context.source = {AddressKind::mac, bytes.sub(kAddressBytes, kAddressBytes)};
  context.set_info("Ethernet II");
  read_addresses(in);
  if (in.rest().be16(0) == kServiceTag) {
    in(f.service_type);
    in.bits(f.service_priority, f.service_drop, f.service_id);
  }
  in(f.type);
  in.bits(f.tag, f.ttl);
  if (in.ok()) context.call(ethernet_protocol, in.rest());
}

}  // namespace
}  // namespace fabric_path

const Protocol fabric_path_protocol{.filter_name = "cfp",
                                    .column_name = "CFP",
                                    .title = "Cisco FabricPath",
                                    .fields = listed<fabric_path::f>,
                                    .dissect = fabric_path::dissect};

}  // namespace tracedrop::dissect
