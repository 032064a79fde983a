// Control protocols of PPP: link control (RFC 1661, section 5), network control protocols and authentication share a
// form: code (1), identifier (1), length (2), data. The data of authentication: a name and a password, each behind its
// length, or a message behind its length (PAP, RFC 1334, section 2); a value behind its length and a name, or a message
// (CHAP, RFC 1994).
#include "base/text.h"
#include "protocols/link/ppp.h"
#include "protocols/list.h"

namespace tracedrop::dissect::ppp {

namespace {

constexpr ValueName kCodes[] = {
    {0, "Vendor Specific"},      {1, "Configuration Request"}, {2, "Configuration Ack"}, {3, "Configuration Nak"},
    {4, "Configuration Reject"}, {5, "Termination Request"},   {6, "Termination Ack"},   {7, "Code Reject"}};
constexpr ValueName kLinkCodes[] = {{8, "Protocol Reject"},  {9, "Echo Request"},    {10, "Echo Reply"},
                                    {11, "Discard Request"}, {12, "Identification"}, {13, "Time Remaining"}};
constexpr ValueName kCompressionCodes[] = {{14, "Reset Request"}, {15, "Reset Ack"}};
constexpr ValueName kChapCodes[] = {{1, "Challenge"}, {2, "Response"}, {3, "Success"}, {4, "Failure"}};
constexpr ValueName kPapCodes[] = {{1, "Authenticate-Request"}, {2, "Authenticate-Ack"}, {3, "Authenticate-Nak"}};

enum class Kind : uint8_t { control, link_control, password, challenge };

struct ControlProtocol {
  uint16_t number;
  std::string_view column_name;
  Kind kind;
  std::span<const ValueName> own_codes;
};

constexpr ControlProtocol kControls[] = {
    {0xC021, "PPP LCP", Kind::link_control, kLinkCodes}, {0x8021, "PPP IPCP", Kind::control, {}},
    {0x8057, "PPP IPV6CP", Kind::control, {}},           {0x80FD, "PPP CCP", Kind::control, kCompressionCodes},
    {0x8281, "PPP MPLSCP", Kind::control, {}},           {0xC023, "PPP PAP", Kind::password, kPapCodes},
    {0xC223, "PPP CHAP", Kind::challenge, kChapCodes},
};

constexpr Field code{"ppp.code", "Code", u8};
constexpr Field identifier{"ppp.identifier", "Identifier", u8};
constexpr Field length{"ppp.length", "Length", u16};
constexpr Field peer{"pap.peer_id", "Peer-ID", raw_bytes};
constexpr Field password{"pap.password", "Password", raw_bytes};
constexpr Field message{"pap.message", "Message", raw_bytes};
constexpr Field value{"chap.value", "Value", raw_bytes};
constexpr Field name{"chap.name", "Name", raw_bytes};
constexpr Field chap_message{"chap.message", "Message", raw_bytes};
constexpr const Field* kFields[] = {&code,    &identifier, &length, &peer,        &password,
                                    &message, &value,      &name,   &chap_message};
constexpr Protocol kControlProtocol{"ppp.control", "PPP", "PPP control protocol", kFields, {}};

std::string_view code_name(const ControlProtocol& protocol, uint8_t number) {
  const std::string_view own = name_of(protocol.own_codes, number);
  if (!own.empty()) return own;
  const bool has_common = protocol.kind == Kind::control || protocol.kind == Kind::link_control;
  const std::string_view common = has_common ? name_of(kCodes, number) : std::string_view();
  return common.empty() ? "Unknown" : common;
}

void append_quoted(Context& context, std::string_view before, Bytes text) {
  if (context.info() == nullptr) return;
  *context.info() += before;
  append_printable(*context.info(), text.text());
  *context.info() += '\'';
}

void dissect_password(Layer& in, uint8_t number) {
  Context& context = in.context();
  if (number == 1) {
    const Bytes who = in.bytes(peer, in.u8());
    const Bytes secret = in.bytes(password, in.u8());
    if (!in.ok()) return;
    append_quoted(context, " (Peer-ID='", who);
    append_quoted(context, ", Password='", secret);
    context.append_info(")");
  } else if (number == 2 || number == 3) {
    const Bytes text = in.bytes(message, in.u8());
    if (!in.ok()) return;
    append_quoted(context, " (Message='", text);
    context.append_info(")");
  }
}

void dissect_challenge(Layer& in, uint8_t number, size_t end) {
  Context& context = in.context();
  const size_t left = end > in.at() ? end - in.at() : 0;
  if (number == 3 || number == 4) {
    append_quoted(context, " (MESSAGE='", in.bytes(chap_message, left));
    context.append_info(")");
  } else if ((number == 1 || number == 2) && left > in.rest().u8(0)) {
    const size_t value_len = in.u8();
    const Bytes nonce = in.bytes(value, value_len);
    append_quoted(context, " (NAME='", in.bytes(name, left - 1 - value_len));
    context.append_info(", VALUE=0x");
    if (context.info() == nullptr) return;
    for (size_t i = 0; i < nonce.size(); ++i) append_hex(*context.info(), nonce.u8(i), 2);
    *context.info() += ')';
  }
}

/// Data that every link control packet of this code has: a magic number, a rejected protocol.
size_t least_data(uint8_t number) {
  switch (number) {
    case 0:
    case 9:
    case 10:
    case 11:
    case 12: return 4;
    case 8: return 2;
    case 13: return 8;
    default: return 0;
  }
}

void dissect_packet(Context& context, const ControlProtocol& protocol, Bytes packet) {
  Layer in(context, kControlProtocol, packet);
  context.set_protocol(protocol.column_name);
  context.clear_info();
  const uint8_t number = in.u8(code);
  if (in.ok()) context.set_info(code_name(protocol, number));
  in.u8(identifier);
  const size_t end = in.be16(length);
  if (!in.ok()) return;
  switch (protocol.kind) {
    case Kind::control: return;
    case Kind::link_control: return in.skip(least_data(number));
    case Kind::password: return dissect_password(in, number);
    case Kind::challenge: return dissect_challenge(in, number, end);
  }
}

}  // namespace

bool dissect_control(Context& context, uint16_t number, Bytes packet) {
  for (const ControlProtocol& protocol : kControls) {
    if (protocol.number != number) continue;
    dissect_packet(context, protocol, packet);
    return true;
  }
  return false;
}

}  // namespace tracedrop::dissect::ppp
