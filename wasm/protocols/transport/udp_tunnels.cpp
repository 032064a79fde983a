// Networks inside UDP. VXLAN, RFC 7348, section 5: flags (4), network identifier (3), reserved (1), Ethernet frame.
// Geneve, RFC 8926, section 3.4: version and option length in words (1), flags (1), EtherType (2), identifier (3),
// reserved (1), options. Teredo, RFC 4380, section 5.1.1: authentication and origin, each optional, then IPv6.
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

struct VxlanFields {
  Field flags{"vxlan.flags", "Flags", x16};
  Field policy{"vxlan.flag_g", "GBP Extension", flag(u16, 0x8000), TrueFalse{"Defined", "Not defined"}};
  Field has_id{"vxlan.flag_i", "VXLAN Network ID (VNI)", flag(u16, 0x0800)};
  Field dont_learn{"vxlan.flag_d", "Don't Learn", flag(u16, 0x0040)};
  Field is_applied{"vxlan.flag_a", "Policy Applied", flag(u16, 0x0008)};
  Field reserved_flags{"vxlan.flags_reserved", "Reserved(R)", bits(x16, 0x77B7)};
  Field policy_id{"vxlan.gbp", "Group Policy ID", u16};
  Field id{"vxlan.vni", "VXLAN Network Identifier (VNI)", u24};
  Field reserved{"vxlan.reserved8", "Reserved", u8};
} constexpr vxlan;
constexpr Claim kVxlanClaims[] = {{udp_ports, 4789}};

constexpr RangeName kOptionClasses[] = {{0x0, 0xff, "Standard"},
                                        {0x100, 0x100, "Linux"},
                                        {0x101, 0x101, "Open vSwitch"},
                                        {0x102, 0x102, "Open Virtual Networking (OVN)"},
                                        {0x103, 0x103, "In-band Network Telemetry (INT)"},
                                        {0x104, 0x104, "VMware"},
                                        {0x105, 0x105, "Amazon.com, Inc."},
                                        {0x106, 0x106, "Cisco Systems, Inc."},
                                        {0x107, 0x107, "Oracle Corporation"},
                                        {0x108, 0x110, "Amazon.com, Inc."},
                                        {0x111, 0x118, "IBM"},
                                        {0x119, 0x128, "Ericsson"},
                                        {0x129, 0x129, "Oxide Computer Company"},
                                        {0x130, 0x131, "Cisco Systems, Inc."},
                                        {0x132, 0x135, "Google LLC"},
                                        {0x136, 0x136, "InfoQuick Global Connection Tech Ltd."},
                                        {0x137, 0x140, "Alibaba, inc"},
                                        {0x141, 0x144, "Palo Alto Networks"},
                                        {0x145, 0x149, "Huawei Technologies Co., Ltd"},
                                        {0x14a, 0x14a, "EMnify GmbH"},
                                        {0x14b, 0x14b, "Cilium"},
                                        {0x14c, 0x14c, "Corelight, Inc."},
                                        {0x14d, 0x14d, "1NCE GmbH"},
                                        {0x14e, 0x157, "Cloud of China Telecom (CTYUN)"},
                                        {0x158, 0x161, "Volcengine, inc"},
                                        {0x162, 0x162, "nat64.net"},
                                        {0x163, 0x163, "Multi Segment SD-WAN"},
                                        {0x164, 0x164, "cPacket Networks, Inc."},
                                        {0x165, 0x167, "Tencent"},
                                        {0x168, 0x168, "ExtraHop Networks, Inc."},
                                        {0x169, 0x169, "Soosan INT Co., Ltd."},
                                        {0x16a, 0xfeff, "Unassigned"},
                                        {0xfff0, 0xffff, "Experimental"}};

struct GeneveFields {
  Field version{"geneve.version", "Version", u8};
  Field length{"geneve.option.length", "Length", times(u8, 4), kBytesUnit};
  Field flags{"geneve.flags", "Flags", x8};
  Field is_control{"geneve.flags.oam", "Operations, Administration and Management Frame", flag(u8, 0x80)};
  Field is_critical{"geneve.flags.critical", "Critical Options Present", flag(u8, 0x40)};
  Field reserved_flags{"geneve.flags.reserved", "Reserved", flag(u8, 0x3F)};
  Field type{"geneve.proto_type", "Protocol Type", x16, kEtherTypeNames};
  Field id{"geneve.vni", "Virtual Network Identifier (VNI)", in_base(u24, Base::hex_dec)};
  Field reserved{"geneve.reserved", "Reserved", x8};
  Field options{"geneve.options", "Geneve Options", raw_bytes};
  Field option{"geneve.option", "Option", raw_bytes};
  Field option_class{"geneve.option.class", "Class", x16, kOptionClasses};
  Field option_type{"geneve.option.type", "Type", x8};
  Field option_reserved{"geneve.option.flags.reserved", "Reserved", flag(u8, 0xE0)};
  Field unknown{"geneve.option.unknown.data", "Unknown Option Data", raw_bytes};
} constexpr geneve;
constexpr Claim kGeneveClaims[] = {{udp_ports, 6081}};

struct TeredoFields {
  Field authentication{"teredo.auth", "Teredo Authentication header"};
  Field id_len{"teredo.auth.idlen", "Client identifier length", u8};
  Field value_len{"teredo.auth.aulen", "Authentication value length", u8};
  Field id{"teredo.auth.id", "Client identifier", raw_bytes};
  Field value{"teredo.auth.value", "Authentication value", raw_bytes};
  Field nonce{"teredo.auth.nonce", "Nonce value", raw_bytes};
  Field confirmation{"teredo.auth.conf", "Confirmation byte", raw_bytes};
  Field origin{"teredo.orig", "Teredo Origin Indication header"};
  Field port{"teredo.orig.port", "Origin UDP port", u16};
  Field address{"teredo.orig.addr", "Origin IPv4 address", ipv4_32};
} constexpr teredo;
constexpr Claim kTeredoClaims[] = {{udp_ports, 3544}};

void read_vxlan_flags(Layer& in) {
  const uint32_t flags = in(vxlan.flags);
  if (in.tree() == nullptr || !in.ok()) return;
  const auto is_set = [&](const Field* field) { return masked(field->format, flags) != 0; };
  for (const Field* field : {&vxlan.policy, &vxlan.has_id, &vxlan.dont_learn, &vxlan.is_applied})
    if (is_set(field)) in.append(", ", field->title);
  const auto below = in.below();
  for (const Field* field : {&vxlan.policy, &vxlan.has_id, &vxlan.dont_learn, &vxlan.is_applied, &vxlan.reserved_flags})
    in.note(*field, masked(field->format, flags), 2);
}

void dissect_vxlan(Context& context, Bytes bytes) {
  Layer in(context, vxlan_protocol, bytes);
  context.set_protocol(vxlan_protocol);
  context.clear_info();
  read_vxlan_flags(in);
  in(vxlan.policy_id);
  in(vxlan.id);
  in(vxlan.reserved);
  if (in.ok()) context.call(ethernet_protocol, in.rest());
}

void read_geneve_flags(Layer& in) {
  const uint32_t flags = in(geneve.flags);
  if (in.tree() == nullptr || !in.ok()) return;
  for (const Field* field : {&geneve.is_control, &geneve.is_critical})
    if (masked(field->format, flags) != 0) in.append(", ", field->title);
  const auto below = in.below();
  for (const Field* field : {&geneve.is_control, &geneve.is_critical, &geneve.reserved_flags})
    in.note(*field, masked(field->format, flags), 1);
}

size_t option_len(Bytes option) { return 4 + size_t{option.u8(3)} % 32 * 4; }

void report_geneve_option(Layer& in) {
  const size_t from = in.at();
  const uint16_t option_class = in.rest().be16(0);
  const uint8_t type = in.rest().u8(2);
  const size_t length = option_len(in.rest());
  const std::string_view critical = (type & 0x80) != 0 ? " (Critical)" : " (Non-critical)";
  const auto line = in.group(geneve.option, length);
  in.replace("Unknown, Class: ", geneve.option_class.names.of(option_class), " (", Hex{option_class, 4},
             ") Type: ", Hex{type, 2}, critical);
  in(geneve.option_class);
  in(geneve.option_type);
  in.append(critical);
  {
    const auto below = in.below();
    in.add(geneve.option_reserved, (in.rest().u8(0) & 0xE0) != 0, from + 3, 1);
    in.hidden();
  }
  in.add(geneve.length, length, from + 3, 1);
  in.skip(1);
  if (length > 4) in.bytes(geneve.unknown, length - 4);
}

void read_geneve_options(Layer& in, size_t size) {
  const size_t end = in.at() + size;
  if (in.tree() != nullptr && size > 0 && in.rest().size() >= size) {
    const auto all = in.group(geneve.options, size);
    in.replace("Options: (", size, " bytes)");
    while (in.at() + 4 <= end && in.at() + option_len(in.rest()) <= end) report_geneve_option(in);
    in.seek(end - size);
  }
  in.skip(size);
}

void dissect_geneve(Context& context, Bytes bytes) {
  constexpr uint16_t kEthernetFrame = 0x6558;
  Layer in(context, geneve_protocol, bytes);
  context.set_protocol(geneve_protocol);
  context.clear_info();
  const size_t options_len = size_t{bytes.u8(0)} % 64 * 4;
  in.skip(1);
  if (in.ok()) {
    in.add(geneve.version, bytes.u8(0) >> 6, 0, 1);
    in.add(geneve.length, options_len, 0, 1);
  }
  read_geneve_flags(in);
  const auto type = static_cast<uint16_t>(in(geneve.type));
  const uint32_t id = in(geneve.id);
  in.append_title(", VNI: ", Hex{id, 6}, (bytes.u8(1) & 0x80) != 0 ? ", OAM" : "");
  bytes.u8(7) != 0 ? void(in(geneve.reserved)) : in.skip(1);
  read_geneve_options(in, options_len);
  if (!in.ok()) return;
  if (type == kEthernetFrame) return context.call(ethernet_protocol, in.rest());
  call_ether_type(context, type, in.rest());
}

void read_authentication(Layer& in) {
  const auto line = in.part(teredo.authentication);
  in.skip(2);
  const size_t id_len = in(teredo.id_len), value_len = in(teredo.value_len);
  if (id_len > 0) in.bytes(teredo.id, id_len);
  if (value_len > 0) in.bytes(teredo.value, value_len);
  in.bytes(teredo.nonce, 8);
  in.bytes(teredo.confirmation, 1);
}

/// Port and address are inverted, so that no address translation on the way finds them.
void read_origin(Layer& in) {
  const auto line = in.part(teredo.origin);
  const Bytes origin = in.rest();
  in.skip(8);
  if (in.tree() == nullptr || !in.ok()) return;
  in.note(teredo.port, origin.be16(2) ^ 0xFFFFu, 6);
  Tree& tree = *in.tree();
  tree.set_range(tree.last(), origin.sub(2, 2));
  std::string address;
  for (size_t i = 4; i < 8; ++i) address += static_cast<char>(origin.u8(i) ^ 0xFF);
  in.note_text(teredo.address, address, 4);
}

void dissect_teredo(Context& context, Bytes bytes) {
  constexpr uint16_t kAuthentication = 0x0001, kOrigin = 0x0000;
  Layer in(context, teredo_protocol, bytes);
  in.span_all();
  context.set_protocol(teredo_protocol);
  context.clear_info();
  if (in.rest().be16(0) == kAuthentication) read_authentication(in);
  if (in.ok() && in.rest().size() >= 8 && in.rest().be16(0) == kOrigin) read_origin(in);
  if (in.ok() && in.rest().u8(0) >> 4 == 6) context.call(ipv6_protocol, in.rest());
}

}  // namespace

const Protocol vxlan_protocol{.filter_name = "vxlan",
                              .column_name = "VxLAN",
                              .title = "Virtual eXtensible Local Area Network",
                              .fields = listed<vxlan>,
                              .claims = kVxlanClaims,
                              .dissect = dissect_vxlan};
const Protocol geneve_protocol{.filter_name = "geneve",
                               .column_name = "Geneve",
                               .title = "Generic Network Virtualization Encapsulation",
                               .fields = listed<geneve>,
                               .claims = kGeneveClaims,
                               .dissect = dissect_geneve};
const Protocol teredo_protocol{.filter_name = "teredo",
                               .column_name = "Teredo",
                               .title = "Teredo IPv6 over UDP tunneling",
                               .fields = listed<teredo>,
                               .claims = kTeredoClaims,
                               .dissect = dissect_teredo};

}  // namespace tracedrop::dissect
