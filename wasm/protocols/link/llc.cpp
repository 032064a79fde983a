// Logical Link Control, IEEE 802.2: DSAP (1), SSAP (1), control (1 for unnumbered frames, else 2). SAP 0xAA carries the
// Subnetwork Access Protocol (IEEE 802, section 9.2): organisation (3), protocol (2).
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

// clang-format off
constexpr ValueName kSaps[] = {
    {0x00, "NULL LSAP"}, {0x02, "LLC Sub-Layer Management"}, {0x04, "SNA Path Control"}, {0x06, "TCP/IP"}, {0x08, "SNA"},
    {0x0C, "SNA"}, {0x0E, "PROWAY (IEC955) Network Management and Initialization"}, {0x10, "NetWare (unofficial?)"},
    {0x14, "ISO Network Layer (OSLAN 1)"}, {0x18, "Texas Instruments"}, {0x20, "ISO Network Layer (unofficial?)"},
    {0x34, "ISO Network Layer (unofficial?)"}, {0x42, "Spanning Tree BPDU"}, {0x4E, "EIA RS-511 Manufacturing Message Service"},
    {0x54, "ISO Network Layer (OSLAN 2)"}, {0x7E, "ISO 8208 (X.25 over 802.2)"}, {0x80, "XNS"}, {0x82, "BACnet"},
    {0x86, "Nestar"}, {0x8E, "PROWAY (IEC955) Active Station List Maintenance"}, {0x98, "ARP"}, {0xAA, "SNAP"},
    {0xB4, "HP JetDirect Printer"}, {0xBA, "Banyan Vines"}, {0xBC, "Banyan Vines"}, {0xE0, "NetWare"}, {0xF0, "NetBIOS"},
    {0xF4, "IBM Net Management"}, {0xF8, "HP Extended LLC"}, {0xFA, "Ungermann-Bass"}, {0xFC, "Remote Program Load"},
    {0xFE, "ISO Network Layer"},
};
constexpr ValueName kOrganisations[] = {
    {0x000000, "Officially Xerox, but 0:0:0:0:0:0 is more common"}, {0x00000C, "Cisco Systems, Inc"}, {0x000081, "Bay Networks"},
    {0x0000F8, "Digital Equipment Corporation"}, {0x001DD8, "Microsoft Corporation"}, {0x004096, "Cisco Systems, Inc"},
    {0x0080C2, "IEEE 802.1 Chair"}, {0x00E02B, "Extreme Networks, Inc."}, {0x080007, "Apple, Inc."},
};
// By the modifier bits of the control field; the second table where a response differs from the command.
constexpr ValueName kCommands[] = {
    {0x00, "UI"}, {0x0C, "SARM"}, {0x20, "UP"}, {0x40, "DISC"}, {0x4C, "SARME"}, {0x60, "UA"}, {0x6C, "SABME"}, {0x80, "SNRM"},
    {0x84, "FRMR"}, {0xAC, "XID"}, {0xE0, "TEST"}, {0xEC, "BCN"},
};
constexpr ValueName kResponses[] = {{0x0C, "DM"}, {0x40, "RD"}};
constexpr ValueName kSupervisions[] = {{0x0, "RR"}, {0x4, "RNR"}, {0x8, "REJ"}, {0xC, "SREJ"}};
constexpr ValueName kAddresses[] = {
    {0x00, "NULL LSAP"},
    {0x01, "NULL LSAP"},
    {0x02, "LLC Sub-Layer Management"},
    {0x04, "SNA Path Control"},
    {0x06, "TCP/IP"},
    {0x08, "SNA"},
    {0x0C, "SNA"},
    {0x0E, "PROWAY (IEC955) Network Management and Initialization"},
    {0x10, "NetWare (unofficial?)"},
    {0x14, "ISO Network Layer (OSLAN 1)"},
    {0x18, "Texas Instruments"},
    {0x20, "ISO Network Layer (unofficial?)"},
    {0x34, "ISO Network Layer (unofficial?)"},
    {0x42, "Spanning Tree BPDU"},
    {0x4E, "EIA RS-511 Manufacturing Message Service"},
    {0x54, "ISO Network Layer (OSLAN 2)"},
    {0x7E, "ISO 8208 (X.25 over 802.2)"},
    {0x7F, "ISO 802.2"},
    {0x80, "XNS"},
    {0x82, "BACnet"},
    {0x86, "Nestar"},
    {0x8E, "PROWAY (IEC955) Active Station List Maintenance"},
    {0x98, "ARP"},
    {0xAA, "SNAP"},
    {0xB4, "HP JetDirect Printer"},
    {0xBA, "Banyan Vines"},
    {0xBC, "Banyan Vines"},
    {0xE0, "NetWare"},
    {0xF0, "NetBIOS"},
    {0xF4, "IBM Net Management"},
    {0xF8, "HP Extended LLC"},
    {0xFA, "Ungermann-Bass"},
    {0xFC, "Remote Program Load"},
    {0xFE, "ISO Network Layer"},
    {0xFF, "Global LSAP"},
};
constexpr ValueName kCommandNames[] = {
    {0x00, "Unnumbered Information"},
    {0x01, "Set Initialization Mode"},
    {0x03, "Set Asynchronous Response Mode"},
    {0x08, "Unnumbered Poll"},
    {0x0B, "Set Asynchronous Balanced Mode"},
    {0x10, "Disconnect"},
    {0x13, "Set Asynchronous Response Mode Extended"},
    {0x18, "Unnumbered Acknowledge"},
    {0x1B, "Set Asynchronous Balanced Mode Extended"},
    {0x20, "Set Normal Response Mode"},
    {0x21, "Frame reject"},
    {0x23, "Reset"},
    {0x2B, "Exchange identification"},
    {0x31, "Configure"},
    {0x33, "Set Normal Response Mode Extended"},
    {0x38, "Test"},
    {0x3B, "Beacon"},
};
constexpr ValueName kResponseNames[] = {
    {0x00, "Unnumbered Information"},
    {0x01, "Request Initialization Mode"},
    {0x03, "Disconnected mode"},
    {0x08, "Unnumbered Poll"},
    {0x0B, "Set Asynchronous Balanced Mode"},
    {0x10, "Request Disconnect"},
    {0x13, "Set Asynchronous Response Mode Extended"},
    {0x18, "Unnumbered Acknowledge"},
    {0x1B, "Set Asynchronous Balanced Mode Extended"},
    {0x20, "Set Normal Response Mode"},
    {0x21, "Frame reject"},
    {0x23, "Reset"},
    {0x2B, "Exchange identification"},
    {0x31, "Configure"},
    {0x33, "Set Normal Response Mode Extended"},
    {0x38, "Test"},
    {0x3B, "Beacon"},
};
constexpr ValueName kSupervisionNames[] = {
    {0, "Receiver ready"},
    {1, "Receiver not ready"},
    {2, "Reject"},
    {3, "Selective reject"},
};
constexpr ValueName kFrameNames[] = {
    {0, "Information frame"},
    {1, "Supervisory frame"},
    {3, "Unnumbered frame"},
};
constexpr ValueName kCiscoProtocols[] = {
    {0x0102, "DRIP"},
    {0x0104, "PAgP"},
    {0x0105, "MLS Hello"},
    {0x0108, "RLQ BPDUs (request)"},
    {0x0109, "RLQ BPDUs (response)"},
    {0x010B, "PVSTP+"},
    {0x010C, "VLAN Bridge"},
    {0x0111, "UDLD"},
    {0x0139, "MCP"},
    {0x2000, "CDP"},
    {0x2001, "CGMP"},
    {0x2003, "VTP"},
    {0x2004, "DTP"},
    {0x200A, "STP Uplink Fast"},
};
constexpr ValueName kNortelProtocols[] = {
    {0x01A1, "NDP flatnet hello"},
    {0x01A2, "NDP segment hello"},
    {0x01A3, "NDP bridge hello"},
};
constexpr ValueName kExtremeProtocols[] = {
    {0x00BB, "EDP"},
};
constexpr ValueName kAironetProtocols[] = {
    {0x0000, "WLCCP"},
};
constexpr ValueName kAppleProtocols[] = {
    {0x809B, "AppleTalk"},
};
// clang-format on

/// The name alone; what is written has lost the bit that is no part of it.
void write_sap(std::string& out, uint64_t sap) {
  const std::string_view name = name_of(kSaps, sap << 1);
  out += name.empty() ? "Unknown" : name;
}

void write_organisation(std::string& out, uint64_t organisation) {
  const std::string_view name = name_of(kOrganisations, organisation);
  append_hex(out, organisation >> 16, 2);
  out += ':';
  append_hex(out, organisation >> 8 & 0xFF, 2);
  out += ':';
  append_hex(out, organisation & 0xFF, 2);
  if (!name.empty()) append(out, " (", name, ')');
}

struct Fields {
  Field dsap{"llc.dsap", "DSAP", x8, kAddresses};
  Field dsap_sap{"llc.dsap.sap", "SAP", bits(u8, 0xFE), write_sap};
  Field dsap_group{"llc.dsap.ig", "IG Bit", flag(u8, 0x01), TrueFalse{"Group", "Individual"}};
  Field ssap{"llc.ssap", "SSAP", x8, kAddresses};
  Field ssap_sap{"llc.ssap.sap", "SAP", bits(u8, 0xFE), write_sap};
  Field ssap_response{"llc.ssap.cr", "CR Bit", flag(u8, 0x01), TrueFalse{"Response", "Command"}};
  Field control{"llc.control", "Control field", x16};
  Field received{"llc.control.n_r", "N(R)", bits(le(u16), 0xFE00)};
  Field sent{"llc.control.n_s", "N(S)", bits(le(u16), 0x00FE)};
  Field poll{"llc.control.p", "Poll", flag(le(u16), 0x0100), kSet};
  Field final{"llc.control.f", "Final", flag(le(u16), 0x0100), kSet};
  Field poll_byte{"llc.control.p", "Poll", flag(u8, 0x10), kSet};
  Field final_byte{"llc.control.f", "Final", flag(u8, 0x10), kSet};
  Field supervision{"llc.control.s_ftype", "Supervisory frame type", bits(le(x16), 0x000C), kSupervisionNames};
  Field command{"llc.control.u_modifier_cmd", "Command", bits(x8, 0xEC), kCommandNames};
  Field response{"llc.control.u_modifier_resp", "Response", bits(x8, 0xEC), kResponseNames};
  Field information_frame{"llc.control.ftype", "Frame type", bits(le(x16), 0x0001), kFrameNames};
  Field supervisory_frame{"llc.control.ftype", "Frame type", bits(le(x16), 0x0003), kFrameNames};
  Field unnumbered_frame{"llc.control.ftype", "Frame type", bits(x8, 0x03), kFrameNames};
  Field organisation{"llc.oui", "Organization Code", x24, write_organisation};
  Field type{"llc.type", "Type", x16, kEtherTypeNames};
  Field protocol_id{"llc.pid", "Protocol ID", x16};
  Field cisco{"llc.cisco_pid", "PID", x16, kCiscoProtocols};
  Field nortel{"llc.nortel_pid", "PID", x16, kNortelProtocols};
  Field extreme{"llc.extreme_pid", "PID", x16, kExtremeProtocols};
  Field aironet{"llc.wlccp_pid", "PID", x16, kAironetProtocols};
  Field apple{"llc.apple_atalk_pid", "PID", x16, kAppleProtocols};
} constexpr f;
constexpr Claim kClaims[] = {{ether_types, kLlcPayload}};

enum Sap : uint8_t { kIpSap = 0x06, kBpduSap = 0x42, kSnapSap = 0xAA };
enum Organisation : uint32_t {
  kEthernet = 0,
  kCisco = 0x00000C,
  kNortel = 0x000081,
  kCiscoBridged = 0x0000F8,
  kAironet = 0x004096,
  kIeee8021 = 0x0080C2,
  kExtreme = 0x00E02B,
  kApple = 0x080007,
};
constexpr uint16_t kPerVlanSpanningTree = 0x010B;  // Cisco
constexpr uint16_t kBridgedBpdu = 0x000E;          // IEEE 802.1
constexpr uint8_t kPollFinal = 0x10;
constexpr uint8_t kUnnumberedInformation = 0x03;

struct Header {
  uint8_t dsap = 0, ssap = 0;
  uint8_t control[2] = {0, 0};
  bool is_response() const { return (ssap & 1) != 0; }
  bool is_unnumbered() const { return (control[0] & 3) == 3; }
  bool is_information() const { return (control[0] & 1) == 0; }
  bool carries_data() const { return is_information() || (control[0] & ~kPollFinal) == kUnnumberedInformation; }
};

void append_number_field(std::string& out, std::string_view name, int value) {
  out += name;
  append_number(out, value);
}

std::string_view unnumbered_name(const Header& header) {
  const uint8_t modifier = header.control[0] & 0xEC;
  const std::string_view response = header.is_response() ? name_of(kResponses, modifier) : std::string_view();
  if (!response.empty()) return response;
  const std::string_view command = name_of(kCommands, modifier);
  return command.empty() ? "Unknown" : command;
}

void append_control(std::string& out, const Header& header) {
  const std::string_view final = header.is_response() ? " F" : " P";
  if (header.is_unnumbered()) {
    out += 'U';
    if ((header.control[0] & kPollFinal) != 0) out += final;
    out += ", func=";
    out += unnumbered_name(header);
    return;
  }
  out += header.is_information() ? 'I' : 'S';
  if ((header.control[1] & 1) != 0) out += header.is_information() ? " P" : final;
  if (!header.is_information()) {
    out += ", func=";
    out += name_of(kSupervisions, header.control[0] & 0xC);
  }
  append_number_field(out, ", N(R)=", header.control[1] >> 1);
  if (header.is_information()) append_number_field(out, ", N(S)=", header.control[0] >> 1);
}

void append_sap(std::string& out, uint8_t sap) {
  const std::string_view name = name_of(kSaps, sap & 0xFE);
  out += name;
  if (!name.empty()) return;
  out += "0x";
  append_hex(out, sap & 0xFE, 2);
}

void append_saps(std::string& out, const Header& header) {
  out += "; DSAP ";
  append_sap(out, header.dsap);
  out += (header.dsap & 1) != 0 ? " Group, SSAP " : " Individual, SSAP ";
  append_sap(out, header.ssap);
  out += header.is_response() ? " Response" : " Command";
}

void append_upper_hex(std::string& out, uint32_t value, int width) {
  std::string digits;
  append_hex(digits, value, width);
  for (const char digit : digits) out += digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
}

void append_snap(std::string& out, uint32_t organisation_id, uint16_t protocol) {
  const std::string_view name = name_of(kOrganisations, organisation_id);
  out += "; SNAP, OUI 0x";
  append_upper_hex(out, organisation_id, 6);
  out += " (";
  out += name.empty() ? "Unknown" : name;
  out += "), PID 0x";
  append_upper_hex(out, protocol, 4);
}

const Field& protocol_field(uint32_t organisation) {
  switch (organisation) {
    case kEthernet:
    case kCiscoBridged: return f.type;
    case kCisco: return f.cisco;
    case kNortel: return f.nortel;
    case kAironet: return f.aironet;
    case kExtreme: return f.extreme;
    case kApple: return f.apple;
    default: return f.protocol_id;
  }
}

void dissect_snap(Layer& in) {
  Context& context = in.context();
  if (!in.rest().has(0, 5)) return in.skip(5);
  const uint32_t organisation_id = in(f.organisation);
  const Field& field = protocol_field(organisation_id);
  const auto protocol = static_cast<uint16_t>(in(field));
  if (context.info() != nullptr) append_snap(*context.info(), organisation_id, protocol);
  if (&field == &f.type) {
    context.call(ether_types, protocol, in.rest());
  } else if ((organisation_id == kCisco && protocol == kPerVlanSpanningTree) ||
             (organisation_id == kIeee8021 && protocol == kBridgedBpdu)) {
    context.call(spanning_tree_protocol, in.rest());
  }
}

void report_unnumbered(Layer& in, const Header& header) {
  const uint8_t control = header.control[0];
  const size_t at = in.at() - 1;
  const auto bits_of = [&](const Field& field) { in.add(field, masked(field.format, control), at, 1); };
  if ((control & kPollFinal) != 0) bits_of(header.is_response() ? f.final_byte : f.poll_byte);
  bits_of(header.is_response() ? f.response : f.command);
  bits_of(f.unnumbered_frame);
}

void report_numbered(Layer& in, const Header& header) {
  const auto control = static_cast<uint16_t>(header.control[1] << 8 | header.control[0]);
  const size_t at = in.at() - 2;
  const auto bits_of = [&](const Field& field) { in.add(field, masked(field.format, control), at, 2); };
  bits_of(f.received);
  if (header.is_information()) bits_of(f.sent);
  if ((header.control[1] & 1) != 0) bits_of(header.is_response() && !header.is_information() ? f.final : f.poll);
  if (!header.is_information()) bits_of(f.supervision);
  bits_of(header.is_information() ? f.information_frame : f.supervisory_frame);
}

void report_control(Layer& in, const Header& header) {
  if (in.tree() == nullptr) return;
  const size_t width = header.is_unnumbered() ? 1 : 2;
  const uint32_t value = header.is_unnumbered() ? header.control[0] : header.control[1] << 8u | header.control[0];
  in.add(f.control, value, in.at() - width, width);
  std::string text(f.control.title);
  text += ": ";
  append_control(text, header);
  text += " (0x";
  append_upper_hex(text, value, static_cast<int>(2 * width));
  in.replace(text, ')');
  const auto below = in.below();
  header.is_unnumbered() ? report_unnumbered(in, header) : report_numbered(in, header);
}

uint8_t read_sap(Layer& in, const Field& field, const Field& sap, const Field& bit) {
  const uint32_t value = in(field);
  if (in.ok()) {
    const auto below = in.below();
    in.add(sap, masked(sap.format, value), in.at() - 1, 1);
    in.add(bit, masked(bit.format, value), in.at() - 1, 1);
  }
  return static_cast<uint8_t>(value);
}

void dissect_payload(Layer& in, const Header& header) {
  if (!header.carries_data() || in.rest().wire_size() == 0) return;
  if (header.dsap == kBpduSap) in.context().call(spanning_tree_protocol, in.rest());
  if (header.dsap == kIpSap) in.context().call(ipv4_protocol, in.rest());
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, llc_protocol, bytes);
  context.set_protocol(llc_protocol);
  context.clear_info();
  Header header;
  if (bytes.empty()) in.withdraw();
  header.dsap = read_sap(in, f.dsap, f.dsap_sap, f.dsap_group);
  header.ssap = read_sap(in, f.ssap, f.ssap_sap, f.ssap_response);
  header.control[0] = in.u8();
  if (!header.is_unnumbered()) header.control[1] = in.u8();
  if (!in.ok()) return;
  report_control(in, header);
  const bool is_snap = header.dsap == kSnapSap && header.ssap == kSnapSap;
  if (context.info() != nullptr) append_control(*context.info(), header);
  if (is_snap) return dissect_snap(in);
  if (context.info() != nullptr) append_saps(*context.info(), header);
  dissect_payload(in, header);
}

}  // namespace

const Protocol llc_protocol{.filter_name = "llc",
                            .column_name = "LLC",
                            .title = "Logical-Link Control",
                            .fields = listed<f>,
                            .claims = kClaims,
                            .dissect = dissect};

}  // namespace tracedrop::dissect
