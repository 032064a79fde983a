// What IPv4 and IPv6 share: protocol numbers (IANA), the way to the next layer, and fragments.
#pragma once

#include "dissect/context.h"

namespace tracedrop::dissect {

inline constexpr ValueName kIpProtocolNames[] = {
    {0, "IPv6 Hop-by-Hop Option"}, {1, "ICMP"}, {2, "IGMP"}, {4, "IPIP"}, {6, "TCP"}, {17, "UDP"}, {33, "DCCP"}, {41, "IPv6"},
    {43, "Routing Header for IPv6"}, {44, "Fragment Header for IPv6"}, {46, "Reservation Protocol"}, {47, "Generic Routing Encapsulation"},
    {50, "Encap Security Payload"}, {51, "Authentication Header"}, {58, "ICMPv6"}, {59, "No Next Header for IPv6"},
    {60, "Destination Options for IPv6"}, {88, "EIGRP"}, {89, "OSPF IGP"}, {103, "PIM"}, {112, "VRRP"}, {115, "L2TP"},
    {132, "SCTP"}, {136, "UDPlite"},
};

/// Hands `payload` to who claims the protocol number; where nobody does, the row names it.
void call_ip_protocol(Context& context, uint8_t protocol, Bytes payload);

struct Fragment {
  uint8_t protocol = 0;
  size_t at = 0;  ///< offset in the datagram, bytes
  bool more = false;
  uint32_t id = 0;
  int id_digits = 4;  ///< hexadecimal digits of the id in Info
};

/// One fragment of a datagram: the one that completes it goes on to the next layer with all of its bytes.
void dissect_fragment(Context& context, const Fragment& fragment, Bytes payload);

}  // namespace tracedrop::dissect
