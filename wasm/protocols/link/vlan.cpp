// VLAN tags: IEEE 802.1Q, section 9.6 (customer, 0x8100; also 0x9100 of old) and 802.1ad (service, 0x88A8):
//
//   | priority (3) | drop eligible (1) | VLAN identifier (12) |   EtherType or length (16)   |
//
// A service tag that another one follows is shown with it as one layer.
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/link/ether_type.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace vlan {
namespace {

constexpr ValueName kPriorities[] = {{0, "Best Effort (default)"},
                                     {1, "Background"},
                                     {2, "Excellent Effort"},
                                     {3, "Critical Applications"},
                                     {4, "Video, < 100ms latency and jitter"},
                                     {5, "Voice, < 10ms latency and jitter"},
                                     {6, "Internetwork Control"},
                                     {7, "Network Control"}};

struct Fields {
  Field priority{"vlan.priority", "Priority", bits(u16, 0xE000), kPriorities};
  Field drop{"vlan.dei", "DEI", flag(u16, 0x1000), TrueFalse{"Eligible", "Ineligible"}};
  Field id{"vlan.id", "ID", bits(u16, 0x0FFF)};
  Field type{"vlan.etype", "Type", x16, kEtherTypeNames};
  Field length{"vlan.len", "Length", u16};
  Field length_past_end{"vlan.len.past_end", "Length field value goes past the end of the payload"};
  Field trailer{"vlan.trailer", "Trailer", raw_bytes};
} constexpr f;
constexpr Claim kClaims[] = {{ether_types, 0x8100}, {ether_types, 0x9100}};

struct ServiceFields {
  Field priority{"ieee8021ad.priority", "Priority", bits(u16, 0xE000)};
  Field drop{"ieee8021ad.dei", "DEI", bits(u16, 0x1000)};
  Field id{"ieee8021ad.id", "ID", bits(u16, 0x0FFF)};
  Field service_id{"ieee8021ad.svid", "ID", bits(u16, 0x0FFF)};
  Field customer_id{"ieee8021ad.cvid", "ID", bits(u16, 0x0FFF)};
  Field type{"ieee8021ah.etype", "Type", x16, kEtherTypeNames};
  Field trailer{"ieee8021ah.trailer", "Trailer", raw_bytes};
} constexpr service;
constexpr Claim kServiceClaims[] = {{ether_types, 0x88A8}};

void write_tag(Context& context, uint32_t tag, std::string_view drop_name) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out.clear();
  append(out, "PRI: ", tag >> 13, drop_name, tag >> 12 & 1);
  out.append(out.size() < 16 ? 16 - out.size() : 0, ' ');
  append(out, "ID: ", tag & 0x0FFF);
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, vlan_protocol, bytes);
  context.set_protocol(vlan_protocol);
  context.clear_info();
  if (bytes.size() < 2) in.withdraw();
  const auto [priority, drop, id] = in.bits(f.priority, f.drop, f.id);
  if (!in.ok()) return;
  write_tag(context, bytes.be16(0), "  DEI: ");
  in.append_title(", PRI: ", priority, ", DEI: ", drop, ", ID: ", id);
  const auto next = static_cast<uint16_t>(in(is_length(bytes.be16(2)) ? f.length : f.type));
  if (!in.ok()) return;
  if (!is_length(next)) return call_ether_type(in, f.trailer, CheckSequence::none, next);
  call_llc(in, f.length_past_end, {f.trailer, CheckSequence::none, vlan_protocol}, next);
}

/// Priority and drop eligibility stand in the first byte, but are shown as bits of both.
void report_service_tag(Layer& in, const Field& id, uint32_t tag) {
  const size_t at = in.at() - 2;
  in.add(service.priority, masked(service.priority.format, tag), at, 1);
  in.add(service.drop, masked(service.drop.format, tag), at, 1);
  in.add(id, masked(id.format, tag), at, 2);
}

uint16_t read_service_tags(Layer& in) {
  constexpr uint16_t kServiceTag = 0x88A8;
  const uint32_t tag = in.be16();
  const bool is_double = in.rest().be16(0) == kServiceTag;
  if (!in.rest().has(0, 2)) {
    in.skip(2);
    return 0;
  }
  write_tag(in.context(), tag, "  DROP: ");
  report_service_tag(in, is_double ? service.service_id : service.id, tag);
  if (!is_double) {
    in.append_title(", ID: ", tag & 0x0FFF);
    return static_cast<uint16_t>(in(service.type));
  }
  in.skip(2);
  const uint32_t inner = in.be16();
  if (!in.ok()) return 0;
  in.append_title(", S-VID: ", tag & 0x0FFF, ", C-VID: ", inner & 0x0FFF);
  report_service_tag(in, service.customer_id, inner);
  in.span(4);
  return static_cast<uint16_t>(in(service.type));
}

void dissect_service(Context& context, Bytes bytes) {
  Layer in(context, vlan_service_protocol, bytes);
  context.set_protocol(vlan_service_protocol);
  context.clear_info();
  if (bytes.size() < 2) in.withdraw();
  const uint16_t type = read_service_tags(in);
  if (in.ok()) call_ether_type(in, service.trailer, CheckSequence::none, type);
}

}  // namespace
}  // namespace vlan

const Protocol vlan_protocol{.filter_name = "vlan",
                             .column_name = "VLAN",
                             .title = "802.1Q Virtual LAN",
                             .fields = listed<vlan::f>,
                             .claims = vlan::kClaims,
                             .dissect = vlan::dissect};
const Protocol vlan_service_protocol{.filter_name = "ieee8021ad",
                                     .column_name = "802.1ad",
                                     .title = "IEEE 802.1ad",
                                     .fields = listed<vlan::service>,
                                     .claims = vlan::kServiceClaims,
                                     .dissect = vlan::dissect_service,
                                     .short_name = "IEEE 802.1AD"};

}  // namespace tracedrop::dissect
