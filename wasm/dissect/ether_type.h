// EtherTypes (IEEE 802 numbers), shared by every layer that carries one.
#pragma once

#include <string_view>

#include "dissect/context.h"

namespace tracedrop::dissect {

inline constexpr ValueName kEtherTypeNames[] = {
    {0x0800, "IPv4"},  {0x0806, "ARP"},           {0x8035, "RARP"},  {0x8100, "802.1Q Virtual LAN"},
    {0x86DD, "IPv6"},  {0x8847, "MPLS"},          {0x8863, "PPPoED"}, {0x8864, "PPPoES"},
    {0x888E, "802.1X Authentication"}, {0x88A8, "802.1ad Provider Bridge (Q-in-Q)"}, {0x88CC, "802.1 Link Layer Discovery Protocol (LLDP)"},
    {0x9000, "Loopback"},
};

/// Not an EtherType: under this number of the same table, LLC claims the frames that carry a length instead.
inline constexpr uint32_t kLlcPayload = 0;

/// Hands `payload` to who claims `type`; where nobody does, the row shows the number and `carrier` ("Ethernet II").
void call_ether_type(Context& context, uint16_t type, Bytes payload, std::string_view carrier);

}  // namespace tracedrop::dissect
