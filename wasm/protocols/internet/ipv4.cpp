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
#include "protocols/internet/fragments.h"
#include "protocols/internet/ip.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr size_t kMinHeader = 20;

constexpr Field version{"ip.version", "Version", bits(u8, 0xF0)};
constexpr Field header_len{"ip.hdr_len", "Header Length", u8};
constexpr Field ds_field{"ip.dsfield", "Differentiated Services Field", x8};
constexpr Field dscp{"ip.dsfield.dscp", "Differentiated Services Codepoint", bits(u8, 0xFC)};
constexpr Field ecn{"ip.dsfield.ecn", "Explicit Congestion Notification", bits(u8, 0x03)};
constexpr Field total_len{"ip.len", "Total Length", u16};
constexpr Field id{"ip.id", "Identification", in_base(u16, Base::hex_dec)};
constexpr Field reserved{"ip.flags.rb", "Reserved bit", flag(u8, 0x8000)};
constexpr Field dont_fragment{"ip.flags.df", "Don't fragment", flag(u8, 0x4000)};
constexpr Field more_fragments{"ip.flags.mf", "More fragments", flag(u8, 0x2000)};
constexpr Field fragment_offset{"ip.frag_offset", "Fragment Offset", u16};
constexpr Field ttl{"ip.ttl", "Time to Live", u8};
constexpr Field protocol{"ip.proto", "Protocol", u8, kIpProtocolNames};
constexpr Field checksum{"ip.checksum", "Header Checksum", x16};
constexpr Field source{"ip.src", "Source Address", ipv4_32};
constexpr Field destination{"ip.dst", "Destination Address", ipv4_32};
constexpr Field reassembled_in{"ip.reassembled_in", "Reassembled IPv4 in frame", packet_number};
constexpr const Field* kFields[] = {
    &version,       &header_len,     &ds_field,        &dscp, &ecn,      &total_len, &id,     &reserved,
    &dont_fragment, &more_fragments, &fragment_offset, &ttl,  &protocol, &checksum,  &source, &destination,
    &reassembled_in};
constexpr const Field* kDsBits[] = {&dscp, &ecn};
constexpr const Field* kFlagBits[] = {&reserved, &dont_fragment, &more_fragments};
constexpr Claim kClaims[] = {{ether_types, 0x0800}, {ip_protocols, 4}};

struct Header {
  size_t header_len = 0;
  size_t total_len = 0;
  Fragment fragment;
};

void bogus(Context& context, std::string_view what, size_t value, std::string_view must, size_t limit) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = "Bogus ";
  out += what;
  out += " (";
  append_number(out, value);
  out += must;
  append_number(out, limit);
  out += ')';
}

/// Reads the header up to the total length; false (and the row says why) when there is no such header or length.
bool read_lengths(Layer& in, Header& header) {
  Context& context = in.context();
  const uint8_t first = in.u8(version);
  if (!in.ok()) return false;
  if (first >> 4 == 6) return context.call(ipv6_protocol, in.all()), false;
  if (first >> 4 != 4) return bogus(context, "IPv4 version", first >> 4, ", must be ", 4), false;
  header.header_len = size_t{first} % 16 * 4;
  in.note(header_len, header.header_len, 1);
  if (header.header_len < kMinHeader)
    return bogus(context, "IP header length", header.header_len, ", must be at least ", kMinHeader), false;
  const uint8_t ds = in.u8(ds_field);
  in.note_bits(kDsBits, ds, 1);
  header.total_len = in.be16(total_len);
  if (!in.ok()) return false;
  // A total length of 0 is what segmentation offload leaves of a packet that is cut up later: the frame tells instead.
  const bool is_offloaded = header.total_len == 0;
  if (is_offloaded) header.total_len = in.all().wire_size();
  if (header.total_len < header.header_len && !is_offloaded)
    return bogus(context, "IP length", header.total_len, ", less than header length ", header.header_len), false;
  return true;
}

void read_rest(Layer& in, Header& header) {
  Context& context = in.context();
  header.fragment.id = in.be16(id);
  const uint16_t flags_and_offset = in.be16();
  in.note_bits(kFlagBits, flags_and_offset, 2);
  header.fragment.more = (flags_and_offset & 0x2000) != 0;
  header.fragment.at = size_t{static_cast<uint16_t>(flags_and_offset & 0x1FFF)} * 8;
  in.note(fragment_offset, header.fragment.at, 2);
  context.hop_limit = in.u8(ttl);
  header.fragment.protocol = in.u8(protocol);
  in.be16(checksum);
  in.address(source, AddressKind::ipv4, 4, context.source);
  in.address(destination, AddressKind::ipv4, 4, context.destination);
}

/// While the route of a source-routed packet is not used up, it is on its way to the route's last address.
void follow_source_route(Context& context, Bytes options) {
  constexpr uint8_t kEnd = 0, kNoOperation = 1, kLooseRoute = 131, kStrictRoute = 137;
  for (size_t at = 0; options.has(at, 1) && options.u8(at) != kEnd;) {
    const uint8_t option = options.u8(at);
    const size_t length = option == kNoOperation ? 1 : options.u8(at + 1);
    const bool is_route = option == kLooseRoute || option == kStrictRoute;
    if (is_route && length >= 7 && options.u8(at + 2) < length && options.has(at, length))
      context.destination = {AddressKind::ipv4, options.sub(at + length - 4, 4)};
    if (length == 0 || (option != kNoOperation && length < 2)) return;
    at += length;
  }
}

void name_fragment(Layer& in, const Fragment& fragment) {
  Context& context = in.context();
  if (context.link() != 0) in.note(reassembled_in, context.link());
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = "Fragmented IP protocol (proto=";
  out += ip_protocol_name(fragment.protocol);
  out += ' ';
  append_number(out, fragment.protocol);
  out += ", off=";
  append_number(out, fragment.at);
  out += ", ID=";
  append_hex(out, fragment.id, 4);
  out += ')';
  if (context.link() == 0) return;
  out += " [Reassembled in #";
  append_number(out, context.link());
  out += ']';
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, ipv4_protocol, bytes);
  context.set_protocol(ipv4_protocol);
  context.clear_info();
  Header header;
  if (!read_lengths(in, header)) return;
  read_rest(in, header);
  const Bytes options = in.bytes(header.header_len - kMinHeader);
  if (!in.ok()) return;
  follow_source_route(context, options);
  if (context.network.empty()) context.network = bytes.first(header.total_len);
  const Bytes payload = bytes.first(header.total_len).from(header.header_len);
  const Fragment& fragment = header.fragment;
  if (!fragment.more && fragment.at == 0) return call_ip_protocol(context, fragment.protocol, payload);
  if (complete_datagram(context, fragment, payload)) return;
  // Of a first fragment that was cut short there will be no whole: it is shown as far as it goes.
  const bool is_cut = payload.size() < payload.wire_size();
  if (fragment.at > 0 || !is_cut) return name_fragment(in, fragment);
  context.is_fragment = true;
  call_ip_protocol(context, fragment.protocol, payload);
}

}  // namespace

const Protocol ipv4_protocol{"ip", "IPv4", "Internet Protocol Version 4", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
