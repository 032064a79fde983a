// The tables that several protocols look into; a table that only one protocol looks into is its own file's.
#pragma once

#include "dissect/table.h"

namespace tracedrop::dissect {

extern Table ether_types;   ///< EtherType
extern Table ip_protocols;  ///< IP protocol number / IPv6 next header
extern Table udp_ports;
extern Table tcp_ports;

}  // namespace tracedrop::dissect
