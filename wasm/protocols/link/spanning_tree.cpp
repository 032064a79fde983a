// Spanning Tree Protocol, IEEE 802.1D, section 9.3 (rapid: 802.1w, multiple: 802.1Q, section 14, shortest path:
// 802.1aq): protocol (2), version (1), type (1), flags (1), root identifier (8), root path cost (4), bridge identifier
// (8), port (2), message age, maximum age, hello time, forward delay (2 each); from version 2 on version 1 length (1);
// from version 3 on version 3 length (2) and that many bytes. A bridge identifier is priority (4 bits), extension (12
// bits) and MAC address.
#include <cstring>

#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

enum BpduType : uint8_t { kConfiguration = 0x00, kRapid = 0x02, kTopologyChange = 0x80 };

constexpr ValueName kProtocols[] = {{0, "Spanning Tree Protocol"}};
constexpr ValueName kVersions[] = {
    {0, "Spanning Tree"}, {2, "Rapid Spanning Tree"}, {3, "Multiple Spanning Tree"}, {4, "Shortest Path Tree"}};
constexpr ValueName kTypes[] = {{kConfiguration, "Configuration"},
                                {kRapid, "Rapid/Multiple Spanning Tree"},
                                {kTopologyChange, "Topology Change Notification"}};
constexpr ValueName kRoles[] = {{0, "Unknown"}, {1, "Alternate or Backup"}, {2, "Root"}, {3, "Designated"}};
constexpr ValueName kOriginating[] = {{0, "Originating VLAN"}};
constexpr TrueFalse kYes{"Yes", "No"};
constexpr Format kSeconds = f64;  // in the packet: 256ths of them

struct Fields {
  Field protocol_id{"stp.protocol", "Protocol Identifier", x16, kProtocols};
  Field version{"stp.version", "Protocol Version Identifier", u8, kVersions};
  Field unknown_version{"bpdu.version_support", "This version of Wireshark only knows about versions 0, 2, 3 & 4"};
  Field type{"stp.type", "BPDU Type", x8, kTypes};
  Field unknown_type{"stp.type.unknown", "Unknown BPDU type data"};
  Field flags{"stp.flags", "BPDU flags", x8};
  Field acknowledgment{"stp.flags.tcack", "Topology Change Acknowledgment", flag(u8, 0x80), kYes};
  Field agreement{"stp.flags.agreement", "Agreement", flag(u8, 0x40), kYes};
  Field forwarding{"stp.flags.forwarding", "Forwarding", flag(u8, 0x20), kYes};
  Field learning{"stp.flags.learning", "Learning", flag(u8, 0x10), kYes};
  Field port_role{"stp.flags.port_role", "Port Role", bits(u8, 0x0C), kRoles};
  Field proposal{"stp.flags.proposal", "Proposal", flag(u8, 0x02), kYes};
  Field topology_change{"stp.flags.tc", "Topology Change", flag(u8, 0x01), kYes};
  Field root_priority{"stp.root.prio", "Root Bridge Priority", u16};
  Field root_extension{"stp.root.ext", "Root Bridge System ID Extension", u16};
  Field root_address{"stp.root.hw", "Root Bridge System ID", mac48};
  Field root_cost{"stp.root.cost", "Root Path Cost", u32};
  Field bridge_priority{"stp.bridge.prio", "Bridge Priority", u16};
  Field bridge_extension{"stp.bridge.ext", "Bridge System ID Extension", u16};
  Field bridge_address{"stp.bridge.hw", "Bridge System ID", mac48};
  Field port{"stp.port", "Port identifier", x16};
  Field message_age{"stp.msg_age", "Message Age", kSeconds};
  Field max_age{"stp.max_age", "Max Age", kSeconds};
  Field hello_time{"stp.hello", "Hello Time", kSeconds};
  Field forward_delay{"stp.forward", "Forward Delay", kSeconds};
  Field version1_len{"stp.version_1_length", "Version 1 Length", u8};
  Field originating_type{"stp.pvst.tlvtype", "Type", x16, kOriginating};
  Field originating_len{"stp.pvst.tlvlen", "Length", u16};
  Field originating_vlan{"stp.pvst.origvlan", "Originating VLAN", u16};
  Field version3_len{"mstp.version_3_length", "Version 3 Length", u16};
  Field config_format{"mstp.config_format_selector", "MST Config ID format selector", u8};
  Field config_name{"mstp.config_name", "MST Config name", plain_text};
  Field config_revision{"mstp.config_revision_level", "MST Config revision", u16};
  Field config_digest{"mstp.config_digest", "MST Config digest", raw_bytes};
  Field internal_cost{"mstp.cist_internal_root_path_cost", "CIST Internal Root Path Cost", u32};
  Field internal_priority{"mstp.cist_bridge.prio", "CIST Bridge Priority", u16};
  Field internal_extension{"mstp.cist_bridge.ext", "CIST Bridge Identifier System ID Extension", u16};
  Field internal_address{"mstp.cist_bridge.hw", "CIST Bridge Identifier System ID", mac48};
  Field remaining_hops{"mstp.cist_remaining_hops", "CIST Remaining hops", u8};
  Field instance_flags{"mstp.msti.flags", "MSTI flags", x8};
  Field instance_priority{"mstp.msti.priority", "Priority", bits(x8, 0xF0)};
  Field instance_id{"mstp.msti.msti_id", "MSTID", bits(u16, 0x0FFF)};
  Field instance_root{"mstp.msti.root.hw", "Regional Root", mac48};
  Field instance_cost{"mstp.msti.root_cost", "Internal root path cost", u32};
  Field instance_bridge{"mstp.msti.bridge_priority", "Bridge Identifier Priority", u8};
  Field instance_port{"mstp.msti.port_priority", "Port identifier priority", u8};
  Field instance_hops{"mstp.msti.remaining_hops", "Remaining hops", u8};
} constexpr f;

struct Bridge {
  uint16_t priority = 0;
  Bytes address;
};

/// An identifier of 8 bytes; `title` is its line's.
Bridge read_bridge(Layer& in, std::string_view title, const Field& priority, const Field& extension,
                   const Field& address) {
  auto line = in.part_line(title);
  Bridge bridge;
  const size_t at = in.at();
  bridge.priority = in.be16();
  in.add(priority, bridge.priority & 0xF000, at, 1);
  in.add(extension, bridge.priority & 0x0FFF, at, 2);
  bridge.address = in.bytes(address, 6);
  if (in.tree() == nullptr) return bridge;
  std::string text;
  append(text, ": ", bridge.priority & 0xF000, " / ", bridge.priority & 0x0FFF, " / ");
  append_address(text, Address::mac(bridge.address));
  line.append(text);
  return bridge;
}

void read_seconds(Layer& in, const Field& field) {
  const double seconds = in.be16() / 256.0;
  uint64_t bits_of = 0;
  std::memcpy(&bits_of, &seconds, sizeof bits_of);
  if (in.ok()) in.add(field, bits_of, in.at() - 2, 2);
}

/// The names of what is set stand behind the flags, and of rapid protocols the port's role.
void read_flags(Layer& in, const Field& field, bool is_rapid) {
  const uint32_t value = in(field);
  if (in.tree() == nullptr || !in.ok()) return;
  const uint32_t line = in.tree()->last();
  const auto below = in.below();
  const size_t at = in.at() - 1;
  for (const Field* bit :
       {&f.acknowledgment, &f.agreement, &f.forwarding, &f.learning, &f.port_role, &f.proposal, &f.topology_change}) {
    if (!is_rapid && bit != &f.acknowledgment && bit != &f.topology_change) continue;
    const uint64_t part = masked(bit->format, value);
    in.add(*bit, part, at, 1);
    if (bit == &f.port_role) {
      in.tree()->append(line, ", Port Role: ", name_of(kRoles, part));
    } else if (part != 0) {
      in.tree()->append(line, ", ", bit->title);
    }
  }
}

std::string_view short_name(uint8_t type_here, uint8_t version_here) {
  if (type_here == kConfiguration) return "Conf";
  return version_here >= 4 ? "SPT" : version_here == 3 ? "MST" : "RST";
}

void append_configuration(std::string& out, std::string_view name, bool changed, const Bridge& root, uint32_t cost,
                          uint16_t port_here) {
  out += name;
  out += changed ? ". TC + Root = " : ". Root = ";
  append_number(out, root.priority & 0xF000);
  out += '/';
  append_number(out, root.priority & 0x0FFF);
  out += '/';
  append_address(out, Address::mac(root.address));
  out += "  Cost = ";
  append_number(out, cost);
  out += "  Port = 0x";
  append_hex(out, port_here, 4);
}

void read_instance(Layer& in) {
  auto line = in.part_line("MSTID ");
  read_flags(in, f.instance_flags, true);
  const uint32_t id = in.rest().be16(0);
  in.peek(f.instance_priority, in.at());
  in(f.instance_id);
  const Bytes root = in.bytes(f.instance_root, 6);
  in(f.instance_cost);
  in.add(f.instance_bridge, in.rest().u8(0) >> 4, in.at(), 1);
  in.add(f.instance_port, in.rest().u8(1) >> 4, in.at() + 1, 1);
  in.skip(2);
  in(f.instance_hops);
  if (in.tree() == nullptr) return;
  std::string text;
  append(text, id & 0x0FFF, ", Regional Root Identifier ", id & 0xF000, " / ");
  append_address(text, Address::mac(root));
  line.append(text);
}

/// Multiple spanning trees: the region's configuration, then the instances, each of 16 bytes.
void read_extension(Layer& in) {
  constexpr size_t kConfiguration = 64, kInstance = 16, kNameBytes = 32, kDigestBytes = 16;
  const size_t length = in(f.version3_len);
  if (!in.ok() || length < kConfiguration) return in.skip(length);
  const size_t extension_at = in.at() - 2, end = in.at() + length;
  const auto extension = in.group_line(extension_at, length + 2, "MST Extension");
  in(f.config_format);
  const std::string_view name = in.rest().first(kNameBytes).text();
  in.add_text(f.config_name, name.substr(0, name.find('\0')), in.at(), kNameBytes);
  in.skip(kNameBytes);
  in(f.config_revision);
  in.bytes(f.config_digest, kDigestBytes);
  in(f.internal_cost);
  read_bridge(in, "CIST Bridge Identifier", f.internal_priority, f.internal_extension, f.internal_address);
  in(f.remaining_hops);
  while (in.ok() && in.at() + kInstance <= end) read_instance(in);
  if (in.ok()) in.skip(end - in.at());
}

/// Cisco's spanning tree of one VLAN names it behind the rest, perhaps after a byte of padding.
void read_originating_vlan(Layer& in, bool is_rapid) {
  constexpr size_t kRecord = 6;
  const size_t padding = is_rapid && in.rest().wire_size() > kRecord ? 1
                         : is_rapid                                  ? 0
                                                                     : in.rest().wire_size() - kRecord;
  if (in.rest().wire_size() < kRecord || padding > 1) return;
  in.skip(padding);
  const auto record = in.part_line("Originating VLAN");
  in(f.originating_type);
  in(f.originating_len);
  in(f.originating_vlan);
}

void dissect_configuration(Layer& in, uint8_t type_here, uint8_t version_here) {
  Context& context = in.context();
  const uint8_t flag_bits = in.rest().u8(0);
  read_flags(in, f.flags, type_here == kRapid);
  const Bridge root = read_bridge(in, "Root Identifier", f.root_priority, f.root_extension, f.root_address);
  const uint32_t cost = in(f.root_cost);
  read_bridge(in, "Bridge Identifier", f.bridge_priority, f.bridge_extension, f.bridge_address);
  const auto port_here = static_cast<uint16_t>(in(f.port));
  if (!in.ok()) return;
  if (context.info() != nullptr)
    append_configuration(*context.info(), short_name(type_here, version_here), (flag_bits & 1) != 0, root, cost,
                         port_here);
  read_seconds(in, f.message_age);
  read_seconds(in, f.max_age);
  read_seconds(in, f.hello_time);
  read_seconds(in, f.forward_delay);
  if (type_here == kRapid) in(f.version1_len);
  if (type_here == kRapid && version_here >= 3) return read_extension(in);
  if (in.ok() && in.tree() != nullptr && in.rest().size() >= 6) read_originating_vlan(in, type_here == kRapid);
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, spanning_tree_protocol, bytes);
  context.set_protocol(spanning_tree_protocol);
  context.clear_info();
  if (bytes.empty()) in.withdraw();
  in(f.protocol_id);
  const auto version_here = static_cast<uint8_t>(in(f.version));
  if (version_here != 0 && (version_here < 2 || version_here > 4) && in.ok())
    in.expert(f.unknown_version, Severity::warning, ExpertGroup::protocol, f.unknown_version.title);
  const auto type_here = static_cast<uint8_t>(in(f.type));
  if (!in.ok()) return;
  if (type_here == kConfiguration || type_here == kRapid) return dissect_configuration(in, type_here, version_here);
  if (type_here == kTopologyChange) return context.set_info("Topology Change Notification");
  in.expert(f.unknown_type, Severity::warning, ExpertGroup::protocol, f.unknown_type.title);
  in.span_all();
  context.set_info("Unknown BPDU type (");
  if (context.info() == nullptr) return;
  append_number(*context.info(), type_here);
  *context.info() += ')';
}

}  // namespace

const Protocol spanning_tree_protocol{.filter_name = "stp",
                                      .column_name = "STP",
                                      .title = "Spanning Tree Protocol",
                                      .fields = listed<f>,
                                      .dissect = dissect};

}  // namespace tracedrop::dissect
