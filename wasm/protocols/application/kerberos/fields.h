// What Kerberos tells in trees (RFC 4120).
#pragma once

#include "protocols/application/kerberos/names.h"

namespace tracedrop::dissect::kerberos {

struct Fields {
  Field response_to{"kerberos.response_to", "Response to", packet_number};
  Field response_in{"kerberos.response_in", "Response in", packet_number};
  Field time{"kerberos.time", "Time from request", relative_ns};
  Field record_reserved{"kerberos.rm.reserved", "Reserved", flag(u32, 0x80000000), dissect::kSet};
  Field record_length{"kerberos.rm.length", "Record Length", bits(u32, 0x7FFFFFFF)};
  Field as_req{"kerberos.as_req_element", "as-req"};
  Field as_rep{"kerberos.as_rep_element", "as-rep"};
  Field tgs_req{"kerberos.tgs_req_element", "tgs-req"};
  Field tgs_rep{"kerberos.tgs_rep_element", "tgs-rep"};
  Field ap_req{"kerberos.ap_req_element", "ap-req"};
  Field ap_rep{"kerberos.ap_rep_element", "ap-rep"};
  Field safe{"kerberos.krb_safe_element", "krb-safe"};
  Field priv{"kerberos.krb_priv_element", "krb-priv"};
  Field cred{"kerberos.krb_cred_element", "krb-cred"};
  Field error{"kerberos.krb_error_element", "krb-error"};
  Field pvno{"kerberos.pvno", "pvno", u32};
  Field message_type{"kerberos.msg_type", "msg-type", s32, kMessageTypes};
  Field request_padata{"kerberos.rEQ_SEQUENCE_OF_PA_DATA", "padata", u32};
  Field reply_padata{"kerberos.rEP_SEQUENCE_OF_PA_DATA", "padata", u32};
  Field padata{"kerberos.PA_DATA_element", "PA-DATA"};
  Field padata_type{"kerberos.padata_type", "padata-type", s32, kPreauthentications};
  Field padata_value{"kerberos.padata_value", "padata-value", raw_bytes};
  Field body{"kerberos.req_body_element", "req-body"};
  Field options{"kerberos.kdc_options", "kdc-options", raw_bytes};
  Field cname{"kerberos.cname_element", "cname"};
  Field name_type{"kerberos.name_type", "name-type", s32, kNameTypes};
  Field cname_strings{"kerberos.cname_string", "cname-string", u32};
  Field cname_string{"kerberos.CNameString", "CNameString", plain_text};
  Field realm{"kerberos.realm", "realm", plain_text};
  Field sname{"kerberos.sname_element", "sname"};
  Field sname_strings{"kerberos.sname_string", "sname-string", u32};
  Field sname_string{"kerberos.SNameString", "SNameString", plain_text};
  Field from{"kerberos.from", "from", utc_ns};
  Field till{"kerberos.till", "till", utc_ns};
  Field rtime{"kerberos.rtime", "rtime", utc_ns};
  Field nonce{"kerberos.nonce", "nonce", u32};
  Field etypes{"kerberos.kdc-req-body.etype", "etype", u32};
  Field etype_item{"kerberos.ENCTYPE", "ENCTYPE", s32, kEncryptions};
  Field addresses{"kerberos.addresses", "addresses", u32};
  Field address{"kerberos.HostAddress_element", "HostAddress"};
  Field address_type{"kerberos.addr_type", "addr-type", s32, kAddressTypes};
  Field address_ip{"kerberos.addr_ip", "IP Address", ipv4_32};
  Field address_ipv6{"kerberos.addr_ipv6", "IPv6 Address", ipv6_128};
  Field address_nb{"kerberos.addr_nb", "NetBIOS Address", plain_text};
  Field address_unknown{"kerberos.address.unknown", "KRB Address: I don't know how to parse this type of address yet"};
  Field enc_authorization{"kerberos.enc_authorization_data_element", "enc-authorization-data"};
  Field authorization_cipher{"kerberos.encryptedAuthorizationData_cipher", "cipher", raw_bytes};
  Field tickets{"kerberos.additional_tickets", "additional-tickets", u32};
  Field ticket_item{"kerberos.Ticket_element", "Ticket"};
  Field ticket{"kerberos.ticket_element", "ticket"};
  Field ticket_version{"kerberos.tkt_vno", "tkt-vno", u32};
  Field ticket_part{"kerberos.ticket_enc_part_element", "enc-part"};
  Field etype{"kerberos.etype", "etype", s32, kEncryptions};
  Field kvno{"kerberos.kvno", "kvno", u32};
  Field ticket_cipher{"kerberos.encryptedTicketData_cipher", "cipher", raw_bytes};
  Field crealm{"kerberos.crealm", "crealm", plain_text};
  Field reply_part{"kerberos.kDC_REP_enc_part_element", "enc-part"};
  Field reply_cipher{"kerberos.encryptedKDCREPData_cipher", "cipher", raw_bytes};
  Field ap_options{"kerberos.ap_options", "ap-options", raw_bytes};
  Field authenticator{"kerberos.authenticator_enc_part_element", "authenticator"};
  Field authenticator_cipher{"kerberos.encryptedAuthenticator_cipher", "cipher", raw_bytes};
  Field ap_reply_part{"kerberos.aP_REP_enc_part_element", "enc-part"};
  Field ap_reply_cipher{"kerberos.encryptedAPREPData_cipher", "cipher", raw_bytes};
  Field priv_part{"kerberos.kRB_PRIV_enc_part_element", "enc-part"};
  Field priv_cipher{"kerberos.encryptedKrbPrivData_cipher", "cipher", raw_bytes};
  Field cred_tickets{"kerberos.tickets", "tickets", u32};
  Field cred_part{"kerberos.kRB_CRED_enc_part_element", "enc-part"};
  Field cred_cipher{"kerberos.encryptedKrbCredData_cipher", "cipher", raw_bytes};
  Field safe_body{"kerberos.safe_body_element", "safe-body"};
  Field user_data{"kerberos.kRB_SAFE_BODY_user_data", "user-data", raw_bytes};
  Field timestamp{"kerberos.timestamp", "timestamp", utc_ns};
  Field usec{"kerberos.usec", "usec", u32};
  Field sequence_number{"kerberos.seq_number", "seq-number", u32};
  Field sender_address{"kerberos.s_address_element", "s-address"};
  Field receiver_address{"kerberos.r_address_element", "r-address"};
  Field cksum{"kerberos.cksum_element", "cksum"};
  Field checksum_type{"kerberos.cksumtype", "cksumtype", s32, kChecksums};
  Field checksum{"kerberos.checksum", "checksum", raw_bytes};
  Field ctime{"kerberos.ctime", "ctime", utc_ns};
  Field cusec{"kerberos.cusec", "cusec", u32};
  Field stime{"kerberos.stime", "stime", utc_ns};
  Field susec{"kerberos.susec", "susec", u32};
  Field error_code{"kerberos.error_code", "error-code", s32, kErrors};
  Field error_text{"kerberos.e_text", "e-text", plain_text};
  Field error_data{"kerberos.e_data", "e-data", raw_bytes};
  Field error_checksum{"kerberos.e_checksum_element", "e-checksum"};
  Field timestamp_cipher{"kerberos.pA_ENC_TIMESTAMP_cipher", "cipher", raw_bytes};
  Field salt{"kerberos.pw_salt", "pw-salt", raw_bytes};
  Field info_entry{"kerberos.ETYPE_INFO_ENTRY_element", "ETYPE-INFO-ENTRY"};
  Field info_salt{"kerberos.info_salt", "salt", raw_bytes};
  Field info2_entry{"kerberos.ETYPE_INFO2_ENTRY_element", "ETYPE-INFO2-ENTRY"};
  Field info2_salt{"kerberos.info2_salt", "salt", plain_text};
  Field s2kparams{"kerberos.s2kparams", "s2kparams", raw_bytes};
  Field include_pac{"kerberos.include_pac", "include-pac", boolean};
  Field user_name{"kerberos.name_element", "name"};
  Field user_strings{"kerberos.name_string", "name-string", u32};
  Field user_string{"kerberos.KerberosString", "KerberosString", plain_text};
  Field user_auth{"kerberos.auth", "auth", plain_text};
  Field pac_flags{"kerberos.flags", "flags", raw_bytes};
  Field option_bits[32] = {
      {"kerberos.KDCOptions.reserved", "reserved", flag(u8, 0x80)},
      {"kerberos.KDCOptions.forwardable", "forwardable", flag(u8, 0x40)},
      {"kerberos.KDCOptions.forwarded", "forwarded", flag(u8, 0x20)},
      {"kerberos.KDCOptions.proxiable", "proxiable", flag(u8, 0x10)},
      {"kerberos.KDCOptions.proxy", "proxy", flag(u8, 0x08)},
      {"kerberos.KDCOptions.allow.postdate", "allow-postdate", flag(u8, 0x04)},
      {"kerberos.KDCOptions.postdated", "postdated", flag(u8, 0x02)},
      {"kerberos.KDCOptions.unused7", "unused7", flag(u8, 0x01)},
      {"kerberos.KDCOptions.renewable", "renewable", flag(u8, 0x80)},
      {"kerberos.KDCOptions.unused9", "unused9", flag(u8, 0x40)},
      {"kerberos.KDCOptions.unused10", "unused10", flag(u8, 0x20)},
      {"kerberos.KDCOptions.opt.hardware.auth", "opt-hardware-auth", flag(u8, 0x10)},
      {"kerberos.KDCOptions.unused12", "unused12", flag(u8, 0x08)},
      {"kerberos.KDCOptions.unused13", "unused13", flag(u8, 0x04)},
      {"kerberos.KDCOptions.constrained.delegation", "constrained-delegation", flag(u8, 0x02)},
      {"kerberos.KDCOptions.canonicalize", "canonicalize", flag(u8, 0x01)},
      {"kerberos.KDCOptions.request.anonymous", "request-anonymous", flag(u8, 0x80)},
      {"kerberos.KDCOptions.unused17", "unused17", flag(u8, 0x40)},
      {"kerberos.KDCOptions.unused18", "unused18", flag(u8, 0x20)},
      {"kerberos.KDCOptions.unused19", "unused19", flag(u8, 0x10)},
      {"kerberos.KDCOptions.unused20", "unused20", flag(u8, 0x08)},
      {"kerberos.KDCOptions.unused21", "unused21", flag(u8, 0x04)},
      {"kerberos.KDCOptions.unused22", "unused22", flag(u8, 0x02)},
      {"kerberos.KDCOptions.unused23", "unused23", flag(u8, 0x01)},
      {"kerberos.KDCOptions.unused24", "unused24", flag(u8, 0x80)},
      {"kerberos.KDCOptions.unused25", "unused25", flag(u8, 0x40)},
      {"kerberos.KDCOptions.disable.transited.check", "disable-transited-check", flag(u8, 0x20)},
      {"kerberos.KDCOptions.renewable.ok", "renewable-ok", flag(u8, 0x10)},
      {"kerberos.KDCOptions.enc.tkt.in.skey", "enc-tkt-in-skey", flag(u8, 0x08)},
      {"kerberos.KDCOptions.unused29", "unused29", flag(u8, 0x04)},
      {"kerberos.KDCOptions.renew", "renew", flag(u8, 0x02)},
      {"kerberos.KDCOptions.validate", "validate", flag(u8, 0x01)},
  };
  Field ap_option_bits[3] = {
      {"kerberos.APOptions.reserved", "reserved", flag(u8, 0x80)},
      {"kerberos.APOptions.use.session.key", "use-session-key", flag(u8, 0x40)},
      {"kerberos.APOptions.mutual.required", "mutual-required", flag(u8, 0x20)},
  };
  Field pac_flag_bits[4] = {
      {"kerberos.PAC.OPTIONS.FLAGS.claims", "claims", flag(u8, 0x80)},
      {"kerberos.PAC.OPTIONS.FLAGS.branch.aware", "branch-aware", flag(u8, 0x40)},
      {"kerberos.PAC.OPTIONS.FLAGS.forward.to.full.dc", "forward-to-full-dc", flag(u8, 0x20)},
      {"kerberos.PAC.OPTIONS.FLAGS.resource.based.constrained.delegation", "resource-based-constrained-delegation",
       flag(u8, 0x10)},
  };
};
inline constexpr Fields f;

}  // namespace tracedrop::dissect::kerberos
