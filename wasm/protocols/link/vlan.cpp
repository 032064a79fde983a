// VLAN tags: IEEE 802.1Q, section 9.6 (customer, 0x8100; also 0x9100 of old) and 802.1ad (service, 0x88A8):
//
//   | priority (3) | drop eligible (1) | VLAN identifier (12) |   EtherType or length (16)   |
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr Field priority{"vlan.priority", "Priority", bits(u16, 0xE000)};
constexpr Field drop{"vlan.dei", "DEI", flag(u8, 0x1000)};
constexpr Field id{"vlan.id", "ID", bits(u16, 0x0FFF)};
constexpr Field type{"vlan.etype", "Type", x16, kEtherTypeNames};
constexpr Field length{"vlan.len", "Length", u16};
constexpr const Field* kFields[] = {&priority, &drop, &id, &type, &length};
constexpr const Field* kTagBits[] = {&priority, &drop, &id};
constexpr Claim kClaims[] = {{ether_types, 0x8100}, {ether_types, 0x9100}};

constexpr Field service_priority{"ieee8021ad.priority", "Priority", bits(u16, 0xE000)};
constexpr Field service_drop{"ieee8021ad.dei", "DEI", flag(u8, 0x1000)};
constexpr Field service_id{"ieee8021ad.id", "ID", bits(u16, 0x0FFF)};
constexpr Field service_type{"vlan.etype", "Type", x16, kEtherTypeNames};
constexpr const Field* kServiceFields[] = {&service_priority, &service_drop, &service_id, &service_type};
constexpr const Field* kServiceTagBits[] = {&service_priority, &service_drop, &service_id};
constexpr Claim kServiceClaims[] = {{ether_types, 0x88A8}};

void append_tag(Context& context, uint16_t tag, std::string_view drop_name) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = "PRI: ";
  append_number(out, tag >> 13);
  out += drop_name;
  append_number(out, tag >> 12 & 1);
  out.append(out.size() < 16 ? 16 - out.size() : 0, ' ');
  out += "ID: ";
  append_number(out, tag & 0x0FFF);
}

void dissect_tag(Context& context, Layer& in, std::span<const Field* const> bits, std::string_view drop_name,
                 const Field& next) {
  context.clear_info();
  const uint16_t tag = in.be16();
  if (!in.ok()) return;
  in.note_bits(bits, tag, 2);
  append_tag(context, tag, drop_name);
  const uint16_t type_or_length = in.be16(next);
  constexpr size_t kEthernetHeader = 14;
  if (in.ok()) call_type_or_length(context, type_or_length, in.rest(), kEthernetHeader + in.at());
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, vlan_protocol, bytes);
  context.set_protocol(vlan_protocol);
  dissect_tag(context, in, kTagBits, "  DEI: ", bytes.be16(2) < kFirstEtherType ? length : type);
}

void dissect_service(Context& context, Bytes bytes) {
  Layer in(context, vlan_service_protocol, bytes);
  context.set_protocol(vlan_service_protocol);
  dissect_tag(context, in, kServiceTagBits, "  DROP: ", service_type);
}

}  // namespace

const Protocol vlan_protocol{"vlan", "VLAN", "802.1Q Virtual LAN", kFields, kClaims, dissect};
const Protocol vlan_service_protocol{"ieee8021ad",   "802.1ad",      "IEEE 802.1ad",
                                     kServiceFields, kServiceClaims, dissect_service};

}  // namespace tracedrop::dissect
