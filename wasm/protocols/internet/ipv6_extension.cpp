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
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kRoutingTypes[] = {{0, "Source Route"},
                                       {1, "Nimrod"},
                                       {2, "Type 2 Routing Header"},
                                       {3, "RPL Source Route Header"},
                                       {4, "Segment Routing"}};

constexpr Field hop_next{"ipv6.hopopts.nxt", "Next Header", u8, kIpProtocolNames};
constexpr Field hop_len{"ipv6.hopopts.len", "Length", u8};
constexpr const Field* kHopFields[] = {&hop_next, &hop_len};
constexpr Claim kHopClaims[] = {{ip_protocols, 0}};

constexpr Field destination_next{"ipv6.dstopts.nxt", "Next Header", u8, kIpProtocolNames};
constexpr Field destination_len{"ipv6.dstopts.len", "Length", u8};
constexpr const Field* kDestinationFields[] = {&destination_next, &destination_len};
constexpr Claim kDestinationClaims[] = {{ip_protocols, 60}};

constexpr Field routing_next{"ipv6.routing.nxt", "Next Header", u8, kIpProtocolNames};
constexpr Field routing_len{"ipv6.routing.len", "Length", u8};
constexpr Field routing_type{"ipv6.routing.type", "Type", u8, kRoutingTypes};
constexpr Field segments_left{"ipv6.routing.segleft", "Segments Left", u8};
constexpr Field route_address{"ipv6.routing.src.addr", "Address", ipv6_128};
constexpr Field segment_address{"ipv6.routing.srh.addr", "Address", ipv6_128};
constexpr const Field* kRoutingFields[] = {&routing_next,  &routing_len,   &routing_type,
                                           &segments_left, &route_address, &segment_address};
constexpr Claim kRoutingClaims[] = {{ip_protocols, 43}};

constexpr Field fragment_next{"ipv6.fraghdr.nxt", "Next header", u8, kIpProtocolNames};
constexpr Field fragment_offset{"ipv6.fraghdr.offset", "Offset", bits(u16, 0xFFF8)};
constexpr Field more_fragments{"ipv6.fraghdr.more", "More Fragments", flag(u8, 0x0001)};
constexpr Field fragment_id{"ipv6.fraghdr.ident", "Identification", x32};
constexpr const Field* kFragmentFields[] = {&fragment_next, &fragment_offset, &more_fragments, &fragment_id};
constexpr Claim kFragmentClaims[] = {{ip_protocols, 44}};

constexpr Claim kNoNextClaims[] = {{ip_protocols, 59}};

constexpr size_t extension_len(uint8_t length) { return (size_t{length} + 1) * 8; }

void dissect_options(Layer& in, std::string_view info, const Field& next_field, const Field& len_field) {
  Context& context = in.context();
  context.set_info(info);
  const uint8_t next = in.u8(next_field);
  const uint8_t length = in.u8(len_field);
  in.skip(extension_len(length) - 2);
  if (in.ok()) call_ip_protocol(context, next, in.rest());
}

void dissect_hop(Context& context, Bytes bytes) {
  Layer in(context, ipv6_hop_by_hop_protocol, bytes);
  dissect_options(in, "IPv6 hop-by-hop options", hop_next, hop_len);
}

void dissect_destination(Context& context, Bytes bytes) {
  Layer in(context, ipv6_destination_protocol, bytes);
  dissect_options(in, "IPv6 destination options", destination_next, destination_len);
}

enum RoutingType : uint8_t { kSourceRoute = 0, kHomeAddress = 2, kSegmentRouting = 4 };

/// Where the packet goes in the end, while it is still on its way; `route` begins at the header.
void show_final_destination(Context& context, uint8_t type, uint8_t left, Bytes route) {
  const size_t count = (route.wire_size() - 8) / 16;
  if (left == 0 || count == 0) return;
  const bool last_first = type == kSegmentRouting;
  if (type != kSourceRoute && type != kHomeAddress && !last_first) return;
  const Bytes address = route.sub(8 + (last_first ? 0 : count - 1) * 16, 16);
  if (address.size() == 16) context.destination = {AddressKind::ipv6, address};
}

void dissect_routing(Context& context, Bytes bytes) {
  Layer in(context, ipv6_routing_protocol, bytes);
  context.set_info("IPv6 routing");
  const uint8_t next = in.u8(routing_next);
  const size_t length = extension_len(in.u8(routing_len));
  const uint8_t type = in.u8(routing_type);
  const uint8_t left = in.u8(segments_left);
  in.skip(4);
  for (size_t at = 8; in.ok() && at + 16 <= length; at += 16)
    in.bytes(type == kSegmentRouting ? segment_address : route_address, 16);
  in.seek(4);
  in.skip(length - 4);
  if (!in.ok()) return;
  show_final_destination(context, type, left, bytes.first(length));
  call_ip_protocol(context, next, in.rest());
}

void name_fragment(Context& context, const Fragment& fragment) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = "IPv6 fragment (off=";
  append_number(out, fragment.at);
  out += fragment.more ? " more=y ident=0x" : " more=n ident=0x";
  append_hex(out, fragment.id, 8);
  out += " nxt=";
  append_number(out, fragment.protocol);
  out += ')';
}

void dissect_fragment(Context& context, Bytes bytes) {
  Layer in(context, ipv6_fragment_protocol, bytes);
  Fragment fragment;
  fragment.protocol = in.u8(fragment_next);
  in.skip(1);
  const uint16_t offset = in.be16();
  fragment.at = offset & 0xFFF8u;
  fragment.more = (offset & 1) != 0;
  in.note(fragment_offset, fragment.at, 2);
  in.note(more_fragments, fragment.more, 2);
  fragment.id = in.be32(fragment_id);
  if (!in.ok()) return;
  name_fragment(context, fragment);
  if (!fragment.more && fragment.at == 0) return call_ip_protocol(context, fragment.protocol, in.rest());
  complete_datagram(context, fragment, in.rest());
}

void dissect_no_next(Context& context, Bytes) { context.set_info("IPv6 no next header"); }

}  // namespace

const Protocol ipv6_hop_by_hop_protocol{"ipv6.hopopts", "IPv6",     "IPv6 Hop-by-Hop Option",
                                        kHopFields,     kHopClaims, dissect_hop};
const Protocol ipv6_destination_protocol{
    "ipv6.dstopts",     "IPv6", "Destination Options for IPv6", kDestinationFields, kDestinationClaims,
    dissect_destination};
const Protocol ipv6_routing_protocol{"ipv6.routing", "IPv6",         "Routing Header for IPv6",
                                     kRoutingFields, kRoutingClaims, dissect_routing};
const Protocol ipv6_fragment_protocol{"ipv6.fraghdr",  "IPv6",          "Fragment Header for IPv6",
                                      kFragmentFields, kFragmentClaims, dissect_fragment};
const Protocol ipv6_no_next_protocol{"ipv6.nonxt", "IPv6",        "No Next Header for IPv6",
                                     {},           kNoNextClaims, dissect_no_next};

}  // namespace tracedrop::dissect
