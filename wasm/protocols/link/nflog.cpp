// Linux's netfilter log (https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html), as Android and iptables' NFLOG write
// it: address family (1), version (1), resource id (2), then attributes:
//
//   length 2 (with these 4 bytes) · type 2 · value, padded to a multiple of 4
//
// Length and type stand in the capturing host's byte order. The packet is the value of one of them; what it is, is told
// by the protocol in the packet header's attribute, else by the family.
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

enum Attribute : uint16_t { kPacketHeader = 1, kPayload = 9, kPrefix = 10 };

constexpr ValueName kFamilies[] = {{2, "IPv4"}, {10, "IPv6"}};
constexpr ValueName kAttributes[] = {{kPacketHeader, "NFULA_PACKET_HDR"},
                                     {2, "NFULA_MARK"},
                                     {3, "NFULA_TIMESTAMP"},
                                     {4, "NFULA_IFINDEX_INDEV"},
                                     {5, "NFULA_IFINDEX_OUTDEV"},
                                     {6, "NFULA_IFINDEX_PHYSINDEV"},
                                     {7, "NFULA_IFINDEX_PHYSOUTDEV"},
                                     {8, "NFULA_HWADDR"},
                                     {kPayload, "NFULA_PAYLOAD"},
                                     {kPrefix, "NFULA_PREFIX"},
                                     {11, "NFULA_UID"},
                                     {12, "NFULA_SEQ"},
                                     {13, "NFULA_SEQ_GLOBAL"},
                                     {14, "NFULA_GID"},
                                     {15, "NFULA_HWTYPE"},
                                     {16, "NFULA_HWHEADER"},
                                     {17, "NFULA_HWLEN"}};

constexpr Field family{"nflog.family", "Family", u8, kFamilies};
constexpr Field version{"nflog.version", "Version", u8};
constexpr Field resource_id{"nflog.res_id", "Resource id", u16};
constexpr Field attribute{"nflog.tlv", "TLV", raw_bytes};
constexpr Field attribute_len{"nflog.tlv_length", "Length", u16};
constexpr Field attribute_type{"nflog.tlv_type", "Type", bits(u16, 0x7FFF), kAttributes};
constexpr Field protocol{"nflog.protocol", "HW protocol", x16, kEtherTypeNames};
constexpr Field hook{"nflog.hook", "Netfilter hook", u8};
constexpr Field prefix{"nflog.prefix", "Prefix", plain_text};
constexpr Field value_bytes{"nflog.tlv_value", "Value", raw_bytes};
constexpr const Field* kFields[] = {&family,         &version,  &resource_id, &attribute, &attribute_len,
                                    &attribute_type, &protocol, &hook,        &prefix,    &value_bytes};
constexpr Claim kClaims[] = {{link_types, 239}};

constexpr size_t kHeaderBytes = 4;
constexpr size_t kAttributeHeaderBytes = 4;

/// What the attributes tell of the packet.
struct Found {
  bool any = false;
  Bytes packet;
  uint16_t ether_type = 0;
};

/// Types are small, so that one byte of the first one's is void: it tells the byte order.
bool is_big_endian(Bytes bytes) { return (bytes.u8(6) & 0x7F) == 0 && (bytes.u8(7) & 0x7F) != 0; }

uint16_t read16(Layer& in, const Field& field, bool big_endian) {
  const auto value = static_cast<uint16_t>((big_endian ? in.be16() : in.le16()) &
                                           (field.format.mask == 0 ? 0xFFFF : field.format.mask));
  if (in.ok()) in.note(field, value, 2);
  return value;
}

void read_value(Layer& in, uint16_t type, size_t size, Found& found) {
  const Bytes value = in.rest().first(size);
  if (type == kPayload) {
    found.any = true;
    found.packet = value;
  } else if (type == kPacketHeader && size == 4) {
    found.ether_type = in.be16(protocol);
    in.u8(hook);
  } else if (in.tree() != nullptr && value.size() == size) {
    in.skip(size);
    if (type == kPrefix) {
      in.note_text(prefix, value.text().substr(0, value.text().find('\0')), size);
    } else {
      in.tree()->add(value_bytes, value);
    }
  }
}

/// False when an attribute's length cannot be, or the capture ends within its header: then no packet is looked for.
bool read_attributes(Layer& in, Found& found) {
  const Bytes all = in.all();
  const bool big_endian = is_big_endian(all);
  for (size_t at = kHeaderBytes; at <= all.size() && all.wire_size() - at >= kAttributeHeaderBytes;) {
    in.seek(at);
    const size_t length = big_endian ? all.be16(at) : all.le16(at);
    const auto group = in.group(attribute, length);
    read16(in, attribute_len, big_endian);
    const uint16_t type = read16(in, attribute_type, big_endian);
    if (!in.ok() || length < kAttributeHeaderBytes) return false;
    read_value(in, type, length - kAttributeHeaderBytes, found);
    if (!in.ok()) return false;
    at += (length + 3) & ~size_t{3};
  }
  return true;
}

/// IPv4 by the family alone: the packet's own version is believed.
void call_ip(Context& context, Bytes packet) {
  if (packet.wire_size() == 0) {
    if (context.shortage == Shortage::none) context.shortage = Shortage::malformed;
    return;
  }
  if (packet.empty()) {
    if (context.shortage == Shortage::none) context.shortage = Shortage::snapped;
    return;
  }
  const unsigned ip_version = packet.u8(0) >> 4;
  if (ip_version == 4) return context.call(ipv4_protocol, packet);
  if (ip_version == 6) return context.call(ipv6_protocol, packet);
  context.set_protocol("IP");
  if (context.info() == nullptr) return;
  *context.info() = "Bogus IP version (";
  append_number(*context.info(), ip_version);
  *context.info() += ')';
}

void call_packet(Context& context, uint8_t address_family, const Found& found) {
  constexpr uint8_t kIpv4Family = 2, kIpv6Family = 10;
  if (found.ether_type != 0) {
    if (found.ether_type >= kFirstEtherType) context.call(ether_types, found.ether_type, found.packet);
  } else if (address_family == kIpv4Family) {
    call_ip(context, found.packet);
  } else if (address_family == kIpv6Family) {
    context.call(ipv6_protocol, found.packet);
  }
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, nflog_protocol, bytes);
  context.set_protocol(nflog_protocol);
  context.clear_info();
  const uint8_t address_family = in.u8(family);
  if (!in.ok() || bytes.size() < kHeaderBytes) return;
  in.u8(version);
  in.be16(resource_id);
  Found found;
  if (read_attributes(in, found) && found.any) call_packet(context, address_family, found);
}

}  // namespace

const Protocol nflog_protocol{"nflog", "NFLOG", "Linux Netfilter NFLOG", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
