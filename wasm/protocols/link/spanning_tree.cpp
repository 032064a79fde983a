// Spanning Tree Protocol, IEEE 802.1D, section 9.3 (rapid: 802.1w, multiple: 802.1Q, section 14, shortest path:
// 802.1aq): protocol (2), version (1), type (1), flags (1), root identifier (8), root path cost (4), bridge identifier
// (8), port (2), message age, maximum age, hello time, forward delay (2 each); from version 2 on version 1 length (1);
// from version 3 on version 3 length (2) and that many bytes. A bridge identifier is priority (4 bits), extension (12
// bits) and MAC address.
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

enum BpduType : uint8_t { kConfiguration = 0x00, kRapid = 0x02, kTopologyChange = 0x80 };

constexpr ValueName kVersions[] = {
    {0, "Spanning Tree"}, {2, "Rapid Spanning Tree"}, {3, "Multiple Spanning Tree"}, {4, "Shortest Path Tree"}};
constexpr ValueName kTypes[] = {{kConfiguration, "Configuration"},
                                {kRapid, "Rapid/Multiple Spanning Tree"},
                                {kTopologyChange, "Topology Change Notification"}};

constexpr Field protocol_id{"stp.protocol", "Protocol Identifier", x16};
constexpr Field version{"stp.version", "Protocol Version Identifier", u8, kVersions};
constexpr Field type{"stp.type", "BPDU Type", x8, kTypes};
constexpr Field flags{"stp.flags", "BPDU flags", x8};
constexpr Field topology_change{"stp.flags.tc", "Topology Change", flag(u8, 0x01)};
constexpr Field root_priority{"stp.root.prio", "Root Bridge Priority", u16};
constexpr Field root_extension{"stp.root.ext", "Root Bridge System ID Extension", u16};
constexpr Field root_address{"stp.root.hw", "Root Bridge System ID", mac48};
constexpr Field root_cost{"stp.root.cost", "Root Path Cost", u32};
constexpr Field bridge_priority{"stp.bridge.prio", "Bridge Priority", u16};
constexpr Field bridge_extension{"stp.bridge.ext", "Bridge System ID Extension", u16};
constexpr Field bridge_address{"stp.bridge.hw", "Bridge System ID", mac48};
constexpr Field port{"stp.port", "Port identifier", x16};
constexpr Field message_age{"stp.msg_age", "Message Age", u16};
constexpr Field max_age{"stp.max_age", "Max Age", u16};
constexpr Field hello_time{"stp.hello", "Hello Time", u16};
constexpr Field forward_delay{"stp.forward", "Forward Delay", u16};
constexpr Field version1_len{"stp.version_1_length", "Version 1 Length", u8};
constexpr Field version3_len{"mstp.version_3_length", "Version 3 Length", u16};
constexpr const Field* kFields[] = {&protocol_id,      &version,        &type,         &flags,       &topology_change,
                                    &root_priority,    &root_extension, &root_address, &root_cost,   &bridge_priority,
                                    &bridge_extension, &bridge_address, &port,         &message_age, &max_age,
                                    &hello_time,       &forward_delay,  &version1_len, &version3_len};
constexpr const Field* kFlagBits[] = {&topology_change};

struct Bridge {
  uint16_t priority = 0;
  Bytes address;
};

Bridge read_bridge(Layer& in, const Field& priority, const Field& extension, const Field& address) {
  Bridge bridge;
  bridge.priority = in.be16();
  in.note(priority, bridge.priority & 0xF000, 2);
  in.note(extension, bridge.priority & 0x0FFF, 2);
  bridge.address = in.bytes(address, 6);
  return bridge;
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

void dissect_configuration(Layer& in, uint8_t type_here, uint8_t version_here) {
  Context& context = in.context();
  const uint8_t flag_bits = in.u8(flags);
  in.note_bits(kFlagBits, flag_bits, 1);
  const Bridge root = read_bridge(in, root_priority, root_extension, root_address);
  const uint32_t cost = in.be32(root_cost);
  read_bridge(in, bridge_priority, bridge_extension, bridge_address);
  const uint16_t port_here = in.be16(port);
  if (!in.ok()) return;
  if (context.info() != nullptr)
    append_configuration(*context.info(), short_name(type_here, version_here), (flag_bits & 1) != 0, root, cost,
                         port_here);
  in.be16(message_age);
  in.be16(max_age);
  in.be16(hello_time);
  in.be16(forward_delay);
  if (type_here != kRapid) return;
  in.u8(version1_len);
  if (version_here < 3) return;
  in.skip(in.be16(version3_len));
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, spanning_tree_protocol, bytes);
  context.set_protocol(spanning_tree_protocol);
  context.clear_info();
  in.be16(protocol_id);
  const uint8_t version_here = in.u8(version);
  const uint8_t type_here = in.u8(type);
  if (!in.ok()) return;
  if (type_here == kConfiguration || type_here == kRapid) return dissect_configuration(in, type_here, version_here);
  if (type_here == kTopologyChange) return context.set_info("Topology Change Notification");
  context.set_info("Unknown BPDU type (");
  if (context.info() == nullptr) return;
  append_number(*context.info(), type_here);
  *context.info() += ')';
}

}  // namespace

const Protocol spanning_tree_protocol{"stp", "STP", "Spanning Tree Protocol", kFields, {}, dissect};

}  // namespace tracedrop::dissect
