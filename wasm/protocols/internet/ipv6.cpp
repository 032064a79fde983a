// Internet Protocol version 6, RFC 8200, section 3:
//
//   |Version| Traffic Class |           Flow Label                  |
//   |         Payload Length        |  Next Header  |   Hop Limit   |
//   |                    Source Address (16 bytes)                  |
//   |                 Destination Address (16 bytes)                |
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/internet/address_pairs.h"
#include "protocols/internet/ip.h"
#include "protocols/internet/ipv6_address.h"
#include "protocols/internet/traffic_class.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace ipv6 {
namespace {

constexpr size_t kHeader = 40;

struct Fields {
  Field version{"ipv6.version", "Version", bits(u8, 0xF0), {}, "ip.version"};
  Field traffic_class{"ipv6.tclass", "Traffic Class", bits(x32, 0x0FF00000)};
  Field dscp{"ipv6.tclass.dscp", "Differentiated Services Codepoint", bits(u32, 0x0FC00000), kServiceNames};
  Field ecn{"ipv6.tclass.ecn", "Explicit Congestion Notification", bits(u32, 0x00300000), kCongestionNames};
  Field flow_label{"ipv6.flow", "Flow Label", bits(x24, 0x0FFFFF)};
  Field payload_len{"ipv6.plen", "Payload Length", u16};
  Field next_header{"ipv6.nxt", "Next Header", u8, kIpProtocolNames};
  Field hop_limit{"ipv6.hlim", "Hop Limit", u8};
  Field source{"ipv6.src", "Source Address", ipv6_128, {}, "ipv6.addr"};
  Field destination{"ipv6.dst", "Destination Address", ipv6_128, {}, "ipv6.addr"};
  Field stream{"ipv6.stream", "Stream index", u32};
  Field bad_version{"ipv6.bogus_ipv6_version", "Bogus IP version"};
  Field no_length{"ipv6.plen_zero",
                  "IPv6 payload length equals 0 (maybe because of \"TCP segmentation offload\" (TSO))"};
  Field bad_length{"ipv6.plen_exceeds_framing", "IPv6 payload length does not match expected framing length"};
  AddressFields of_source = kSourceFields;
  AddressFields of_destination = kDestinationFields;
  Field multicast_source{"ipv6.src_addr.not_multicast", "Source address must not be a multicast address"};
} constexpr f;
constexpr Claim kClaims[] = {{ether_types, 0x86DD}, {ip_protocols, 41}};

struct Pairs : ProtocolState {
  AddressPairs pairs;
};

/// The length that a jumbogram has in an option of its first extension header (RFC 2675, section 2); 0 when it has
/// none.
size_t jumbo_len(uint8_t next, Bytes payload) {
  constexpr uint8_t kHopByHop = 0, kPad1 = 0, kJumbo = 0xC2;
  if (next != kHopByHop) return 0;
  const size_t end = (size_t{payload.u8(1)} + 1) * 8;
  for (size_t at = 2; at < end; at += payload.u8(at) == kPad1 ? 1 : size_t{2} + payload.u8(at + 1))
    if (payload.u8(at) == kJumbo && payload.u8(at + 1) == 4 && payload.has(at + 2, 4)) return payload.be32(at + 2);
  return 0;
}

/// What the payload length says, and what stands in for it when it is 0.
size_t length_of_payload(size_t length, uint8_t next, Bytes payload) {
  constexpr size_t kLongestOrdinary = 65535;
  if (length > 0) return length;
  const size_t jumbo = jumbo_len(next, payload);
  return jumbo > kLongestOrdinary ? jumbo : 0;
}

void report_first_word(Layer& in) {
  const uint32_t word = in.all().be32(0);
  in.add(f.traffic_class, masked(f.traffic_class.format, word), 0, 4);
  append_service(in, static_cast<uint8_t>(word >> 20));
  {
    const auto below = in.below();
    in.add(f.dscp, masked(f.dscp.format, word), 0, 4);
    in.add(f.ecn, masked(f.ecn.format, word), 0, 4);
  }
  in.add(f.flow_label, word & 0x0FFFFF, 1, 3);
}

/// What Wireshark's expert says of the payload length, which is the last line.
void judge_length(Layer& in, size_t length) {
  const size_t available = in.all().wire_size() - kHeader;
  if (length == 0 && jumbo_len(in.all().u8(6), in.all().from(kHeader)) == 0)
    return in.expert(f.no_length, Severity::chat, ExpertGroup::protocol, f.no_length.title);
  if (length == 0) {
    length = jumbo_len(in.all().u8(6), in.all().from(kHeader));
    in.append(" (Jumbogram)");
  }
  if (length > available && !in.context().is_quoted)
    in.expert(f.bad_length, Severity::warning, ExpertGroup::protocol, "IPv6 payload length exceeds framing length (",
              available, " bytes)");
}

void report_addresses(Layer& in) {
  if (in.tree() == nullptr) return;
  std::string text = ", Src: ";
  append_address(text, Address::ipv6(in.all().sub(8, 16)));
  text += ", Dst: ";
  append_address(text, Address::ipv6(in.all().sub(24, 16)));
  in.append_title(text);
  report_embedded(in, f.of_source, 8);
  report_embedded(in, f.of_destination, 24);
}

void report_stream(Layer& in) {
  State* const state = in.context().tree_state();
  if (state == nullptr) return;
  const std::string_view source = in.all().sub(8, 16).text(), destination = in.all().sub(24, 16).text();
  in.conclude(f.stream, state->of<Pairs>().pairs.index_of(source, destination), 0);
}

void read_address(Layer& in, const Field& field, const AddressFields& kinds, AddressBytes& column,
                  const Field* not_multicast = nullptr) {
  const size_t at = in.at();
  in.address(field, AddressKind::ipv6, 16, column);
  report_address_kind(in, kinds, at, not_multicast);
}

void report_bad_version(Layer& in) {
  in.expert(f.bad_version, Severity::error, ExpertGroup::malformed, "Bogus IPv6 version");
  in.seek(kHeader);
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, ipv6_protocol, bytes);
  context.set_protocol(ipv6_protocol);
  context.clear_info();
  const uint32_t version = in(f.version);
  if (!in.ok()) return;
  if (version != 6) {
    report_bad_version(in);
    return context.set_info("Bogus IPv6 version (", version, ", must be 6)");
  }
  if (bytes.wire_size() < kHeader)
    context.set_info("Invalid IPv6 header (", bytes.wire_size(), " bytes, need exactly 40)");
  in.skip(3);
  if (in.tree() != nullptr && in.ok()) report_first_word(in);
  const size_t length = in(f.payload_len);
  if (in.tree() != nullptr && bytes.wire_size() >= kHeader) judge_length(in, length);
  const auto next = static_cast<uint8_t>(in(f.next_header));
  context.hop_limit = static_cast<uint8_t>(in(f.hop_limit));
  read_address(in, f.source, f.of_source, context.source, &f.multicast_source);
  read_address(in, f.destination, f.of_destination, context.destination);
  if (!in.ok()) return;
  report_addresses(in);
  report_stream(in);
  if (context.network.empty()) context.network = bytes.first(kHeader + length_of_payload(length, next, in.rest()));
  call_ip_protocol(context, next, in.rest().first(length_of_payload(length, next, in.rest())));
  if (in.tree() == nullptr) return;
  // The layer's line covers the extension headers, which stand within it.
  const Line& line = in.tree()->line(in.line());
  const size_t end = in.tree()->end_of_layers_in(in.line());
  if (end > line.pos) in.seek(std::max(in.at(), end - line.pos));
}

}  // namespace
}  // namespace ipv6

void report_other_version(Context& context, Bytes packet) {
  Layer in(context, ipv6_protocol, packet);
  in(ipv6::f.version);
  if (in.ok()) ipv6::report_bad_version(in);
}

const Protocol ipv6_protocol{.filter_name = "ipv6",
                             .column_name = "IPv6",
                             .title = "Internet Protocol Version 6",
                             .fields = listed<ipv6::f>,
                             .claims = ipv6::kClaims,
                             .dissect = ipv6::dissect};

}  // namespace tracedrop::dissect
