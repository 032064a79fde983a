// Internet Protocol version 4, RFC 791, section 3.1:
//
//   |Version|  IHL  |    DSCP   |ECN|          Total Length         |
//   |         Identification        |Flags|      Fragment Offset    |
//   |  Time to Live |    Protocol   |         Header Checksum       |
//   |                         Source Address                        |
//   |                      Destination Address                      |
//   |                    Options, up to IHL * 4                     |
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/internet/address_pairs.h"
#include "protocols/internet/checksum.h"
#include "protocols/internet/fragments.h"
#include "protocols/internet/ip.h"
#include "protocols/internet/ipv4_options.h"
#include "protocols/internet/traffic_class.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace ipv4 {
namespace {

constexpr size_t kMinHeader = 20;

void write_header_len(std::string& out, uint64_t bytes) { append(out, bytes, " bytes (", bytes / 4, ')'); }

struct Fields {
  Field version{"ip.version", "Version", bits(u8, 0xF0)};
  Field header_len{"ip.hdr_len", "Header Length", times(bits(u8, 0x0F), 4), write_header_len};
  Field ds_field{"ip.dsfield", "Differentiated Services Field", x8};
  Field dscp{"ip.dsfield.dscp", "Differentiated Services Codepoint", bits(u8, 0xFC), kServiceNames};
  Field ecn{"ip.dsfield.ecn", "Explicit Congestion Notification", bits(u8, 0x03), kCongestionNames};
  Field total_len{"ip.len", "Total Length", u16};
  Field id{"ip.id", "Identification", in_base(u16, Base::hex_dec)};
  Field flags{"ip.flags", "Flags", bits(x8, 0xE0)};
  Field reserved{"ip.flags.rb", "Reserved bit", flag(u8, 0x80), kSet};
  Field dont_fragment{"ip.flags.df", "Don't fragment", flag(u8, 0x40), kSet};
  Field more_fragments{"ip.flags.mf", "More fragments", flag(u8, 0x20), kSet};
  Field fragment_offset{"ip.frag_offset", "Fragment Offset", times(bits(u16, 0x1FFF), 8)};
  Field ttl{"ip.ttl", "Time to Live", u8};
  Field protocol{"ip.proto", "Protocol", u8, kIpProtocolNames};
  Field checksum{"ip.checksum", "Header Checksum", x16};
  Field checksum_status{"ip.checksum.status", "Header checksum status", u8, write_checksum_status};
  Field source{"ip.src", "Source Address", ipv4_32, {}, "ip.addr"};
  Field destination{"ip.dst", "Destination Address", ipv4_32, {}, "ip.addr"};
  Field current_route{"ip.cur_rt", "Current Route", ipv4_32};
  Field stream{"ip.stream", "Stream index", u32};
  Field bad_version{"ip.bogus_ip_version", "Bogus IP version"};
  Field bad_header_len{"ip.bogus_header_length", "Bogus IP header length"};
  Field bad_len{"ip.bogus_ip_length", "Bogus IP length"};
  Field ttl_too_small{"ip.ttl.too_small", "Time To Live"};
  Field ttl_not_local{"ip.ttl.lncb", "Time To Live"};
  ReassemblyFields reassembly{{"ip.fragments", "IPv4 Fragments", raw_bytes},
                              {"ip.fragment", "IPv4 Fragment", packet_number},
                              {"ip.fragment.error", "Defragmentation error", packet_number},
                              {"ip.fragment.overlap", "Fragment overlap", boolean},
                              {"ip.fragment.overlap.conflict", "Conflicting data in fragment overlap", boolean},
                              {"ip.fragment.count", "Fragment count", u32},
                              {"ip.reassembled.length", "Reassembled IPv4 length", u32},
                              {"ip.reassembled.data", "Reassembled IPv4 data", raw_bytes},
                              {"ip.reassembled_in", "Reassembled IPv4 in frame", packet_number}};
  OptionFields option{};
} constexpr f;

constexpr Claim kClaims[] = {{ether_types, 0x0800}, {ip_protocols, 4}};

struct Header {
  size_t header_len = 0;
  size_t total_len = 0;
  Fragment fragment;
};

struct Pairs : ProtocolState {
  AddressPairs pairs;
};

void bogus(Context& context, std::string_view what, size_t value, std::string_view must, size_t limit) {
  context.set_info("Bogus ", what, " (", value, must, limit, ')');
}

/// False (and the row says why) when there is no such header.
bool read_header_len(Layer& in, Header& header) {
  Context& context = in.context();
  const uint8_t first = in.all().u8(0);
  const uint32_t version = in(f.version);
  if (!in.ok()) return false;
  if (version == 6) return context.call(ipv6_protocol, in.all()), false;
  if (version != 4) {
    const std::string_view family = context.is_quoted ? "IP" : "IPv4";
    if (context.is_quoted) in.replace_title("Internet Protocol, bogus version (", version, ')');
    in.expert(f.bad_version, Severity::error, ExpertGroup::protocol, "Bogus ", family, " version");
    return bogus(context, "IPv4 version", version, ", must be ", 4), false;
  }
  header.header_len = size_t{first} % 16 * 4;
  in.add(f.header_len, header.header_len, 0, 1);
  if (header.header_len >= kMinHeader) return true;
  in.expert(f.bad_header_len, Severity::error, ExpertGroup::protocol, "Bogus IP header length (", header.header_len,
            ", must be at least ", kMinHeader, ')');
  return bogus(context, "IP header length", header.header_len, ", must be at least ", kMinHeader), false;
}

void read_service(Layer& in) {
  const auto value = static_cast<uint8_t>(in(f.ds_field));
  if (in.tree() == nullptr || !in.ok()) return;
  append_service(in, value);
  const auto branch = in.below();
  in.note(f.dscp, value >> 2, 1);
  in.note(f.ecn, value & 3, 1);
}

/// A total length of 0 is what segmentation offload leaves of a packet that is cut up later: the frame tells instead.
bool read_total_len(Layer& in, Header& header) {
  header.total_len = in(f.total_len);
  if (!in.ok()) return false;
  const size_t available = in.all().wire_size();
  if (header.total_len == 0) {
    header.total_len = available;
    in.replace("Total Length: ", available,
               " bytes (reported as 0, presumed to be because of \"TCP segmentation offload\" (TSO))");
  } else if (header.total_len < header.header_len) {
    in.replace("Total Length: ", header.total_len, " bytes (bogus, less than header length ", header.header_len, ')');
    in.expert(f.bad_len, Severity::error, ExpertGroup::protocol, "Bogus IP length");
    bogus(in.context(), "IP length", header.total_len, ", less than header length ", header.header_len);
    return false;
  } else if (header.total_len > available && !in.context().is_quoted) {
    in.expert(f.bad_len, Severity::error, ExpertGroup::protocol, "IPv4 total length exceeds packet length (", available,
              " bytes)");
  }
  return true;
}

void report_flags(Layer& in, uint32_t flags) {
  in.add(f.flags, flags >> 5, 6, 1);
  for (const auto& [bit, name] :
       {std::pair{0x80u, "Reserved bit"}, {0x40u, "Don't fragment"}, {0x20u, "More fragments"}})
    if ((flags & bit) != 0) in.append(", ", name);
  const auto branch = in.below();
  for (const Field* field : {&f.reserved, &f.dont_fragment, &f.more_fragments})
    in.add(*field, masked(field->format, flags), 6, 1);
}

/// What a packet to a destination that no router forwards to (RFC 5771, section 4) is sent with; 0: anything.
uint8_t local_ttl(uint8_t group) {
  switch (group) {
    case 18:               // VRRP
    case 102:              // HSRP, GLBP
    case 251: return 255;  // mDNS
    case 252: return 0;    // LLMNR
    default: return 1;
  }
}

void judge_ttl(Layer& in, uint8_t ttl, uint8_t protocol) {
  constexpr uint32_t kLocalControl = 0xE00000;
  constexpr uint8_t kFewHops = 5, kIgmp = 2, kOspf = 89, kPim = 103;
  const uint32_t destination = in.all().be32(16);
  if (destination >> 8 == kLocalControl) {
    const uint8_t expected = protocol == kIgmp ? uint8_t{1} : local_ttl(static_cast<uint8_t>(destination));
    if (expected == 0 || ttl == expected) return;
    in.expert(f.ttl_not_local, Severity::note, ExpertGroup::sequence, "\"Time To Live\" != ", expected,
              " for a packet sent to the Local Network Control Block (see RFC 3171)");
  } else if (ttl < kFewHops && destination >> 28 != 0xE && protocol != kOspf && protocol != kPim) {
    in.expert(f.ttl_too_small, Severity::note, ExpertGroup::sequence, "\"Time To Live\" only ", ttl);
  }
}

void read_rest(Layer& in, Header& header) {
  Context& context = in.context();
  Fragment& fragment = header.fragment;
  fragment.id = in(f.id);
  const uint16_t flags_and_offset = in.be16();
  if (in.tree() != nullptr && in.ok()) report_flags(in, flags_and_offset >> 8);
  fragment.more = (flags_and_offset & 0x2000) != 0;
  fragment.at = size_t{static_cast<uint16_t>(flags_and_offset & 0x1FFF)} * 8;
  if (in.ok()) in.add(f.fragment_offset, fragment.at, 6, 2);
  const auto ttl = static_cast<uint8_t>(in(f.ttl));
  context.hop_limit = ttl;
  if (in.tree() != nullptr && in.all().has(16, 4)) judge_ttl(in, ttl, in.all().u8(9));
  fragment.protocol = static_cast<uint8_t>(in(f.protocol));
  in(f.checksum);
  in.append(" [validation disabled]");
  if (in.ok()) in.conclude(f.checksum_status, kChecksumUnverified, 10);
  in.address(f.source, AddressKind::ipv4, 4, context.source);
  // Of a packet on its way along a source route, this is only the next stop.
  const bool has_route = in.ok() && route_end(in.all().first(header.header_len).from(kMinHeader)).has_value();
  in.address(has_route ? f.current_route : f.destination, AddressKind::ipv4, 4, context.destination);
}

void read_options(Layer& in, const Header& header) {
  const Bytes options = Bytes(in.rest()).first(header.header_len - kMinHeader);
  const size_t from = in.at();
  in.skip(header.header_len - kMinHeader);
  if (!in.ok() || options.empty()) return;
  if (const auto last = route_end(options)) in.context().destination = {AddressKind::ipv4, *last};
  if (in.tree() == nullptr) return;
  in.seek(from);
  report_options(in, options.size(), f.option, f.destination);
}

void append_addresses(Layer& in) {
  if (!in.wants_texts()) return;
  const Context& context = in.context();
  std::string text = ", Src: ";
  append_address(text, Address::ipv4(context.source.raw));
  text += ", Dst: ";
  append_address(text, Address::ipv4(context.destination.raw));
  const Bytes next = in.all().sub(16, 4);
  if (next.data() != context.destination.raw.data()) {
    text += ", Via: ";
    append_address(text, Address::ipv4(next));
  }
  in.append_title(text);
}

void report_stream(Layer& in) {
  State* const state = in.context().tree_state();
  if (state == nullptr) return;
  const Context& context = in.context();
  const uint32_t index = state->of<Pairs>().pairs.index_of(context.source.raw.text(), context.destination.raw.text());
  in.conclude(f.stream, index, in.at());
}

void name_fragment(Layer& in, const Fragment& fragment) {
  Context& context = in.context();
  context.set_info("Fragmented IP protocol (proto=", ip_protocol_name(fragment.protocol), ' ', fragment.protocol,
                   ", off=", fragment.at, ", ID=");
  if (context.info() != nullptr) append_hex(*context.info(), fragment.id, 4);
  context.append_info(')');
  if (context.link() != 0) context.append_info(" [Reassembled in #", context.link(), ']');
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, ipv4_protocol, bytes);
  context.set_protocol(ipv4_protocol);
  context.clear_info();
  Header header;
  if (!read_header_len(in, header)) return in.seek(std::max(size_t{bytes.u8(0)} % 16 * 4, in.at()));
  read_service(in);
  if (!read_total_len(in, header)) return in.seek(header.header_len);
  read_rest(in, header);
  const bool has_addresses = in.ok();
  read_options(in, header);
  if (has_addresses) append_addresses(in);
  if (!in.ok()) return;
  if (context.network.empty()) context.network = bytes.first(header.total_len);
  const Bytes payload = bytes.first(header.total_len).from(header.header_len);
  const Fragment& fragment = header.fragment;
  if (!fragment.more && fragment.at == 0) {
    report_stream(in);
    return call_ip_protocol(context, fragment.protocol, payload);
  }
  const bool is_cut = bytes.size() < header.total_len;
  if (!is_cut && complete_datagram(in, {f.reassembly, "IPv4", report_stream}, fragment, payload)) return;
  if (context.link() != 0) in.conclude(f.reassembly.in_frame, context.link(), 0);
  report_stream(in);
  // Of a first fragment that was cut short there will be no whole: it is shown as far as it goes.
  if (fragment.at > 0 || !is_cut) return name_fragment(in, fragment);
  context.is_fragment = true;
  call_ip_protocol(context, fragment.protocol, payload);
}

}  // namespace
}  // namespace ipv4

const Protocol ipv4_protocol{.filter_name = "ip",
                             .column_name = "IPv4",
                             .title = "Internet Protocol Version 4",
                             .fields = listed<ipv4::f>,
                             .claims = ipv4::kClaims,
                             .dissect = ipv4::dissect,
                             .holds_own_fields_only = true};

}  // namespace tracedrop::dissect
