// Types, codes and fields of ICMP, by the names that Wireshark shows.
#pragma once

#include "dissect/layer.h"
#include "protocols/internet/checksum.h"

namespace tracedrop::dissect::icmp {

enum Type : uint8_t {
  kEchoReply = 0,
  kUnreachable = 3,
  kSourceQuench = 4,
  kRedirect = 5,
  kAlternateHost = 6,
  kEchoRequest = 8,
  kRouterAdvertisement = 9,
  kTimeExceeded = 11,
  kParameterProblem = 12,
  kTimestampRequest = 13,
  kTimestampReply = 14,
  kMaskRequest = 17,
  kMaskReply = 18,
  kPhoturis = 40,
  kExtendedRequest = 42,
  kExtendedReply = 43,
};

inline constexpr ValueName kTypes[] = {{kEchoReply, "Echo (ping) reply"},
                                       {1, "Reserved"},
                                       {2, "Reserved"},
                                       {kUnreachable, "Destination unreachable"},
                                       {kSourceQuench, "Source quench (flow control)"},
                                       {kRedirect, "Redirect"},
                                       {kAlternateHost, "Alternate host address"},
                                       {kEchoRequest, "Echo (ping) request"},
                                       {kRouterAdvertisement, "Router advertisement"},
                                       {10, "Router solicitation"},
                                       {kTimeExceeded, "Time-to-live exceeded"},
                                       {kParameterProblem, "Parameter problem"},
                                       {kTimestampRequest, "Timestamp request"},
                                       {kTimestampReply, "Timestamp reply"},
                                       {15, "Information request"},
                                       {16, "Information reply"},
                                       {kMaskRequest, "Address mask request"},
                                       {kMaskReply, "Address mask reply"},
                                       {19, "Reserved (for security)"},
                                       {30, "Traceroute"},
                                       {31, "Datagram Conversion Error"},
                                       {32, "Mobile Host Redirect"},
                                       {33, "IPv6 Where-Are-You"},
                                       {34, "IPv6 I-Am-Here"},
                                       {35, "Mobile Registration Request"},
                                       {36, "Mobile Registration Reply"},
                                       {37, "Domain Name Request"},
                                       {38, "Domain Name Reply"},
                                       {39, "SKIP"},
                                       {kPhoturis, "Photuris"},
                                       {41, "Experimental mobility protocols"},
                                       {kExtendedRequest, "Extended Echo request"},
                                       {kExtendedReply, "Extended Echo reply"}};

inline constexpr ValueName kUnreachableCodes[] = {{0, "Network unreachable"},
                                                  {1, "Host unreachable"},
                                                  {2, "Protocol unreachable"},
                                                  {3, "Port unreachable"},
                                                  {4, "Fragmentation needed"},
                                                  {5, "Source route failed"},
                                                  {6, "Destination network unknown"},
                                                  {7, "Destination host unknown"},
                                                  {8, "Source host isolated"},
                                                  {9, "Network administratively prohibited"},
                                                  {10, "Host administratively prohibited"},
                                                  {11, "Network unreachable for TOS"},
                                                  {12, "Host unreachable for TOS"},
                                                  {13, "Communication administratively filtered"},
                                                  {14, "Host precedence violation"},
                                                  {15, "Precedence cutoff in effect"}};
inline constexpr ValueName kRedirectCodes[] = {{0, "Redirect for network"},
                                               {1, "Redirect for host"},
                                               {2, "Redirect for TOS and network"},
                                               {3, "Redirect for TOS and host"}};
inline constexpr ValueName kAlternateCodes[] = {{0, "Alternate address for host"}};
inline constexpr ValueName kRouterCodes[] = {{0, "Normal router advertisement"}, {16, "Does not route common traffic"}};
inline constexpr ValueName kTimeCodes[] = {{0, "Time to live exceeded in transit"},
                                           {1, "Fragment reassembly time exceeded"}};
inline constexpr ValueName kParameterCodes[] = {
    {0, "Pointer indicates the error"}, {1, "Required option missing"}, {2, "Bad length"}};
inline constexpr ValueName kPhoturisCodes[] = {
    {0, "Bad SPI"},           {1, "Authentication Failed"}, {2, "Decompression Failed"},
    {3, "Decryption Failed"}, {4, "Need Authentication"},   {5, "Need Authorization"}};
inline constexpr ValueName kExtendedRequestCodes[] = {{0, "No error"}};
inline constexpr ValueName kExtendedReplyCodes[] = {{0, "No error"},
                                                    {1, "Malformed Query"},
                                                    {2, "No Such Interface"},
                                                    {3, "No Such Table Entry"},
                                                    {4, "Multiple Interfaces Satisfy Query"}};

inline constexpr ValueName kObjectClasses[] = {
    {1, "MPLS Label Stack Class"}, {2, "Interface Information Object"}, {3, "Interface Identification Object"}};
inline constexpr ValueName kInterfaceStates[] = {{0, "Reserved"}, {1, "Incomplete"}, {2, "Reachable"}, {3, "Stale"},
                                                 {4, "Delay"},    {5, "Probe"},      {6, "Failed"}};

void write_lifetime(std::string& out, uint64_t seconds);
void write_time_of_day(std::string& out, uint64_t ms);

struct Fields {
  Field type{"icmp.type", "Type", u8, kTypes};
  Field code{"icmp.code", "Code", u8};
  Field checksum{"icmp.checksum", "Checksum", x16};
  Field checksum_status{"icmp.checksum.status", "Checksum Status", u8, write_checksum_status};
  Field unused{"icmp.unused", "Unused", raw_bytes};
  Field identifier{"icmp.ident", "Identifier (BE)", in_base(u16, Base::dec_hex)};
  Field identifier_le{"icmp.ident_le", "Identifier (LE)", in_base(u16, Base::dec_hex)};
  Field sequence{"icmp.seq", "Sequence Number (BE)", in_base(u16, Base::dec_hex)};
  Field sequence_le{"icmp.seq_le", "Sequence Number (LE)", in_base(u16, Base::dec_hex)};
  Field next_mtu{"icmp.mtu", "MTU of next hop", u16};
  Field gateway{"icmp.redir_gw", "Gateway Address", ipv4_32};
  Field pointer{"icmp.pointer", "Pointer", u8};
  Field length{"icmp.length", "Length", u8};
  Field original_length{"icmp.length.original_datagram", "Length of original datagram", u8};
  Field address_count{"icmp.num_addrs", "Number of addresses", u8};
  Field entry_size{"icmp.addr_entry_size", "Address entry size", u8};
  Field lifetime{"icmp.lifetime", "Lifetime", u16, write_lifetime};
  Field router{"icmp.router_address", "Router address", ipv4_32};
  Field preference{"icmp.pref_level", "Preference level", s32};
  Field originate{"icmp.originate_timestamp", "Originate Timestamp", u32, write_time_of_day};
  Field receive{"icmp.receive_timestamp", "Receive Timestamp", u32, write_time_of_day};
  Field transmit{"icmp.transmit_timestamp", "Transmit Timestamp", u32, write_time_of_day};
  Field mask{"icmp.address_mask", "Address Mask", ipv4_32};
  Field echo_sequence{"icmp.ext.echo.seq", "Sequence Number", in_base(u8, Base::dec_hex)};
  Field request_reserved{"icmp.ext.echo.req.res", "Reserved", bits(x8, 0xFE)};
  Field is_local{"icmp.ext.echo.req.local", "Local bit", flag(u8, 0x01), kSet};
  Field state{"icmp.ext.echo.rsp.state", "State", bits(u8, 0xE0), kInterfaceStates};
  Field reply_reserved{"icmp.ext.echo.rsp.res", "Reserved", bits(x8, 0x18)};
  Field is_active{"icmp.ext.echo.rsp.active", "Active bit", flag(u8, 0x04), kSet};
  Field runs_ipv4{"icmp.ext.echo.rsp.ipv4", "IPv4 bit", flag(u8, 0x02), kSet};
  Field runs_ipv6{"icmp.ext.echo.rsp.ipv6", "IPv6 bit", flag(u8, 0x01), kSet};
  Field response_in{"icmp.resp_in", "Response frame", packet_number};
  Field response_to{"icmp.resp_to", "Request frame", packet_number};
  Field response_time{"icmp.resptime", "Response time", f64};
  Field no_response{"icmp.no_resp", "No response seen"};
  Field data{"icmp.data", "ICMP Data", raw_bytes};
  Field data_time{"icmp.data_time", "Timestamp from icmp data", absolute_ns};
  Field data_time_relative{"icmp.data_time_relative", "Timestamp from icmp data (relative)", relative_ns};
  Field type_is_error{"icmp.type.error", "Type indicates an error"};
  Field type_is_deprecated{"icmp.type.deprecated", "Type is deprecated"};
  Field response_not_found{"icmp.resp_not_found", "Response not found"};
  Field checksum_bad{"icmp.checksum_bad", "Bad checksum"};
  Field extensions{"icmp.ext", "ICMP Extensions"};
  Field extension_version{"icmp.ext.version", "Version", u8};
  Field extension_reserved{"icmp.ext.res", "Reserved", bits(x16, 0x0FFF)};
  Field extension_checksum{"icmp.ext.checksum", "Checksum", x16};
  Field extension_checksum_status{"icmp.ext.checksum.status", "Checksum Status", u8, write_checksum_status};
  Field extension_checksum_bad{"icmp.ext.checksum_bad", "Bad checksum"};
  Field object_length{"icmp.ext.length", "Length", u16};
  Field object_class{"icmp.ext.class", "Class", u8, kObjectClasses};
  Field object_type{"icmp.ext.ctype", "C-Type", u8};
  Field object_data{"icmp.ext.data", "Data", raw_bytes};
  Field label{"icmp.mpls.label", "Label", bits(u24, 0xFFFFF0)};
  Field experimental{"icmp.mpls.exp", "Experimental", bits(u24, 0x00000E)};
  Field is_bottom{"icmp.mpls.s", "Stack bit", flag(u8, 0x01), kSet};
  Field ttl{"icmp.mpls.ttl", "Time to live", u8};
};
inline constexpr Fields f;

inline std::span<const ValueName> codes_of(uint8_t message_type) {
  switch (message_type) {
    case kUnreachable: return kUnreachableCodes;
    case kRedirect: return kRedirectCodes;
    case kAlternateHost: return kAlternateCodes;
    case kRouterAdvertisement: return kRouterCodes;
    case kTimeExceeded: return kTimeCodes;
    case kParameterProblem: return kParameterCodes;
    case kPhoturis: return kPhoturisCodes;
    case kExtendedRequest: return kExtendedRequestCodes;
    case kExtendedReply: return kExtendedReplyCodes;
    default: return {};
  }
}

/// Types with an identifier and a sequence number in Info.
inline bool is_query(uint8_t message_type) {
  return message_type == kEchoReply || message_type == kEchoRequest ||
         (message_type >= kTimestampRequest && message_type <= kMaskReply);
}

inline bool is_error(uint8_t message_type) {
  return message_type == kUnreachable || message_type == kSourceQuench || message_type == kRedirect ||
         message_type == kTimeExceeded || message_type == kParameterProblem;
}

/// A timestamp as ping puts it before its data: seconds and microseconds, of the day around the packet.
struct SentAt {
  size_t size = 0;  ///< 0: there is none
  int64_t ns = 0;
};
SentAt sent_at(Bytes data, int64_t packet_ns);

/// Reports what follows the first four bytes of a message that is no error.
void report_query(Layer& in, Context& context, Bytes message);

/// Reports the multi-part extensions of an error (RFC 4884), which begin at `at`.
void report_extensions(Layer& in, size_t at);

}  // namespace tracedrop::dissect::icmp
