// Types, codes and option types of ICMPv6 (IANA "Internet Control Message Protocol version 6 Parameters"), by the names
// that Wireshark shows.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::icmpv6 {

enum Type : uint8_t {
  kUnreachable = 1,
  kPacketTooBig = 2,
  kTimeExceeded = 3,
  kParameterProblem = 4,
  kEchoRequest = 128,
  kEchoReply = 129,
  kListenerQuery = 130,
  kListenerReport = 131,
  kListenerDone = 132,
  kRouterSolicitation = 133,
  kRouterAdvertisement = 134,
  kNeighborSolicitation = 135,
  kNeighborAdvertisement = 136,
  kRedirect = 137,
  kRouterRenumbering = 138,
  kNodeQuery = 139,
  kNodeReply = 140,
  kListenerReport2 = 143,
  kHomeAgentReply = 145,
  kExperimentalMobility = 150,
  kFastHandover = 154,
  kRplControl = 155,
  kExtendedRequest = 160,
  kExtendedReply = 161,
};

/// Router and neighbor discovery (RFC 4861): what keeps neighbors' addresses known, as ARP does for IPv4.
constexpr bool is_neighbor_discovery(uint32_t type) { return type >= kRouterSolicitation && type <= kRedirect; }

enum OptionType : uint8_t { kSourceAddressOption = 1, kTargetAddressOption = 2 };

// clang-format off
inline constexpr ValueName kTypes[] = {
    {kUnreachable, "Destination Unreachable"},
    {kPacketTooBig, "Packet Too Big"},
    {kTimeExceeded, "Time Exceeded"},
    {kParameterProblem, "Parameter Problem"},
    {100, "Private experimentation"},
    {101, "Private experimentation"},
    {127, "Reserved for expansion of ICMPv6 error messages"},
    {kEchoRequest, "Echo (ping) request"},
    {kEchoReply, "Echo (ping) reply"},
    {kListenerQuery, "Multicast Listener Query"},
    {kListenerReport, "Multicast Listener Report"},
    {kListenerDone, "Multicast Listener Done"},
    {kRouterSolicitation, "Router Solicitation"},
    {kRouterAdvertisement, "Router Advertisement"},
    {kNeighborSolicitation, "Neighbor Solicitation"},
    {kNeighborAdvertisement, "Neighbor Advertisement"},
    {kRedirect, "Redirect"},
    {kRouterRenumbering, "Router Renumbering"},
    {kNodeQuery, "Node Information Query"},
    {kNodeReply, "Node Information Reply"},
    {141, "Inverse Neighbor Discovery Solicitation"},
    {142, "Inverse Neighbor Discovery Advertisement"},
    {kListenerReport2, "Multicast Listener Report Message v2"},
    {144, "Home Agent Address Discovery Request"},
    {kHomeAgentReply, "Home Agent Address Discovery Reply"},
    {146, "Mobile Prefix Solicitation"},
    {147, "Mobile Prefix Advertisement"},
    {148, "Certification Path Solicitation"},
    {149, "Certification Path Advertisement"},
    {kExperimentalMobility, "Experimental Mobility"},
    {151, "Multicast Router Advertisement"},
    {152, "Multicast Router Solicitation"},
    {153, "Multicast Router Termination"},
    {kFastHandover, "FMIPv6"},
    {kRplControl, "RPL Control"},
    {156, "Locator Update"},
    {157, "Duplicate Address Request"},
    {158, "Duplicate Address Confirmation"},
    {159, "MPL Control Message"},
    {kExtendedRequest, "Extended Echo request"},
    {kExtendedReply, "Extended Echo reply"},
    {200, "Private experimentation"},
    {201, "Private experimentation"},
    {255, "Reserved for expansion of ICMPv6 informational messages"},
};
inline constexpr ValueName kOptionTypes[] = {
    {1, "Source link-layer address"},
    {2, "Target link-layer address"},
    {3, "Prefix information"},
    {4, "Redirected header"},
    {5, "MTU"},
    {6, "NBMA Shortcut Limit Option"},
    {7, "Advertisement Interval"},
    {8, "Home Agent Information"},
    {9, "Source Address List"},
    {10, "Target Address List"},
    {11, "CGA"},
    {12, "RSA Signature"},
    {13, "Timestamp"},
    {14, "Nonce"},
    {15, "Trust Anchor"},
    {16, "Certificate"},
    {17, "IP Address/Prefix Option"},
    {18, "New Router Prefix Information"},
    {19, "Link-layer Address"},
    {20, "Neighbor Advertisement Acknowledgment"},
    {21, "PvD ID"},
    {23, "MAP"},
    {24, "Route Information"},
    {25, "Recursive DNS Server"},
    {26, "RA Flags Extension"},
    {27, "Handover Key Request"},
    {28, "Handover Key Reply"},
    {29, "Handover Assist Information"},
    {30, "Mobile Node Identifier Option"},
    {31, "DNS Search List Option"},
    {32, "Proxy Signature (PS)"},
    {33, "Address Registration Option"},
    {34, "6LoWPAN Context Option"},
    {35, "Authoritative Border Router"},
    {36, "6LoWPAN Capability Indication Option"},
    {37, "DHCP Captive-Portal"},
    {38, "PREF64 Option"},
    {39, "Crypto-ID Parameters Option (CIPO)"},
    {40, "NDP Signature Option (NDPSO)"},
    {41, "Resource Directory Address Option"},
    {42, "Consistent Uptime Option"},
    {138, "CARD Request"},
    {139, "CARD Reply"},
    {144, "Encrypted DNS Option"},
    {253, "RFC3692-style Experiment 1"},
    {254, "RFC3692-style Experiment 2"},
};
// clang-format on

struct CodeNames {
  std::span<const ValueName> names;
  /// An unknown code is shown with its number.
  bool shows_number = true;
};

/// The codes of a type; no names when Info does not tell the code.
CodeNames codes_of(uint8_t type);

/// Bytes after the checksum that every message of a type has whose fields are not dissected.
size_t body_len(uint8_t type);

}  // namespace tracedrop::dissect::icmpv6
