// The fields of DNS, mDNS and LLMNR, under Wireshark's names. A field is `f.` and its name with `_` for `.`.
#pragma once

#include "protocols/application/dns/names.h"
#include "protocols/application/dns/record_fields.h"

namespace tracedrop::dissect::dns {

/// Header and questions (RFC 1035, section 4.1; RFC 4795, section 2.1.1 for LLMNR; RFC 8490), and what pairs tell.
struct MessageFields {
  Field length{"dns.length", "Length", u16};
  Field flags{"dns.flags", "Flags", x16};
  Field flags_response{"dns.flags.response", "Response", flag(u16, 0x8000),
                       TrueFalse{"Message is a response", "Message is a query"}};
  Field flags_opcode{"dns.flags.opcode", "Opcode", bits(u16, 0x7800), kOpcodeNames};
  Field flags_authoritative{"dns.flags.authoritative", "Authoritative", flag(u16, 0x400),
                            TrueFalse{"Server is an authority for domain", "Server is not an authority for domain"}};
  Field flags_conflict{"dns.flags.conflict", "Conflict", flag(u16, 0x400),
                       TrueFalse{"The sender received multiple responses", "None"}};
  Field flags_truncated{"dns.flags.truncated", "Truncated", flag(u16, 0x200),
                        TrueFalse{"Message is truncated", "Message is not truncated"}};
  Field flags_recdesired{"dns.flags.recdesired", "Recursion desired", flag(u16, 0x100),
                         TrueFalse{"Do query recursively", "Don't do query recursively"}};
  Field flags_tentative{"dns.flags.tentative", "Tentative", flag(u16, 0x100), TrueFalse{"Tentative", "Not tentative"}};
  Field flags_recavail{"dns.flags.recavail", "Recursion available", flag(u16, 0x80),
                       TrueFalse{"Server can do recursive queries", "Server can't do recursive queries"}};
  Field flags_z{"dns.flags.z", "Z", flag(u16, 0x40), TrueFalse{"reserved - incorrect!", "reserved (0)"}};
  Field flags_authenticated{"dns.flags.authenticated", "Answer authenticated", flag(u16, 0x20),
                            TrueFalse{"Answer/authority portion was authenticated by the server",
                                      "Answer/authority portion was not authenticated by the server"}};
  Field flags_ad{"dns.flags.ad", "AD bit", flag(u16, 0x20), kSet};
  Field flags_checkdisable{"dns.flags.checkdisable", "Non-authenticated data", flag(u16, 0x10),
                           TrueFalse{"Acceptable", "Unacceptable"}};
  Field flags_rcode{"dns.flags.rcode", "Reply code", bits(u16, 0xf), kRcodeNames};
  Field id{"dns.id", "Transaction ID", x16};
  Field qry_type{"dns.qry.type", "Type", u16, kTypeNames};
  Field qry_class{"dns.qry.class", "Class", x16, kClassNames};
  Field qry_qu{"dns.qry.qu", "\"QU\" question", flag(u16, 0x8000)};
  Field qry_name{"dns.qry.name", "Name", plain_text};
  Field qry_name_len{"dns.qry.name.len", "Name Length", u16};
  Field count_labels{"dns.count.labels", "Label Count", u16};
  Field count_queries{"dns.count.queries", "Questions", u16};
  Field count_zones{"dns.count.zones", "Zones", u16};
  Field count_answers{"dns.count.answers", "Answer RRs", u16};
  Field count_prerequisites{"dns.count.prerequisites", "Prerequisites", u16};
  Field count_auth_rr{"dns.count.auth_rr", "Authority RRs", u16};
  Field count_updates{"dns.count.updates", "Updates", u16};
  Field response_in{"dns.response_in", "Response In", packet_number};
  Field response_to{"dns.response_to", "Request In", packet_number};
  Field retransmission{"dns.retransmission", "Retransmission", boolean};
  Field retransmit_request_in{"dns.retransmit_request_in", "Retransmitted request. Original request in", packet_number};
  Field retransmit_response_in{"dns.retransmit_response_in", "Retransmitted response. Original response in",
                               packet_number};
  Field time{"dns.time", "Time", relative_ns};
  Field unsolicited{"dns.unsolicited", "Unsolicited", boolean};
  Field count_add_rr{"dns.count.add_rr", "Additional RRs", u16};
  Field extraneous_data{"dns.extraneous.data", "Extraneous Data Bytes", raw_bytes};
  Field extraneous_length{"dns.extraneous.length", "Extraneous Data Length", s32};
  Field dso{"dns.dso", "DNS Stateful Operation"};
  Field dso_tlv{"dns.dso.tlv", "DSO TLV"};
  Field dso_tlv_type{"dns.dso.tlv.type", "Type", u16, kStatefulTypes};
  Field dso_tlv_length{"dns.dso.tlv.length", "Length", u16};
  Field dso_tlv_data{"dns.dso.tlv.data", "Data", raw_bytes};
  Field dso_tlv_keepalive_inactivity{"dns.dso.tlv.keepalive.inactivity", "Inactivity Timeout", u32};
  Field dso_tlv_keepalive_interval{"dns.dso.tlv.keepalive.interval", "Keepalive Interval", u32};
  Field dso_tlv_retrydelay_retrydelay{"dns.dso.tlv.retrydelay.retrydelay", "Retry Delay", u32};
  Field dso_tlv_encpad_padding{"dns.dso.tlv.encpad.padding", "Padding", raw_bytes};
  Field retransmit_request{"dns.retransmit_request", "DNS query retransmission"};
  Field retransmit_response{"dns.retransmit_response", "DNS response retransmission"};
  Field extraneous{"dns.extraneous", "Extraneous data"};
  Field response_missing{"dns.response_missing", "DNS response missing"};
};

/// What every record has (RFC 1035, section 4.1.3; RFC 6762, section 10.2), and the data of the usual ones.
struct RecordFields {
  Field resp_type{"dns.resp.type", "Type", u16, kTypeNames};
  Field resp_class{"dns.resp.class", "Class", x16, kClassNames};
  Field resp_cache_flush{"dns.resp.cache_flush", "Cache flush", flag(u16, 0x8000)};
  Field srv_instance{"dns.srv.instance", "Instance", plain_text};
  Field srv_service{"dns.srv.service", "Service", plain_text};
  Field srv_proto{"dns.srv.proto", "Protocol", plain_text};
  Field srv_name{"dns.srv.name", "Name", plain_text};
  Field srv_priority{"dns.srv.priority", "Priority", u16};
  Field srv_weight{"dns.srv.weight", "Weight", u16};
  Field srv_port{"dns.srv.port", "Port", u16};
  Field srv_target{"dns.srv.target", "Target", plain_text};
  Field naptr_order{"dns.naptr.order", "Order", u16};
  Field naptr_preference{"dns.naptr.preference", "Preference", u16};
  Field naptr_flags_length{"dns.naptr.flags_length", "Flags Length", u8};
  Field naptr_flags{"dns.naptr.flags", "Flags", plain_text};
  Field naptr_service_length{"dns.naptr.service_length", "Service Length", u8};
  Field naptr_service{"dns.naptr.service", "Service", plain_text};
  Field naptr_regex_length{"dns.naptr.regex_length", "Regex Length", u8};
  Field naptr_regex{"dns.naptr.regex", "Regex", plain_text};
  Field naptr_replacement_length{"dns.naptr.replacement_length", "Replacement Length", u8};
  Field naptr_replacement{"dns.naptr.replacement", "Replacement", plain_text};
  Field resp_name{"dns.resp.name", "Name", plain_text};
  Field resp_ttl{"dns.resp.ttl", "Time to live", u32, write_ttl};
  Field resp_len{"dns.resp.len", "Data length", u16};
  Field a{"dns.a", "Address", ipv4_32};
  Field a_ch_domain{"dns.a.ch.domain", "Chaos Domain", plain_text};
  Field a_ch_addr{"dns.a.ch.addr", "Chaos Address", in_base(u16, Base::oct)};
  Field aaaa{"dns.aaaa", "AAAA Address", ipv6_128};
  Field cname{"dns.cname", "CNAME", plain_text};
  Field soa_mname{"dns.soa.mname", "Primary name server", plain_text};
  Field soa_rname{"dns.soa.rname", "Responsible authority's mailbox", plain_text};
  Field soa_rname_name{"dns.soa.rname.name", "Responsible authority's mailbox name", plain_text};
  Field soa_serial_number{"dns.soa.serial_number", "Serial Number", u32};
  Field soa_refresh_interval{"dns.soa.refresh_interval", "Refresh Interval", u32, write_ttl};
  Field soa_retry_interval{"dns.soa.retry_interval", "Retry Interval", u32, write_ttl};
  Field soa_expire_limit{"dns.soa.expire_limit", "Expire limit", u32, write_ttl};
  Field soa_minimum_ttl{"dns.soa.minimum_ttl", "Minimum TTL", u32, write_ttl};
  Field ptr_domain_name{"dns.ptr.domain_name", "Domain Name", plain_text};
  Field hinfo_cpu_length{"dns.hinfo.cpu_length", "CPU Length", u8};
  Field hinfo_cpu{"dns.hinfo.cpu", "CPU", plain_text};
  Field hinfo_os_length{"dns.hinfo.os_length", "OS Length", u8};
  Field hinfo_os{"dns.hinfo.os", "OS", plain_text};
  Field mx_preference{"dns.mx.preference", "Preference", u16};
  Field mx_mail_exchange{"dns.mx.mail_exchange", "Mail Exchange", plain_text};
  Field txt_length{"dns.txt.length", "TXT Length", u8};
  Field txt{"dns.txt", "TXT", plain_text};
  Field spf_length{"dns.spf.length", "SPF Length", u8};
  Field spf{"dns.spf", "SPF", plain_text};
  Field dname{"dns.dname", "Dname", plain_text};
  Field kx_preference{"dns.kx.preference", "Preference", u16};
  Field kx_key_exchange{"dns.kx.key_exchange", "Key Exchange", plain_text};
  Field ns{"dns.ns", "Name Server", plain_text};
  Field data{"dns.data", "Data", raw_bytes};
  Field a_class_undecoded{"dns.a.class.undecoded", "Undecoded class"};
  Field undecoded_type{"dns.undecoded.type", "Undecoded option"};
  Field ttl_high_bit_set{"dns.ttl.high_bit_set", "The uppermost bit of the TTL is set (RFC 2181, section 8)"};
};

/// OPT (RFC 6891, section 6.1) with its options, SVCB and HTTPS (RFC 9460).
struct OptionFields {
  Field resp_ext_rcode{"dns.resp.ext_rcode", "Higher bits in extended RCODE", x8};
  Field resp_edns0_version{"dns.resp.edns0_version", "EDNS0 version", u8};
  Field resp_z{"dns.resp.z", "Z", x16};
  Field resp_z_do{"dns.resp.z.do", "DO bit", flag(u16, 0x8000),
                  TrueFalse{"Accepts DNSSEC security RRs", "Cannot handle DNSSEC security RRs"}};
  Field resp_z_reserved{"dns.resp.z.reserved", "Reserved", bits(x16, 0x7fff)};
  Field rr_udp_payload_size{"dns.rr.udp_payload_size", "UDP payload size", bits(x16, 0x7fff)};
  Field svcb_svcpriority{"dns.svcb.svcpriority", "SvcPriority", u16};
  Field svcb_targetname{"dns.svcb.targetname", "TargetName", plain_text};
  Field svcb_svcparam_key{"dns.svcb.svcparam.key", "SvcParamKey", u16, kServiceKeyNames};
  Field svcb_svcparam_value_length{"dns.svcb.svcparam.value.length", "SvcParamValue length", u16};
  Field svcb_svcparam_value{"dns.svcb.svcparam.value", "SvcParamValue", raw_bytes};
  Field svcb_svcparam{"dns.svcb.svcparam", "SvcParam"};
  Field svcb_svcparam_mandatory_key{"dns.svcb.svcparam.mandatory.key", "Mandatory key", u16, kServiceKeyNames};
  Field svcb_svcparam_alpn_length{"dns.svcb.svcparam.alpn.length", "ALPN length", u8};
  Field svcb_svcparam_alpn{"dns.svcb.svcparam.alpn", "ALPN", plain_text};
  Field svcb_svcparam_port{"dns.svcb.svcparam.port", "Port", u16};
  Field svcb_svcparam_ipv4hint_ip{"dns.svcb.svcparam.ipv4hint.ip", "IP", ipv4_32};
  Field svcb_svcparam_ipv6hint_ip{"dns.svcb.svcparam.ipv6hint.ip", "IP", ipv6_128};
  Field svcb_svcparam_dohpath{"dns.svcb.svcparam.dohpath", "DoH path", plain_text};
  Field svcb_svcparam_odohconfig{"dns.svcb.svcparam.odohconfig", "ODoHConfig", raw_bytes};
  Field opt{"dns.opt", "Option"};
  Field opt_code{"dns.opt.code", "Option Code", u16, kOptionNames};
  Field opt_len{"dns.opt.len", "Option Length", u16};
  Field opt_data{"dns.opt.data", "Option Data", raw_bytes};
  Field opt_dau{"dns.opt.dau", "DAU", u8, kAlgorithms};
  Field opt_dhu{"dns.opt.dhu", "DHU", u8, kDigestTypes};
  Field opt_n3u{"dns.opt.n3u", "N3U", u8, kHashAlgorithms};
  Field opt_client_family{"dns.opt.client.family", "Family", u16, kAddressFamilies};
  Field opt_client_netmask{"dns.opt.client.netmask", "Source Netmask", u8};
  Field opt_client_scope{"dns.opt.client.scope", "Scope Netmask", u8};
  Field opt_client_addr{"dns.opt.client.addr", "Client Subnet", raw_bytes};
  Field opt_client_addr4{"dns.opt.client.addr4", "Client Subnet", ipv4_32};
  Field opt_client_addr6{"dns.opt.client.addr6", "Client Subnet", ipv6_128};
  Field opt_cookie_client{"dns.opt.cookie.client", "Client Cookie", raw_bytes};
  Field opt_cookie_server{"dns.opt.cookie.server", "Server Cookie", raw_bytes};
  Field opt_edns_tcp_keepalive_timeout{"dns.opt.edns_tcp_keepalive.timeout", "Timeout", u16};
  Field opt_padding{"dns.opt.padding", "Padding", raw_bytes};
  Field opt_chain_fqdn{"dns.opt.chain.fqdn", "Closest Trust Point", plain_text};
  Field opt_ext_error_info_code{"dns.opt.ext_error.info_code", "Info Code", u16, kExtendedErrors};
  Field opt_ext_error_extra_text{"dns.opt.ext_error.extra_text", "Extra Text", plain_text};
  Field opt_agent_domain{"dns.opt.agent_domain", "Agent Domain", plain_text};
  Field opt_zoneversion_labelcount{"dns.opt.zoneversion.labelcount", "Labelcount", u8};
  Field opt_zoneversion_type{"dns.opt.zoneversion.type", "Type", u8, kZoneVersionTypes};
  Field opt_zoneversion_soa{"dns.opt.zoneversion.soa", "SOA-SERIAL", u32};
  Field opt_zoneversion_version{"dns.opt.zoneversion.version", "Version", raw_bytes};
  Field rr_opt_bad_length{"dns.rr.opt.bad_length", "Length too long for any type of IP address."};
  Field depr_opc{"dns.depr.opc", "Deprecated opcode"};
};

struct Fields : MessageFields, RecordFields, OptionFields, SecurityFields, RareFields {};
inline constexpr Fields f{};

}  // namespace tracedrop::dissect::dns
