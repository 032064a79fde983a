// Internet Control Message Protocol version 6, RFC 4443: type (1), code (1), checksum (2), then by type. With it come
// neighbour discovery (RFC 4861: messages with options of type (1), length in 8 bytes (1), value), multicast listener
// discovery (RFC 2710, 3810) and others.
#include "protocols/internet/icmpv6.h"
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/application/data.h"
#include "protocols/internet/echo.h"
#include "protocols/internet/icmp.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace icmpv6 {
namespace {

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

void report_match(Layer& in, const Context& context, bool is_request) {
  if (in.tree() == nullptr) return;
  if (context.link() == 0) {
    if (!is_request || context.destination.raw.u8(0) == 0xFF) return;
    in.conclude(f.no_response, 0, 0);
    in.expert(f.response_not_found, Severity::warning, ExpertGroup::sequence,
              "No response seen to ICMPv6 request in frame ", context.index + 1);
    return;
  }
  in.conclude(is_request ? f.response_in : f.response_to, context.link(), 0);
  if (is_request) return;
  if (const auto asked_ns = time_of_request(context)) {
    in.conclude(f.response_time, 0, 0);
    in.replace("Response Time: ", ThreeDigits{context.row.ts_ns - *asked_ns}, " ms");
  }
}

void report_echo_data(Layer& in, const Context& context) {
  const Bytes data = in.rest();
  const icmp::SentAt sent = icmp::sent_at(data, context.row.ts_ns);
  if (in.tree() != nullptr && sent.size > 0) {
    in.add(f.data_time, static_cast<uint64_t>(sent.ns), in.at(), sent.size);
    in.conclude(f.data_time_relative, static_cast<uint64_t>(context.row.ts_ns - sent.ns), in.at(), sent.size);
  }
  if (sent.size >= data.size()) return;
  in.context().enter_layer(data_protocol);
  if (in.tree() != nullptr) report_data(*in.tree(), data.from(sent.size));
}

void dissect_echo(Layer& in, Context& context, Bytes message) {
  in(f.identifier);
  in(f.sequence);
  if (!in.ok()) return;
  const bool is_request = message.u8(0) == kEchoRequest;
  if (context.has_memory()) {
    const uint16_t checksum_here = message.be16(2);
    const Echo echo{message.be32(4),
                    is_request ? reply_checksum(checksum_here, kEchoRequest, kEchoReply) : checksum_here};
    is_request ? ask(context, echo) : answer(context, echo);
  }
  report_match(in, context, is_request);
  report_echo_data(in, context);
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out += " id=0x";
  append_hex(out, message.be16(4), 4);
  append(out, ", seq=", message.be16(6));
  if (context.hop_limit.has_value()) append(out, ", hop limit=", *context.hop_limit);
  append_echo_link(out, context, is_request);
}

void dissect_advertisement(Layer& in, Context& context) {
  const uint32_t flags = in(f.neighbor_flags);
  report_flags(in, flags, 4, {&f.is_router, &f.is_solicited, &f.overrides},
               {&f.is_router, &f.is_solicited, &f.overrides, &f.neighbor_reserved});
  const Bytes target = in.bytes(f.advertised_target, 16);
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

void read_router(Layer& in) {
  in(f.hop_limit);
  const uint32_t flags = in(f.router_flags);
  if (in.tree() != nullptr && in.ok()) {
    for (const Field* field : {&f.managed, &f.other, &f.home_agent})
      if (masked(field->format, flags) != 0) in.append(", ", field->title);
    in.append(", ", f.preference.title, ": ", f.preference.names.of(masked(f.preference.format, flags)));
    report_flags(in, flags, 1, {&f.proxy, &f.snac},
                 {&f.managed, &f.other, &f.home_agent, &f.preference, &f.proxy, &f.snac, &f.router_reserved});
  }
  in(f.router_lifetime);
  in(f.reachable_time);
  in(f.retrans_timer);
}

void dissect_discovery(Layer& in, Context& context, uint8_t message_type) {
  switch (message_type) {
    case kRouterAdvertisement: read_router(in); break;
    case kNeighborSolicitation: {
      in.bytes(f.reserved, 4);
      const Bytes target = in.bytes(f.solicited_target, 16);
      if (in.ok()) append_ipv6(context, " for ", target);
      break;
    }
    case kNeighborAdvertisement: dissect_advertisement(in, context); break;
    case kRedirect:
      in.bytes(f.reserved, 4);
      in.bytes(f.redirect_target, 16);
      in.bytes(f.redirect_destination, 16);
      break;
    default: in.bytes(f.reserved, 4); break;
  }
  dissect_options(in, context);
}

void dissect_record(Layer& in) {
  auto line = in.part(f.record);
  const uint32_t kind = in(f.record_type);
  const size_t aux_len = size_t{in(f.record_aux_len)} * 4;
  const uint32_t sources = in(f.record_sources);
  const Bytes address = in.bytes(f.record_address, 16);
  if (in.tree() != nullptr && in.ok()) {
    std::string text;
    append_address(text, Address::ipv6(address));
    const std::string_view name = name_of(kRecordTypes, kind);
    line.append(' ', name.empty() ? "Unknown" : name, ": ", text);
  }
  for (uint32_t i = 0; in.ok() && i < sources; ++i) in.bytes(f.record_source, 16);
  if (aux_len > 0) in.bytes(f.record_aux, aux_len);
}

void dissect_listener_report(Layer& in) {
  in.bytes(f.reserved, 2);
  in(f.record_count);
  while (in.ok() && in.rest().wire_size() > 0) dissect_record(in);
}

/// A query of version 2 (RFC 3810, section 5.1) is longer: the response code may be a floating point number.
void dissect_listener(Layer& in, uint8_t message_type) {
  constexpr size_t kVersion1 = 24;
  const bool is_query2 = message_type == kListenerQuery && in.all().wire_size() > kVersion1;
  const uint32_t code = in(is_query2 ? f.max_code : f.max_delay);
  if (is_query2 && code >= 0x8000)
    in.replace("Maximum Response Code: ", ((code & 0x0FFF) | 0x1000) << ((code >> 12 & 7) + 3));
  in.bytes(f.reserved, 2);
  in.bytes(f.multicast_address, 16);
  if (!is_query2 || in.tree() == nullptr || !in.ok() || !in.all().has(in.at(), 4)) return;
  const uint32_t flags = in(f.query_flags);
  report_flags(in, flags, 1, {&f.suppress}, {&f.suppress, &f.robustness, &f.query_reserved});
  in(f.interval);
  const uint32_t count = in(f.source_count);
  for (uint32_t i = 0; i < count && in.all().has(in.at(), 16); ++i) in.bytes(f.query_source, 16);
}

/// The row stays the message's own: the packet inside an error only shows in the tree.
void dissect_error(Layer& in, Context& context, uint8_t message_type) {
  constexpr size_t kOldOriginal = 128, kHeader = 8;
  const bool may_tell = message_type == kUnreachable || message_type == kTimeExceeded;
  const size_t told = may_tell ? size_t{in.rest().u8(0)} * 8 : 0;
  if (message_type == kPacketTooBig) {
    in(f.mtu);
  } else if (message_type == kParameterProblem) {
    in(f.pointer);
  } else if (told == 0) {
    in.bytes(f.reserved, 4);
  } else {
    in(f.original_length);
    in.bytes(f.reserved, 3);
  }
  const Bytes about = in.rest();
  const bool wants_quote = context.tree() != nullptr || context.is_reading() || context.tree_state() != nullptr;
  const Bytes original = told == 0 ? about : about.first(told);
  if (wants_quote && !about.empty()) {
    if (about.u8(0) >> 4 == 6) {
      context.quote(ipv6_protocol, original);
    } else {
      context.enter_layer(data_protocol);
      if (in.tree() != nullptr) report_data(*in.tree(), original);
    }
  }
  const size_t extensions = kHeader + std::max(told, kOldOriginal);
  if (in.tree() != nullptr && told > 0 && in.all().size() > extensions + 4) {
    const size_t before = in.at();
    icmp::report_extensions(in, extensions);
    in.seek(before);
  }
  in.skip(about.size() < about.wire_size() ? about.wire_size() : 1);
}

/// A type that nobody knows.
bool is_unknown(uint8_t message_type) {
  return message_type == 0 || (message_type > kParameterProblem && message_type < kEchoRequest) || message_type > 161;
}

/// Messages of mobile IPv6 (RFC 6275) and others of which only the tree shows more.
void report_other(Layer& in, uint8_t message_type) {
  constexpr uint8_t kAgentRequest = 144, kAgentReply = 145, kPrefixSolicitation = 146;
  constexpr uint8_t kMulticastRouter = 151;
  if (in.tree() == nullptr || in.rest().size() < 4) return;
  switch (message_type) {
    case kAgentRequest:
    case kAgentReply:
    case kPrefixSolicitation:
      in(f.mobile_identifier);
      in.bytes(f.reserved, 2);
      while (message_type == kAgentReply && in.rest().size() >= 16) in.bytes(f.home_agent_address, 16);
      return;
    case kMulticastRouter:
      in(f.ra_interval);
      in(f.ra_robustness);
      return;
    case kExtendedRequest:
    case kExtendedReply:
      in(f.identifier);
      in(f.echo_sequence);
      if (message_type == kExtendedRequest) in.bits(f.request_reserved, f.is_local);
      if (message_type == kExtendedReply) in.bits(f.state, f.reply_reserved, f.is_active, f.runs_ipv4, f.runs_ipv6);
      return;
    default: return;
  }
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
    case kListenerDone: return dissect_listener(in, message_type);
    case kListenerReport2: return dissect_listener_report(in);
    case kRouterSolicitation:
    case kRouterAdvertisement:
    case kNeighborSolicitation:
    case kNeighborAdvertisement:
    case kRedirect: return dissect_discovery(in, context, message_type);
    default: break;
  }
  if (in.tree() != nullptr && is_unknown(message_type) && !in.rest().empty()) in.bytes(f.data, in.rest().size());
  const size_t from = in.at();
  report_other(in, message_type);
  in.seek(from);
  in.skip(body_len(message_type));
}

/// Types below 128 are errors (RFC 4443, section 2.1).
void report_head(Layer& in, uint8_t message_type) {
  constexpr uint8_t kFirstQuery = 128;
  if (message_type < kFirstQuery)
    in.expert(f.type_is_error, Severity::note, ExpertGroup::response_code, f.type_is_error.title);
  if (is_unknown(message_type))
    in.expert(f.undecoded_type, Severity::note, ExpertGroup::undecoded, "Dissector for ICMPv6 Type (", message_type,
              ") code not implemented, Contact Wireshark developers if you want this supported");
}

void read_code(Layer& in, Context& context, uint8_t message_type) {
  const auto code = static_cast<uint8_t>(in(f.code));
  if (!in.ok()) return;
  append_named_code(context, message_type, code);
  const CodeNames codes = codes_of(message_type);
  if (in.tree() == nullptr || codes.names.empty()) return;
  const std::string_view name = name_of(codes.names, code);
  in.append(" (", name.empty() ? "Unknown" : name, ')');
}

void dissect(Context& context, Bytes bytes) {
  constexpr uint8_t kProtocol = 58;
  Layer in(context, icmpv6_protocol, bytes);
  in.span_all();
  context.set_protocol(icmpv6_protocol);
  context.clear_info();
  const auto message_type = static_cast<uint8_t>(in(f.type));
  if (!in.ok()) return;
  if (in.tree() != nullptr) report_head(in, message_type);
  if (is_neighbor_discovery(message_type)) context.row.flags |= kFindsNeighbors;
  append_type(context, message_type);
  read_code(in, context, message_type);
  const uint32_t begun = in.tree() == nullptr ? 0
                                              : pseudo_header_sum(context.source.raw, context.destination.raw,
                                                                  bytes.wire_size(), kProtocol);
  read_checksum(in, {f.checksum, f.checksum_status, f.checksum_bad}, begun);
  if (in.ok()) dissect_body(in, context, bytes);
}

}  // namespace
}  // namespace icmpv6

const Protocol icmpv6_protocol{.filter_name = "icmpv6",
                               .column_name = "ICMPv6",
                               .title = "Internet Control Message Protocol v6",
                               .fields = listed<icmpv6::f>,
                               .claims = icmpv6::kClaims,
                               .dissect = icmpv6::dissect};

}  // namespace tracedrop::dissect
