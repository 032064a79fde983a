// Internet Control Message Protocol version 6, RFC 4443: type (1), code (1), checksum (2), then by type. With it come
// neighbour discovery (RFC 4861: messages with options of type (1), length in 8 bytes (1), value), multicast listener
// discovery (RFC 2710, 3810) and others.
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/internet/echo.h"
#include "protocols/internet/icmpv6_names.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace icmpv6 {
namespace {

constexpr Field type{"icmpv6.type", "Type", u8, kTypes};
constexpr Field code{"icmpv6.code", "Code", u8};
constexpr Field checksum{"icmpv6.checksum", "Checksum", x16};
constexpr Field reserved{"icmpv6.reserved", "Reserved", raw_bytes};
constexpr Field mtu{"icmpv6.mtu", "MTU", u32};
constexpr Field pointer{"icmpv6.pointer", "Pointer", u32};
constexpr Field identifier{"icmpv6.echo.identifier", "Identifier", x16};
constexpr Field sequence{"icmpv6.echo.sequence_number", "Sequence", u16};
constexpr Field response_in{"icmpv6.resp_in", "Response In", packet_number};
constexpr Field response_to{"icmpv6.resp_to", "Response To", packet_number};
constexpr Field max_response{"icmpv6.mld.maximum_response_delay", "Maximum Response Delay", u16};
constexpr Field multicast_address{"icmpv6.mld.multicast_address", "Multicast Address", ipv6_128};
constexpr Field record_count{"icmpv6.mldr.nb_mcast_records", "Number of Multicast Address Records", u16};
constexpr Field record_type{"icmpv6.mldr.mar.record_type", "Record Type", u8};
constexpr Field record_aux_len{"icmpv6.mldr.mar.aux_data_len", "Aux Data Len", u8};
constexpr Field record_sources{"icmpv6.mldr.mar.nb_sources", "Number of Sources", u16};
constexpr Field record_address{"icmpv6.mldr.mar.multicast_address", "Multicast Address", ipv6_128};
constexpr Field record_source{"icmpv6.mldr.mar.source_address", "Source Address", ipv6_128};
constexpr Field hop_limit{"icmpv6.nd.ra.cur_hop_limit", "Cur hop limit", u8};
constexpr Field router_flags{"icmpv6.nd.ra.flag", "Flags", x8};
constexpr Field router_lifetime{"icmpv6.nd.ra.router_lifetime", "Router lifetime (s)", u16};
constexpr Field reachable_time{"icmpv6.nd.ra.reachable_time", "Reachable time (ms)", u32};
constexpr Field retrans_timer{"icmpv6.nd.ra.retrans_timer", "Retrans timer (ms)", u32};
constexpr Field solicited_target{"icmpv6.nd.ns.target_address", "Target Address", ipv6_128};
constexpr Field advertised_flags{"icmpv6.nd.na.flag", "Flags", x32};
constexpr Field flag_router{"icmpv6.nd.na.flag.r", "Router", flag(u8, 0x80000000)};
constexpr Field flag_solicited{"icmpv6.nd.na.flag.s", "Solicited", flag(u8, 0x40000000)};
constexpr Field flag_override{"icmpv6.nd.na.flag.o", "Override", flag(u8, 0x20000000)};
constexpr Field advertised_target{"icmpv6.nd.na.target_address", "Target Address", ipv6_128};
constexpr Field redirect_target{"icmpv6.rd.ta", "Target Address", ipv6_128};
constexpr Field redirect_destination{"icmpv6.rd.da", "Destination Address", ipv6_128};
constexpr Field option{"icmpv6.opt", "ICMPv6 Option", label};
constexpr Field option_type{"icmpv6.opt.type", "Type", u8, kOptionTypes};
constexpr Field option_len{"icmpv6.opt.length", "Length", u8};
constexpr Field option_address{"icmpv6.opt.linkaddr", "Link-layer address", mac48};
constexpr const Field* kFields[] = {&type,
                                    &code,
                                    &checksum,
                                    &reserved,
                                    &mtu,
                                    &pointer,
                                    &identifier,
                                    &sequence,
                                    &response_in,
                                    &response_to,
                                    &max_response,
                                    &multicast_address,
                                    &record_count,
                                    &record_type,
                                    &record_aux_len,
                                    &record_sources,
                                    &record_address,
                                    &record_source,
                                    &hop_limit,
                                    &router_flags,
                                    &router_lifetime,
                                    &reachable_time,
                                    &retrans_timer,
                                    &solicited_target,
                                    &advertised_flags,
                                    &flag_router,
                                    &flag_solicited,
                                    &flag_override,
                                    &advertised_target,
                                    &redirect_target,
                                    &redirect_destination,
                                    &option,
                                    &option_type,
                                    &option_len,
                                    &option_address};
constexpr const Field* kAdvertisedBits[] = {&flag_router, &flag_solicited, &flag_override};
constexpr Claim kClaims[] = {{ip_protocols, 58}};

void append_named_code(Context& context, uint8_t message_type, uint8_t message_code) {
  const CodeNames codes = codes_of(message_type);
  if (codes.names.empty() || context.info() == nullptr) return;
  std::string& out = *context.info();
  const std::string_view name = name_of(codes.names, message_code);
  out += " (";
  out += name.empty() ? "Unknown" : name;
  if (name.empty() && codes.shows_number) {
    out += " (";
    append_number(out, message_code);
    out += ')';
  }
  out += ')';
}

void append_type(Context& context, uint8_t message_type) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = name_of(kTypes, message_type);
  if (!out.empty()) return;
  out = "Unknown (";
  append_number(out, message_type);
  out += ')';
}

void append_ipv6(Context& context, std::string_view before, Bytes address) {
  if (context.info() == nullptr) return;
  *context.info() += before;
  append_address(*context.info(), Address::ipv6(address));
}

void dissect_echo(Layer& in, Context& context, Bytes message) {
  in.be16(identifier);
  in.be16(sequence);
  if (!in.ok()) return;
  const bool is_request = message.u8(0) == kEchoRequest;
  if (context.has_memory()) {
    const uint16_t checksum_here = message.be16(2);
    const Echo echo{message.be32(4),
                    is_request ? reply_checksum(checksum_here, kEchoRequest, kEchoReply) : checksum_here};
    is_request ? ask(context, echo) : answer(context, echo);
  }
  if (context.link() != 0) in.note(is_request ? response_in : response_to, context.link());
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out += " id=0x";
  append_hex(out, message.be16(4), 4);
  out += ", seq=";
  append_number(out, message.be16(6));
  if (context.hop_limit.has_value()) {
    out += ", hop limit=";
    append_number(out, *context.hop_limit);
  }
  append_echo_link(out, context, is_request);
}

void append_link_address(Context& context, uint8_t option_number, Bytes address) {
  if (context.info() == nullptr) return;
  *context.info() += option_number == kSourceAddressOption ? " from " : " is at ";
  append_address(*context.info(), Address::mac(address));
}

void dissect_options(Layer& in, Context& context) {
  while (in.ok() && in.rest().wire_size() > 0) {
    const auto group = in.group(option, std::max(size_t{8}, size_t{in.rest().u8(1)} * 8));
    const uint8_t number = in.u8(option_type);
    const size_t length = size_t{in.u8(option_len)} * 8;
    if (!in.ok() || length == 0) return;
    if ((number == kSourceAddressOption || number == kTargetAddressOption) && length == 8) {
      const Bytes address = in.bytes(option_address, 6);
      if (in.ok()) append_link_address(context, number, address);
    } else {
      in.skip(length - 2);
    }
  }
}

void dissect_advertisement(Layer& in, Context& context) {
  const uint32_t flags = in.be32(advertised_flags);
  in.note_bits(kAdvertisedBits, flags, 4);
  const Bytes target = in.bytes(advertised_target, 16);
  if (!in.ok()) return;
  append_ipv6(context, " ", target);
  std::string names;
  for (const auto& [bit, name] : {std::pair{0x80000000u, "rtr"}, {0x40000000u, "sol"}, {0x20000000u, "ovr"}}) {
    if ((flags & bit) == 0) continue;
    if (!names.empty()) names += ", ";
    names += name;
  }
  context.append_info(" (" + (names.empty() ? "none" : names) + ")");
}

void dissect_discovery(Layer& in, Context& context, uint8_t message_type) {
  switch (message_type) {
    case kRouterAdvertisement:
      in.u8(hop_limit);
      in.u8(router_flags);
      in.be16(router_lifetime);
      in.be32(reachable_time);
      in.be32(retrans_timer);
      break;
    case kNeighborSolicitation: {
      in.bytes(reserved, 4);
      const Bytes target = in.bytes(solicited_target, 16);
      if (in.ok()) append_ipv6(context, " for ", target);
      break;
    }
    case kNeighborAdvertisement: dissect_advertisement(in, context); break;
    case kRedirect:
      in.bytes(reserved, 4);
      in.bytes(redirect_target, 16);
      in.bytes(redirect_destination, 16);
      break;
    default: in.bytes(reserved, 4); break;
  }
  dissect_options(in, context);
}

void dissect_listener_report(Layer& in) {
  in.bytes(reserved, 2);
  in.be16(record_count);
  while (in.ok() && in.rest().wire_size() > 0) {
    in.u8(record_type);
    const size_t aux_len = size_t{in.u8(record_aux_len)} * 4;
    const uint16_t sources = in.be16(record_sources);
    in.bytes(record_address, 16);
    for (uint16_t i = 0; in.ok() && i < sources; ++i) in.bytes(record_source, 16);
    in.skip(aux_len);
  }
}

/// The row stays the message's own: the packet inside an error only shows in the tree.
void dissect_error(Layer& in, Context& context, uint8_t message_type) {
  if (message_type == kPacketTooBig) {
    in.be32(mtu);
  } else if (message_type == kParameterProblem) {
    in.be32(pointer);
  } else {
    in.bytes(reserved, 4);
  }
  const Bytes about = in.rest();
  if ((context.tree() != nullptr || context.is_reading()) && !about.empty()) context.quote(ipv6_protocol, about);
  in.skip(about.size() < about.wire_size() ? about.wire_size() : 1);
}

void dissect_body(Layer& in, Context& context, Bytes message) {
  const uint8_t message_type = message.u8(0);
  switch (message_type) {
    case kUnreachable:
    case kPacketTooBig:
    case kTimeExceeded:
    case kParameterProblem: return dissect_error(in, context, message_type);
    case kEchoRequest:
    case kEchoReply: return dissect_echo(in, context, message);
    case kListenerQuery:
    case kListenerReport:
    case kListenerDone:
      in.be16(max_response);
      in.bytes(reserved, 2);
      in.bytes(multicast_address, 16);
      return;
    case kListenerReport2: return dissect_listener_report(in);
    case kRouterSolicitation:
    case kRouterAdvertisement:
    case kNeighborSolicitation:
    case kNeighborAdvertisement:
    case kRedirect: return dissect_discovery(in, context, message_type);
    default: return in.skip(body_len(message_type));
  }
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, icmpv6_protocol, bytes);
  context.set_protocol(icmpv6_protocol);
  context.clear_info();
  const uint8_t message_type = in.u8(type);
  if (!in.ok()) return;
  if (is_neighbor_discovery(message_type)) context.row.flags |= kFindsNeighbors;
  append_type(context, message_type);
  const uint8_t message_code = in.u8(code);
  if (in.ok()) append_named_code(context, message_type, message_code);
  in.be16(checksum);
  if (in.ok()) dissect_body(in, context, bytes);
}

}  // namespace
}  // namespace icmpv6

const Protocol icmpv6_protocol{"icmpv6",        "ICMPv6",        "Internet Control Message Protocol v6",
                               icmpv6::kFields, icmpv6::kClaims, icmpv6::dissect};

}  // namespace tracedrop::dissect
