// BSD loopback: an address family (4) before the packet. LINKTYPE_NULL (0) has it in the byte order of the capturing
// host, LINKTYPE_LOOP (108) in network order. Some writers put an EtherType there.
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr ValueName kFamilies[] = {{2, "IP"},    {7, "OSI"},   {16, "Appletalk"}, {23, "Netware IPX/SPX"},
                                   {24, "IPv6"}, {28, "IPv6"}, {30, "IPv6"}};

struct Fields {
  Field family{"null.family", "Family", u32, kFamilies};
  Field type{"null.type", "Type", x16, kEtherTypeNames};
} constexpr f;
constexpr Claim kClaims[] = {{link_types, 0}};
constexpr Claim kLoopClaims[] = {{link_types, 108}};

constexpr size_t kFamilyBytes = 4;
constexpr std::string_view kNone = "N/A";

uint32_t swap(uint32_t value) { return value >> 24 | (value >> 8 & 0xFF00) | (value << 8 & 0xFF0000) | value << 24; }

/// Families and EtherTypes are small: when the upper half is not 0, the bytes stand the other way round, or (seen from
/// writers of 16 bits) the lower half is the one that is void.
uint32_t host_order(uint32_t value) {
  if (value >> 16 == 0) return value;
  return value >> 16 < 6 ? value >> 16 : swap(value);
}

void call_family(Context& context, uint32_t value, Bytes payload) {
  switch (value) {
    case 2: return context.call(ipv4_protocol, payload);
    case 24:
    case 28:
    case 30: return context.call(ipv6_protocol, payload);
    default: break;
  }
  if (value >= kFirstEtherType && value <= 0xFFFF) call_by_ether_type(context, static_cast<uint16_t>(value), payload);
}

void dissect_family(Context& context, const Protocol& protocol, Bytes bytes, bool network_order) {
  Layer in(context, protocol, bytes);
  context.set_protocol("Packet");
  if (bytes.size() < kFamilyBytes) in.withdraw();
  if (bytes.empty()) return in.skip(1);
  context.source = context.destination = {AddressKind::text, Bytes::of(kNone)};
  context.set_protocol(kNone);
  context.set_info("Null/Loopback");
  if (!network_order && bytes.be16(0) == 0xFF03) {  // written by PPP drivers
    in.withdraw();
    return context.call(ppp_protocol, bytes);
  }
  const uint32_t read = in.be32();
  if (!in.ok()) return;
  const uint32_t value = network_order ? read : host_order(read);
  in.add(value >= kFirstEtherType && !network_order ? f.type : f.family, value, 0, kFamilyBytes);
  call_family(context, value, in.rest());
}

void dissect_null(Context& context, Bytes bytes) { dissect_family(context, loopback_protocol, bytes, false); }
void dissect_loop(Context& context, Bytes bytes) { dissect_family(context, openbsd_loopback_protocol, bytes, true); }

}  // namespace

const Protocol loopback_protocol{.filter_name = "null",
                                 .column_name = "Null",
                                 .title = "Null/Loopback",
                                 .fields = listed<f>,
                                 .claims = kClaims,
                                 .dissect = dissect_null};
const Protocol openbsd_loopback_protocol{.filter_name = "null",
                                         .column_name = "Null",
                                         .title = "Null/Loopback",
                                         .fields = listed<f>,
                                         .claims = kLoopClaims,
                                         .dissect = dissect_loop};

}  // namespace tracedrop::dissect
