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
    {0x86, "Nestar"}, {0x8E, "PROWAY (IEC955) Active Station List Maintenance"}, {0x98, "ARP"}, {0xB4, "HP JetDirect Printer"},
    {0xAA, "SNAP"}, {0xBA, "Banyan Vines"}, {0xBC, "Banyan Vines"}, {0xE0, "NetWare"}, {0xF0, "NetBIOS"},
    {0xF4, "IBM Net Management"}, {0xF8, "HP Extended LLC"}, {0xFA, "Ungermann-Bass"}, {0xFC, "Remote Program Load"},
    {0xFE, "ISO Network Layer"},
};
constexpr ValueName kOrganisations[] = {
    {0x000000, "Officially Xerox, but 0:0:0:0:0:0 is more common"}, {0x00000C, "Cisco Systems, Inc"},
    {0x0000F8, "Digital Equipment Corporation"}, {0x0080C2, "IEEE 802.1 Chair"}, {0x080007, "Apple, Inc."},
};
// By the modifier bits of the control field; the second table where a response differs from the command.
constexpr ValueName kCommands[] = {
    {0x00, "UI"}, {0x0C, "SARM"}, {0x40, "DISC"}, {0x4C, "SARME"}, {0x60, "UA"}, {0x6C, "SABME"}, {0x80, "SNRM"},
    {0x84, "FRMR"}, {0xAC, "XID"}, {0xE0, "TEST"}, {0xEC, "BCN"},
};
constexpr ValueName kResponses[] = {{0x0C, "DM"}, {0x40, "RD"}};
constexpr ValueName kSupervisions[] = {{0x0, "RR"}, {0x4, "RNR"}, {0x8, "REJ"}, {0xC, "SREJ"}};
// clang-format on

constexpr Field dsap{"llc.dsap", "DSAP", x8, kSaps};
constexpr Field ssap{"llc.ssap", "SSAP", x8, kSaps};
constexpr Field control{"llc.control", "Control field", x16};
constexpr Field organisation{"llc.oui", "Organization Code", x24, kOrganisations};
constexpr Field type{"llc.type", "Type", x16, kEtherTypeNames};
constexpr Field protocol_id{"llc.pid", "Protocol ID", x16};
constexpr const Field* kFields[] = {&dsap, &ssap, &control, &organisation, &type, &protocol_id};
constexpr Claim kClaims[] = {{ether_types, kLlcPayload}};

enum Sap : uint8_t { kIpSap = 0x06, kBpduSap = 0x42, kSnapSap = 0xAA };
enum Organisation : uint32_t { kEthernet = 0, kCisco = 0x00000C, kCiscoBridged = 0x0000F8, kIeee8021 = 0x0080C2 };
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

void dissect_snap(Layer& in) {
  Context& context = in.context();
  const uint32_t organisation_id = in.be24(organisation);
  const bool is_type = organisation_id == kEthernet || organisation_id == kCiscoBridged;
  const uint16_t protocol = in.be16(is_type ? type : protocol_id);
  if (!in.ok()) return;
  if (context.info() != nullptr) append_snap(*context.info(), organisation_id, protocol);
  if (is_type) {
    context.call(ether_types, protocol, in.rest());
  } else if ((organisation_id == kCisco && protocol == kPerVlanSpanningTree) ||
             (organisation_id == kIeee8021 && protocol == kBridgedBpdu)) {
    context.call(spanning_tree_protocol, in.rest());
  }
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
  header.dsap = in.u8(dsap);
  header.ssap = in.u8(ssap);
  header.control[0] = in.u8();
  if (!header.is_unnumbered()) header.control[1] = in.u8();
  if (!in.ok()) return;
  const size_t control_len = header.is_unnumbered() ? 1 : 2;
  in.note(control, header.is_unnumbered() ? header.control[0] : header.control[1] << 8 | header.control[0],
          control_len);
  const bool is_snap = header.dsap == kSnapSap && header.ssap == kSnapSap;
  if (context.info() != nullptr) append_control(*context.info(), header);
  if (is_snap) return dissect_snap(in);
  if (context.info() != nullptr) append_saps(*context.info(), header);
  dissect_payload(in, header);
}

}  // namespace

const Protocol llc_protocol{"llc", "LLC", "Logical-Link Control", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
