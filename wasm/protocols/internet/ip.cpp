#include "protocols/internet/ip.h"

#include "base/text.h"
#include "protocols/application/data.h"
#include "protocols/tables.h"

namespace tracedrop::dissect {

namespace {

constexpr uint8_t kIpv6 = 41;

/// IPv6 is told by its version too: under its protocol number, anything else is left alone.
bool is_of_protocol(uint8_t protocol, Bytes payload) { return protocol != kIpv6 || payload.u8(0) >> 4 == 6; }

}  // namespace

std::string_view ip_protocol_name(uint8_t protocol) {
  const std::string_view name = name_of(kIpProtocolNames, protocol);
  if (!name.empty()) return name;
  return protocol >= 148 && protocol <= 223 ? "Unassigned" : "Unknown";
}

void call_ip_protocol(Context& context, uint8_t protocol, Bytes payload) {
  const bool in_ipv6 = context.source.kind == AddressKind::ipv6;
  if (payload.wire_size() == 0 && !in_ipv6) return;
  if (is_of_protocol(protocol, payload) && context.call(ip_protocols, protocol, payload)) return;
  if (protocol == kIpv6 && !payload.empty()) report_other_version(context, payload);
  dissect_data(context, payload);
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = in_ipv6 ? "Unknown IP Protocol: " : "";
  out += ip_protocol_name(protocol);
  out += " (";
  append_number(out, protocol);
  out += ')';
}

}  // namespace tracedrop::dissect
