// What SNMP tells in trees: RFC 1157, 1901, 1910, 3412, 3414, 3416.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::snmp {

inline constexpr ValueName kVersions[] = {{0, "version-1"}, {1, "v2c"}, {2, "v2u"}, {3, "snmpv3"}};
enum Pdu : uint8_t { kGet, kGetNext, kResponse, kSet, kTrap, kGetBulk, kInform, kTrap2, kReport };
inline constexpr ValueName kPdus[] = {
    {kGet, "get-request"}, {kGetNext, "get-next-request"}, {kResponse, "get-response"}, {kSet, "set-request"},
    {kTrap, "trap"},       {kGetBulk, "getBulkRequest"},   {kInform, "informRequest"},  {kTrap2, "snmpV2-trap"},
    {kReport, "report"}};
inline constexpr ValueName kErrors[] = {{0, "noError"},
                                        {1, "tooBig"},
                                        {2, "noSuchName"},
                                        {3, "badValue"},
                                        {4, "readOnly"},
                                        {5, "genErr"},
                                        {6, "noAccess"},
                                        {7, "wrongType"},
                                        {8, "wrongLength"},
                                        {9, "wrongEncoding"},
                                        {10, "wrongValue"},
                                        {11, "noCreation"},
                                        {12, "inconsistentValue"},
                                        {13, "resourceUnavailable"},
                                        {14, "commitFailed"},
                                        {15, "undoFailed"},
                                        {16, "authorizationError"},
                                        {17, "notWritable"},
                                        {18, "inconsistentName"}};
inline constexpr ValueName kTraps[] = {
    {0, "coldStart"},       {1, "warmStart"},         {2, "linkDown"}, {3, "linkUp"}, {4, "authenticationFailure"},
    {5, "egpNeighborLoss"}, {6, "enterpriseSpecific"}};
inline constexpr ValueName kModels[] = {{0, "Any"}, {1, "V1"}, {2, "V2C"}, {3, "USM"}};
inline constexpr ValueName kDataKinds[] = {{0, "plaintext"}, {1, "encryptedPDU"}};
inline constexpr ValueName kDataKinds2[] = {{0, "plaintext"}, {1, "encrypted"}};
inline constexpr RangeName kEngineFormats[] = {{0, 0, "Reserved/Enterprise-specific"},
                                               {1, 1, "IPv4 address"},
                                               {2, 2, "IPv6 address"},
                                               {3, 3, "MAC address"},
                                               {4, 4, "Text, administratively assigned"},
                                               {5, 5, "Octets, administratively assigned"},
                                               {6, 6, "Local engine"},
                                               {7, 255, "Reserved/Enterprise-specific"}};
inline constexpr ValueName kCiscoTypes[] = {{0, "Agent"}, {1, "Manager"}};
inline constexpr TrueFalse kConformance{"RFC3411 (SNMPv3)", "RFC1910 (Non-SNMPv3)"};

struct Fields {
  Field response_in{"snmp.response_in", "Response In", packet_number};
  Field response_to{"snmp.response_to", "Response To", packet_number};
  Field time{"snmp.time", "Time", relative_ns};

  Field version{"snmp.version", "version", s32, kVersions};
  Field community{"snmp.community", "community", plain_text};
  Field data{"snmp.data", "data", u32, kPdus};
  Field parameters{"snmp.parameters", "parameters", raw_bytes};
  Field data_v2u{"snmp.datav2u", "datav2u", u32, kDataKinds2};
  Field plaintext_v2u{"snmp.v2u_plaintext", "plaintext", u32, kPdus};
  Field encrypted_v2u{"snmp.encrypted", "encrypted", raw_bytes};

  Field message_version{"snmp.msgVersion", "msgVersion", s32, kVersions};
  Field global_data{"snmp.msgGlobalData_element", "msgGlobalData"};
  Field message_id{"snmp.msgID", "msgID", u32};
  Field max_size{"snmp.msgMaxSize", "msgMaxSize", u32};
  Field flags{"snmp.msgFlags", "msgFlags", raw_bytes};
  Field reportable{"snmp.v3.flags.report", "Reportable", flag(u8, 0x04), dissect::kSet};
  Field encrypted{"snmp.v3.flags.crypt", "Encrypted", flag(u8, 0x02), dissect::kSet};
  Field authenticated{"snmp.v3.flags.auth", "Authenticated", flag(u8, 0x01), dissect::kSet};
  Field security_model{"snmp.msgSecurityModel", "msgSecurityModel", u32, kModels};
  Field security_parameters{"snmp.msgSecurityParameters", "msgSecurityParameters", raw_bytes};
  Field engine_id{"snmp.msgAuthoritativeEngineID", "msgAuthoritativeEngineID", raw_bytes};
  Field engine_boots{"snmp.msgAuthoritativeEngineBoots", "msgAuthoritativeEngineBoots", u32};
  Field engine_time{"snmp.msgAuthoritativeEngineTime", "msgAuthoritativeEngineTime", u32};
  Field user_name{"snmp.msgUserName", "msgUserName", plain_text};
  Field authentication{"snmp.msgAuthenticationParameters", "msgAuthenticationParameters", raw_bytes};
  Field privacy{"snmp.msgPrivacyParameters", "msgPrivacyParameters", raw_bytes};
  Field message_data{"snmp.msgData", "msgData", u32, kDataKinds};
  Field plaintext{"snmp.plaintext_element", "plaintext"};
  Field encrypted_pdu{"snmp.encryptedPDU", "encryptedPDU", raw_bytes};
  Field context_engine_id{"snmp.contextEngineID", "contextEngineID", raw_bytes};
  Field context_name{"snmp.contextName", "contextName", plain_text};

  Field conformance{"snmp.engineid.conform", "Engine ID Conformance", flag(u8, 0x80), kConformance};
  Field enterprise_id{"snmp.engineid.enterprise", "Engine Enterprise ID", u32};
  Field engine_format{"snmp.engineid.format", "Engine ID Format", u8, kEngineFormats};
  Field engine_ipv4{"snmp.engineid.ipv4", "Engine ID Data: IPv4 address", ipv4_32};
  Field engine_ipv6{"snmp.engineid.ipv6", "Engine ID Data: IPv6 address", ipv6_128};
  Field engine_cisco_type{"snmp.engineid.cisco.type", "Engine ID Data: Cisco type", x8, kCiscoTypes};
  Field engine_mac{"snmp.engineid.mac", "Engine ID Data: MAC address", mac48};
  Field engine_text{"snmp.engineid.text", "Engine ID Data: Text", plain_text};
  Field engine_created{"snmp.engineid.time", "Engine ID Data: Creation Time", utc_ns};
  Field agent_trailer{"snmp.agentid_trailer", "AgentID Trailer", raw_bytes};
  Field engine_data{"snmp.engineid.data", "Engine ID Data", raw_bytes};

  Field get_request{"snmp.get_request_element", "get-request"};
  Field get_next_request{"snmp.get_next_request_element", "get-next-request"};
  Field get_response{"snmp.get_response_element", "get-response"};
  Field set_request{"snmp.set_request_element", "set-request"};
  Field trap{"snmp.trap_element", "trap"};
  Field get_bulk_request{"snmp.getBulkRequest_element", "getBulkRequest"};
  Field inform_request{"snmp.informRequest_element", "informRequest"};
  Field trap_v2{"snmp.snmpV2_trap_element", "snmpV2-trap"};
  Field report{"snmp.report_element", "report"};
  Field request_id{"snmp.request_id", "request-id", s32};
  Field error_status{"snmp.error_status", "error-status", s32, kErrors};
  Field error_index{"snmp.error_index", "error-index", s32};
  Field non_repeaters{"snmp.non_repeaters", "non-repeaters", u32};
  Field max_repetitions{"snmp.max_repetitions", "max-repetitions", u32};
  Field enterprise{"snmp.enterprise", "enterprise", object_id};
  Field agent_address{"snmp.agent_addr", "agent-addr", ipv4_32};
  Field generic_trap{"snmp.generic_trap", "generic-trap", s32, kTraps};
  Field specific_trap{"snmp.specific_trap", "specific-trap", s32};
  Field time_stamp{"snmp.time_stamp", "time-stamp", u32};
  Field variable_bindings{"snmp.variable_bindings", "variable-bindings", u32};

  Field name{"snmp.name", "Object Name", object_id};
  Field no_such_object{"snmp.noSuchObject", "noSuchObject"};
  Field no_such_instance{"snmp.noSuchInstance", "noSuchInstance"};
  Field end_of_view{"snmp.endOfMibView", "endOfMibView"};
  Field value_int{"snmp.value.int", "Value (Integer32)", s64};
  Field value_octets{"snmp.value.octets", "Value (OctetString)", raw_bytes};
  Field value_oid{"snmp.value.oid", "Value (OID)", object_id};
  Field value_null{"snmp.value.null", "Value (Null)"};
  Field value_ipv4{"snmp.value.ipv4", "Value (IpAddress)", ipv4_32};
  Field value_ipv6{"snmp.value.ipv6", "Value (IpAddress)", ipv6_128};
  Field value_address{"snmp.value.addr", "Value (IpAddress)", raw_bytes};
  Field value_unsigned{"snmp.value.u32", "Value (Unsigned32)", s64};
  Field value_gauge{"snmp.value.g32", "Value (Gauge32)", s64};
  Field value_unknown{"snmp.value.unk", "Value (Unknown)", raw_bytes};
  Field value_counter{"snmp.value.counter", "Value (Counter32)", u64};
  Field value_nsap{"snmp.value.nsap", "Value (NSAP)", u64};
  Field value_ticks{"snmp.value.timeticks", "Value (Timeticks)", u64};
  Field value_opaque{"snmp.value.opaque", "Value (Opaque)", raw_bytes};
  Field value_text{"snmp.var-bind_str", "Variable-binding-string", plain_text};

  Field unknown_version{"snmp.version.unknown", "Unknown version"};
  Field obsolete_trap{"snmp.trap_pdu_obsolete", "Trap-PDU is obsolete in this SNMP version"};
  Field not_rfc1910{"snmp.rfc1910_non_conformant", "Data not conforming to RFC1910"};
  Field not_rfc3411{"snmp.rfc3411_non_conformant", "Data not conforming to RFC3411"};
  Field has_indicator{"snmp.varbind.has_indicator", "VarBind has indicator set"};
  Field name_not_oid{"snmp.objectname_not_oid", "ObjectName not an OID"};
  Field name_has_indicator{"snmp.objectname_has_indicator", "ObjectName has indicator set"};
  Field value_not_primitive{"snmp.value_not_primitive_encoding", "value not in primitive encoding"};
  Field invalid_oid{"snmp.invalid_oid", "invalid oid"};
  Field wrong_tag{"snmp.varbind.wrong_tag", "Wrong tag for SNMP VarBind error value"};
  Field exception{"snmp.varbind.response", "Response"};
  Field missing_mib{"snmp.missing_mib", "Unresolved value, Missing MIB"};
  Field wrong_length{"snmp.varbind.wrong_length_value", "Wrong length for SNMP VarBind/value"};
  Field no_integer{"snmp.integral_value0", "Integral value is zero-length"};
  Field integer_too_large{"snmp.int_too_large", "Signed integer value > 2^63 - 1 or <= -2^63"};
  Field unsigned_too_large{"snmp.uint_too_large", "Unsigned integer value > 2^64 - 1"};
};
inline constexpr Fields f;

}  // namespace tracedrop::dissect::snmp
