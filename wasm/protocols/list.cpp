#include "protocols/list.h"

#include <iterator>

namespace tracedrop::dissect {

namespace {

#define TRACEDROP_ADDRESS(name) &name##_protocol,
constexpr const Protocol* kProtocols[] = {TRACEDROP_PROTOCOLS(TRACEDROP_ADDRESS)};
#undef TRACEDROP_ADDRESS

}  // namespace

std::span<const Protocol* const> all_protocols() { return kProtocols; }

constinit Table ether_types{"ethertype"}, ip_protocols{"ip.proto"}, udp_ports{"udp.port"}, tcp_ports{"tcp.port"};

}  // namespace tracedrop::dissect
