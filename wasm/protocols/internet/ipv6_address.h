// What the bits of an IPv6 address tell: its address space and scope (RFC 4291), special purpose (IANA's "IPv6
// Special-Purpose Address Registry"), and addresses that are embedded in it.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect {

inline constexpr ValueName kMulticastScopes[] = {{0, "Reserved"},
                                                 {1, "Interface-Local scope"},
                                                 {2, "Link-Local scope"},
                                                 {3, "Realm-Local scope"},
                                                 {4, "Admin-Local scope"},
                                                 {5, "Site-Local scope"},
                                                 {6, "Unassigned"},
                                                 {7, "Unassigned"},
                                                 {8, "Organization-Local scope"},
                                                 {9, "Unassigned"},
                                                 {10, "Unassigned"},
                                                 {11, "Unassigned"},
                                                 {12, "Unassigned"},
                                                 {13, "Unassigned"},
                                                 {14, "Global scope"},
                                                 {15, "Reserved"}};

struct AddressFields {
  Field space, flags, reserved, rendezvous, prefix, transient, scope;
  Field special, special_source, special_destination, forwardable, global, special_reserved;
  Field slaac, isatap, gateway_6to4, sla_6to4, teredo_server, teredo_port, teredo_client;
};

inline constexpr AddressFields kSourceFields{
    {"ipv6.src_addr_space", "Address Space", plain_text},
    {"ipv6.src_multicast_flags", "Multicast Flags", bits(x16, 0x00F0)},
    {"ipv6.src_multicast_flags.reserved", "Reserved", bits(u16, 0x0080)},
    {"ipv6.src_multicast_flags.embed_rp", "Rendezvous Point (RP)", flag(u16, 0x0040)},
    {"ipv6.src_multicast_flags.network_prefix", "Network Prefix", flag(u16, 0x0020)},
    {"ipv6.src_multicast_flags.transient", "Transient", flag(u16, 0x0010)},
    {"ipv6.src_multicast_scope", "Multicast Scope", bits(x16, 0x000F), kMulticastScopes},
    {"ipv6.src_special_purpose", "Special-Purpose Allocation", plain_text},
    {"ipv6.src_special_purpose_source", "Source", boolean},
    {"ipv6.src_special_purpose_destination", "Destination", boolean},
    {"ipv6.src_special_purpose_forwardable", "Forwardable", boolean},
    {"ipv6.src_special_purpose_global", "Globally Reachable", boolean},
    {"ipv6.src_special_purpose_reserved", "Reserved-by-Protocol", boolean},
    {"ipv6.src_slaac_mac", "Source SLAAC MAC", mac48},
    {"ipv6.src_isatap_ipv4", "Source ISATAP IPv4", ipv4_32},
    {"ipv6.src_6to4_gw_ipv4", "Source 6to4 Gateway IPv4", ipv4_32},
    {"ipv6.src_6to4_sla_id", "Source 6to4 SLA ID", u16},
    {"ipv6.src_ts_ipv4", "Source Teredo Server IPv4", ipv4_32},
    {"ipv6.src_tc_port", "Source Teredo Port", u16},
    {"ipv6.src_tc_ipv4", "Source Teredo Client IPv4", ipv4_32}};

inline constexpr AddressFields kDestinationFields{
    {"ipv6.dst_addr_space", "Address Space", plain_text},
    {"ipv6.dst_multicast_flags", "Multicast Flags", bits(x16, 0x00F0)},
    {"ipv6.dst_multicast_flags.reserved", "Reserved", bits(u16, 0x0080)},
    {"ipv6.dst_multicast_flags.embed_rp", "Rendezvous Point (RP)", flag(u16, 0x0040)},
    {"ipv6.dst_multicast_flags.network_prefix", "Network Prefix", flag(u16, 0x0020)},
    {"ipv6.dst_multicast_flags.transient", "Transient", flag(u16, 0x0010)},
    {"ipv6.dst_multicast_scope", "Multicast Scope", bits(x16, 0x000F), kMulticastScopes},
    {"ipv6.dst_special_purpose", "Special-Purpose Allocation", plain_text},
    {"ipv6.dst_special_purpose_source", "Source", boolean},
    {"ipv6.dst_special_purpose_destination", "Destination", boolean},
    {"ipv6.dst_special_purpose_forwardable", "Forwardable", boolean},
    {"ipv6.dst_special_purpose_global", "Globally Reachable", boolean},
    {"ipv6.dst_special_purpose_reserved", "Reserved-by-Protocol", boolean},
    {"ipv6.dst_slaac_mac", "Destination SLAAC MAC", mac48},
    {"ipv6.dst_isatap_ipv4", "Destination ISATAP IPv4", ipv4_32},
    {"ipv6.dst_6to4_gw_ipv4", "Destination 6to4 Gateway IPv4", ipv4_32},
    {"ipv6.dst_6to4_sla_id", "Destination 6to4 SLA ID", u16},
    {"ipv6.dst_ts_ipv4", "Destination Teredo Server IPv4", ipv4_32},
    {"ipv6.dst_tc_port", "Destination Teredo Port", u16},
    {"ipv6.dst_tc_ipv4", "Destination Teredo Client IPv4", ipv4_32}};

/// Reports, below the last line, what kind of address stands at `at` of the layer; `not_multicast`, of a source, is
/// what the expert says when it is a group.
void report_address_kind(Layer& in, const AddressFields& fields, size_t at, const Field* not_multicast);

/// Reports the addresses that are embedded in the one at `at`, as lines of their own.
void report_embedded(Layer& in, const AddressFields& fields, size_t at);

}  // namespace tracedrop::dissect
