// The fields of DNS, mDNS and LLMNR, under Wireshark's names.
#pragma once

#include "dissect/field.h"
#include "protocols/application/dns/names.h"

namespace tracedrop::dissect::dns::field {

// The header (RFC 1035, section 4.1.1; RFC 2535, section 6.1; RFC 4795, section 2.1.1 for LLMNR).
inline constexpr Field length{"dns.length", "Length", u16};
inline constexpr Field id{"dns.id", "Transaction ID", x16};
inline constexpr Field flags{"dns.flags", "Flags", x16};
inline constexpr Field response{"dns.flags.response", "Response", flag(u8, 0x8000)};
inline constexpr Field opcode{"dns.flags.opcode", "Opcode", bits(u16, 0x7800), kOpcodeNames};
inline constexpr Field authoritative{"dns.flags.authoritative", "Authoritative", flag(u8, 0x0400)};
inline constexpr Field conflict{"dns.flags.conflict", "Conflict", flag(u8, 0x0400)};
inline constexpr Field truncated{"dns.flags.truncated", "Truncated", flag(u8, 0x0200)};
inline constexpr Field recursion_desired{"dns.flags.recdesired", "Recursion desired", flag(u8, 0x0100)};
inline constexpr Field tentative{"dns.flags.tentative", "Tentative", flag(u8, 0x0100)};
inline constexpr Field recursion_available{"dns.flags.recavail", "Recursion available", flag(u8, 0x0080)};
inline constexpr Field zero{"dns.flags.z", "Z", flag(u8, 0x0040)};
inline constexpr Field authenticated{"dns.flags.authenticated", "Answer authenticated", flag(u8, 0x0020)};
inline constexpr Field authentic_data{"dns.flags.ad", "AD bit", flag(u8, 0x0020)};
inline constexpr Field checking_disabled{"dns.flags.checkdisable", "Non-authenticated data", flag(u8, 0x0010)};
inline constexpr Field rcode{"dns.flags.rcode", "Reply code", bits(u16, 0x000F), kRcodeNames};
inline constexpr Field query_count{"dns.count.queries", "Questions", u16};
inline constexpr Field zone_count{"dns.count.zones", "Zones", u16};
inline constexpr Field answer_count{"dns.count.answers", "Answer RRs", u16};
inline constexpr Field prerequisite_count{"dns.count.prerequisites", "Prerequisites", u16};
inline constexpr Field authority_count{"dns.count.auth_rr", "Authority RRs", u16};
inline constexpr Field update_count{"dns.count.updates", "Updates", u16};
inline constexpr Field additional_count{"dns.count.add_rr", "Additional RRs", u16};

// Queries and records (RFC 1035, section 4.1; RFC 6762, sections 5.4 and 10.2).
inline constexpr Field query_name{"dns.qry.name", "Name", plain_text};
inline constexpr Field query_name_len{"dns.qry.name.len", "Name Length", u16};
inline constexpr Field label_count{"dns.count.labels", "Label Count", u16};
inline constexpr Field query_type{"dns.qry.type", "Type", u16, kTypeNames};
inline constexpr Field query_class{"dns.qry.class", "Class", x16, kClassNames};
inline constexpr Field unicast_question{"dns.qry.qu", "\"QU\" question", flag(u8, 0x8000)};
inline constexpr Field record_name{"dns.resp.name", "Name", plain_text};
inline constexpr Field record_type{"dns.resp.type", "Type", u16, kTypeNames};
inline constexpr Field record_class{"dns.resp.class", "Class", x16, kClassNames};
inline constexpr Field cache_flush{"dns.resp.cache_flush", "Cache flush", flag(u8, 0x8000)};
inline constexpr Field ttl{"dns.resp.ttl", "Time to live", u32};
inline constexpr Field data_len{"dns.resp.len", "Data length", u16};

// Data of records.
inline constexpr Field a{"dns.a", "Address", ipv4_32};
inline constexpr Field chaos_domain{"dns.a.ch.domain", "Chaos Domain", plain_text};
inline constexpr Field chaos_address{"dns.a.ch.addr", "Chaos Address", u16};
inline constexpr Field aaaa{"dns.aaaa", "AAAA Address", ipv6_128};
inline constexpr Field ns{"dns.ns", "Name Server", plain_text};
inline constexpr Field cname{"dns.cname", "CNAME", plain_text};
inline constexpr Field dname{"dns.dname", "Dname", plain_text};
inline constexpr Field ptr{"dns.ptr.domain_name", "Domain Name", plain_text};
inline constexpr Field soa_mname{"dns.soa.mname", "Primary name server", plain_text};
inline constexpr Field soa_rname{"dns.soa.rname", "Responsible authority's mailbox", plain_text};
inline constexpr Field soa_serial{"dns.soa.serial_number", "Serial Number", u32};
inline constexpr Field soa_refresh{"dns.soa.refresh_interval", "Refresh Interval", u32};
inline constexpr Field soa_retry{"dns.soa.retry_interval", "Retry Interval", u32};
inline constexpr Field soa_expire{"dns.soa.expire_limit", "Expire limit", u32};
inline constexpr Field soa_minimum{"dns.soa.minimum_ttl", "Minimum TTL", u32};
inline constexpr Field wks_address{"dns.wks.address", "Address", ipv4_32};
inline constexpr Field wks_protocol{"dns.wks.protocol", "Protocol", u8};
inline constexpr Field hinfo_cpu_len{"dns.hinfo.cpu_length", "CPU Length", u8};
inline constexpr Field hinfo_cpu{"dns.hinfo.cpu", "CPU", plain_text};
inline constexpr Field hinfo_os_len{"dns.hinfo.os_length", "OS Length", u8};
inline constexpr Field hinfo_os{"dns.hinfo.os", "OS", plain_text};
inline constexpr Field mx_preference{"dns.mx.preference", "Preference", u16};
inline constexpr Field mx_exchange{"dns.mx.mail_exchange", "Mail Exchange", plain_text};
inline constexpr Field txt_len{"dns.txt.length", "TXT Length", u8};
inline constexpr Field txt{"dns.txt", "TXT", plain_text};
inline constexpr Field spf_len{"dns.spf.length", "SPF Length", u8};
inline constexpr Field spf{"dns.spf", "SPF", plain_text};
inline constexpr Field srv_priority{"dns.srv.priority", "Priority", u16};
inline constexpr Field srv_weight{"dns.srv.weight", "Weight", u16};
inline constexpr Field srv_port{"dns.srv.port", "Port", u16};
inline constexpr Field srv_target{"dns.srv.target", "Target", plain_text};
inline constexpr Field naptr_order{"dns.naptr.order", "Order", u16};
inline constexpr Field naptr_preference{"dns.naptr.preference", "Preference", u16};
inline constexpr Field naptr_flags_len{"dns.naptr.flags_length", "Flags Length", u8};
inline constexpr Field naptr_flags{"dns.naptr.flags", "Flags", plain_text};
inline constexpr Field naptr_service_len{"dns.naptr.service_length", "Service Length", u8};
inline constexpr Field naptr_service{"dns.naptr.service", "Service", plain_text};
inline constexpr Field naptr_regex_len{"dns.naptr.regex_length", "Regex Length", u8};
inline constexpr Field naptr_regex{"dns.naptr.regex", "Regex", plain_text};
inline constexpr Field naptr_replacement{"dns.naptr.replacement", "Replacement", plain_text};
inline constexpr Field kx_preference{"dns.kx.preference", "Preference", u16};
inline constexpr Field kx_exchange{"dns.kx.key_exchange", "Key Exchange", plain_text};
inline constexpr Field a6_prefix_len{"dns.a6.prefix_len", "Prefix len", u8};
inline constexpr Field a6_suffix{"dns.a6.address_suffix", "Address Suffix", ipv6_128};
inline constexpr Field a6_prefix_name{"dns.a6.prefix_name", "Prefix name", plain_text};
inline constexpr Field nxt_next{"dns.nxt.next_domain_name", "Next Domain Name", plain_text};
inline constexpr Field nsec_next{"dns.nsec.next_domain_name", "Next Domain Name", plain_text};
inline constexpr Field uri_priority{"dns.uri.priority", "Priority", u16};
inline constexpr Field uri_weight{"dns.uri.weight", "Weight", u16};
inline constexpr Field uri_target{"dns.uri.target", "Target", plain_text};
inline constexpr Field ds_key_id{"dns.ds.key_id", "Key id", x16};
inline constexpr Field ds_algorithm{"dns.ds.algorithm", "Algorithm", u8};
inline constexpr Field ds_digest_type{"dns.ds.digest_type", "Digest Type", u8};
inline constexpr Field ds_digest{"dns.ds.digest", "Digest", raw_bytes};
inline constexpr Field sshfp_algorithm{"dns.sshfp.algorithm", "Algorithm", u8};
inline constexpr Field sshfp_type{"dns.sshfp.fingerprint.type", "Fingerprint type", u8};
inline constexpr Field sshfp_fingerprint{"dns.sshfp.fingerprint", "Fingerprint", raw_bytes};
inline constexpr Field dnskey_flags{"dns.dnskey.flags", "Flags", x16};
inline constexpr Field dnskey_protocol{"dns.dnskey.protocol", "Protocol", u8};
inline constexpr Field dnskey_algorithm{"dns.dnskey.algorithm", "Algorithm", u8};
inline constexpr Field dnskey_key{"dns.dnskey.public_key", "Public Key", raw_bytes};
inline constexpr Field rrsig_covered{"dns.rrsig.type_covered", "Type Covered", u16, kTypeNames};
inline constexpr Field rrsig_algorithm{"dns.rrsig.algorithm", "Algorithm", u8};
inline constexpr Field rrsig_labels{"dns.rrsig.labels", "Labels", u8};
inline constexpr Field rrsig_ttl{"dns.rrsig.original_ttl", "Original TTL", u32};
inline constexpr Field rrsig_key_tag{"dns.rrsig.key_tag", "Key Tag", u16};
inline constexpr Field rrsig_signer{"dns.rrsig.signers_name", "Signer's name", plain_text};
inline constexpr Field rrsig_signature{"dns.rrsig.signature", "Signature", raw_bytes};
inline constexpr Field nsec3_algorithm{"dns.nsec3.algo", "Hash algorithm", u8};
inline constexpr Field nsec3_flags{"dns.nsec3.flags", "NSEC3 flags", u8};
inline constexpr Field nsec3_iterations{"dns.nsec3.iterations", "NSEC3 iterations", u16};
inline constexpr Field nsec3_salt_len{"dns.nsec3.salt_length", "Salt length", u8};
inline constexpr Field nsec3_salt{"dns.nsec3.salt_value", "Salt value", raw_bytes};
inline constexpr Field nsec3_hash_len{"dns.nsec3.hash_length", "Hash length", u8};
inline constexpr Field tlsa_usage{"dns.tlsa.certificate_usage", "Certificate Usage", u8};
inline constexpr Field tlsa_selector{"dns.tlsa.selector", "Selector", u8};
inline constexpr Field tlsa_matching{"dns.tlsa.matching_type", "Matching Type", u8};
inline constexpr Field tlsa_data{"dns.tlsa.certificate_association_data", "Certificate Association Data", raw_bytes};
inline constexpr Field tsig_algorithm{"dns.tsig.algorithm_name", "Algorithm Name", plain_text};
inline constexpr Field tsig_fudge{"dns.tsig.fudge", "Fudge", u16};
inline constexpr Field tsig_mac_size{"dns.tsig.mac_size", "MAC Size", u16};
inline constexpr Field tsig_original_id{"dns.tsig.original_id", "Original Id", u16};
inline constexpr Field tsig_error{"dns.tsig.error", "Error", u16, kRcodeNames};
inline constexpr Field tsig_other_len{"dns.tsig.other_len", "Other Len", u16};
inline constexpr Field tsig_other{"dns.tsig.other_data", "Other Data", raw_bytes};
inline constexpr Field tkey_algorithm{"dns.tkey.algo_name", "Algorithm name", plain_text};
inline constexpr Field tkey_mode{"dns.tkey.mode", "Mode", u16};
inline constexpr Field tkey_error{"dns.tkey.error", "Error", u16, kRcodeNames};
inline constexpr Field tkey_key_size{"dns.tkey.key_size", "Key Size", u16};
inline constexpr Field tkey_key{"dns.tkey.key_data", "Key Data", raw_bytes};
inline constexpr Field tkey_other_size{"dns.tkey.other_size", "Other Size", u16};
inline constexpr Field tkey_other{"dns.tkey.other_data", "Other Data", raw_bytes};
inline constexpr Field caa_flags{"dns.caa.flags", "CAA Flags", x8};
inline constexpr Field caa_tag_len{"dns.caa.tag_length", "Tag length", u8};
inline constexpr Field caa_tag{"dns.caa.tag", "Tag", plain_text};
inline constexpr Field caa_value{"dns.caa.value", "Value", plain_text};
inline constexpr Field opt_payload_size{"dns.rr.udp_payload_size", "UDP payload size", x16};
inline constexpr Field opt_rcode{"dns.resp.ext_rcode", "Higher bits in extended RCODE", x8};
inline constexpr Field opt_version{"dns.resp.edns0_version", "EDNS0 version", u8};
inline constexpr Field opt_z{"dns.resp.z", "Z", x16};
inline constexpr Field opt_dnssec_ok{"dns.resp.z.do", "DO bit", flag(u8, 0x8000)};
inline constexpr Field opt_code{"dns.opt.code", "Option Code", u16, kOptionNames};
inline constexpr Field opt_len{"dns.opt.len", "Option Length", u16};
inline constexpr Field opt_data{"dns.opt.data", "Option Data", raw_bytes};
inline constexpr Field svcb_priority{"dns.svcb.svcpriority", "SvcPriority", u16};
inline constexpr Field svcb_target{"dns.svcb.targetname", "TargetName", plain_text};
inline constexpr Field svcb_key{"dns.svcb.svcparam.key", "SvcParamKey", u16, kServiceKeyNames};
inline constexpr Field svcb_len{"dns.svcb.svcparam.value.length", "SvcParamValue length", u16};
inline constexpr Field svcb_value{"dns.svcb.svcparam.value", "SvcParamValue", raw_bytes};
inline constexpr Field svcb_mandatory{"dns.svcb.svcparam.mandatory.key", "Mandatory key", u16, kServiceKeyNames};
inline constexpr Field svcb_alpn_len{"dns.svcb.svcparam.alpn.length", "ALPN length", u8};
inline constexpr Field svcb_alpn{"dns.svcb.svcparam.alpn", "ALPN", plain_text};
inline constexpr Field svcb_port{"dns.svcb.svcparam.port", "Port", u16};
inline constexpr Field svcb_ipv4{"dns.svcb.svcparam.ipv4hint.ip", "IP", ipv4_32};
inline constexpr Field svcb_ipv6{"dns.svcb.svcparam.ipv6hint.ip", "IP", ipv6_128};

inline constexpr const Field* kAll[] = {
    &length,
    &id,
    &flags,
    &response,
    &opcode,
    &authoritative,
    &conflict,
    &truncated,
    &recursion_desired,
    &tentative,
    &recursion_available,
    &zero,
    &authenticated,
    &authentic_data,
    &checking_disabled,
    &rcode,
    &query_count,
    &zone_count,
    &answer_count,
    &prerequisite_count,
    &authority_count,
    &update_count,
    &additional_count,
    &query_name,
    &query_name_len,
    &label_count,
    &query_type,
    &query_class,
    &unicast_question,
    &record_name,
    &record_type,
    &record_class,
    &cache_flush,
    &ttl,
    &data_len,
    &a,
    &chaos_domain,
    &chaos_address,
    &aaaa,
    &ns,
    &cname,
    &dname,
    &ptr,
    &soa_mname,
    &soa_rname,
    &soa_serial,
    &soa_refresh,
    &soa_retry,
    &soa_expire,
    &soa_minimum,
    &wks_address,
    &wks_protocol,
    &hinfo_cpu_len,
    &hinfo_cpu,
    &hinfo_os_len,
    &hinfo_os,
    &mx_preference,
    &mx_exchange,
    &txt_len,
    &txt,
    &spf_len,
    &spf,
    &srv_priority,
    &srv_weight,
    &srv_port,
    &srv_target,
    &naptr_order,
    &naptr_preference,
    &naptr_flags_len,
    &naptr_flags,
    &naptr_service_len,
    &naptr_service,
    &naptr_regex_len,
    &naptr_regex,
    &naptr_replacement,
    &kx_preference,
    &kx_exchange,
    &a6_prefix_len,
    &a6_suffix,
    &a6_prefix_name,
    &nxt_next,
    &nsec_next,
    &uri_priority,
    &uri_weight,
    &uri_target,
    &ds_key_id,
    &ds_algorithm,
    &ds_digest_type,
    &ds_digest,
    &sshfp_algorithm,
    &sshfp_type,
    &sshfp_fingerprint,
    &dnskey_flags,
    &dnskey_protocol,
    &dnskey_algorithm,
    &dnskey_key,
    &rrsig_covered,
    &rrsig_algorithm,
    &rrsig_labels,
    &rrsig_ttl,
    &rrsig_key_tag,
    &rrsig_signer,
    &rrsig_signature,
    &nsec3_algorithm,
    &nsec3_flags,
    &nsec3_iterations,
    &nsec3_salt_len,
    &nsec3_salt,
    &nsec3_hash_len,
    &tlsa_usage,
    &tlsa_selector,
    &tlsa_matching,
    &tlsa_data,
    &tsig_algorithm,
    &tsig_fudge,
    &tsig_mac_size,
    &tsig_original_id,
    &tsig_error,
    &tsig_other_len,
    &tsig_other,
    &tkey_algorithm,
    &tkey_mode,
    &tkey_error,
    &tkey_key_size,
    &tkey_key,
    &tkey_other_size,
    &tkey_other,
    &caa_flags,
    &caa_tag_len,
    &caa_tag,
    &caa_value,
    &opt_payload_size,
    &opt_rcode,
    &opt_version,
    &opt_z,
    &opt_dnssec_ok,
    &opt_code,
    &opt_len,
    &opt_data,
    &svcb_priority,
    &svcb_target,
    &svcb_key,
    &svcb_len,
    &svcb_value,
    &svcb_mandatory,
    &svcb_alpn_len,
    &svcb_alpn,
    &svcb_port,
    &svcb_ipv4,
    &svcb_ipv6,
};

}  // namespace tracedrop::dissect::dns::field
