// The fields of DNS, mDNS and LLMNR, under Wireshark's names: those of records that are keys, proofs or seldom seen. A
// field is `f.` and its name with `_` for `.`
#pragma once

#include "protocols/application/dns/names.h"

namespace tracedrop::dissect::dns {

/// Keys, signatures and what they prove.
struct SecurityFields {
  Field openpgpkey{"dns.openpgpkey", "OpenPGP Key", plain_text};
  Field csync_soa{"dns.csync.soa", "SOA", u32};
  Field csync_flags{"dns.csync.flags", "Flags", x16};
  Field csync_flags_immediate{"dns.csync.flags.immediate", "immediate", flag(u16, 0x1)};
  Field csync_flags_soaminimum{"dns.csync.flags.soaminimum", "soaminimum", flag(u16, 0x2)};
  Field csync_type_bitmap{"dns.csync.type_bitmap", "Type Bitmap", raw_bytes};
  Field zonemd_serial{"dns.zonemd.serial", "Serial", u32};
  Field zonemd_scheme{"dns.zonemd.scheme", "Scheme", u8, kZonemdSchemes};
  Field zonemd_hash_algo{"dns.zonemd.hash_algo", "Hash Algorithm", u8, kZonemdHashes};
  Field zonemd_digest{"dns.zonemd.digest", "Digest", raw_bytes};
  Field rrsig_type_covered{"dns.rrsig.type_covered", "Type Covered", u16, kTypeNames};
  Field rrsig_algorithm{"dns.rrsig.algorithm", "Algorithm", u8, kAlgorithms};
  Field rrsig_labels{"dns.rrsig.labels", "Labels", u8};
  Field rrsig_original_ttl{"dns.rrsig.original_ttl", "Original TTL", u32, write_ttl};
  Field rrsig_signature_expiration{"dns.rrsig.signature_expiration", "Signature Expiration", absolute_ns};
  Field rrsig_signature_inception{"dns.rrsig.signature_inception", "Signature Inception", absolute_ns};
  Field rrsig_key_tag{"dns.rrsig.key_tag", "Key Tag", u16};
  Field rrsig_signers_name{"dns.rrsig.signers_name", "Signer's name", plain_text};
  Field rrsig_signature{"dns.rrsig.signature", "Signature", raw_bytes};
  Field dnskey_flags{"dns.dnskey.flags", "Flags", x16};
  Field dnskey_flags_zone_key{"dns.dnskey.flags.zone_key", "Zone Key", flag(u16, 0x100),
                              TrueFalse{"This is the zone key for specified zone", "This it not a zone key"}};
  Field dnskey_flags_key_revoked{"dns.dnskey.flags.key_revoked", "Key Revoked", flag(u16, 0x80), kYesNo};
  Field dnskey_flags_secure_entry_point{"dns.dnskey.flags.secure_entry_point", "Secure Entry Point", flag(u16, 0x1),
                                        kYesNo};
  Field dnskey_flags_reserved{"dns.dnskey.flags.reserved", "Reserved", bits(x16, 0xfe7e)};
  Field dnskey_protocol{"dns.dnskey.protocol", "Protocol", u8};
  Field dnskey_algorithm{"dns.dnskey.algorithm", "Algorithm", u8, kAlgorithms};
  Field dnskey_key_id{"dns.dnskey.key_id", "Key id", u16};
  Field dnskey_public_key{"dns.dnskey.public_key", "Public Key", raw_bytes};
  Field key_flags{"dns.key.flags", "Flags", x16};
  Field key_flags_authentication{"dns.key.flags.authentication", "Key allowed for authentication", flag(u16, 0x8000),
                                 TrueFalse{"Not Allowed", "Allowed"}};
  Field key_flags_confidentiality{"dns.key.flags.confidentiality", "Key allowed for confidentiality", flag(u16, 0x4000),
                                  TrueFalse{"Not Allowed", "Allowed"}};
  Field key_flags_required{"dns.key.flags.required", "Key required", flag(u16, 0x2000),
                           TrueFalse{"Experimental or optional", "Required"}};
  Field key_flags_associated_user{"dns.key.flags.associated_user", "Key is associated with a user", flag(u16, 0x400),
                                  kYesNo};
  Field key_flags_associated_named_entity{"dns.key.flags.associated_named_entity",
                                          "Key is associated with the named entity", flag(u16, 0x200), kYesNo};
  Field key_flags_ipsec{"dns.key.flags.ipsec", "Key use with IPSEC", flag(u16, 0x80), TrueFalse{"Valid", "Invalid"}};
  Field key_flags_mime{"dns.key.flags.mime", "Key use with MIME security multiparts", flag(u16, 0x40),
                       TrueFalse{"Valid", "Invalid"}};
  Field key_flags_signatory{"dns.key.flags.signatory", "Signatory", bits(u16, 0xf)};
  Field key_protocol{"dns.key.protocol", "Protocol", u8};
  Field key_algorithm{"dns.key.algorithm", "Algorithm", u8, kAlgorithms};
  Field key_key_id{"dns.key.key_id", "Key ID", u16};
  Field key_public_key{"dns.key.public_key", "Public Key", raw_bytes};
  Field tkey_algo_name{"dns.tkey.algo_name", "Algorithm name", plain_text};
  Field tkey_signature_expiration{"dns.tkey.signature_expiration", "Signature Expiration", absolute_ns};
  Field tkey_signature_inception{"dns.tkey.signature_inception", "Signature Inception", absolute_ns};
  Field tkey_mode{"dns.tkey.mode", "Mode", u16, kTkeyModes};
  Field tkey_error{"dns.tkey.error", "Error", u16, kRcodeNames};
  Field tkey_key_size{"dns.tkey.key_size", "Key Size", u16};
  Field tkey_key_data{"dns.tkey.key_data", "Key Data", raw_bytes};
  Field tkey_other_size{"dns.tkey.other_size", "Other Size", u16};
  Field tkey_other_data{"dns.tkey.other_data", "Other Data", raw_bytes};
  Field ipseckey_gateway_precedence{"dns.ipseckey.gateway_precedence", "Gateway Precedence", u8};
  Field ipseckey_gateway_algorithm{"dns.ipseckey.gateway_algorithm", "Gateway Algorithm", u8, kIpseckeyAlgorithms};
  Field ipseckey_gateway_type{"dns.ipseckey.gateway_type", "Gateway Type", u8, kIpseckeyGateways};
  Field ipseckey_gateway_ipv4{"dns.ipseckey.gateway_ipv4", "IPv4 Gateway", ipv4_32};
  Field ipseckey_gateway_ipv6{"dns.ipseckey.gateway_ipv6", "IPv6 Gateway", ipv6_128};
  Field ipseckey_gateway_dns{"dns.ipseckey.gateway_dns", "DNS Gateway", plain_text};
  Field ipseckey_public_key{"dns.ipseckey.public_key", "Public Key", raw_bytes};
  Field nxt_next_domain_name{"dns.nxt.next_domain_name", "Next Domain Name", plain_text};
  Field cert_type{"dns.cert.type", "Type", u16, kCertificateTypes};
  Field cert_key_tag{"dns.cert.key_tag", "Key Tag", x16};
  Field cert_algorithm{"dns.cert.algorithm", "Algorithm", u8, kAlgorithms};
  Field cert_certificate{"dns.cert.certificate", "Certificate (or CRL)", raw_bytes};
  Field nsec_next_domain_name{"dns.nsec.next_domain_name", "Next Domain Name", plain_text};
  Field nsec3_algo{"dns.nsec3.algo", "Hash algorithm", u8, kHashAlgorithms};
  Field nsec3_flags{"dns.nsec3.flags", "NSEC3 flags", u8};
  Field nsec3_flags_opt_out{
      "dns.nsec3.flags.opt_out", "NSEC3 Opt-out flag", flag(u8, 0x1),
      TrueFalse{"Additional insecure delegations allowed", "Additional insecure delegations forbidden"}};
  Field nsec3_iterations{"dns.nsec3.iterations", "NSEC3 iterations", u16};
  Field nsec3_salt_length{"dns.nsec3.salt_length", "Salt length", u8};
  Field nsec3_salt_value{"dns.nsec3.salt_value", "Salt value", raw_bytes};
  Field nsec3_hash_length{"dns.nsec3.hash_length", "Hash length", u8};
  Field nsec3_hash_value{"dns.nsec3.hash_value", "Next hashed owner", plain_text};
  Field tlsa_certificate_usage{"dns.tlsa.certificate_usage", "Certificate Usage", u8, kTlsaUsages};
  Field tlsa_selector{"dns.tlsa.selector", "Selector", u8, kTlsaSelectors};
  Field tlsa_matching_type{"dns.tlsa.matching_type", "Matching Type", u8, kTlsaMatchings};
  Field tlsa_certificate_association_data{"dns.tlsa.certificate_association_data", "Certificate Association Data",
                                          raw_bytes};
  Field tsig_algorithm_name{"dns.tsig.algorithm_name", "Algorithm Name", plain_text};
  Field tsig_time_signed{"dns.tsig.time_signed", "Time Signed", absolute_ns};
  Field tsig_original_id{"dns.tsig.original_id", "Original Id", u16};
  Field tsig_error{"dns.tsig.error", "Error", u16, kRcodeNames};
  Field tsig_fudge{"dns.tsig.fudge", "Fudge", u16};
  Field tsig_mac_size{"dns.tsig.mac_size", "MAC Size", u16};
  Field tsig_other_len{"dns.tsig.other_len", "Other Len", u16};
  Field tsig_mac{"dns.tsig.mac", "MAC"};
  Field tsig_other_data{"dns.tsig.other_data", "Other Data", raw_bytes};
  Field sshfp_algorithm{"dns.sshfp.algorithm", "Algorithm", u8, kSshfpAlgorithms};
  Field sshfp_fingerprint_type{"dns.sshfp.fingerprint.type", "Fingerprint type", u8, kSshfpTypes};
  Field sshfp_fingerprint{"dns.sshfp.fingerprint", "Fingerprint", raw_bytes};
  Field dhcid_rdata{"dns.dhcid.rdata", "DHCID Data", raw_bytes};
  Field ds_key_id{"dns.ds.key_id", "Key id", x16};
  Field ds_algorithm{"dns.ds.algorithm", "Algorithm", u8, kAlgorithms};
  Field ds_digest_type{"dns.ds.digest_type", "Digest Type", u8, kDigestTypes};
  Field ds_digest{"dns.ds.digest", "Digest", raw_bytes};
  Field caa_flags{"dns.caa.flags", "CAA Flags", x8};
  Field caa_flags_issuer_critical{"dns.caa.flags.issuer_critical", "Issuer Critical", flag(u8, 0x80),
                                  TrueFalse{"Critical", "Not critical"}};
  Field caa_issue{"dns.caa.issue", "Issue", plain_text};
  Field caa_issuewild{"dns.caa.issuewild", "Issue Wildcard", plain_text};
  Field caa_iodef{"dns.caa.iodef", "Report URL", plain_text};
  Field caa_unknown{"dns.caa.unknown", "Unknown tag", plain_text};
  Field caa_tag_length{"dns.caa.tag_length", "Tag length", u8};
  Field caa_tag{"dns.caa.tag", "Tag", plain_text};
  Field caa_value{"dns.caa.value", "Value", plain_text};
  Field tsig_noalg{"dns.tsig.noalg", "No dissector for algorithm"};
  Field key_id_buffer_too_short{"dns.key_id_buffer_too_short", "Buffer too short to compute a key id"};
};

/// Records that are seldom seen.
struct RareFields {
  Field dnscrypt{"dns.dnscrypt", "DNSCrypt"};
  Field dnscrypt_magic{"dns.dnscrypt.magic", "Magic", plain_text};
  Field dnscrypt_esversion{"dns.dnscrypt.esversion", "ES Version", x16, kDnscryptVersions};
  Field dnscrypt_protocol_version{"dns.dnscrypt.protocol_version", "Protocol Version", x16};
  Field dnscrypt_signature{"dns.dnscrypt.signature", "Signature", raw_bytes};
  Field dnscrypt_resolver_public_key{"dns.dnscrypt.resolver_public_key", "Resolver PK", raw_bytes};
  Field dnscrypt_client_magic{"dns.dnscrypt.client_magic", "Client Magic", raw_bytes};
  Field dnscrypt_serial_number{"dns.dnscrypt.serial_number", "Serial Number", raw_bytes};
  Field dnscrypt_valid_from{"dns.dnscrypt.valid_from", "Valid From", absolute_ns};
  Field dnscrypt_valid_to{"dns.dnscrypt.valid_to", "Valid To", absolute_ns};
  Field md{"dns.md", "Mail Destination", plain_text};
  Field mf{"dns.mf", "Mail Forwarder", plain_text};
  Field mb{"dns.mb", "MailBox Domain", plain_text};
  Field mg{"dns.mg", "Mail Group member", plain_text};
  Field mr{"dns.mr", "Mail Rename domain", plain_text};
  Field null{"dns.null", "Null (data)", raw_bytes};
  Field wks_address{"dns.wks.address", "Address", ipv4_32};
  Field wks_protocol{"dns.wks.protocol", "Protocol", u8, kIpProtocolNames};
  Field wks_bits{"dns.wks.bits", "Bits", x8};
  Field minfo_r{"dns.minfo.r", "Responsible Mailbox", plain_text};
  Field minfo_e{"dns.minfo.e", "Error Mailbox", plain_text};
  Field dsync_type{"dns.dsync.type", "RR Type", u16, kTypeNames};
  Field dsync_scheme{"dns.dsync.scheme", "Scheme", u8, kDsyncSchemes};
  Field dsync_target_port{"dns.dsync.target.port", "Target Port", u16};
  Field dsync_target_name{"dns.dsync.target.name", "Target Domain Name", plain_text};
  Field ilnp_nid_preference{"dns.ilnp.nid.preference", "Preference", u16};
  Field ilnp_nid{"dns.ilnp.nid", "NodeID", raw_bytes};
  Field ilnp_l32_preference{"dns.ilnp.l32.preference", "Preference", u16};
  Field ilnp_l32{"dns.ilnp.l32", "Locator32", ipv4_32};
  Field ilnp_l64_preference{"dns.ilnp.l64.preference", "Preference", u16};
  Field ilnp_l64{"dns.ilnp.l64", "Locator64", raw_bytes};
  Field ilnp_lp_preference{"dns.ilnp.lp.preference", "Preference", u16};
  Field ilnp_lp{"dns.ilnp.lp", "Locator FQDN", plain_text};
  Field eui48{"dns.eui48", "EUI48 Address", mac48};
  Field eui64{"dns.eui64", "EUI64 Address", eui_64};
  Field px_preference{"dns.px.preference", "Preference", u16};
  Field px_map822{"dns.px.map822", "MAP822", plain_text};
  Field px_map400{"dns.px.map400", "MAPX400", plain_text};
  Field xpf_ip_version{"dns.xpf.ip_version", "IP Version", u8, kXpfVersions};
  Field xpf_protocol{"dns.xpf.protocol", "Protocol", u8, kIpProtocolNames};
  Field xpf_source_ipv4{"dns.xpf.source_ipv4", "IPv4 Source", ipv4_32};
  Field xpf_destination_ipv4{"dns.xpf.destination_ipv4", "IPv4 Destination", ipv4_32};
  Field xpf_source_ipv6{"dns.xpf.source_ipv6", "IPv6 Source", ipv6_128};
  Field xpf_destination_ipv6{"dns.xpf.destination_ipv6", "IPv6 Destination", ipv6_128};
  Field xpf_sport{"dns.xpf.sport", "Source port", u16};
  Field xpf_dport{"dns.xpf.dport", "Destination port", u16};
  Field a6_prefix_len{"dns.a6.prefix_len", "Prefix len", u8};
  Field a6_address_suffix{"dns.a6.address_suffix", "Address Suffix", ipv6_128};
  Field a6_prefix_name{"dns.a6.prefix_name", "Prefix name", plain_text};
  Field loc_version{"dns.loc.version", "Version", u8};
  Field loc_size{"dns.loc.size", "Size", u8};
  Field loc_horizontal_precision{"dns.loc.horizontal_precision", "Horizontal Precision", u8};
  Field loc_vertical_precision{"dns.loc.vertical_precision", "Vertical Precision", u8};
  Field loc_latitude{"dns.loc.latitude", "Latitude", u32};
  Field loc_longitude{"dns.loc.longitude", "Longitude", u32};
  Field loc_altitude{"dns.loc.altitude", "Altitude", u32};
  Field loc_unknown_data{"dns.loc.unknown_data", "Unknown data", raw_bytes};
  Field hip_hit_length{"dns.hip.hit.length", "HIT length", u8};
  Field hip_hit_pk_algo{"dns.hip.hit.pk.algo", "PK algorithm", u8, kHipAlgorithms};
  Field hip_pk_length{"dns.hip.pk.length", "PK length", u16};
  Field hip_hit{"dns.hip.hit", "Host Identity Tag", raw_bytes};
  Field hip_pk{"dns.hip.pk", "HIP Public Key", raw_bytes};
  Field hip_rendezvous_server{"dns.hip.rendezvous_server", "Rendezvous Server", plain_text};
  Field apl_address_family{"dns.apl.address_family", "Address Family", u16, kAddressFamilies};
  Field apl_coded_prefix{"dns.apl.coded_prefix", "Prefix Length", u8};
  Field apl_negation{"dns.apl.negation", "Negation Flag", flag(u8, 0x80), TrueFalse{"Yes (!)", "No (0)"}};
  Field apl_afdlength{"dns.apl.afdlength", "Address Length", bits(u8, 0x7f)};
  Field apl_afdpart_ipv4{"dns.apl.afdpart.ipv4", "Address", ipv4_32};
  Field apl_afdpart_ipv6{"dns.apl.afdpart.ipv6", "Address", ipv6_128};
  Field apl_afdpart_data{"dns.apl.afdpart.data", "Address", raw_bytes};
  Field gpos_longitude_length{"dns.gpos.longitude_length", "Longitude length", u8};
  Field gpos_longitude{"dns.gpos.longitude", "Longitude", plain_text};
  Field gpos_latitude_length{"dns.gpos.latitude_length", "Latitude length", u8};
  Field gpos_latitude{"dns.gpos.latitude", "Latitude", plain_text};
  Field gpos_altitude_length{"dns.gpos.altitude_length", "Altitude length", u8};
  Field gpos_altitude{"dns.gpos.altitude", "Altitude", plain_text};
  Field rp_mailbox{"dns.rp.mailbox", "Mailbox", plain_text};
  Field rp_txt_rr{"dns.rp.txt_rr", "TXT RR", plain_text};
  Field afsdb_subtype{"dns.afsdb.subtype", "Subtype", u16};
  Field afsdb_hostname{"dns.afsdb.hostname", "Hostname", plain_text};
  Field x25_length{"dns.x25.length", "Length", u8};
  Field x25_psdn_address{"dns.x25.psdn_address", "PSDN-Address", plain_text};
  Field idsn_length{"dns.idsn.length", "Length", u8};
  Field idsn_address{"dns.idsn.address", "ISDN Address", plain_text};
  Field idsn_sa_length{"dns.idsn.sa.length", "Length", u8};
  Field idsn_sa_address{"dns.idsn.sa.address", "Sub Address", plain_text};
  Field rt_subtype{"dns.rt.subtype", "Preference", u16};
  Field rt_intermediate_host{"dns.rt.intermediate_host", "Intermediate Hostname", plain_text};
  Field nsap_rdata{"dns.nsap.rdata", "NSAP Data", raw_bytes};
  Field nsap_ptr_owner{"dns.nsap_ptr.owner", "Owner", plain_text};
  Field wins_local_flag{"dns.wins.local_flag", "Local Flag", flag(u32, 0x1)};
  Field wins_lookup_timeout{"dns.wins.lookup_timeout", "Lookup timeout", u32};
  Field wins_cache_timeout{"dns.wins.cache_timeout", "Cache timeout", u32};
  Field wins_nb_wins_servers{"dns.wins.nb_wins_servers", "Number of WINS servers", u32};
  Field wins_wins_server{"dns.wins.wins_server", "WINS Server Address", ipv4_32};
  Field winsr_local_flag{"dns.winsr.local_flag", "Local Flag", flag(u32, 0x1)};
  Field winsr_lookup_timeout{"dns.winsr.lookup_timeout", "Lookup timeout", u32};
  Field winsr_cache_timeout{"dns.winsr.cache_timeout", "Cache timeout", u32};
  Field winsr_name_result_domain{"dns.winsr.name_result_domain", "Name Result Domain", plain_text};
};

}  // namespace tracedrop::dissect::dns
