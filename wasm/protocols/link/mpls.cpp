// Multiprotocol Label Switching, RFC 3032, section 2.1: a stack of labels, each
//
//   | Label (20) | Traffic class (3) | Bottom of stack (1) | Time to live (8) |
//
// The payload does not say what it is: its first half byte is an IP version, or that of a pseudowire's control word (0)
// or of an associated channel (1, RFC 5586).
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kReserved[] = {{0, "IPv4 Explicit-Null"},
                                   {1, "Router Alert"},
                                   {2, "IPv6 Explicit-Null"},
                                   {3, "Implicit-Null"},
                                   {7, "Entropy Label Indicator (ELI)"},
                                   {13, "Generic Associated Channel Label (GAL)"},
                                   {14, "OAM Alert"}};
constexpr ValueName kChannels[] = {{0x0000, "Reserved"},
                                   {0x0001, "Management Communication Channel (MCC)"},
                                   {0x0002, "Signaling Communication Channel (SCC)"},
                                   {0x0007, "BFD Control, PW-ACH-encapsulated (BFD Without IP/UDP Headers)"},
                                   {0x000A, "MPLS Direct Loss Measurement (DLM)"},
                                   {0x000B, "MPLS Inferred Loss Measurement (ILM)"},
                                   {0x000C, "MPLS Delay Measurement (DM)"},
                                   {0x0021, "IPv4 packet"},
                                   {0x0022, "MPLS-TP CC message"},
                                   {0x0023, "MPLS-TP CV message"},
                                   {0x0024, "Protection State Coordination Protocol (PSC)"},
                                   {0x0025, "On-Demand CV"},
                                   {0x0027, "Pseudo-Wire OAM"},
                                   {0x0057, "IPv6 packet"},
                                   {0x0058, "Fault OAM"},
                                   {0x8902, "MPLS-TP OAM"}};

struct Fields {
  Field label{"mpls.label", "MPLS Label", bits(in_base(u32, Base::dec_hex), 0xFFFFF000)};
  Field reserved_label{"mpls.label", "MPLS Label", bits(u32, 0xFFFFF000), kReserved};
  Field traffic_class{"mpls.exp", "MPLS Experimental Bits", bits(u32, 0x00000E00)};
  Field bottom{"mpls.bottom", "MPLS Bottom Of Label Stack", bits(u32, 0x00000100)};
  Field ttl{"mpls.ttl", "MPLS TTL", bits(u32, 0x000000FF)};
} constexpr f;
struct ChannelFields {
  Field version{"pwach.ver", "Channel Version", bits(u8, 0x0F)};
  Field reserved{"pwach.res", "Reserved", x8};
  Field type{"pwach.channel_type", "Channel Type", x16, kChannels};
} constexpr channel;
struct ControlWordFields {
  Field sequence{"pweth.cw.sequence_number", "Sequence Number", u16};
} constexpr control_word;
constexpr Claim kClaims[] = {{ether_types, 0x8847}, {ether_types, 0x8848}, {ip_protocols, 137}, {udp_ports, 6635}};

constexpr uint32_t kBottom = 0x100, kLastReserved = 15;
constexpr size_t kLabelBytes = 4;
constexpr size_t kControlWord = 4;
constexpr size_t kEthernetHeader = 14;

/// A pseudowire without a control word: an Ethernet frame whose type is known.
bool looks_like_ethernet(Bytes payload) {
  const uint16_t type = payload.be16(12);
  return payload.size() >= kEthernetHeader && type >= kFirstEtherType && ether_types.find(type) != nullptr;
}

void dissect_channel(Context& context, Bytes payload) {
  constexpr uint16_t kIpv4Channel = 0x0021, kIpv6Channel = 0x0057;
  Layer in(context, mpls_channel_protocol, payload);
  in(channel.version);
  in(channel.reserved);
  const uint32_t type = in(channel.type);
  if (!in.ok()) return;
  if (type == kIpv4Channel) context.call(ipv4_protocol, in.rest());
  if (type == kIpv6Channel) context.call(ipv6_protocol, in.rest());
}

void dissect_pseudowire(Context& context, Bytes payload) {
  Layer in(context, mpls_pseudowire_protocol, payload);
  in.skip(2);
  in(control_word.sequence);
  if (in.ok()) context.call(ethernet_protocol, in.rest());
}

void call_payload(Context& context, Bytes payload) {
  switch (payload.u8(0) >> 4) {
    case 4: return context.call(ipv4_protocol, payload);
    case 6: return context.call(ipv6_protocol, payload);
    case 1: return context.call(mpls_channel_protocol, payload);
    case 0:
      if (payload.wire_size() > kControlWord) context.call(mpls_pseudowire_protocol, payload);
      return;
    default:
      if (looks_like_ethernet(payload)) context.call(ethernet_protocol, payload);
      return;
  }
}

void append_label(Tree& tree, uint32_t line, uint32_t entry) {
  const uint32_t label = entry >> 12;
  tree.append(line, ", Label: ", label);
  if (label <= kLastReserved) {
    const std::string_view name = name_of(kReserved, label);
    tree.append(line, " (", name.empty() ? "Reserved - Unknown" : name, ')');
  }
  tree.append(line, ", Exp: ", entry >> 9 & 7, ", S: ", entry >> 8 & 1, ", TTL: ", entry & 0xFF);
}

/// Each label is shown as a layer of its own; `line` is this one's.
uint32_t read_label(Layer& in, uint32_t line) {
  const uint32_t entry = in.rest().be32(0);
  in.bits(entry >> 12 <= kLastReserved ? f.reserved_label : f.label, f.traffic_class, f.bottom, f.ttl);
  if (in.tree() != nullptr && in.ok()) append_label(*in.tree(), line, entry);
  return entry;
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, mpls_protocol, bytes);
  Tree* const tree = in.tree();
  context.set_protocol(mpls_protocol);
  context.set_info("MPLS Label Switched Packet");
  if (bytes.size() < kLabelBytes) in.withdraw();
  in.span(kLabelBytes);
  uint32_t entry = read_label(in, tree == nullptr ? 0 : tree->last());
  while (in.ok() && (entry & kBottom) == 0) {
    const bool is_shown = tree != nullptr && in.rest().has(0, kLabelBytes);
    const Bytes range = in.rest().first(kLabelBytes);
    const uint32_t line = is_shown ? tree->open_layer(mpls_protocol, range) : 0;
    entry = read_label(in, line);
    if (is_shown) tree->close_layer(line, range);
  }
  if (!in.ok()) return;
  const Bytes payload = in.rest();
  payload.empty() ? in.skip(1) : call_payload(context, payload);
}

}  // namespace

const Protocol mpls_protocol{.filter_name = "mpls",
                             .column_name = "MPLS",
                             .title = "MultiProtocol Label Switching Header",
                             .fields = listed<f>,
                             .claims = kClaims,
                             .dissect = dissect};
const Protocol mpls_channel_protocol{.filter_name = "pwach",
                                     .column_name = "PW Associated Channel Header",
                                     .title = "PW Associated Channel Header",
                                     .fields = listed<channel>,
                                     .dissect = dissect_channel};
const Protocol mpls_pseudowire_protocol{.filter_name = "pwethcw",
                                        .column_name = "PW Ethernet Control Word",
                                        .title = "PW Ethernet Control Word",
                                        .fields = listed<control_word>,
                                        .dissect = dissect_pseudowire};

}  // namespace tracedrop::dissect
