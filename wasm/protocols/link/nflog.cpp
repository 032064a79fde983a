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

constexpr ValueName kFamilies[] = {{0, "Unspecified"}, {1, "IPv4/IPv6"}, {2, "IPv4"},  {3, "ARP"},
                                   {5, "Netdev"},      {7, "Bridge"},    {10, "IPv6"}, {12, "DECNET"}};
constexpr ValueName kHooks[] = {{0, "Pre-routing"}, {1, "Local in"},     {2, "Forward"},
                                {3, "Local out"},   {4, "Post-routing"}, {5, "Number of hooks"}};
constexpr ValueName kAttributes[] = {{0, "NFULA_UNSPEC"},
                                     {kPacketHeader, "NFULA_PACKET_HDR"},
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

struct Fields {
  Field family{"nflog.family", "Family", u8, kFamilies};
  Field version{"nflog.version", "Version", u8};
  Field resource_id{"nflog.res_id", "Resource id", u16};
  Field attribute{"nflog.tlv", "TLV", raw_bytes};
  Field attribute_len{"nflog.tlv_length", "Length", u16};
  Field attribute_type{"nflog.tlv_type", "Type", bits(u16, 0x7FFF), kAttributes};
  Field protocol{"nflog.protocol", "HW protocol", x16, kEtherTypeNames};
  Field hook{"nflog.hook", "Netfilter hook", u8, kHooks};
  Field timestamp{"nflog.timestamp", "Timestamp", absolute_ns};
  Field in_device{"nflog.ifindex_indev", "IFINDEX_INDEV", u32};
  Field out_device{"nflog.ifindex_outdev", "IFINDEX_OUTDEV", u32};
  Field physical_in_device{"nflog.ifindex_physindev", "IFINDEX_PHYSINDEV", u32};
  Field physical_out_device{"nflog.ifindex_physoutdev", "IFINDEX_PHYSOUTDEV", u32};
  Field prefix{"nflog.prefix", "Prefix", plain_text};
  Field user{"nflog.uid", "UID", s32};
  Field group{"nflog.gid", "GID", s32};
  Field value_bytes{"nflog.tlv_value", "Value", raw_bytes};
} constexpr f;
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

const Field* number_field(uint16_t type) {
  switch (type) {
    case 4: return &f.in_device;
    case 5: return &f.out_device;
    case 6: return &f.physical_in_device;
    case 7: return &f.physical_out_device;
    case 11: return &f.user;
    case 14: return &f.group;
    default: return nullptr;
  }
}

void report_value(Layer& in, uint16_t type, Bytes value) {
  constexpr uint16_t kTimestamp = 3;
  const Field* const number = number_field(type);
  if (number != nullptr && value.size() == 4) return void(in(*number));
  const size_t at = in.at();
  in.skip(value.size());
  if (type == kPrefix) {
    in.add_text(f.prefix, value.text().substr(0, value.text().find('\0')), at, value.size());
  } else if (type == kTimestamp && value.size() == 16) {
    in.add(f.timestamp, value.be64(0) * 1000000000 + value.be64(8) * 1000, at, value.size());
  } else {
    in.add_bytes(f.value_bytes, at, value.size());
  }
}

void read_value(Layer& in, uint16_t type, size_t size, Found& found) {
  const Bytes value = in.rest().first(size);
  if (type == kPayload) {
    found.any = true;
    found.packet = value;
  } else if (type == kPacketHeader && size == 4) {
    found.ether_type = in.be16(f.protocol);
    in.u8(f.hook);
  } else if (in.tree() != nullptr && value.size() == size) {
    report_value(in, type, value);
  }
}

void title_attribute(Layer& in, uint32_t line, uint16_t type, size_t length) {
  const std::string_view name = name_of(kAttributes, type);
  if (in.tree() == nullptr) return;
  in.tree()->replace(line, "TLV Type: ", name.empty() ? "Unknown" : name, " (", type, "), Length: ", length);
}

/// False when an attribute's length cannot be, or the capture ends within its header: then no packet is looked for.
bool read_attributes(Layer& in, Found& found) {
  const Bytes all = in.all();
  const bool big_endian = is_big_endian(all);
  for (size_t at = kHeaderBytes; at <= all.size() && all.wire_size() - at >= kAttributeHeaderBytes;) {
    in.seek(at);
    const size_t length = big_endian ? all.be16(at) : all.le16(at);
    const auto group = in.group(f.attribute, length);
    const uint32_t line = in.tree() == nullptr ? 0 : in.tree()->last();
    read16(in, f.attribute_len, big_endian);
    const uint16_t type = read16(in, f.attribute_type, big_endian);
    if (!in.ok() || length < kAttributeHeaderBytes) return false;
    title_attribute(in, line, type, length);
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
  in.span_all();
  const uint8_t address_family = in.u8(f.family);
  if (!in.ok() || bytes.size() < kHeaderBytes) return;
  in.u8(f.version);
  in.be16(f.resource_id);
  Found found;
  if (read_attributes(in, found) && found.any) call_packet(context, address_family, found);
}

}  // namespace

const Protocol nflog_protocol{.filter_name = "nflog",
                              .column_name = "NFLOG",
                              .title = "Linux Netfilter NFLOG",
                              .fields = listed<f>,
                              .claims = kClaims,
                              .dissect = dissect};

}  // namespace tracedrop::dissect
