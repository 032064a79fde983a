// Control protocols of PPP: link control (RFC 1661, section 5), network control protocols and authentication share a form:
// code (1), identifier (1), length (2), data.
#include "dissect/ppp.h"
#include "dissect/registry.h"

namespace tracedrop::dissect::ppp {

namespace {

constexpr ValueName kCodes[] = {{0, "Vendor Specific"},
                                {1, "Configuration Request"},
                                {2, "Configuration Ack"},
                                {3, "Configuration Nak"},
                                {4, "Configuration Reject"},
                                {5, "Termination Request"},
                                {6, "Termination Ack"},
                                {7, "Code Reject"}};
constexpr ValueName kLinkCodes[] = {{8, "Protocol Reject"}, {9, "Echo Request"},    {10, "Echo Reply"},
                                    {11, "Discard Request"}, {12, "Identification"}, {13, "Time Remaining"}};
constexpr ValueName kCompressionCodes[] = {{14, "Reset Request"}, {15, "Reset Ack"}};
constexpr ValueName kChapCodes[] = {{1, "Challenge"}, {2, "Response"}, {3, "Success"}, {4, "Failure"}};
constexpr ValueName kPapCodes[] = {{1, "Authenticate-Request"}, {2, "Authenticate-Ack"}, {3, "Authenticate-Nak"}};

struct ControlProtocol {
  uint16_t number;
  std::string_view column_name;
  std::span<const ValueName> own_codes;
  bool has_common_codes = true;
};

constexpr uint16_t kLinkControl = 0xC021;
constexpr ControlProtocol kControls[] = {
    {kLinkControl, "PPP LCP", kLinkCodes},       {0x8021, "PPP IPCP", {}},
    {0x8057, "PPP IPV6CP", {}},                  {0x80FD, "PPP CCP", kCompressionCodes},
    {0x8281, "PPP MPLSCP", {}},                  {0x8031, "PPP BCP NCP", {}},
    {0xC023, "PPP PAP", kPapCodes, false},       {0xC223, "PPP CHAP", kChapCodes, false},
};

constexpr Field code{"ppp.code", "Code", FieldType::uint8};
constexpr Field identifier{"ppp.identifier", "Identifier", FieldType::uint8};
constexpr Field length{"ppp.length", "Length", FieldType::uint16};
constexpr const Field* kFields[] = {&code, &identifier, &length};
constexpr Protocol kControlProtocol{"ppp.control", "PPP", "PPP control protocol", kFields, {}};

std::string_view code_name(const ControlProtocol& protocol, uint8_t value) {
  const std::string_view own = name_of(protocol.own_codes, value);
  if (!own.empty()) return own;
  const std::string_view common = protocol.has_common_codes ? name_of(kCodes, value) : std::string_view();
  return common.empty() ? "Unknown" : common;
}

/// Data that every link control packet of this code has: a magic number, a rejected protocol.
size_t least_data(uint16_t number, uint8_t value) {
  if (value == 0) return 4;
  if (number != kLinkControl) return 0;
  if (value == 8) return 2;
  if (value == 13) return 8;
  return value >= 9 && value <= 12 ? 4 : 0;
}

}  // namespace

bool dissect_control(Context& context, uint16_t number, Bytes packet) {
  for (const ControlProtocol& protocol : kControls) {
    if (protocol.number != number) continue;
    Layer in(context, kControlProtocol, packet);
    context.set_protocol(protocol.column_name);
    context.set_info({});
    const uint8_t value = in.u8(code);
    if (in.ok()) context.set_info(code_name(protocol, value));
    in.u8(identifier);
    in.be16(length);
    in.skip(least_data(number, value));
    return true;
  }
  return false;
}

}  // namespace tracedrop::dissect::ppp
