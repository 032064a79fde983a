// The options of an IPv4 header, RFC 791, section 3.1: type (1), and for all but two of them length (1) and data.
#pragma once

#include <optional>

#include "dissect/layer.h"

namespace tracedrop::dissect {

// clang-format off
inline constexpr ValueName kOptionNumbers[] = {{0, "End of Option List (EOL)"}, {1, "No-Operation (NOP)"}, {2, "Security"}, {3, "Loose source route"}, {4, "Time stamp"}, {5, "Extended security"}, {6, "Commercial IP security option"}, {7, "Record route"}, {8, "Stream identifier"}, {9, "Strict source route"}, {10, "Experimental Measurement"}, {11, "MTU probe"}, {12, "MTU Reply"}, {13, "Experimental Flow Control"}, {14, "Experimental Access Control"}, {15, "Ask Estrin"}, {16, "IMI Traffic Descriptor"}, {17, "Extended Internet Protocol"}, {18, "Traceroute"}, {19, "Address Extension"}, {20, "Router Alert"}, {21, "Selective Directed Broadcast"}, {22, "Unassigned"}, {23, "Dynamic Packet State"}, {24, "Upstream Multicast Packet"}, {25, "Quick-Start"}, {26, "Cilium DSR"}, {30, "RFC 3692-style experiment"}};
inline constexpr ValueName kOptionClasses[] = {{0, "Control"}, {1, "Reserved for future use"}, {2, "Debugging and measurement"}, {3, "Reserved for future use"}};
inline constexpr ValueName kTimestampFlags[] = {{0, "Time stamps only"}, {1, "Time stamp and address"}, {3, "Time stamps for prespecified addresses"}};
inline constexpr ValueName kQuickStartFunctions[] = {{0, "Rate request"}, {8, "Rate report"}};
inline constexpr ValueName kQuickStartRates[] = {{0, "0 bit/s"}, {1, "80 Kbit/s"}, {2, "160 Kbit/s"}, {3, "320 Kbit/s"}, {4, "640 Kbit/s"}, {5, "1.28 Mbit/s"}, {6, "2.56 Mbit/s"}, {7, "5.12 Mbit/s"}, {8, "10.24 Mbit/s"}, {9, "20.48 Mbit/s"}, {10, "40.96 Mbit/s"}, {11, "81.92 Mbit/s"}, {12, "163.84 Mbit/s"}, {13, "327.68 Mbit/s"}, {14, "655.36 Mbit/s"}, {15, "1.31072 Gbit/s"}};
inline constexpr ValueName kSecurityLevels[] = {{0, "Unclassified"}, {4958, "Reserved"}, {9405, "Reserved"}, {13794, "Reserved"}, {19832, "Reserved"}, {24102, "PROG"}, {27589, "Top secret"}, {30874, "EFTO"}, {35247, "Reserved"}, {39665, "Reserved"}, {44819, "Restricted"}, {48205, "MMMM"}, {50390, "Reserved"}, {55176, "Secret"}, {57963, "Reserved"}, {61749, "Confidential"}};
// clang-format on
inline constexpr RangeName kRouterAlerts[] = {{0, 0, "Router shall examine packet"}, {1, 65535, "Reserved"}};
inline constexpr TrueFalse kYesNo{"Yes", "No"};

struct OptionFields {
  Field end{"ip.options.eol", "IP Option - End of Options List (EOL)"};
  Field no_operation{"ip.options.nop", "IP Option - No-Operation (NOP)"};
  Field security{"ip.options.security", "IP Option - Security"};
  Field loose_route{"ip.options.route", "IP Option - Loose Source Route"};
  Field timestamps{"ip.options.timestamp", "IP Option - Time Stamp"};
  Field record_route{"ip.options.record_route", "IP Option - Record Route"};
  Field stream_id{"ip.options.sid", "IP Option - Stream ID"};
  Field strict_route{"ip.options.source_route", "IP Option - Strict Source Route"};
  Field mtu_probe{"ip.options.mtu_probe", "IP Option - MTU Probe"};
  Field mtu_reply{"ip.options.mtu_reply", "IP Option - MTU Reply"};
  Field traceroute{"ip.options.traceroute", "IP Option - Traceroute"};
  Field router_alert{"ip.options.routeralert", "IP Option - Router Alert"};
  Field quick_start{"ip.options.qs", "IP Option - Quick-Start"};

  Field type{"ip.opt.type", "Type", u8};
  Field copy{"ip.opt.type.copy", "Copy on fragmentation", flag(u8, 0x80), kYesNo};
  Field option_class{"ip.opt.type.class", "Class", bits(u8, 0x60), kOptionClasses};
  Field number{"ip.opt.type.number", "Number", bits(u8, 0x1F), kOptionNumbers};
  Field length{"ip.opt.len", "Length", u8};
  Field data{"ip.opt.data", "Data", raw_bytes};
  Field pointer{"ip.opt.ptr", "Pointer", u8};
  Field sid{"ip.opt.sid", "Stream Identifier", u16};
  Field mtu{"ip.opt.mtu", "MTU", u16};
  Field id_number{"ip.opt.id_number", "ID Number", u16};
  Field outbound_hops{"ip.opt.ohc", "Outbound Hop Count", u16};
  Field return_hops{"ip.opt.rhc", "Return Hop Count", u16};
  Field originator{"ip.opt.originator", "Originator IP Address", ipv4_32};
  Field alert{"ip.opt.ra", "Router Alert", u16, kRouterAlerts};
  Field recorded{"ip.rec_rt", "Recorded Route", ipv4_32};
  Field source_route{"ip.src_rt", "Source Route", ipv4_32};
  Field empty_route{"ip.empty_rt", "Empty Route", ipv4_32};
  Field overflow{"ip.opt.overflow", "Overflow", bits(u8, 0xF0)};
  Field timestamp_flag{"ip.opt.flag", "Flag", bits(x8, 0x0F), kTimestampFlags};
  Field timestamp{"ip.opt.time_stamp", "Time stamp", u32};
  Field timestamp_address{"ip.opt.time_stamp_addr", "Address", ipv4_32};
  Field function{"ip.opt.qs_func", "Function", bits(u8, 0xF0), kQuickStartFunctions};
  Field rate{"ip.opt.qs_rate", "Rate", bits(u8, 0x0F), kQuickStartRates};
  Field quick_ttl{"ip.opt.qs_ttl", "QS TTL", u8};
  Field ttl_difference{"ip.opt.qs_ttl_diff", "TTL Diff", u8};
  Field nonce{"ip.opt.qs_nonce", "QS Nonce", bits(x32, 0xFFFFFFFC)};
  Field quick_reserved{"ip.opt.qs_reserved", "Reserved", bits(x32, 3)};
  Field level{"ip.opt.sec_rfc791_sec", "Security", x16, kSecurityLevels};
  Field compartments{"ip.opt.sec_rfc791_comp", "Compartments", u16};
  Field handling{"ip.opt.sec_rfc791_hr", "Handling Restrictions", plain_text};
  Field transmission{"ip.opt.sec_rfc791_tcc", "Transmission Control Code", plain_text};

  Field bad_length{"ip.opt.len.invalid", "Invalid length for option"};
  Field deprecated{"ip.opt.deprecated", "Option type is deprecated"};
  Field before_address{"ip.opt.ptr.before_address", "Pointer points before first address"};
  Field middle_of_address{"ip.opt.ptr.middle_address", "Pointer points to middle of address"};
  Field too_long{"ip.subopt_too_long", "Suboption would go past end of option"};
  Field four_nops{"ip.nop", "4 NOP in a row - a router may have removed some options"};
};

/// The last address of a source route that is not used up: where the packet goes in the end.
std::optional<Bytes> route_end(Bytes options);

/// Reports the options in the next `size` bytes, which it reads.
void report_options(Layer& in, size_t size, const OptionFields& fields, const Field& destination);

}  // namespace tracedrop::dissect
