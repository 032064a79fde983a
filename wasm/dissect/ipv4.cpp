// Internet Protocol version 4, RFC 791, section 3.1:
//
//   |Version|  IHL  |    DSCP   |ECN|          Total Length         |
//   |         Identification        |Flags|      Fragment Offset    |
//   |  Time to Live |    Protocol   |         Header Checksum       |
//   |                         Source Address                        |
//   |                      Destination Address                      |
//   |                    Options, up to IHL * 4                     |
#include "dissect/ip.h"

#include "base/text.h"
#include "dissect/context.h"
#include "dissect/registry.h"

namespace tracedrop::dissect {

namespace {

constexpr size_t kMinHeader = 20;

constexpr Field version{"ip.version", "Version", FieldType::uint8, Base::dec, 0xF0};
constexpr Field header_len{"ip.hdr_len", "Header Length", FieldType::uint8};
constexpr Field ds_field{"ip.dsfield", "Differentiated Services Field", FieldType::uint8, Base::hex};
constexpr Field dscp{"ip.dsfield.dscp", "Differentiated Services Codepoint", FieldType::uint8, Base::dec, 0xFC};
constexpr Field ecn{"ip.dsfield.ecn", "Explicit Congestion Notification", FieldType::uint8, Base::dec, 0x03};
constexpr Field total_len{"ip.len", "Total Length", FieldType::uint16};
constexpr Field id{"ip.id", "Identification", FieldType::uint16, Base::hex_dec};
constexpr Field reserved{"ip.flags.rb", "Reserved bit", FieldType::boolean, Base::dec, 0x8000};
constexpr Field dont_fragment{"ip.flags.df", "Don't fragment", FieldType::boolean, Base::dec, 0x4000};
constexpr Field more_fragments{"ip.flags.mf", "More fragments", FieldType::boolean, Base::dec, 0x2000};
constexpr Field fragment_offset{"ip.frag_offset", "Fragment Offset", FieldType::uint16};
constexpr Field ttl{"ip.ttl", "Time to Live", FieldType::uint8};
constexpr Field protocol{"ip.proto", "Protocol", FieldType::uint8, Base::dec, 0, kIpProtocolNames};
constexpr Field checksum{"ip.checksum", "Header Checksum", FieldType::uint16, Base::hex};
constexpr Field source{"ip.src", "Source Address", FieldType::ipv4};
constexpr Field destination{"ip.dst", "Destination Address", FieldType::ipv4};
constexpr const Field* kFields[] = {&version,       &header_len,     &ds_field,        &dscp, &ecn,      &total_len, &id,     &reserved,
                                    &dont_fragment, &more_fragments, &fragment_offset, &ttl,  &protocol, &checksum,  &source, &destination};
constexpr const Field* kDsBits[] = {&dscp, &ecn};
constexpr const Field* kFlagBits[] = {&reserved, &dont_fragment, &more_fragments};
constexpr Claim kClaims[] = {{Table::ether_type, 0x0800}, {Table::ip_protocol, 4}, {Table::link_type, 228}};

struct Header {
  size_t header_len = 0;
  size_t total_len = 0;
  uint16_t id = 0;
  size_t fragment_at = 0;
  bool more_fragments = false;
  uint8_t protocol = 0;
};

Header read_header(Layer& in) {
  Header header;
  Context& context = in.context();
  header.header_len = size_t{in.u8(version)} % 16 * 4;
  in.note(header_len, header.header_len, 1);
  const uint8_t ds = in.u8(ds_field);
  in.note_bits(kDsBits, ds, 1);
  header.total_len = in.be16(total_len);
  header.id = in.be16(id);
  const uint16_t fragment = in.be16();
  in.note_bits(kFlagBits, fragment, 2);
  header.more_fragments = (fragment & 0x2000) != 0;
  header.fragment_at = size_t{static_cast<uint16_t>(fragment & 0x1FFF)} * 8;
  in.note(fragment_offset, header.fragment_at, 2);
  in.u8(ttl);
  header.protocol = in.u8(protocol);
  in.be16(checksum);
  context.source = {AddressKind::ipv4, in.bytes(source, 4)};
  context.destination = {AddressKind::ipv4, in.bytes(destination, 4)};
  return header;
}

void bogus(Context& context, std::string_view what, size_t value, std::string_view must) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = "Bogus IP ";
  out += what;
  out += " (";
  append_number(out, value);
  out += must;
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, ipv4_protocol, bytes);
  context.set_protocol(ipv4_protocol);
  if (!bytes.empty() && bytes.u8(0) >> 4 != 4) return bogus(context, "version", bytes.u8(0) >> 4, ", must be 4)");
  if (!bytes.empty() && bytes.u8(0) % 16 < 5)
    return bogus(context, "header length", size_t{bytes.u8(0)} % 16 * 4, ", must be at least 20)");
  const Header header = read_header(in);
  if (!in.ok()) return;
  // A total length of 0 is what segmentation offload leaves of a packet that is cut up later: the frame tells instead.
  const size_t total = header.total_len == 0 ? bytes.wire_size() : header.total_len;
  if (total < header.header_len) return bogus(context, "length", total, ", less than header length)");
  const Bytes payload = bytes.first(total).from(header.header_len);
  if (header.more_fragments || header.fragment_at > 0) {
    const Fragment fragment{header.protocol, header.fragment_at, header.more_fragments, header.id, 4};
    return dissect_fragment(context, fragment, payload);
  }
  call_ip_protocol(context, header.protocol, payload);
}

}  // namespace

const Protocol ipv4_protocol{"ip", "IPv4", "Internet Protocol Version 4", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
