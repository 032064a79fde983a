// Address Resolution Protocol, RFC 826, and its kin that share the format: reverse (RFC 903), inverse (RFC 2390),
// dynamic reverse ARP, and MARS (RFC 2022).
//
//   | hardware type (2) | protocol type (2) | hardware size (1) | protocol size (1) | operation (2) |
//   | sender hardware address | sender protocol address | target hardware address | target protocol address |
#include <optional>

#include "base/hash.h"
#include "base/text.h"
#include "dissect/layer.h"
#include "dissect/state.h"
#include "protocols/link/ether_type_names.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kHardwareTypes[] = {{0, "NET/ROM pseudo"},  {1, "Ethernet"},          {6, "IEEE 802"},
                                        {7, "ARCNET"},          {15, "Frame Relay DLCI"}, {16, "ATM"},
                                        {24, "IEEE 1394.1995"}, {32, "InfiniBand"}};
constexpr ValueName kOperations[] = {
    {0, "reserved"},      {1, "request"},         {2, "reply"},           {3, "reverse request"}, {4, "reverse reply"},
    {5, "drarp request"}, {6, "drarp reply"},     {7, "drarp error"},     {8, "inverse request"}, {9, "inverse reply"},
    {10, "arp nak"},      {24, "experimental 1"}, {25, "experimental 2"}, {65535, "reserved"}};

constexpr Field hardware_type{"arp.hw.type", "Hardware type", u16, kHardwareTypes};
constexpr Field protocol_type{"arp.proto.type", "Protocol type", x16, kEtherTypeNames};
constexpr Field hardware_size{"arp.hw.size", "Hardware size", u8};
constexpr Field protocol_size{"arp.proto.size", "Protocol size", u8};
constexpr Field operation{"arp.opcode", "Opcode", u16, kOperations};
constexpr Field is_probe{"arp.isprobe", "Is probe", boolean};
constexpr Field is_gratuitous{"arp.isgratuitous", "Is gratuitous", boolean};
constexpr Field is_announcement{"arp.isannouncement", "Is announcement", boolean};
constexpr Field source_hardware{"arp.src.hw", "Sender hardware address", raw_bytes};
constexpr Field source_mac{"arp.src.hw_mac", "Sender MAC address", mac48};
constexpr Field source_protocol{"arp.src.proto", "Sender protocol address", raw_bytes};
constexpr Field source_ipv4{"arp.src.proto_ipv4", "Sender IP address", ipv4_32};
constexpr Field target_hardware{"arp.dst.hw", "Target hardware address", raw_bytes};
constexpr Field target_mac{"arp.dst.hw_mac", "Target MAC address", mac48};
constexpr Field target_protocol{"arp.dst.proto", "Target protocol address", raw_bytes};
constexpr Field target_ipv4{"arp.dst.proto_ipv4", "Target IP address", ipv4_32};
constexpr const Field* kFields[] = {&hardware_type,   &protocol_type, &hardware_size,   &protocol_size,
                                    &operation,       &is_probe,      &is_gratuitous,   &is_announcement,
                                    &source_hardware, &source_mac,    &source_protocol, &source_ipv4,
                                    &target_hardware, &target_mac,    &target_protocol, &target_ipv4};
constexpr Claim kClaims[] = {{ether_types, 0x0806}, {ether_types, 0x8035}};

enum Operation : uint16_t {
  kRequest = 1,
  kReply = 2,
  kReverseRequest = 3,
  kReverseReply = 4,
  kDynamicRequest = 5,
  kDynamicReply = 6,
  kDynamicError = 7,
  kInverseRequest = 8,
  kInverseReply = 9,
  kNak = 10,
  kFirstMars = 11,
  kLastMars = 22,
  kMaposUnarp = 23,
  kExperiment1 = 24,
  kExperiment2 = 25,
};

constexpr ValueName kMarsTexts[] = {
    {11, "MARS request"},           {12, "MARS MULTI request"},   {13, "MARS MSERV request"},
    {14, "MARS JOIN request"},      {15, "MARS LEAVE"},           {16, "MARS NAK"},
    {17, "MARS UNSERV request"},    {18, "MARS SJOIN request"},   {19, "MARS SLEAVE"},
    {20, "MARS grouplist request"}, {21, "MARS grouplist reply"}, {22, "MARS redirect map"},
    {23, "MAPOS UNARP request"}};

constexpr size_t kFixedHeader = 8;

struct Message {
  uint16_t hardware_type = 0, protocol_type = 0, operation = 0;
  uint8_t hardware_size = 0, protocol_size = 0;
  Bytes source_hardware, source_protocol, target_hardware, target_protocol;

  bool has_macs() const { return (hardware_type == 1 || hardware_type == 6) && hardware_size == 6; }
  bool has_ipv4() const { return protocol_type == 0x0800 && protocol_size == 4; }
  bool asks_or_answers() const { return operation == kRequest || operation == kReply; }
};

bool all_zero(Bytes bytes) {
  for (size_t i = 0; i < bytes.size(); ++i)
    if (bytes.u8(i) != 0) return false;
  return true;
}

bool is_gratuitous_message(const Message& message) {
  return message.asks_or_answers() && message.source_protocol.text() == message.target_protocol.text() &&
         message.protocol_size > 0;
}
bool is_announcement_message(const Message& message) {
  return message.operation == kRequest && is_gratuitous_message(message) && all_zero(message.target_hardware);
}
bool is_probe_message(const Message& message) {
  return message.operation == kRequest && !is_gratuitous_message(message) && all_zero(message.source_protocol);
}

Message read_message(Layer& in) {
  Message message;
  message.hardware_type = in.be16(hardware_type);
  message.protocol_type = in.be16(protocol_type);
  message.hardware_size = in.u8(hardware_size);
  message.protocol_size = in.u8(protocol_size);
  message.operation = in.be16(operation);
  const bool macs = message.has_macs(), ipv4 = message.has_ipv4();
  message.source_hardware = in.bytes(macs ? source_mac : source_hardware, message.hardware_size);
  message.source_protocol = in.bytes(ipv4 ? source_ipv4 : source_protocol, message.protocol_size);
  message.target_hardware = in.bytes(macs ? target_mac : target_hardware, message.hardware_size);
  message.target_protocol = in.bytes(ipv4 ? target_ipv4 : target_protocol, message.protocol_size);
  if (!in.ok()) return message;
  if (is_probe_message(message)) in.note(is_probe, 1);
  if (is_gratuitous_message(message)) in.note(is_gratuitous, 1);
  if (is_announcement_message(message)) in.note(is_announcement, 1);
  return message;
}

/// Bytes without a form of their own, as Wireshark cuts them: at most 36.
void append_bytes(std::string& out, Bytes bytes) {
  constexpr size_t kShown = 36;
  if (bytes.empty()) out += "<No address>";
  for (size_t i = 0; i < std::min(bytes.size(), kShown); ++i) append_hex(out, bytes.u8(i), 2);
  if (bytes.size() > kShown) out += "\xE2\x80\xA6";
}

void append_hardware(std::string& out, const Message& message, Bytes address) {
  if (!message.has_macs()) return append_bytes(out, address);
  append_address(out, Address::mac(address));
}

void append_protocol(std::string& out, const Message& message, Bytes address) {
  if (!message.has_ipv4()) return append_bytes(out, address);
  append_address(out, Address::ipv4(address));
}

void append_request(std::string& out, const Message& message) {
  if (is_announcement_message(message)) {
    out += "ARP Announcement for ";
    return append_protocol(out, message, message.target_protocol);
  }
  out += "Who has ";
  append_protocol(out, message, message.target_protocol);
  out += '?';
  if (is_probe_message(message)) {
    out += " (ARP Probe)";
    return;
  }
  out += " Tell ";
  append_protocol(out, message, message.source_protocol);
}

void append_gratuitous(std::string& out, const Message& message) {
  out += "Gratuitous ARP for ";
  append_protocol(out, message, message.target_protocol);
  out += message.operation == kRequest ? " (Request)" : " (Reply)";
}

void append_other(std::string& out, const Message& message) {
  if (message.operation == 0 || message.operation == 65535) {
    out += "Reserved opcode ";
    append_number(out, message.operation);
  } else if (message.operation == kExperiment1 || message.operation == kExperiment2) {
    out += "Experimental ";
    append_number(out, message.operation - kExperiment1 + 1);
    out += " ( opcode ";
    append_number(out, message.operation);
    out += " )";
  } else {
    out += "Unknown ARP opcode 0x";
    append_hex(out, message.operation, 4);
  }
}

void append_pair(std::string& out, const Message& message, bool target) {
  append_hardware(out, message, target ? message.target_hardware : message.source_hardware);
  out += " is at ";
  append_protocol(out, message, target ? message.target_protocol : message.source_protocol);
}

void append_message(std::string& out, const Message& message) {
  if (is_gratuitous_message(message) && !is_announcement_message(message)) return append_gratuitous(out, message);
  switch (message.operation) {
    case kRequest: return append_request(out, message);
    case kReply:
      append_protocol(out, message, message.source_protocol);
      out += " is at ";
      return append_hardware(out, message, message.source_hardware);
    case kReverseRequest:
    case kDynamicRequest:
    case kInverseRequest:
      out += "Who is ";
      append_hardware(out, message, message.target_hardware);
      out += "? Tell ";
      return append_hardware(out, message, message.source_hardware);
    case kReverseReply:
    case kDynamicReply: return append_pair(out, message, true);
    case kInverseReply: return append_pair(out, message, false);
    case kDynamicError: out += "DRARP Error"; return;
    case kNak: out += "ARP NAK"; return;
    default: break;
  }
  const std::string_view mars = name_of(kMarsTexts, message.operation);
  if (mars.empty()) return append_other(out, message);
  out += mars;
  out += " from ";
  append_hardware(out, message, message.source_hardware);
  out += " at ";
  append_protocol(out, message, message.source_protocol);
}

std::string_view column_name(uint16_t number) {
  if (number == kReverseRequest || number == kReverseReply) return "RARP";
  if (number >= kDynamicRequest && number <= kDynamicError) return "DRARP";
  if (number == kInverseRequest || number == kInverseReply) return "Inverse ARP";
  if (number >= kFirstMars && number <= kLastMars) return "MARS";
  if (number == kMaposUnarp) return "MAPOS";
  return "ARP";
}

/// Which MAC address was first seen to use an IPv4 address.
struct Owners : ProtocolState {
  std::unordered_map<uint32_t, uint64_t, KeyedHash> mac_of;
};

uint64_t mac_number(Bytes mac) { return uint64_t{mac.be32(0)} << 16 | mac.be16(4); }

/// Can the two belong to one station?
bool is_station(Bytes ip, Bytes mac) {
  const bool is_group = (mac.u8(0) & 1) != 0;
  return !is_group && !all_zero(mac) && !all_zero(ip);
}

/// Notes that `mac` uses `ip`; the address when another one was first.
std::optional<Bytes> claim(Owners& owners, Bytes ip, Bytes mac) {
  const auto [owner, is_new] = owners.mac_of.emplace(ip.be32(0), mac_number(mac));
  return is_new || owner->second == mac_number(mac) ? std::nullopt : std::optional(ip);
}

/// First pass: a row whose address another station uses keeps its Info with the remark. A reply names two stations; of
/// these Wireshark remarks on the one who asked.
void remark_duplicate(Context& context, const Message& message) {
  if (!message.asks_or_answers() || !message.has_macs() || !message.has_ipv4()) return;
  Owners& owners = context.state()->of<Owners>();
  std::optional<Bytes> duplicate;
  if (is_station(message.source_protocol, message.source_hardware))
    duplicate = claim(owners, message.source_protocol, message.source_hardware);
  if (message.operation == kReply && is_station(message.target_protocol, message.target_hardware))
    duplicate = claim(owners, message.target_protocol, message.target_hardware);
  if (!duplicate.has_value()) return;
  std::string& out = context.keep_info();
  append_message(out, message);
  out += " (duplicate use of ";
  append_protocol(out, message, *duplicate);
  out += " detected!)";
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, arp_protocol, bytes.first(kFixedHeader + 2 * (size_t{bytes.u8(4)} + bytes.u8(5))));
  context.set_protocol(arp_protocol);
  context.clear_info();
  context.row.flags |= kFindsNeighbors;
  const Message message = read_message(in);
  if (!in.ok()) return;
  context.set_protocol(column_name(message.operation));
  if (context.has_memory()) remark_duplicate(context, message);
  if (context.info() != nullptr) append_message(*context.info(), message);
}

}  // namespace

const Protocol arp_protocol{"arp", "ARP", "Address Resolution Protocol", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
