// Internet Control Message Protocol, RFC 792 (and RFC 950, 1256, 8335): type (1), code (1), checksum (2), then by type.
// Requests and replies have an identifier (2) and a sequence number (2); errors, after four bytes, the packet they are
// about.
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/internet/echo.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

enum Type : uint8_t {
  kEchoReply = 0,
  kUnreachable = 3,
  kSourceQuench = 4,
  kRedirect = 5,
  kAlternateHost = 6,
  kEchoRequest = 8,
  kRouterAdvertisement = 9,
  kTimeExceeded = 11,
  kParameterProblem = 12,
  kTimestampRequest = 13,
  kTimestampReply = 14,
  kMaskRequest = 17,
  kMaskReply = 18,
  kPhoturis = 40,
  kExtendedRequest = 42,
  kExtendedReply = 43,
};

constexpr ValueName kTypes[] = {{kEchoReply, "Echo (ping) reply"},
                                {1, "Reserved"},
                                {2, "Reserved"},
                                {kUnreachable, "Destination unreachable"},
                                {kSourceQuench, "Source quench (flow control)"},
                                {kRedirect, "Redirect"},
                                {kAlternateHost, "Alternate host address"},
                                {kEchoRequest, "Echo (ping) request"},
                                {kRouterAdvertisement, "Router advertisement"},
                                {10, "Router solicitation"},
                                {kTimeExceeded, "Time-to-live exceeded"},
                                {kParameterProblem, "Parameter problem"},
                                {kTimestampRequest, "Timestamp request"},
                                {kTimestampReply, "Timestamp reply"},
                                {15, "Information request"},
                                {16, "Information reply"},
                                {kMaskRequest, "Address mask request"},
                                {kMaskReply, "Address mask reply"},
                                {19, "Reserved (for security)"},
                                {30, "Traceroute"},
                                {31, "Datagram Conversion Error"},
                                {32, "Mobile Host Redirect"},
                                {33, "IPv6 Where-Are-You"},
                                {34, "IPv6 I-Am-Here"},
                                {35, "Mobile Registration Request"},
                                {36, "Mobile Registration Reply"},
                                {37, "Domain Name Request"},
                                {38, "Domain Name Reply"},
                                {39, "SKIP"},
                                {kPhoturis, "Photuris"},
                                {41, "Experimental mobility protocols"},
                                {kExtendedRequest, "Extended Echo request"},
                                {kExtendedReply, "Extended Echo reply"}};

constexpr ValueName kUnreachableCodes[] = {{0, "Network unreachable"},
                                           {1, "Host unreachable"},
                                           {2, "Protocol unreachable"},
                                           {3, "Port unreachable"},
                                           {4, "Fragmentation needed"},
                                           {5, "Source route failed"},
                                           {6, "Destination network unknown"},
                                           {7, "Destination host unknown"},
                                           {8, "Source host isolated"},
                                           {9, "Network administratively prohibited"},
                                           {10, "Host administratively prohibited"},
                                           {11, "Network unreachable for TOS"},
                                           {12, "Host unreachable for TOS"},
                                           {13, "Communication administratively filtered"},
                                           {14, "Host precedence violation"},
                                           {15, "Precedence cutoff in effect"}};
constexpr ValueName kRedirectCodes[] = {{0, "Redirect for network"},
                                        {1, "Redirect for host"},
                                        {2, "Redirect for TOS and network"},
                                        {3, "Redirect for TOS and host"}};
constexpr ValueName kAlternateCodes[] = {{0, "Alternate address for host"}};
constexpr ValueName kRouterCodes[] = {{0, "Normal router advertisement"}, {16, "Does not route common traffic"}};
constexpr ValueName kTimeCodes[] = {{0, "Time to live exceeded in transit"}, {1, "Fragment reassembly time exceeded"}};
constexpr ValueName kParameterCodes[] = {
    {0, "Pointer indicates the error"}, {1, "Required option missing"}, {2, "Bad length"}};
constexpr ValueName kPhoturisCodes[] = {
    {0, "Bad SPI"},           {1, "Authentication Failed"}, {2, "Decompression Failed"},
    {3, "Decryption Failed"}, {4, "Need Authentication"},   {5, "Need Authorization"}};
constexpr ValueName kExtendedRequestCodes[] = {{0, "No error"}};
constexpr ValueName kExtendedReplyCodes[] = {{0, "No error"},
                                             {1, "Malformed Query"},
                                             {2, "No Such Interface"},
                                             {3, "No Such Table Entry"},
                                             {4, "Multiple Interfaces Satisfy Query"}};

constexpr Field type{"icmp.type", "Type", u8, kTypes};
constexpr Field code{"icmp.code", "Code", u8};
constexpr Field checksum{"icmp.checksum", "Checksum", x16};
constexpr Field identifier{"icmp.ident", "Identifier (BE)", in_base(u16, Base::dec_hex)};
constexpr Field sequence{"icmp.seq", "Sequence Number (BE)", in_base(u16, Base::dec_hex)};
constexpr Field sequence_le{"icmp.seq_le", "Sequence Number (LE)", in_base(u16, Base::dec_hex)};
constexpr Field next_mtu{"icmp.mtu", "MTU of next hop", u16};
constexpr Field gateway{"icmp.redir_gw", "Gateway Address", ipv4_32};
constexpr Field pointer{"icmp.pointer", "Pointer", u8};
constexpr Field response_in{"icmp.resp_in", "Response frame", packet_number};
constexpr Field response_to{"icmp.resp_to", "Request frame", packet_number};
constexpr const Field* kFields[] = {&type,     &code,    &checksum, &identifier,  &sequence,   &sequence_le,
                                    &next_mtu, &gateway, &pointer,  &response_in, &response_to};
constexpr Claim kClaims[] = {{ip_protocols, 1}};

std::span<const ValueName> codes_of(uint8_t message_type) {
  switch (message_type) {
    case kUnreachable: return kUnreachableCodes;
    case kRedirect: return kRedirectCodes;
    case kAlternateHost: return kAlternateCodes;
    case kRouterAdvertisement: return kRouterCodes;
    case kTimeExceeded: return kTimeCodes;
    case kParameterProblem: return kParameterCodes;
    case kPhoturis: return kPhoturisCodes;
    case kExtendedRequest: return kExtendedRequestCodes;
    case kExtendedReply: return kExtendedReplyCodes;
    default: return {};
  }
}

/// Types with an identifier and a sequence number in Info.
bool is_query(uint8_t message_type) {
  return message_type == kEchoReply || message_type == kEchoRequest ||
         (message_type >= kTimestampRequest && message_type <= kMaskReply);
}

bool is_error(uint8_t message_type) {
  return message_type == kUnreachable || message_type == kSourceQuench || message_type == kRedirect ||
         message_type == kTimeExceeded || message_type == kParameterProblem;
}

std::string_view type_text(uint8_t message_type, uint8_t message_code) {
  if (message_type == kRouterAdvertisement && (message_code == 0 || message_code == 16))
    return "Mobile IP Advertisement";
  const std::string_view name = name_of(kTypes, message_type);
  return name.empty() ? "Unknown ICMP (obsolete or malformed?)" : name;
}

void append_head(std::string& out, Bytes message) {
  constexpr size_t kColumn = 20;
  out += type_text(message.u8(0), message.u8(1));
  if (out.size() < kColumn) out.append(kColumn - out.size(), ' ');
  const auto codes = codes_of(message.u8(0));
  if (codes.empty()) return;
  const std::string_view name = name_of(codes, message.u8(1));
  out += " (";
  if (name.empty()) {
    out += "Unknown code: ";
    append_number(out, message.u8(1));
  }
  out += name;
  out += ')';
}

void append_query(std::string& out, const Context& context, Bytes message) {
  out += " id=0x";
  append_hex(out, message.be16(4), 4);
  out += ", seq=";
  append_number(out, message.be16(6));
  out += '/';
  append_number(out, message.le16(6));
  if (!context.hop_limit.has_value()) return;
  out += ", ttl=";
  append_number(out, *context.hop_limit);
}

void append_echo(std::string& out, const Context& context, uint8_t message_type) {
  if (message_type == kEchoRequest && context.link() == 0 && context.destination.raw.be32(0) == UINT32_MAX) {
    out += " (broadcast)";
    return;
  }
  if (message_type == kEchoRequest || message_type == kEchoReply)
    append_echo_link(out, context, message_type == kEchoRequest);
}

void match_echo(Context& context, Bytes message) {
  const uint8_t message_type = message.u8(0);
  Echo echo;
  echo.id_and_sequence = message.be32(4);
  echo.reply_checksum =
      message_type == kEchoRequest ? reply_checksum(message.be16(2), kEchoRequest, kEchoReply) : message.be16(2);
  if (message_type == kEchoRequest) ask(context, echo);
  if (message_type == kEchoReply) answer(context, echo);
}

/// Bytes that every message of the type has.
size_t fixed_len(uint8_t message_type) {
  switch (message_type) {
    case kTimestampRequest:
    case kTimestampReply: return 20;
    case kMaskRequest:
    case kMaskReply: return 12;
    case kRedirect: return 9;  // as Wireshark has it: there is no message about nothing
    case kRouterAdvertisement:
    case kExtendedRequest:
    case kExtendedReply: return 8;
    default: return is_query(message_type) || is_error(message_type) ? 8 : 6;
  }
}

/// How much of the packet that an error is about must have been captured: its headers.
size_t headers_len(Bytes packet) {
  const size_t header = size_t{packet.u8(0)} % 16 * 4;
  switch (packet.u8(9)) {
    case 6: return header + std::max(size_t{20}, size_t{packet.u8(header + 12)} / 16 * 4);
    case 1:
    case 17: return header + 8;
    default: return header;
  }
}

void report_query(Layer& in, Context& context, Bytes message) {
  in.be16(identifier);
  in.be16(sequence);
  in.note(sequence_le, message.le16(6), 2);
  if (context.link() != 0) in.note(message.u8(0) == kEchoRequest ? response_in : response_to, context.link());
}

void report_error(Layer& in, Context& context, Bytes message) {
  if (message.u8(0) == kRedirect) {
    in.bytes(gateway, 4);
  } else if (message.u8(0) == kParameterProblem) {
    in.u8(pointer);
    in.skip(3);
  } else {
    in.skip(2);
    in.be16(next_mtu);
  }
  context.quote(ipv4_protocol, in.rest());
}

/// The row stays the message's own: the packet inside an error only shows in the tree.
void dissect_rest(Layer& in, Context& context, Bytes message) {
  const uint8_t message_type = message.u8(0);
  if (context.tree() != nullptr && is_query(message_type)) report_query(in, context, message);
  if ((context.tree() != nullptr || context.is_reading()) && is_error(message_type)) report_error(in, context, message);
  in.seek(4);
  in.skip(fixed_len(message_type) - 4);
  if (!is_error(message_type)) return;
  const Bytes about = message.from(8);
  if (about.size() < about.wire_size() && about.size() < headers_len(about)) in.skip(about.wire_size());
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, icmp_protocol, bytes);
  context.set_protocol(icmp_protocol);
  context.clear_info();
  const uint8_t message_type = in.u8(type);
  in.u8(code);
  in.be16(checksum);
  in.skip(2);
  if (!in.ok()) return;
  in.seek(4);
  const bool has_query = is_query(message_type) && bytes.has(0, 8);
  if (context.has_memory() && has_query) match_echo(context, bytes);
  if (context.info() != nullptr) {
    append_head(*context.info(), bytes);
    if (has_query) append_query(*context.info(), context, bytes);
    if (has_query) append_echo(*context.info(), context, message_type);
  }
  dissect_rest(in, context, bytes);
}

}  // namespace

const Protocol icmp_protocol{"icmp", "ICMP", "Internet Control Message Protocol", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
