// The extension headers of IPv6, RFC 8200, section 4. Hop-by-hop options, routing and destination options share a form:
//
//   |  Next Header  | Length in 8 bytes, the first not counted |  what the header is for …  |
//
// The fragment header has a fixed length:
//
//   |  Next Header  |   Reserved    | Offset in 8 bytes (13) | Res | M |   Identification (32)   |
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/internet/fragments.h"
#include "protocols/internet/ip.h"
#include "protocols/internet/ipv6_options.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace ipv6 {
namespace {

constexpr ValueName kRoutingTypes[] = {{0, "Source Route"},
                                       {1, "Nimrod"},
                                       {2, "Type 2 Routing"},
                                       {3, "RPL Source Route"},
                                       {4, "Segment Routing"},
                                       {5, "Compact Routing Header 16"},
                                       {6, "Compact Routing Header 32"},
                                       {253, "Experiment 1"},
                                       {254, "Experiment 2"}};

struct HopFields {
  Field next{"ipv6.hopopts.nxt", "Next Header", u8, kIpProtocolNames};
  Field length{"ipv6.hopopts.len", "Length", u8};
  Field octets{"ipv6.hopopts.len_oct", "Length", u16, kBytesUnit};
  OptionFields option{};
} constexpr hop;
constexpr Claim kHopClaims[] = {{ip_protocols, 0}};

struct DestinationFields {
  Field next{"ipv6.dstopts.nxt", "Next Header", u8, kIpProtocolNames};
  Field length{"ipv6.dstopts.len", "Length", u8};
  Field octets{"ipv6.dstopts.len_oct", "Length", u16, kBytesUnit};
} constexpr destination;
constexpr Claim kDestinationClaims[] = {{ip_protocols, 60}};

struct RoutingFields {
  Field next{"ipv6.routing.nxt", "Next Header", u8, kIpProtocolNames};
  Field length{"ipv6.routing.len", "Length", u8};
  Field octets{"ipv6.routing.len_oct", "Length", u16, kBytesUnit};
  Field type{"ipv6.routing.type", "Type", u8, kRoutingTypes};
  Field segments_left{"ipv6.routing.segleft", "Segments Left", u8};
  Field source_reserved{"ipv6.routing.src.reserved", "Reserved", raw_bytes};
  Field source_address{"ipv6.routing.src.addr", "Address", ipv6_128};
  Field mobile_reserved{"ipv6.routing.mipv6.reserved", "Reserved", raw_bytes};
  Field home_address{"ipv6.routing.mipv6.home_address", "Home Address", ipv6_128};
  Field last_entry{"ipv6.routing.srh.last_entry", "Last Entry", u8};
  Field flags{"ipv6.routing.srh.flags", "Flags", x8};
  Field tag{"ipv6.routing.srh.tag", "Tag", raw_bytes};
  Field segment{"ipv6.routing.srh.addr", "Address", ipv6_128};
  Field unknown{"ipv6.routing.unknown_data", "Type-Specific Data", raw_bytes};
  Field deprecated{"ipv6.routing.deprecated", "Routing header type is deprecated"};
  Field bad_left{"ipv6.routing.invalid_segleft",
                 "IPv6 Routing Header segments left field must not exceed address count"};
  Field undecoded{"ipv6.routing.undecoded", "Undecoded IPv6 routing header field"};
} constexpr routing;
constexpr Claim kRoutingClaims[] = {{ip_protocols, 43}};

struct FragmentFields {
  Field next{"ipv6.fraghdr.nxt", "Next header", u8, kIpProtocolNames};
  Field reserved{"ipv6.fraghdr.reserved_octet", "Reserved octet", x8};
  Field offset{"ipv6.fraghdr.offset", "Offset", bits(u16, 0xFFF8)};
  Field reserved_bits{"ipv6.fraghdr.reserved_bits", "Reserved bits", bits(u16, 0x0006)};
  Field more{"ipv6.fraghdr.more", "More Fragments", flag(u16, 0x0001), TrueFalse{"Yes", "No"}};
  Field id{"ipv6.fraghdr.ident", "Identification", x32};
  ReassemblyFields reassembly{{"ipv6.fragments", "IPv6 Fragments"},
                              {"ipv6.fragment", "IPv6 Fragment", packet_number},
                              {"ipv6.fragment.error", "Defragmentation error", packet_number},
                              {"ipv6.fragment.overlap", "Fragment overlap", boolean},
                              {"ipv6.fragment.overlap.conflict", "Conflicting data in fragment overlap", boolean},
                              {"ipv6.fragment.count", "Fragment count", u32},
                              {"ipv6.reassembled.length", "Reassembled IPv6 length", u32},
                              {"ipv6.reassembled.data", "Reassembled IPv6 data", raw_bytes},
                              {"ipv6.reassembled.in", "Reassembled IPv6 in frame", packet_number}};
} constexpr fragmentation;
constexpr Claim kFragmentClaims[] = {{ip_protocols, 44}};

constexpr Claim kNoNextClaims[] = {{ip_protocols, 59}};

constexpr size_t extension_len(size_t length) { return (length + 1) * 8; }

void dissect_options(Layer& in, std::string_view info, const Field& next_field, const Field& len_field,
                     const Field& octets) {
  Context& context = in.context();
  context.set_info(info);
  const auto next = static_cast<uint8_t>(in(next_field));
  const size_t length = extension_len(in(len_field));
  if (in.ok()) in.conclude(octets, length, 1, 1);
  if (in.tree() != nullptr && in.ok()) report_options(in, std::min(length, in.all().size()), hop.option);
  in.seek(2);
  in.skip(length - 2);
  if (in.ok()) call_ip_protocol(context, next, in.rest());
}

void dissect_hop(Context& context, Bytes bytes) {
  Layer in(context, ipv6_hop_by_hop_protocol, bytes, ipv6_protocol);
  dissect_options(in, "IPv6 hop-by-hop options", hop.next, hop.length, hop.octets);
}

void dissect_destination(Context& context, Bytes bytes) {
  Layer in(context, ipv6_destination_protocol, bytes, ipv6_protocol);
  dissect_options(in, "IPv6 destination options", destination.next, destination.length, destination.octets);
}

enum RoutingType : uint8_t { kSourceRoute = 0, kHomeAddress = 2, kSegmentRouting = 4 };

/// Where the packet goes in the end, while it is still on its way; `route` begins at the header.
void show_final_destination(Context& context, uint32_t type, uint32_t left, Bytes route) {
  const size_t count = (route.wire_size() - 8) / 16;
  if (left == 0 || count == 0) return;
  const bool last_first = type == kSegmentRouting;
  if (type != kSourceRoute && type != kHomeAddress && !last_first) return;
  const Bytes address = route.sub(8 + (last_first ? 0 : count - 1) * 16, 16);
  if (address.size() == 16) context.destination = {AddressKind::ipv6, address};
}

void report_route(Layer& in, const Field& address, size_t first, size_t length) {
  for (size_t number = first; in.ok() && in.at() + 16 <= length; ++number) {
    const Bytes raw = in.bytes(address, 16);
    std::string text;
    append_address(text, Address::ipv6(raw));
    in.replace("Address[", number, "]: ", text);
  }
}

void report_routing(Layer& in, uint32_t type, size_t length) {
  switch (type) {
    case kSourceRoute: in.bytes(routing.source_reserved, 4); return report_route(in, routing.source_address, 1, length);
    case kHomeAddress: in.bytes(routing.mobile_reserved, 4); return report_route(in, routing.home_address, 1, length);
    case kSegmentRouting:
      in(routing.last_entry);
      in(routing.flags);
      in.bytes(routing.tag, 2);
      return report_route(in, routing.segment, 0, length);
    default:
      in.expert(routing.undecoded, Severity::note, ExpertGroup::undecoded, routing.undecoded.title);
      in.bytes(routing.unknown, length - 4);
      return;
  }
}

void dissect_routing(Context& context, Bytes bytes) {
  Layer in(context, ipv6_routing_protocol, bytes, ipv6_protocol);
  context.set_info("IPv6 routing");
  const auto next = static_cast<uint8_t>(in(routing.next));
  const size_t length = extension_len(in(routing.length));
  if (in.ok()) in.conclude(routing.octets, length, 1, 1);
  const uint32_t type = in(routing.type);
  const std::string_view name = name_of(kRoutingTypes, type);
  name.empty() ? in.append_title(" (Unknown type ", type, ')') : in.append_title(" (", name, ')');
  if (type == kSourceRoute)
    in.expert(routing.deprecated, Severity::note, ExpertGroup::deprecated, routing.deprecated.title);
  const uint32_t left = in(routing.segments_left);
  if (type == kHomeAddress && left != 1)
    in.expert(routing.bad_left, Severity::warning, ExpertGroup::protocol,
              "IPv6 Type 2 Routing Header segments left field must equal 1");
  if (in.tree() != nullptr && in.ok() && bytes.size() >= length) report_routing(in, type, length);
  in.seek(4);
  in.skip(length - 4);
  if (!in.ok()) return;
  show_final_destination(context, type, left, bytes.first(length));
  call_ip_protocol(context, next, in.rest());
}

void name_fragment(Context& context, const Fragment& fragment) {
  context.set_info("IPv6 fragment (off=", fragment.at, fragment.more ? " more=y ident=0x" : " more=n ident=0x");
  if (context.info() != nullptr) append_hex(*context.info(), fragment.id, 8);
  context.append_info(" nxt=", fragment.protocol, ')');
}

/// The lines about reassembly stand beside the header, in the layer of IPv6.
class Outside {
 public:
  explicit Outside(Tree* tree) : tree_(tree) {
    if (tree_ != nullptr) tree_->open(line_ = tree_->open_layer_of(ipv6_protocol));
  }
  ~Outside() {
    if (tree_ != nullptr) tree_->close(line_);
  }
  Outside(const Outside&) = delete;
  Outside& operator=(const Outside&) = delete;

 private:
  Tree* tree_;
  uint32_t line_ = 0;
};

void dissect_fragment(Context& context, Bytes bytes) {
  Layer in(context, ipv6_fragment_protocol, bytes, ipv6_protocol);
  Fragment fragment;
  fragment.protocol = static_cast<uint8_t>(in(fragmentation.next));
  in(fragmentation.reserved);
  const uint16_t word = in.rest().be16(0);
  fragment.at = static_cast<size_t>(masked(fragmentation.offset.format, word)) * 8;
  if (in.rest().has(0, 2)) {
    in.peek(fragmentation.offset, in.at());
    in.append(" (", fragment.at, fragment.at == 1 ? " byte)" : " bytes)");
  }
  fragment.more = in.bits(fragmentation.reserved_bits, fragmentation.more)[1] != 0;
  fragment.id = in(fragmentation.id);
  if (!in.ok()) return;
  name_fragment(context, fragment);
  if (!fragment.more && fragment.at == 0) return call_ip_protocol(context, fragment.protocol, in.rest());
  const Outside outside(in.tree());
  const Reassembly how{fragmentation.reassembly, "IPv6", [](Layer&) {}};
  if (complete_datagram(in, how, fragment, in.rest())) return;
  if (context.link() != 0) in.conclude(fragmentation.reassembly.in_frame, context.link(), 0);
}

void dissect_no_next(Context& context, Bytes) { context.set_info("IPv6 no next header"); }

}  // namespace
}  // namespace ipv6

const Protocol ipv6_hop_by_hop_protocol{.filter_name = "ipv6.hopopts",
                                        .column_name = "IPv6",
                                        .title = "IPv6 Hop-by-Hop Option",
                                        .fields = listed<ipv6::hop>,
                                        .claims = ipv6::kHopClaims,
                                        .dissect = ipv6::dissect_hop};
const Protocol ipv6_destination_protocol{.filter_name = "ipv6.dstopts",
                                         .column_name = "IPv6",
                                         .title = "Destination Options for IPv6",
                                         .fields = listed<ipv6::destination>,
                                         .claims = ipv6::kDestinationClaims,
                                         .dissect = ipv6::dissect_destination};
const Protocol ipv6_routing_protocol{.filter_name = "ipv6.routing",
                                     .column_name = "IPv6",
                                     .title = "Routing Header for IPv6",
                                     .fields = listed<ipv6::routing>,
                                     .claims = ipv6::kRoutingClaims,
                                     .dissect = ipv6::dissect_routing};
const Protocol ipv6_fragment_protocol{.filter_name = "ipv6.fraghdr",
                                      .column_name = "IPv6",
                                      .title = "Fragment Header for IPv6",
                                      .fields = listed<ipv6::fragmentation>,
                                      .claims = ipv6::kFragmentClaims,
                                      .dissect = ipv6::dissect_fragment};
const Protocol ipv6_no_next_protocol{.filter_name = "ipv6.nonxt",
                                     .column_name = "IPv6",
                                     .title = "No Next Header for IPv6",
                                     .claims = ipv6::kNoNextClaims,
                                     .dissect = ipv6::dissect_no_next};

}  // namespace tracedrop::dissect
