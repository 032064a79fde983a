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
#include "protocols/link/hardware_types.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kOperations[] = {{0, "reserved"},
                                     {1, "request"},
                                     {2, "reply"},
                                     {3, "reverse request"},
                                     {4, "reverse reply"},
                                     {5, "drarp request"},
                                     {6, "drarp reply"},
                                     {7, "drarp error"},
                                     {8, "inverse request"},
                                     {9, "inverse reply"},
                                     {10, "arp nak"},
                                     {11, "mars request"},
                                     {12, "mars multi"},
                                     {13, "mars mserv"},
                                     {14, "mars join"},
                                     {15, "mars leave"},
                                     {16, "mars nak"},
                                     {17, "mars unserv"},
                                     {18, "mars sjoin"},
                                     {19, "mars sleave"},
                                     {20, "mars grouplist request"},
                                     {21, "mars grouplist reply"},
                                     {22, "mars redirect map"},
                                     {23, "mapos unarp"},
                                     {24, "experimental 1"},
                                     {25, "experimental 2"},
                                     {65535, "reserved"}};

constexpr ValueName kDrarpErrors[] = {
    {1, "restricted"}, {2, "no address"}, {3, "serverdown"}, {4, "moved"}, {5, "failure"}};

struct Fields {
  Field hardware_type{"arp.hw.type", "Hardware type", u16, kHardwareTypes};
  Field protocol_type{"arp.proto.type", "Protocol type", x16, kEtherTypeNames};
  Field hardware_size{"arp.hw.size", "Hardware size", u8};
  Field protocol_size{"arp.proto.size", "Protocol size", u8};
  Field operation{"arp.opcode", "Opcode", u16, kOperations};
  Field is_probe{"arp.isprobe", "Is probe", boolean};
  Field is_gratuitous{"arp.isgratuitous", "Is gratuitous", boolean};
  Field is_announcement{"arp.isannouncement", "Is announcement", boolean};
  Field source_hardware{"arp.src.hw", "Sender hardware address", raw_bytes};
  Field source_mac{"arp.src.hw_mac", "Sender MAC address", mac48};
  Field source_protocol{"arp.src.proto", "Sender protocol address", raw_bytes};
  Field source_ipv4{"arp.src.proto_ipv4", "Sender IP address", ipv4_32};
  Field target_hardware{"arp.dst.hw", "Target hardware address", raw_bytes};
  Field target_mac{"arp.dst.hw_mac", "Target MAC address", mac48};
  Field target_protocol{"arp.dst.proto", "Target protocol address", raw_bytes};
  Field target_ipv4{"arp.dst.proto_ipv4", "Target IP address", ipv4_32};
  Field drarp_error{"arp.dst.drarp_error_status", "DRARP error status", u8, kDrarpErrors};
  Field probe_target{"arp.dst.nonzero.probe",
                     "Target Hardware Address field SHOULD be set to all zeroes in an ARP Probe (RFC 5227)"};
  Field earlier_frame{"arp.duplicate-address-frame", "Frame showing earlier use of IP address", packet_number};
  Field duplicate{"arp.duplicate-address-detected", "Duplicate IP address configured"};
  Field earlier_seconds{"arp.seconds-since-duplicate-address-frame", "Seconds since earlier frame seen", u32};
} constexpr f;
constexpr Field kDuplicateLine{"", "Duplicate IP address detected"};
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

void report_kind(Layer& in, const Message& message) {
  if (is_probe_message(message)) in.conclude(f.is_probe, 1, 0);
  if (is_gratuitous_message(message)) in.conclude(f.is_gratuitous, 1, 0);
  if (is_announcement_message(message)) in.conclude(f.is_announcement, 1, 0);
}

/// An address of no bytes has no line.
Bytes read_address(Layer& in, const Field& field, size_t size) { return size == 0 ? Bytes() : in.bytes(field, size); }

void read_header(Layer& in, Message& message) {
  message.hardware_type = in.be16(f.hardware_type);
  message.protocol_type = in.be16(f.protocol_type);
  message.hardware_size = in.u8(f.hardware_size);
  message.protocol_size = in.u8(f.protocol_size);
  message.operation = in.be16(f.operation);
}

void read_addresses(Layer& in, Message& message) {
  const bool macs = message.has_macs(), ipv4 = message.has_ipv4();
  message.source_hardware = read_address(in, macs ? f.source_mac : f.source_hardware, message.hardware_size);
  message.source_protocol = read_address(in, ipv4 ? f.source_ipv4 : f.source_protocol, message.protocol_size);
  message.target_hardware = read_address(in, macs ? f.target_mac : f.target_hardware, message.hardware_size);
  if (is_probe_message(message) && !all_zero(message.target_hardware))
    in.expert(f.probe_target, Severity::warning, ExpertGroup::protocol, f.probe_target.title);
  if (message.operation == kDynamicError && message.protocol_size > 0) {
    in.add(f.drarp_error, in.rest().u8(0), in.at(), 1);
    return in.skip(message.protocol_size);
  }
  message.target_protocol = read_address(in, ipv4 ? f.target_ipv4 : f.target_protocol, message.protocol_size);
}

/// Only a whole message is shown: before, its addresses are read without lines.
Message read_message(Layer& in) {
  Message message;
  read_header(in, message);
  const size_t hardware = message.hardware_size, protocol = message.protocol_size;
  const Bytes rest = in.rest();
  if (!in.ok() || !rest.has(0, 2 * (hardware + protocol))) {
    in.skip(2 * (hardware + protocol));
    return message;
  }
  message.source_protocol = rest.sub(hardware, protocol);
  message.target_hardware = rest.sub(hardware + protocol, hardware);
  message.target_protocol = rest.sub(2 * hardware + protocol, protocol);
  report_kind(in, message);
  read_addresses(in, message);
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

/// Which MAC address was first seen to use an IPv4 address, and when it was last seen to do so.
struct Owner {
  uint64_t mac = 0;
  uint32_t frame = 0;
  int64_t ts_ns = 0;
};
struct Owners : ProtocolState {
  std::unordered_map<uint32_t, Owner, KeyedHash> of;
};

/// An address that two stations use.
struct Duplicate {
  Bytes ip, mac;
  Owner earlier;
};

uint64_t mac_number(Bytes mac) { return uint64_t{mac.be32(0)} << 16 | mac.be16(4); }

/// Can the two belong to one station?
bool is_station(Bytes ip, Bytes mac) {
  const bool is_group = (mac.u8(0) & 1) != 0;
  return !is_group && !all_zero(mac) && !all_zero(ip);
}

/// Notes that `mac` uses `ip`; tells when another one was first.
std::optional<Duplicate> claim(Context& context, Bytes ip, Bytes mac) {
  const Frame* const frame = context.packet == nullptr ? nullptr : context.packet->frame;
  const Owner now{mac_number(mac), context.index + 1, frame == nullptr ? 0 : frame->ts_ns};
  const auto [place, is_new] = context.state()->of<Owners>().of.emplace(ip.be32(0), now);
  Owner& owner = place->second;
  if (owner.mac != now.mac) return Duplicate{ip, mac, owner};
  owner = now;
  return std::nullopt;
}

/// A reply names two stations.
struct Claims {
  std::optional<Duplicate> source, target;
  bool has_target = false;
  /// What the row remarks on: of two stations, on the one that asked.
  const std::optional<Duplicate>& remarked() const { return has_target ? target : source; }
};

Claims claim_addresses(Context& context, const Message& message) {
  Claims claims;
  if (!message.asks_or_answers() || !message.has_macs() || !message.has_ipv4()) return claims;
  if (is_station(message.source_protocol, message.source_hardware))
    claims.source = claim(context, message.source_protocol, message.source_hardware);
  claims.has_target = message.operation == kReply && is_station(message.target_protocol, message.target_hardware);
  if (claims.has_target) claims.target = claim(context, message.target_protocol, message.target_hardware);
  return claims;
}

void report_duplicate(Layer& in, const Duplicate& duplicate) {
  Tree* const tree = in.tree();
  if (tree == nullptr) return;
  const Packet* const packet = in.context().packet;
  constexpr int64_t kSecond = 1000000000;
  std::string ip, mac, earlier_mac;
  append_address(ip, Address::ipv4(duplicate.ip));
  append_address(mac, Address::mac(duplicate.mac));
  for (int shift = 40; shift >= 0; shift -= 8) {
    if (shift != 40) earlier_mac += ':';
    append_hex(earlier_mac, duplicate.earlier.mac >> shift & 0xFF, 2);
  }
  const uint32_t line = tree->open_layer_line(kDuplicateLine);
  tree->line(line).is_generated = true;
  tree->replace(line, "Duplicate IP address detected for ", ip, " (", mac, ") - also in use by ", earlier_mac,
                " (frame ", duplicate.earlier.frame, ")");
  in.conclude(f.earlier_frame, duplicate.earlier.frame, 0);
  in.expert(f.duplicate, Severity::warning, ExpertGroup::sequence, f.duplicate.title, " (", ip, ")");
  const Frame* const frame = packet == nullptr ? nullptr : packet->frame;
  if (frame != nullptr)
    in.conclude(f.earlier_seconds, static_cast<uint64_t>(frame->ts_ns / kSecond - duplicate.earlier.ts_ns / kSecond),
                0);
  tree->close_layer(line, {});
}

/// A row whose address another station uses keeps its Info with the remark.
void remark_duplicate(Context& context, const Message& message, const Duplicate& duplicate) {
  std::string& out = context.keep_info();
  append_message(out, message);
  out += " (duplicate use of ";
  append_protocol(out, message, duplicate.ip);
  out += " detected!)";
}

void find_duplicates(Layer& in, const Message& message) {
  const Claims claims = claim_addresses(in.context(), message);
  if (claims.source) report_duplicate(in, *claims.source);
  if (claims.target) report_duplicate(in, *claims.target);
  if (claims.remarked()) remark_duplicate(in.context(), message, *claims.remarked());
}

/// What stands behind the layer's title.
std::string_view title_of(const Message& message) {
  if (is_announcement_message(message)) return "ARP Announcement";
  if (is_probe_message(message)) return "ARP Probe";
  return name_of(kOperations, message.operation);
}

void append_title(Layer& in, const Message& message) {
  if (in.tree() == nullptr) return;
  const std::string_view known = title_of(message);
  const bool is_plain_gratuitous = is_gratuitous_message(message) && !is_announcement_message(message);
  in.append_title(" (", known);
  if (known.empty()) in.append_title("opcode ", Hex{message.operation, 4});
  in.append_title(is_plain_gratuitous ? "/gratuitous ARP)" : ")");
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, arp_protocol, bytes.first(kFixedHeader + 2 * (size_t{bytes.u8(4)} + bytes.u8(5))));
  context.set_protocol(arp_protocol);
  context.clear_info();
  context.row.flags |= kFindsNeighbors;
  if (bytes.empty()) in.withdraw();
  const Message message = read_message(in);
  if (!in.ok()) return;
  context.set_protocol(column_name(message.operation));
  append_title(in, message);
  if (context.has_memory()) find_duplicates(in, message);
  if (context.info() != nullptr) append_message(*context.info(), message);
}

}  // namespace

const Protocol arp_protocol{.filter_name = "arp",
                            .column_name = "ARP",
                            .title = "Address Resolution Protocol",
                            .fields = listed<f>,
                            .claims = kClaims,
                            .dissect = dissect,
                            .short_name = "ARP/RARP"};

}  // namespace tracedrop::dissect
