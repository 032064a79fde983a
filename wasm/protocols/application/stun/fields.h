// The fields of STUN and TURN, under Wireshark's names, and what their attributes are.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::stun {

inline constexpr ValueName kMethods[] = {
    {0x001, "Binding"}, {0x002, "SharedSecret"},   {0x003, "Allocate"},         {0x004, "Refresh"},
    {0x006, "Send"},    {0x007, "Data"},           {0x008, "CreatePermission"}, {0x009, "Channel-Bind"},
    {0x00A, "Connect"}, {0x00B, "ConnectionBind"}, {0x00C, "ConnectionAttempt"}};
inline constexpr std::string_view kClasses[] = {"Request", "Indication", "Success Response", "Error Response"};
inline constexpr ValueName kFamilies[] = {{1, "IPv4"}, {2, "IPv6"}};
inline constexpr ValueName kTransports[] = {{6, "TCP"}, {17, "UDP"}};
inline constexpr ValueName kAlgorithms[] = {{0, "Reserved"}, {1, "MD5"}, {2, "SHA-256"}};
inline constexpr ValueName kReserve[] = {{0, "No reservation"}, {1, "Reserve next port number"}};
inline constexpr ValueName kVersions[] = {
    {0, "Draft-00 of RFC-3489bis"}, {1, "RFC-3489"}, {2, "Draft of RFC-5389"}, {3, "RFC-5389/8489"}};
inline constexpr ValueName kStates[] = {{0, "Bad"}, {1, "Good"}};
inline constexpr ValueName kCosts[] = {{0, "Min"}, {10, "Low"}, {50, "Unknown"}, {900, "High"}, {999, "Max"}};
inline constexpr ValueName kMicrosoftVersions[] = {{1, "ICE"},
                                                   {2, "MS-ICE2"},
                                                   {3, "MS-ICE2 with SHA256"},
                                                   {4, "MS-ICE2 with SHA256 and IPv6"},
                                                   {5, "MULTIPLEXED TURN over UDP only"},
                                                   {6, "MULTIPLEXED TURN over UDP and TCP"}};
inline constexpr ValueName kImplementations[] = {{1, "Supports only RFC3489bis-02 message formats"},
                                                 {2, "Supports RFC5389 message formats"},
                                                 {6, "Supports RFC5389 message formats"}};
inline constexpr ValueName kStreams[] = {{1, "Audio"}, {2, "Video"}, {3, "Supplemental Video"}, {4, "Data"}};
inline constexpr ValueName kQualities[] = {{0, "Best effort delivery"}, {1, "Reliable delivery"}};
inline constexpr ValueName kComprehension[] = {{0, "Required"}, {1, "Optional"}};
inline constexpr ValueName kAssignment[] = {{0, "IETF Review"}, {1, "Designated Expert"}};
inline constexpr ValueName kErrors[] = {{274, "Disable Candidate"},
                                        {275, "Disable Candidate Pair"},
                                        {300, "Try Alternate"},
                                        {400, "Bad Request"},
                                        {401, "Unauthenticated"},
                                        {402, "Insufficient Bandwidth"},
                                        {403, "Forbidden"},
                                        {405, "Mobility Forbidden"},
                                        {420, "Unknown Attribute"},
                                        {430, "Stale Credentials"},
                                        {431, "Integrity Check Failure"},
                                        {432, "Missing Username"},
                                        {433, "Use TLS"},
                                        {434, "Missing Realm"},
                                        {435, "Missing Nonce"},
                                        {436, "Unknown User"},
                                        {437, "Allocation Mismatch"},
                                        {438, "Stale Nonce"},
                                        {440, "Address Family not Supported"},
                                        {441, "Wrong Credentials"},
                                        {442, "Unsupported Transport Protocol"},
                                        {443, "Peer Address Family Mismatch"},
                                        {446, "Connection Already Exists"},
                                        {447, "Connection Timeout or Failure"},
                                        {481, "Connection does not exist"},
                                        {486, "Allocation Quota Reached"},
                                        {487, "Role Conflict"},
                                        {500, "Server Error"},
                                        {508, "Insufficient Capacity"},
                                        {600, "Global Failure"}};

struct Fields {
  Field channel{"stun.channel", "Channel Number", x16};
  Field frame_length{"stun.tcp_frame_length", "TCP Frame Length", u16};
  Field type{"stun.type", "Message Type", x16};
  Field type_class{"stun.type.class", "Message Class", bits(x16, 0x0110)};
  Field method{"stun.type.method", "Message Method", bits(x16, 0x3EEF)};
  Field method_assignment{"stun.type.method-assignment", "Message Method Assignment", bits(x16, 0x2000), kAssignment};
  Field length{"stun.length", "Message Length", u16};
  Field cookie{"stun.cookie", "Message Cookie", raw_bytes};
  Field id{"stun.id", "Message Transaction ID", raw_bytes};
  Field version{"stun.network_version", "STUN Network Version", u8, kVersions};
  Field attributes{"stun.attributes", "Attributes"};
  Field attribute{"stun.attribute", "Attribute Type", x16};
  Field response_in{"stun.response-in", "Response In", packet_number};
  Field request_in{"stun.response-to", "Request In", packet_number};
  Field time{"stun.time", "Time", relative_ns};
  Field duplicate{"stun.reqduplicate", "Duplicated original message in", packet_number};
  Field attribute_type{"stun.att.type", "Attribute Type", x16};
  Field comprehension{"stun.att.type.comprehension", "Attribute Type Comprehension", bits(x16, 0x8000), kComprehension};
  Field assignment{"stun.att.type.assignment", "Attribute Type Assignment", bits(x16, 0x4000), kAssignment};
  Field attribute_length{"stun.att.length", "Attribute Length", u16};
  Field family{"stun.att.family", "Protocol Family", x8, kFamilies};
  Field ipv4{"stun.att.ipv4", "IP", ipv4_32};
  Field ipv6{"stun.att.ipv6", "IP", ipv6_128};
  Field port{"stun.att.port", "Port", u16};
  Field ipv4_xor{"stun.att.ipv4-xord", "IP (XOR-d)", raw_bytes};
  Field ipv6_xor{"stun.att.ipv6-xord", "IP (XOR-d)", raw_bytes};
  Field port_xor{"stun.att.port-xord", "Port (XOR-d)", raw_bytes};
  Field username{"stun.att.username", "Username", plain_text};
  Field password{"stun.att.password", "Password", raw_bytes};
  Field padding{"stun.att.padding", "Padding", u16};
  Field hmac{"stun.att.hmac", "HMAC-SHA1", raw_bytes};
  Field crc{"stun.att.crc32", "CRC-32", x32};
  Field crc_status{"stun.att.crc32.status", "CRC-32 Status", u8, kStates};
  Field error_class{"stun.att.error.class", "Error Class", bits(u8, 0x07)};
  Field error{"stun.att.error", "Error Code", u8};
  Field reason{"stun.att.error.reason", "Error Reason Phrase", plain_text};
  Field realm{"stun.att.realm", "Realm", plain_text};
  Field nonce{"stun.att.nonce", "Nonce", plain_text};
  Field unknown{"stun.att.unknown", "Unknown Attribute", x16};
  Field icmp_type{"stun.att.icmp.type", "ICMP type", u8};
  Field icmp_code{"stun.att.icmp.code", "ICMP code", u8};
  Field unknown_8006{"stun.att.unknown8006", "Unknown8006", raw_bytes};
  Field software{"stun.att.software", "Software", plain_text};
  Field priority{"stun.att.priority", "Priority", u32};
  Field tie_breaker{"stun.att.tie-breaker", "Tie breaker", raw_bytes};
  Field lifetime{"stun.att.lifetime", "Lifetime", u32};
  Field change_ip{"stun.att.change-ip", "Change IP", flag(u32, 0x0004, 16), kSet};
  Field change_port{"stun.att.change-port", "Change Port", flag(u32, 0x0002, 16), kSet};
  Field algorithm{"stun.att.pw_alg", "Password Algorithm", u16, kAlgorithms};
  Field algorithm_length{"stun.att.pw_alg_len", "Password Algorithm Length", u16};
  Field algorithm_data{"stun.att.pw_alg_data", "Password Algorithm Data", raw_bytes};
  Field reserve_next{"stun.att.even-port.reserve-next", "Reserve next", bits(u8, 0x80), kReserve};
  Field cache_timeout{"stun.att.cache-timeout", "Cache timeout", u32};
  Field token{"stun.att.token", "Token", raw_bytes};
  Field value{"stun.value", "Value", raw_bytes};
  Field reserved{"stun.att.reserved", "Reserved", raw_bytes};
  Field transport{"stun.att.transp", "Transport", x8, kTransports};
  Field channel_number{"stun.att.channelnum", "Channel-Number", x16};
  Field magic_cookie{"stun.att.magic_cookie", "Magic Cookie", x32};
  Field bandwidth{"stun.port.bandwidth", "Bandwidth", u32};
  Field ms_version{"stun.att.ms.version", "MS Version", u32, kMicrosoftVersions};
  Field ms_implementation{"stun.att.ms.version.ice", "MS ICE Version", u32, kImplementations};
  Field ms_connection{"stun.att.ms.connection_id", "Connection ID", raw_bytes};
  Field ms_sequence{"stun.att.ms.sequence_number", "Sequence Number", u32};
  Field ms_stream{"stun.att.ms.stream_type", "Stream Type", u16, kStreams};
  Field ms_quality{"stun.att.ms.service_quality", "Service Quality", u16, kQualities};
  Field ms_foundation{"stun.att.ms.foundation", "Foundation", plain_text};
  Field ms_session{"stun.att.ms.multiplexed_turn_session_id", "MS Multiplexed TURN Session Id", x64};
  Field network_id{"stun.att.google.network_id", "Google Network ID", u16};
  Field network_cost{"stun.att.google.network_cost", "Google Network Cost", u16, kCosts};
  Field wrong_length{"stun.wrong_msglen", "Packet length is not multiple of 4 bytes"};
  Field unknown_attribute{"stun.unknown_attribute", "Attribute unknown"};
  Field bad_crc{"stun.att.crc32.bad", "Bad Fingerprint"};
};
inline constexpr Fields f;

/// What an attribute's value is.
enum class Shape : uint8_t {
  value,
  nothing,
  address,
  xor_address,
  change_request,
  text,
  raw,
  number,
  error,
  unknown_list,
  channel,
  data,
  family,
  even_port,
  transport,
  algorithms,
  padding,
  icmp,
  fingerprint,
  ms_sequence,
  ms_quality,
  ms_candidate,
  network_info,
  microsoft,
};
struct Attribute {
  uint16_t type;
  std::string_view name;
  Shape shape;
  const Field* field = nullptr;  ///< of a text, a number or raw bytes
};
inline constexpr Attribute kAttributes[] = {
    {0x0001, "MAPPED-ADDRESS", Shape::address},
    {0x0002, "RESPONSE_ADDRESS", Shape::address},
    {0x0003, "CHANGE_REQUEST", Shape::change_request},
    {0x0004, "SOURCE_ADDRESS", Shape::address},
    {0x0005, "CHANGED_ADDRESS", Shape::address},
    {0x0006, "USERNAME", Shape::text, &f.username},
    {0x0007, "PASSWORD", Shape::raw, &f.password},
    {0x0008, "MESSAGE-INTEGRITY", Shape::raw, &f.hmac},
    {0x0009, "ERROR-CODE", Shape::error},
    {0x000A, "UNKNOWN-ATTRIBUTES", Shape::unknown_list},
    {0x000B, "REFLECTED-FROM", Shape::address},
    {0x000C, "CHANNEL-NUMBER", Shape::channel},
    {0x000D, "LIFETIME", Shape::number, &f.lifetime},
    {0x000E, "MS-ALTERNATE-SERVER", Shape::address},
    {0x000F, "MAGIC-COOKIE", Shape::number, &f.magic_cookie},
    {0x0010, "BANDWIDTH", Shape::number, &f.bandwidth},
    {0x0011, "DESTINATION-ADDRESS", Shape::address},
    {0x0012, "XOR-PEER-ADDRESS", Shape::xor_address},
    {0x0013, "DATA", Shape::data},
    {0x0014, "REALM", Shape::text, &f.realm},
    {0x0015, "NONCE", Shape::text, &f.nonce},
    {0x0016, "XOR-RELAYED-ADDRESS", Shape::xor_address},
    {0x0017, "REQUESTED-ADDRESS-FAMILY", Shape::family},
    {0x0018, "EVEN-PORT", Shape::even_port},
    {0x0019, "REQUESTED-TRANSPORT", Shape::transport},
    {0x001A, "DONT-FRAGMENT", Shape::nothing},
    {0x001B, "ACCESS-TOKEN", Shape::value},
    {0x001C, "MESSAGE-INTEGRITY-SHA256", Shape::value},
    {0x001D, "PASSWORD-ALGORITHM", Shape::algorithms},
    {0x001E, "USERHASH", Shape::value},
    {0x0020, "XOR-MAPPED-ADDRESS", Shape::xor_address},
    {0x0022, "RESERVATION-TOKEN", Shape::raw, &f.token},
    {0x0024, "PRIORITY", Shape::number, &f.priority},
    {0x0025, "USE-CANDIDATE", Shape::nothing},
    {0x0026, "PADDING", Shape::padding},
    {0x0027, "XOR-RESPONSE-TARGET", Shape::xor_address},
    {0x0028, "XOR-REFELECTED-FROM", Shape::xor_address},
    {0x002A, "CONNECTION-ID", Shape::value},
    {0x0030, "LEGACY-ICMP", Shape::icmp},
    {0x8000, "ADDITIONAL-ADDRESS-FAMILY", Shape::value},
    {0x8001, "ADDRESS-ERROR-CODE", Shape::value},
    {0x8002, "PASSWORD-ALGORITHMS", Shape::algorithms},
    {0x8003, "ALTERNATE-DOMAIN", Shape::value},
    {0x8004, "ICMP", Shape::icmp},
    {0x8006, "MS-TURN UNKNOWN 8006", Shape::raw, &f.unknown_8006},
    {0x8008, "MS-VERSION", Shape::microsoft, &f.ms_version},
    {0x8020, "MS-XOR-MAPPED-ADDRESS", Shape::xor_address},
    {0x8022, "SOFTWARE", Shape::text, &f.software},
    {0x8023, "ALTERNATE-SERVER", Shape::address},
    {0x8025, "TRANSACTION-TRANSMIT-COUNTER", Shape::value},
    {0x8027, "CACHE-TIMEOUT", Shape::number, &f.cache_timeout},
    {0x8028, "FINGERPRINT", Shape::fingerprint},
    {0x8029, "ICE-CONTROLLED", Shape::raw, &f.tie_breaker},
    {0x802A, "ICE-CONTROLLING", Shape::raw, &f.tie_breaker},
    {0x802B, "RESPONSE-ORIGIN", Shape::address},
    {0x802C, "OTHER-ADDRESS", Shape::address},
    {0x802D, "ECN-CHECK-STUN", Shape::value},
    {0x802E, "THIRD-PARTY-AUTHORIZATION", Shape::value},
    {0x8030, "MOBILITY-TICKET", Shape::value},
    {0x8032, "MS-ALTERNATE-HOST-NAME", Shape::value},
    {0x8037, "MS-APP-ID", Shape::value},
    {0x8039, "MS-SECURE-TAG", Shape::value},
    {0x8050, "MS-SEQUENCE-NUMBER", Shape::ms_sequence},
    {0x8054, "MS-CANDIDATE-IDENTIFIER", Shape::ms_candidate},
    {0x8055, "MS-SERVICE-QUALITY", Shape::ms_quality},
    {0x8070, "MS-IMPLEMENTATION-VERSION", Shape::microsoft, &f.ms_implementation},
    {0x8090, "MS-ALT-MAPPED-ADDRESS", Shape::address},
    {0x8095, "MS-MULTIPLEXED-TURN-SESSION-ID", Shape::raw, &f.ms_session},
    {0xC000, "CISCO-STUN-FLOWDATA", Shape::value},
    {0xC001, "ENF-FLOW-DESCRIPTION", Shape::value},
    {0xC002, "ENF-NETWORK-STATUS", Shape::value},
    {0xC057, "GOOG-NETWORK-INFO", Shape::network_info},
    {0xC058, "GOOG-LAST-ICE-CHECK-RECEIVED", Shape::value},
    {0xC059, "GOOG-MISC-INFO", Shape::value},
    {0xC05A, "GOOG-OBSOLETE-1", Shape::value},
    {0xC05B, "GOOG-CONNECTION-ID", Shape::value},
    {0xC05C, "GOOG-DELTA", Shape::value},
    {0xC05D, "GOOG-DELTA-ACK", Shape::value},
    {0xC060, "GOOG-MESSAGE_INTEGRITY-32", Shape::value},
    {0xFF04, "GOOG-MULTI-MAPPING", Shape::value},
    {0xFF05, "GOOG-LOGGING-ID", Shape::value},
};

}  // namespace tracedrop::dissect::stun
