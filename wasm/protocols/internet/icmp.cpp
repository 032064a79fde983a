// Internet Control Message Protocol, RFC 792 (and RFC 950, 1256, 8335): type (1), code (1), checksum (2), then by type.
// Requests and replies have an identifier (2) and a sequence number (2); errors, after four bytes, the packet they are
// about.
#include "protocols/internet/icmp.h"
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/internet/echo.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace icmp {
namespace {

constexpr Claim kClaims[] = {{ip_protocols, 1}};

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

/// Errors of a router have, where it says so, the packet that they are about in a length of its own, and extensions
/// behind it (RFC 4884); older routers put them behind 128 bytes without a word.
constexpr size_t kOldOriginal = 128;

size_t original_len(Bytes message) {
  const uint8_t message_type = message.u8(0);
  const bool may_tell =
      message_type == kUnreachable || message_type == kTimeExceeded || message_type == kParameterProblem;
  return may_tell ? size_t{message.u8(5)} * 4 : 0;
}

/// The four bytes between the checksum and the packet that the error is about.
void report_error_head(Layer& in, Bytes message) {
  constexpr uint8_t kFragmentationNeeded = 4;
  switch (message.u8(0)) {
    case kRedirect: in.bytes(f.gateway, 4); return;
    case kParameterProblem: in(f.pointer); break;
    case kSourceQuench: in.skip(4); return;
    default: break;
  }
  const size_t behind = message.u8(0) == kParameterProblem ? 1 : 0;
  const bool has_mtu = message.u8(0) == kUnreachable && message.u8(1) == kFragmentationNeeded;
  if (original_len(message) == 0) {
    in.bytes(f.unused, has_mtu ? 2 : 4 - behind);
  } else {
    if (behind == 0) in.bytes(f.unused, 1);
    in(f.length);
    in.conclude(f.original_length, original_len(message), in.at() - 1, 1);
    if (!has_mtu) in.bytes(f.unused, 2);
  }
  if (has_mtu) in(f.next_mtu);
}

void report_error(Layer& in, Context& context, Bytes message) {
  report_error_head(in, message);
  const size_t told = original_len(message);
  context.quote(ipv4_protocol, told == 0 ? in.rest() : in.rest().first(told));
  if (in.tree() == nullptr || message.u8(0) == kRedirect || message.u8(0) == kSourceQuench) return;
  const size_t at = 8 + (told == 0 ? kOldOriginal : std::max(told, kOldOriginal));
  if (message.size() > at + 4 && (told > 0 || message.u8(at) >> 4 == 2)) report_extensions(in, at);
}

/// The row stays the message's own: the packet inside an error only shows in the tree.
void dissect_rest(Layer& in, Context& context, Bytes message) {
  const uint8_t message_type = message.u8(0);
  if (!is_error(message_type)) report_query(in, context, message);
  const bool wants_quote = context.tree() != nullptr || context.is_reading() || context.tree_state() != nullptr;
  if (wants_quote && is_error(message_type)) report_error(in, context, message);
  in.seek(4);
  in.skip(fixed_len(message_type) - 4);
  if (!is_error(message_type)) return;
  const Bytes about = message.from(8);
  if (about.size() < about.wire_size() && about.size() < headers_len(about)) in.skip(about.wire_size());
}

/// Types that RFC 6633 and RFC 6918 took back.
bool is_deprecated(uint8_t message_type) {
  return message_type == kSourceQuench || message_type == kAlternateHost ||
         (message_type >= 15 && message_type <= 18) || (message_type >= 30 && message_type <= 39);
}

void report_head(Layer& in, uint8_t message_type) {
  const bool is_known_error =
      message_type == kUnreachable || message_type == kRedirect || message_type == kTimeExceeded;
  if (is_known_error) in.expert(f.type_is_error, Severity::note, ExpertGroup::response_code, f.type_is_error.title);
  if (is_deprecated(message_type))
    in.expert(f.type_is_deprecated, Severity::note, ExpertGroup::deprecated, f.type_is_deprecated.title);
}

void read_code(Layer& in, uint8_t message_type) {
  const uint32_t code = in(f.code);
  const auto codes = codes_of(message_type);
  if (in.tree() == nullptr || codes.empty() || !in.ok()) return;
  const std::string_view name = name_of(codes, code);
  name.empty() ? in.append(" (Unknown code: ", code, ')') : in.append(" (", name, ')');
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, icmp_protocol, bytes);
  in.span_all();
  context.set_protocol(icmp_protocol);
  context.clear_info();
  const auto message_type = static_cast<uint8_t>(in(f.type));
  if (in.tree() != nullptr && in.ok()) report_head(in, message_type);
  read_code(in, message_type);
  read_checksum(in, {f.checksum, f.checksum_status, f.checksum_bad});
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
}  // namespace icmp

const Protocol icmp_protocol{.filter_name = "icmp",
                             .column_name = "ICMP",
                             .title = "Internet Control Message Protocol",
                             .fields = listed<icmp::f>,
                             .claims = icmp::kClaims,
                             .dissect = icmp::dissect};

}  // namespace tracedrop::dissect
