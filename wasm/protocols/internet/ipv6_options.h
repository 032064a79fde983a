// The options of IPv6's hop-by-hop and destination headers, RFC 8200, section 4.2: type (1), length (1), data; Pad1 is
// its type alone.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect::ipv6 {

inline constexpr ValueName kOptionTypes[] = {{0, "Pad1"},
                                             {1, "PadN"},
                                             {4, "Tunnel Encapsulation Limit"},
                                             {5, "Router Alert"},
                                             {7, "CALIPSO"},
                                             {8, "SMF_DPD"},
                                             {15, "Performance and Diagnostic Metrics"},
                                             {19, "Application-Aware IPv6 Networking (APN6)"},
                                             {30, "Experimental (0x1E)"},
                                             {35, "RPL Option"},
                                             {38, "Quick-Start"},
                                             {48, "Path MTU Option"},
                                             {49, "IOAM Option"},
                                             {62, "Experimental (0x3E)"},
                                             {65, "Tunnel Payload Forwarding (TPF) Information"},
                                             {94, "Experimental (0x5E)"},
                                             {99, "RPL Option (deprecated)"},
                                             {109, "MPL Option"},
                                             {126, "Experimental (0x7E)"},
                                             {138, "Endpoint Identification"},
                                             {139, "ILNP Nonce"},
                                             {140, "Line-Identification Option"},
                                             {158, "Experimental (0x9E)"},
                                             {190, "Experimental (0xBE)"},
                                             {194, "Jumbo Payload"},
                                             {201, "Home Address"},
                                             {222, "Experimental (0xDE)"},
                                             {238, "IP_DFF"},
                                             {254, "Experimental (0xFE)"}};
inline constexpr ValueName kOptionActions[] = {{0, "Skip and continue"},
                                               {1, "Discard"},
                                               {2, "Discard and send ICMP Parameter Problem"},
                                               {3, "Discard and send ICMP if not multicast"}};
inline constexpr ValueName kRouterAlerts[] = {{0, "MLD"}, {1, "RSVP"}, {2, "Active Network"}};

struct OptionFields {
  Field option{"ipv6.opt", "IPv6 Option"};
  Field type{"ipv6.opt.type", "Type", x8, kOptionTypes};
  Field action{"ipv6.opt.type.action", "Action", bits(u8, 0xC0), kOptionActions};
  Field may_change{"ipv6.opt.type.change", "May Change", flag(u8, 0x20), TrueFalse{"Yes", "No"}};
  Field rest{"ipv6.opt.type.rest", "Low-Order Bits", bits(x8, 0x1F)};
  Field length{"ipv6.opt.length", "Length", u8};
  Field pad1{"ipv6.opt.pad1", "Pad1"};
  Field padn{"ipv6.opt.padn", "PadN", raw_bytes};
  Field router_alert{"ipv6.opt.router_alert", "Router Alert", u16, kRouterAlerts};
  Field tunnel_limit{"ipv6.opt.tel", "Tunnel Encapsulation Limit", u8};
  Field jumbo{"ipv6.opt.jumbo", "Payload Length", u32};
  Field home_address{"ipv6.opt.mipv6.home_address", "MIPv6 Home Address", ipv6_128};
  Field experimental{"ipv6.opt.experimental", "Experimental Option", raw_bytes};
  Field unknown{"ipv6.opt.unknown", "Unknown Option Payload", raw_bytes};
};

/// Reports the options up to `end` of the layer, where the header ends.
void report_options(Layer& in, size_t end, const OptionFields& fields);

}  // namespace tracedrop::dissect::ipv6
