// The fields of ICMPv6, and the options of neighbor discovery (RFC 4861, section 4.6, and others): type (1), length in
// 8 bytes (1), value.
#pragma once

#include "dissect/layer.h"
#include "protocols/internet/checksum.h"
#include "protocols/internet/icmpv6_names.h"

namespace tracedrop::dissect::icmpv6 {

inline constexpr ValueName kRecordTypes[] = {
    {1, "Include"},           {2, "Exclude"},          {3, "Changed to include"}, {4, "Changed to exclude"},
    {5, "Allow new sources"}, {6, "Block old sources"}};
inline constexpr ValueName kPreferences[] = {{0, "Medium"}, {1, "High"}, {2, "Reserved"}, {3, "Low"}};
inline constexpr ValueName kInterfaceStates[] = {{0, "Reserved"}, {1, "Incomplete"}, {2, "Reachable"}, {3, "Stale"},
                                                 {4, "Delay"},    {5, "Probe"},      {6, "Failed"}};
inline constexpr ValueName kQueryTypes[] = {{0, "NOOP"},
                                            {1, "Supported query types (Obsolete)"},
                                            {2, "Node Name"},
                                            {3, "Node addresses"},
                                            {4, "IPv4 node addresses"}};

/// "3600 (1 hour)"; all ones are forever.
void write_option_lifetime(std::string& out, uint64_t seconds);

struct Fields {
  Field type{"icmpv6.type", "Type", u8, kTypes};
  Field code{"icmpv6.code", "Code", u8};
  Field checksum{"icmpv6.checksum", "Checksum", x16};
  Field checksum_status{"icmpv6.checksum.status", "Checksum Status", u8, write_checksum_status};
  Field checksum_bad{"icmpv6.checksum_bad.expert", "Bad checksum"};
  Field type_is_error{"icmpv6.type.error", "Type indicates an error"};
  Field undecoded_type{"icmpv6.undecoded.type", "Undecoded type"};
  Field undecoded_option{"icmpv6.undecoded.option", "Undecoded option"};
  Field bad_option_length{"icmpv6.invalid_option_length", "Invalid Option Length"};
  Field reserved{"icmpv6.reserved", "Reserved", raw_bytes};
  Field data{"icmpv6.data", "Data", raw_bytes};
  Field original_length{"icmpv6.length", "Length of original datagram", u8};
  Field mtu{"icmpv6.mtu", "MTU", u32};
  Field pointer{"icmpv6.pointer", "Pointer", u32};
  Field identifier{"icmpv6.echo.identifier", "Identifier", x16};
  Field sequence{"icmpv6.echo.sequence_number", "Sequence", u16};
  Field data_time{"icmpv6.data_time", "Timestamp from Echo data", absolute_ns};
  Field data_time_relative{"icmpv6.data_time_relative", "Timestamp from Echo data (relative)", relative_ns};
  Field response_in{"icmpv6.resp_in", "Response In", packet_number};
  Field response_to{"icmpv6.resp_to", "Response To", packet_number};
  Field response_time{"icmpv6.resptime", "Response Time", f64};
  Field no_response{"icmpv6.no_resp", "No response seen"};
  Field response_not_found{"icmpv6.resp_not_found", "Response not found"};
  Field echo_sequence{"icmpv6.ext.echo.seq", "Sequence number", in_base(u8, Base::dec_hex)};
  Field request_reserved{"icmpv6.ext.echo.req.res", "Reserved", bits(x8, 0xFE)};
  Field is_local{"icmpv6.ext.echo.req.local", "Local bit", flag(u8, 0x01), kSet};
  Field state{"icmpv6.ext.echo.rsp.state", "State", bits(u8, 0xE0), kInterfaceStates};
  Field reply_reserved{"icmpv6.ext.echo.rsp.res", "Reserved", bits(x8, 0x18)};
  Field is_active{"icmpv6.ext.echo.rsp.active", "Active bit", flag(u8, 0x04), kSet};
  Field runs_ipv4{"icmpv6.ext.echo.rsp.ipv4", "IPv4 bit", flag(u8, 0x02), kSet};
  Field runs_ipv6{"icmpv6.ext.echo.rsp.ipv6", "IPv6 bit", flag(u8, 0x01), kSet};
  Field max_delay{"icmpv6.mld.maximum_response_delay", "Maximum Response Delay [ms]", u16};
  Field max_code{"icmpv6.mld.maximum_response_code", "Maximum Response Code", u16};
  Field multicast_address{"icmpv6.mld.multicast_address", "Multicast Address", ipv6_128};
  Field query_flags{"icmpv6.mld.flag", "Flags", x8};
  Field suppress{"icmpv6.mld.flag.s", "Suppress Router-Side Processing", flag(u8, 0x08)};
  Field robustness{"icmpv6.mld.flag.qrv", "QRV (Querier's Robustness Variable)", bits(u8, 0x07)};
  Field query_reserved{"icmpv6.mld.flag.reserved", "Reserved", bits(u8, 0xF0)};
  Field interval{"icmpv6.mld.qqi", "QQIC (Querier's Query Interval Code)", u8};
  Field source_count{"icmpv6.mld.nb_sources", "Number of Sources", u16};
  Field query_source{"icmpv6.mld.source_address", "Source Address", ipv6_128};
  Field record_count{"icmpv6.mldr.nb_mcast_records", "Number of Multicast Address Records", u16};
  Field record{"icmpv6.mldr.mar", "Multicast Address Record"};
  Field record_type{"icmpv6.mldr.mar.record_type", "Record Type", u8, kRecordTypes};
  Field record_aux_len{"icmpv6.mldr.mar.aux_data_len", "Aux Data Len", u8};
  Field record_sources{"icmpv6.mldr.mar.nb_sources", "Number of Sources", u16};
  Field record_address{"icmpv6.mldr.mar.multicast_address", "Multicast Address", ipv6_128};
  Field record_source{"icmpv6.mldr.mar.source_address", "Source Address", ipv6_128};
  Field record_aux{"icmpv6.mldr.mar.auxiliary_data", "Auxiliary Data", raw_bytes};
  Field hop_limit{"icmpv6.nd.ra.cur_hop_limit", "Cur hop limit", u8};
  Field router_flags{"icmpv6.nd.ra.flag", "Flags", x8};
  Field managed{"icmpv6.nd.ra.flag.m", "Managed address configuration", flag(u8, 0x80), kSet};
  Field other{"icmpv6.nd.ra.flag.o", "Other configuration", flag(u8, 0x40), kSet};
  Field home_agent{"icmpv6.nd.ra.flag.h", "Home Agent", flag(u8, 0x20), kSet};
  Field preference{"icmpv6.nd.ra.flag.prf", "Prf (Default Router Preference)", bits(u8, 0x18), kPreferences};
  Field proxy{"icmpv6.nd.ra.flag.p", "ND Proxy", flag(u8, 0x04), kSet};
  Field snac{"icmpv6.nd.ra.flag.s", "SNAC Router", flag(u8, 0x02), kSet};
  Field router_reserved{"icmpv6.nd.ra.flag.rsv", "Reserved", bits(u8, 0x01)};
  Field router_lifetime{"icmpv6.nd.ra.router_lifetime", "Router lifetime (s)", u16};
  Field reachable_time{"icmpv6.nd.ra.reachable_time", "Reachable time (ms)", u32};
  Field retrans_timer{"icmpv6.nd.ra.retrans_timer", "Retrans timer (ms)", u32};
  Field solicited_target{"icmpv6.nd.ns.target_address", "Target Address", ipv6_128};
  Field neighbor_flags{"icmpv6.nd.na.flag", "Flags", x32};
  Field is_router{"icmpv6.nd.na.flag.r", "Router", flag(u32, 0x80000000), kSet};
  Field is_solicited{"icmpv6.nd.na.flag.s", "Solicited", flag(u32, 0x40000000), kSet};
  Field overrides{"icmpv6.nd.na.flag.o", "Override", flag(u32, 0x20000000), kSet};
  Field neighbor_reserved{"icmpv6.nd.na.flag.rsv", "Reserved", bits(u32, 0x1FFFFFFF)};
  Field advertised_target{"icmpv6.nd.na.target_address", "Target Address", ipv6_128};
  Field redirect_target{"icmpv6.nd.rd.target_address", "Target Address", ipv6_128};
  Field redirect_destination{"icmpv6.rd.na.destination_address", "Destination Address", ipv6_128};
  Field mobile_identifier{"icmpv6.mip6.identifier", "Identifier", in_base(u16, Base::dec_hex)};
  Field home_agent_address{"icmpv6.mip6.home_agent_address", "Home Agent Address", ipv6_128};
  Field ra_interval{"icmpv6.mcast_ra.query_interval", "Query Interval", u16};
  Field ra_robustness{"icmpv6.mcast_ra.robustness_variable", "Robustness Variable", u16};

  Field option{"icmpv6.opt", "ICMPv6 Option"};
  Field option_type{"icmpv6.opt.type", "Type", u8, kOptionTypes};
  Field option_length{"icmpv6.opt.length", "Length", times(u8, 8)};
  Field option_reserved{"icmpv6.opt.reserved", "Reserved"};
  Field padding{"icmpv6.opt.padding", "Padding"};
  Field link_address{"icmpv6.opt.linkaddr", "Link-layer address", raw_bytes};
  Field prefix_length{"icmpv6.opt.prefix.length", "Prefix Length", u8};
  Field prefix_flags{"icmpv6.opt.prefix.flag", "Flag", x8};
  Field on_link{"icmpv6.opt.prefix.flag.l", "On-link Flag (L)", flag(u8, 0x80), kSet};
  Field autonomous{"icmpv6.opt.prefix.flag.a", "Autonomous Address Configuration Flag (A)", flag(u8, 0x40), kSet};
  Field router_address{"icmpv6.opt.prefix.flag.r", "Router Address Flag (R)", flag(u8, 0x20), kSet};
  Field delegates{"icmpv6.opt.prefix.flag.p", "DHCPv6-PD Preferred Flag (P)", flag(u8, 0x10), kSet};
  Field prefix_reserved{"icmpv6.opt.prefix.flag.reserved", "Reserved", bits(u8, 0x0F)};
  Field valid_lifetime{"icmpv6.opt.prefix.valid_lifetime", "Valid Lifetime", u32, write_option_lifetime};
  Field preferred_lifetime{"icmpv6.opt.prefix.preferred_lifetime", "Preferred Lifetime", u32, write_option_lifetime};
  Field prefix{"icmpv6.opt.prefix", "Prefix", ipv6_128};
  Field option_mtu{"icmpv6.opt.mtu", "MTU", u32};
  Field route_flags{"icmpv6.opt.route_info.flag", "Flag", x8};
  Field route_preference{"icmpv6.opt.route_info.flag.route_preference", "Route Preference", bits(u8, 0x18),
                         kPreferences};
  Field route_reserved{"icmpv6.opt.route_info.flag.reserved", "Reserved", bits(u8, 0xE7)};
  Field route_lifetime{"icmpv6.opt.route_lifetime", "Route Lifetime", u32, write_option_lifetime};
  Field servers_lifetime{"icmpv6.opt.rdnss.lifetime", "Lifetime", u32, write_option_lifetime};
  Field server{"icmpv6.opt.rdnss", "Recursive DNS Servers", ipv6_128};
  Field domains_lifetime{"icmpv6.opt.dnssl.lifetime", "Lifetime", u32, write_option_lifetime};
  Field domains{"icmpv6.opt.dnssl", "Domain Names", plain_text};
  Field advertisement_interval{"icmpv6.opt.advertisement_interval", "Advertisement Interval", u32};
  Field agent_preference{"icmpv6.opt.home_agent_preference", "Home Agent Preference", u16};
  Field agent_lifetime{"icmpv6.opt.home_agent_lifetime", "Home Agent Preference", u16};
  Field nonce{"icmpv6.opt.nonce", "Nonce", raw_bytes};
  Field timestamp{"icmpv6.opt.timestamp", "Timestamp", absolute_ns};
  Field redirected{"icmpv6.opt.redirected_packet", "Redirected Packet"};
  Field flags_expansion{"icmpv6.opt.efo", "Flags Expansion Option", x48};
  Field expansion_reserved{"icmpv6.opt.efo.rsv", "Reserved", bits(x48, 0xFFFFFFFFFFFC)};
  Field expansion_private{"icmpv6.opt.efo.pex", "Private Experimentation", bits(x48, 0x3)};
  Field portal{"icmpv6.opt.captive_portal", "Captive Portal", plain_text};
};
inline constexpr Fields f;

/// Reads the options up to the end of the message: Info tells the link-layer addresses, the tree all.
void dissect_options(Layer& in, Context& context);

/// Sets of flags: those of `named` that are set behind the last line's text, all of `shown` below it.
void report_flags(Layer& in, uint64_t value, size_t size, std::initializer_list<const Field*> named,
                  std::initializer_list<const Field*> shown);

}  // namespace tracedrop::dissect::icmpv6
