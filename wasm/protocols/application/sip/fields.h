// The fields of SIP, under Wireshark's names: those of header fields, and of their parts.
#pragma once

#include <string_view>

#include "dissect/field.h"
#include "protocols/application/sip/names.h"

namespace tracedrop::dissect::sip {

struct Fields {
  Field request_line{"sip.Request-Line", "Request-Line", plain_text};
  Field status_line{"sip.Status-Line", "Status-Line", plain_text};
  Field method{"sip.Method", "Method", plain_text};
  Field status_code{"sip.Status-Code", "Status-Code", u32};
  Field r_uri{"sip.r-uri", "Request-URI", plain_text};
  Field r_uri_user{"sip.r-uri.user", "Request-URI User Part", plain_text};
  Field r_uri_host{"sip.r-uri.host", "Request-URI Host Part", plain_text};
  Field r_uri_port{"sip.r-uri.port", "Request-URI Host Port", plain_text};
  Field resend{"sip.resend", "Resent Packet", boolean};
  Field resend_original{"sip.resend-original", "Suspected resend of frame", packet_number};
  Field response_request{"sip.response-request", "Request Frame", packet_number};
  Field response_time{"sip.response-time", "Response Time (ms)", u32};
  Field release_time{"sip.release-time", "Release Time (ms)", u32};
  Field msg_hdr{"sip.msg_hdr", "Message Header", plain_text};
  Field msg_body{"sip.msg_body", "Message Body", raw_bytes};
  Field display_info{"sip.display.info", "SIP Display info", plain_text};
  Field tag{"sip.tag", "SIP tag", plain_text};
  Field to_display_info{"sip.to.display.info", "SIP to display info", plain_text};
  Field to_addr{"sip.to.addr", "SIP to address", plain_text};
  Field to_user{"sip.to.user", "SIP to address User Part", plain_text};
  Field to_host{"sip.to.host", "SIP to address Host Part", plain_text};
  Field to_port{"sip.to.port", "SIP to address Host Port", plain_text};
  Field to_param{"sip.to.param", "SIP To URI parameter", plain_text};
  Field to_tag{"sip.to.tag", "SIP to tag", plain_text};
  Field from_display_info{"sip.from.display.info", "SIP from display info", plain_text};
  Field from_addr{"sip.from.addr", "SIP from address", plain_text};
  Field from_user{"sip.from.user", "SIP from address User Part", plain_text};
  Field from_host{"sip.from.host", "SIP from address Host Part", plain_text};
  Field from_port{"sip.from.port", "SIP from address Host Port", plain_text};
  Field from_param{"sip.from.param", "SIP From URI parameter", plain_text};
  Field from_tag{"sip.from.tag", "SIP from tag", plain_text};
  Field contact_display_info{"sip.contact.display.info", "SIP C-URI display info", plain_text};
  Field contact_uri{"sip.contact.uri", "Contact URI", plain_text};
  Field contact_user{"sip.contact.user", "Contact URI User Part", plain_text};
  Field contact_host{"sip.contact.host", "Contact URI Host Part", plain_text};
  Field contact_port{"sip.contact.port", "Contact URI Host Port", plain_text};
  Field contact_param{"sip.contact.param", "Contact URI parameter", plain_text};
  Field route_display_info{"sip.Route.display.info", "Route display info", plain_text};
  Field route_uri{"sip.Route.uri", "Route URI", plain_text};
  Field route_user{"sip.Route.user", "Route Userinfo", plain_text};
  Field route_host{"sip.Route.host", "Route Host Part", plain_text};
  Field route_port{"sip.Route.port", "Route Host Port", plain_text};
  Field route_param{"sip.Route.param", "Route URI parameter", plain_text};
  Field record_route_display_info{"sip.Record-Route.display.info", "Record-Route display info", plain_text};
  Field record_route_uri{"sip.Record-Route.uri", "Record-Route URI", plain_text};
  Field record_route_user{"sip.Record-Route.user", "Record-Route Userinfo", plain_text};
  Field record_route_host{"sip.Record-Route.host", "Record-Route Host Part", plain_text};
  Field record_route_port{"sip.Record-Route.port", "Record-Route Host Port", plain_text};
  Field record_route_param{"sip.Record-Route.param", "Record-Route URI parameter", plain_text};
  Field service_route_display_info{"sip.Service-Route.display.info", "Service-Route display info", plain_text};
  Field service_route_uri{"sip.Service-Route.uri", "Service-Route URI", plain_text};
  Field service_route_user{"sip.Service-Route.user", "Service-Route Userinfo", plain_text};
  Field service_route_host{"sip.Service-Route.host", "Service-Route Host Part", plain_text};
  Field service_route_port{"sip.Service-Route.port", "Service-Route Host Port", plain_text};
  Field service_route_param{"sip.Service-Route.param", "Service-Route URI parameter", plain_text};
  Field path_display_info{"sip.Path.display.info", "Path URI", plain_text};
  Field path_uri{"sip.Path.uri", "Path URI", plain_text};
  Field path_user{"sip.Path.user", "Path Userinfo", plain_text};
  Field path_host{"sip.Path.host", "Path Host Part", plain_text};
  Field path_port{"sip.Path.port", "Path Host Port", plain_text};
  Field path_param{"sip.Path.param", "Path URI parameter", plain_text};
  Field pai_display_info{"sip.pai.display.info", "SIP PAI display info", plain_text};
  Field pai_addr{"sip.pai.addr", "SIP PAI Address", plain_text};
  Field pai_user{"sip.pai.user", "SIP PAI User Part", plain_text};
  Field pai_host{"sip.pai.host", "SIP PAI Host Part", plain_text};
  Field pai_port{"sip.pai.port", "SIP PAI Host Port", plain_text};
  Field pai_param{"sip.pai.param", "SIP PAI URI parameter", plain_text};
  Field ppi_display_info{"sip.ppi.display.info", "SIP PPI display info", plain_text};
  Field ppi_addr{"sip.ppi.addr", "SIP PPI Address", plain_text};
  Field ppi_user{"sip.ppi.user", "SIP PPI User Part", plain_text};
  Field ppi_host{"sip.ppi.host", "SIP PPI Host Part", plain_text};
  Field ppi_port{"sip.ppi.port", "SIP PPI Host Port", plain_text};
  Field ppi_param{"sip.ppi.param", "SIP PPI URI parameter", plain_text};
  Field pmiss_display_info{"sip.pmiss.display.info", "SIP PMISS display info", plain_text};
  Field pmiss_addr{"sip.pmiss.addr", "SIP PMISS Address", plain_text};
  Field pmiss_user{"sip.pmiss.user", "SIP PMISS User Part", plain_text};
  Field pmiss_host{"sip.pmiss.host", "SIP PMISS Host Part", plain_text};
  Field pmiss_port{"sip.pmiss.port", "SIP PMISS Host Port", plain_text};
  Field pmiss_param{"sip.pmiss.param", "SIP PMISS URI parameter", plain_text};
  Field tc_display_info{"sip.tc.display.info", "SIP TC display info", plain_text};
  Field tc_addr{"sip.tc.addr", "SIP TC Address", plain_text};
  Field tc_user{"sip.tc.user", "SIP TC User Part", plain_text};
  Field tc_host{"sip.tc.host", "SIP TC Host Part", plain_text};
  Field tc_port{"sip.tc.port", "SIP TC Host Port", plain_text};
  Field tc_param{"sip.tc.param", "SIP TC URI parameter", plain_text};
  Field tc_target_uri{"sip.tc.target-uri", "SIP TC Target URI", plain_text};
  Field contact_parameter{"sip.contact.parameter", "Contact parameter", plain_text};
  Field auth_scheme{"sip.auth.scheme", "Authentication Scheme", plain_text};
  Field auth_digest_response{"sip.auth.digest.response", "Digest Authentication Response", plain_text};
  Field auth_nc{"sip.auth.nc", "Nonce Count", plain_text};
  Field auth_username{"sip.auth.username", "Username", plain_text};
  Field auth_realm{"sip.auth.realm", "Realm", plain_text};
  Field auth_nonce{"sip.auth.nonce", "Nonce Value", plain_text};
  Field auth_algorithm{"sip.auth.algorithm", "Algorithm", plain_text};
  Field auth_opaque{"sip.auth.opaque", "Opaque Value", plain_text};
  Field auth_qop{"sip.auth.qop", "QOP", plain_text};
  Field auth_cnonce{"sip.auth.cnonce", "CNonce Value", plain_text};
  Field auth_uri{"sip.auth.uri", "Authentication URI", plain_text};
  Field auth_domain{"sip.auth.domain", "Authentication Domain", plain_text};
  Field auth_stale{"sip.auth.stale", "Stale Flag", plain_text};
  Field auth_auts{"sip.auth.auts", "Authentication Token", plain_text};
  Field auth_rspauth{"sip.auth.rspauth", "Response auth", plain_text};
  Field auth_nextnonce{"sip.auth.nextnonce", "Next Nonce", plain_text};
  Field auth_ik{"sip.auth.ik", "Integrity Key", plain_text};
  Field auth_ck{"sip.auth.ck", "Cyphering Key", plain_text};
  Field cseq_seq{"sip.CSeq.seq", "Sequence Number", u32};
  Field cseq_method{"sip.CSeq.method", "Method", plain_text};
  Field via_transport{"sip.Via.transport", "Transport", plain_text};
  Field via_sent_by_address{"sip.Via.sent-by.address", "Sent-by Address", plain_text};
  Field via_sent_by_port{"sip.Via.sent-by.port", "Sent-by port", u16};
  Field via_branch{"sip.Via.branch", "Branch", plain_text};
  Field via_maddr{"sip.Via.maddr", "Maddr", plain_text};
  Field via_rport{"sip.Via.rport", "RPort", plain_text};
  Field via_received{"sip.Via.received", "Received", plain_text};
  Field via_ttl{"sip.Via.ttl", "TTL", plain_text};
  Field via_comp{"sip.Via.comp", "Comp", plain_text};
  Field via_sigcomp_id{"sip.Via.sigcomp-id", "Sigcomp identifier", plain_text};
  Field via_oc{"sip.Via.oc", "Overload Control", plain_text};
  Field via_oc_val{"sip.Via.oc_val", "Overload Control Value", u32};
  Field via_oc_validity{"sip.Via.oc_validity", "Overload Control Validity", plain_text};
  Field via_oc_seq{"sip.Via.oc_seq", "Overload Control Sequence", plain_text};
  Field via_oc_algo{"sip.Via.oc_algo", "Overload Control Algorithm", plain_text};
  Field via_be_route{"sip.Via.be_route", "be-route", plain_text};
  Field p_access_network_info_access_type{"sip.P-Access-Network-Info.access-type", "access-type", plain_text};
  Field p_access_network_info_utran_cell_id_3gpp{"sip.P-Access-Network-Info.utran-cell-id-3gpp", "utran-cell-id-3gpp",
                                                 plain_text};
  Field rack_rseq_seq{"sip.RAck.RSeq.seq", "RSeq Sequence Number", u32};
  Field rack_cseq_seq{"sip.RAck.CSeq.seq", "CSeq Sequence Number", u32};
  Field rack_cseq_method{"sip.RAck.CSeq.method", "CSeq Method", plain_text};
  Field reason_protocols{"sip.reason_protocols", "Reason protocols", plain_text};
  Field reason_cause_q850{"sip.reason_cause_q850", "Cause", u32, kQ850Causes};
  Field reason_cause_sip{"sip.reason_cause_sip", "Cause", u32, kStatusNames};
  Field reason_cause_other{"sip.reason_cause_other", "Cause", u32};
  Field reason_text{"sip.reason_text", "Text", plain_text};
  Field sec_mechanism{"sip.sec_mechanism", "[Security-mechanism]", plain_text};
  Field sec_mechanism_alg{"sip.sec_mechanism.alg", "alg", plain_text};
  Field sec_mechanism_ealg{"sip.sec_mechanism.ealg", "ealg", plain_text};
  Field sec_mechanism_prot{"sip.sec_mechanism.prot", "prot", plain_text};
  Field sec_mechanism_spi_c{"sip.sec_mechanism.spi_c", "spi-c", in_base(u32, Base::dec_hex)};
  Field sec_mechanism_spi_s{"sip.sec_mechanism.spi_s", "spi-s", in_base(u32, Base::dec_hex)};
  Field sec_mechanism_port1{"sip.sec_mechanism.port1", "port1", u16};
  Field sec_mechanism_port_c{"sip.sec_mechanism.port_c", "port-c", u16};
  Field sec_mechanism_port2{"sip.sec_mechanism.port2", "port2", u16};
  Field sec_mechanism_port_s{"sip.sec_mechanism.port_s", "port-s", u16};
  Field session_id_sess_id{"sip.Session-ID.sess_id", "sess-id", raw_bytes};
  Field session_id_local_uuid{"sip.Session-ID.local_uuid", "local-uuid", guid_128};
  Field session_id_remote_uuid{"sip.Session-ID.remote_uuid", "remote-uuid", guid_128};
  Field session_id_logme{"sip.Session-ID.logme", "logme", boolean, kSet};
  Field continuation{"sip.continuation", "Continuation data", raw_bytes};
  Field feature_cap{"sip.feature_cap", "Feature Cap", plain_text};
  Field icid_value{"sip.icid_value", "icid-value", plain_text};
  Field call_id_generated{"sip.call_id_generated", "Generated Call-ID", plain_text};
  Field unrecognized_header{"sip.unrecognized_header", "Unrecognised SIP header"};
  Field header_no_colon{"sip.header_no_colon", "Header has no colon after the name"};
  Field header_not_terminated{"sip.header_not_terminated", "Header not terminated by empty line (CRLF)"};
  Field call_id_invalid{"sip.Call-ID.invalid", "Call ID is mandatory"};
  Field via_sent_by_port_invalid{"sip.Via.sent-by.port.invalid", "Invalid SIP Via sent-by-port"};
  Field content_length_invalid{"sip.content_length.invalid", "Invalid content_length"};
  Field retry_after_invalid{"sip.retry_after.invalid", "Invalid retry_after value"};

  Field header_accept{"sip.Accept", "Accept", plain_text};
  Field header_accept_contact{"sip.Accept-Contact", "Accept-Contact", plain_text};
  Field header_accept_encoding{"sip.Accept-Encoding", "Accept-Encoding", plain_text};
  Field header_accept_language{"sip.Accept-Language", "Accept-Language", plain_text};
  Field header_accept_resource_priority{"sip.Accept-Resource-Priority", "Accept-Resource-Priority", plain_text};
  Field header_additional_identity{"sip.Additional-Identity", "Additional-Identity", plain_text};
  Field header_alert_info{"sip.Alert-Info", "Alert-Info", plain_text};
  Field header_allow{"sip.Allow", "Allow", plain_text};
  Field header_allow_events{"sip.Allow-Events", "Allow-Events", plain_text};
  Field header_answer_mode{"sip.Answer-Mode", "Answer-Mode", plain_text};
  Field header_attestation_info{"sip.Attestation-Info", "Attestation-Info", plain_text};
  Field header_authentication_info{"sip.Authentication-Info", "Authentication-Info", plain_text};
  Field header_authorization{"sip.Authorization", "Authorization", plain_text};
  Field header_call_id{"sip.Call-ID", "Call-ID", plain_text};
  Field header_call_info{"sip.Call-Info", "Call-Info", plain_text};
  Field header_cellular_network_info{"sip.Cellular-Network-Info", "Cellular-Network-Info", plain_text};
  Field header_contact{"sip.Contact", "Contact", plain_text};
  Field header_content_disposition{"sip.Content-Disposition", "Content-Disposition", plain_text};
  Field header_content_encoding{"sip.Content-Encoding", "Content-Encoding", plain_text};
  Field header_content_language{"sip.Content-Language", "Content-Language", plain_text};
  Field header_content_length{"sip.Content-Length", "Content-Length", u32};
  Field header_content_type{"sip.Content-Type", "Content-Type", plain_text};
  Field header_cseq{"sip.CSeq", "CSeq", plain_text};
  Field header_date{"sip.Date", "Date", plain_text};
  Field header_error_info{"sip.Error-Info", "Error-Info", plain_text};
  Field header_event{"sip.Event", "Event", plain_text};
  Field header_expires{"sip.Expires", "Expires", u32};
  Field header_feature_caps{"sip.Feature-Caps", "Feature-Caps", plain_text};
  Field header_flow_timer{"sip.Flow-Timer", "Flow-Timer", plain_text};
  Field header_from{"sip.From", "From", plain_text};
  Field header_geolocation{"sip.Geolocation", "Geolocation", plain_text};
  Field header_geolocation_error{"sip.Geolocation-Error", "Geolocation-Error", plain_text};
  Field header_geolocation_routing{"sip.Geolocation-Routing", "Geolocation-Routing", plain_text};
  Field header_history_info{"sip.History-Info", "History-Info", plain_text};
  Field header_identity{"sip.Identity", "Identity", plain_text};
  Field header_identity_info{"sip.Identity-info", "Identity-info", plain_text};
  Field header_info_package{"sip.Info-Package", "Info-Package", plain_text};
  Field header_in_reply_to{"sip.In-Reply-To", "In-Reply-To", plain_text};
  Field header_join{"sip.Join", "Join", plain_text};
  Field header_max_breadth{"sip.Max-Breadth", "Max-Breadth", u32};
  Field header_max_forwards{"sip.Max-Forwards", "Max-Forwards", u32};
  Field header_mime_version{"sip.MIME-Version", "MIME-Version", plain_text};
  Field header_min_expires{"sip.Min-Expires", "Min-Expires", plain_text};
  Field header_min_se{"sip.Min-SE", "Min-SE", plain_text};
  Field header_organization{"sip.Organization", "Organization", plain_text};
  Field header_origination_id{"sip.Origination-Id", "Origination-Id", plain_text};
  Field header_p_access_network_info{"sip.P-Access-Network-Info", "P-Access-Network-Info", plain_text};
  Field header_p_answer_state{"sip.P-Answer-State", "P-Answer-State", plain_text};
  Field header_p_asserted_identity{"sip.P-Asserted-Identity", "P-Asserted-Identity", plain_text};
  Field header_p_asserted_service{"sip.P-Asserted-Service", "P-Asserted-Service", plain_text};
  Field header_p_charge_info{"sip.P-Charge-Info", "P-Charge-Info", plain_text};
  Field header_p_associated_uri{"sip.P-Associated-URI", "P-Associated-URI", plain_text};
  Field header_p_called_party_id{"sip.P-Called-Party-ID", "P-Called-Party-ID", plain_text};
  Field header_p_charging_function_addresses{"sip.P-Charging-Function-Addresses", "P-Charging-Function-Addresses",
                                             plain_text};
  Field header_p_charging_vector{"sip.P-Charging-Vector", "P-Charging-Vector", plain_text};
  Field header_p_dcs_trace_party_id{"sip.P-DCS-Trace-Party-ID", "P-DCS-Trace-Party-ID", plain_text};
  Field header_p_dcs_osps{"sip.P-DCS-OSPS", "P-DCS-OSPS", plain_text};
  Field header_p_dcs_billing_info{"sip.P-DCS-Billing-Info", "P-DCS-Billing-Info", plain_text};
  Field header_p_dcs_laes{"sip.P-DCS-LAES", "P-DCS-LAES", plain_text};
  Field header_p_dcs_redirect{"sip.P-DCS-Redirect", "P-DCS-Redirect", plain_text};
  Field header_p_early_media{"sip.P-Early-Media", "P-Early-Media", plain_text};
  Field header_p_media_authorization{"sip.P-Media-Authorization", "P-Media-Authorization", plain_text};
  Field header_p_preferred_identity{"sip.P-Preferred-Identity", "P-Preferred-Identity", plain_text};
  Field header_p_preferred_service{"sip.P-Preferred-Service", "P-Preferred-Service", plain_text};
  Field header_p_profile_key{"sip.P-Profile-Key", "P-Profile-Key", plain_text};
  Field header_p_refused_uri_list{"sip.P-Refused-URI-List", "P-Refused-URI-List", plain_text};
  Field header_p_served_user{"sip.P-Served-User", "P-Served-User", plain_text};
  Field header_p_user_database{"sip.P-User-Database", "P-User-Database", plain_text};
  Field header_p_visited_network_id{"sip.P-Visited-Network-ID", "P-Visited-Network-ID", plain_text};
  Field header_path{"sip.Path", "Path", plain_text};
  Field header_permission_missing{"sip.Permission-Missing", "Permission-Missing", plain_text};
  Field header_policy_contact{"sip.Policy_Contact", "Policy-Contact", plain_text};
  Field header_policy_id{"sip.Policy_ID", "Policy-ID", plain_text};
  Field header_priority{"sip.Priority", "Priority", plain_text};
  Field header_priority_share{"sip.Priority-Share", "Priority-Share", plain_text};
  Field header_priv_answer_mode{"sip.Priv-Answer-mode", "Priv-Answer-mode", plain_text};
  Field header_privacy{"sip.Privacy", "Privacy", plain_text};
  Field header_proxy_authenticate{"sip.Proxy-Authenticate", "Proxy-Authenticate", plain_text};
  Field header_proxy_authorization{"sip.Proxy-Authorization", "Proxy-Authorization", plain_text};
  Field header_proxy_require{"sip.Proxy-Require", "Proxy-Require", plain_text};
  Field header_rack{"sip.RAck", "RAck", plain_text};
  Field header_reason{"sip.Reason", "Reason", plain_text};
  Field header_record_route{"sip.Record-Route", "Record-Route", plain_text};
  Field header_recv_info{"sip.Recv-Info", "Recv-Info", plain_text};
  Field header_refer_sub{"sip.Refer-Sub", "Refer-Sub", plain_text};
  Field header_refer_to{"sip.Refer-To", "Refer-To", plain_text};
  Field header_referred_by{"sip.Referred-by", "Referred By", plain_text};
  Field header_reject_contact{"sip.Reject-Contact", "Reject-Contact", plain_text};
  Field header_relayed_charge{"sip.Relayed-Charge", "Relayed-Charge", plain_text};
  Field header_replaces{"sip.Replaces", "Replaces", plain_text};
  Field header_reply_to{"sip.Reply-To", "Reply-To", plain_text};
  Field header_request_disposition{"sip.Request-Disposition", "Request-Disposition", plain_text};
  Field header_require{"sip.Require", "Require", plain_text};
  Field header_resource_priority{"sip.Resource-Priority", "Resource-Priority", plain_text};
  Field header_resource_share{"sip.Resource-Share", "Resource-Share", plain_text};
  Field header_response_source{"sip.Response-Source", "Response-Source", plain_text};
  Field header_restoration_info{"sip.Restoration-Info", "Restoration-Info", plain_text};
  Field header_retry_after{"sip.Retry-After", "Retry-After", u32};
  Field header_route{"sip.Route", "Route", plain_text};
  Field header_rseq{"sip.RSeq", "RSeq", u32};
  Field header_security_client{"sip.Security-Client", "Security-Client", plain_text};
  Field header_security_server{"sip.Security-Server", "Security-Server", plain_text};
  Field header_security_verify{"sip.Security-Verify", "Security-Verify", plain_text};
  Field header_server{"sip.Server", "Server", plain_text};
  Field header_service_interact_info{"sip.Service-Interact-Info", "Service-Interact-Info", plain_text};
  Field header_service_route{"sip.Service-Route", "Service-Route", plain_text};
  Field header_session_expires{"sip.Session-Expires", "Session-Expires", plain_text};
  Field header_session_id{"sip.Session-ID", "Session-ID", plain_text};
  Field header_etag{"sip.ETag", "ETag", plain_text};
  Field header_if_match{"sip.If_Match", "If_Match", plain_text};
  Field header_subject{"sip.Subject", "Subject", plain_text};
  Field header_subscription_state{"sip.Subscription-State", "Subscription-State", plain_text};
  Field header_supported{"sip.Supported", "Supported", plain_text};
  Field header_suppress_if_match{"sip.Suppress_If_Match", "Suppress-If-Match", plain_text};
  Field header_target_dialog{"sip.Target-Dialog", "Target-Dialog", plain_text};
  Field header_timestamp{"sip.Timestamp", "Timestamp", plain_text};
  Field header_to{"sip.To", "To", plain_text};
  Field header_trigger_consent{"sip.Trigger-Consent", "Trigger-Consent", plain_text};
  Field header_unsupported{"sip.Unsupported", "Unsupported", plain_text};
  Field header_user_agent{"sip.User-Agent", "User-Agent", plain_text};
  Field header_via{"sip.Via", "Via", plain_text};
  Field header_warning{"sip.Warning", "Warning", plain_text};
  Field header_www_authenticate{"sip.WWW-Authenticate", "WWW-Authenticate", plain_text};
  Field header_diversion{"sip.Diversion", "Diversion", plain_text};
  Field header_uui{"sip.uui", "User-to-User", plain_text};
};
inline constexpr Fields f;

struct HeaderName {
  std::string_view name;
  char compact;  ///< its short form (RFC 3261, section 7.3.3), or 0
  const Field* field;
};
inline constexpr HeaderName kHeaders[] = {
    {"Accept", '\0', &f.header_accept},
    {"Accept-Contact", 'a', &f.header_accept_contact},
    {"Accept-Encoding", '\0', &f.header_accept_encoding},
    {"Accept-Language", '\0', &f.header_accept_language},
    {"Accept-Resource-Priority", '\0', &f.header_accept_resource_priority},
    {"Additional-Identity", '\0', &f.header_additional_identity},
    {"Alert-Info", '\0', &f.header_alert_info},
    {"Allow", '\0', &f.header_allow},
    {"Allow-Events", 'u', &f.header_allow_events},
    {"Answer-Mode", '\0', &f.header_answer_mode},
    {"Attestation-Info", '\0', &f.header_attestation_info},
    {"Authentication-Info", '\0', &f.header_authentication_info},
    {"Authorization", '\0', &f.header_authorization},
    {"Call-ID", 'i', &f.header_call_id},
    {"Call-Info", '\0', &f.header_call_info},
    {"Cellular-Network-Info", '\0', &f.header_cellular_network_info},
    {"Contact", 'm', &f.header_contact},
    {"Content-Disposition", '\0', &f.header_content_disposition},
    {"Content-Encoding", 'e', &f.header_content_encoding},
    {"Content-Language", '\0', &f.header_content_language},
    {"Content-Length", 'l', &f.header_content_length},
    {"Content-Type", 'c', &f.header_content_type},
    {"CSeq", '\0', &f.header_cseq},
    {"Date", '\0', &f.header_date},
    {"Error-Info", '\0', &f.header_error_info},
    {"Event", 'o', &f.header_event},
    {"Expires", '\0', &f.header_expires},
    {"Feature-Caps", '\0', &f.header_feature_caps},
    {"Flow-Timer", '\0', &f.header_flow_timer},
    {"From", 'f', &f.header_from},
    {"Geolocation", '\0', &f.header_geolocation},
    {"Geolocation-Error", '\0', &f.header_geolocation_error},
    {"Geolocation-Routing", '\0', &f.header_geolocation_routing},
    {"History-Info", '\0', &f.header_history_info},
    {"Identity", 'y', &f.header_identity},
    {"Identity-Info", 'n', &f.header_identity_info},
    {"Info-Package", '\0', &f.header_info_package},
    {"In-Reply-To", '\0', &f.header_in_reply_to},
    {"Join", '\0', &f.header_join},
    {"Max-Breadth", '\0', &f.header_max_breadth},
    {"Max-Forwards", '\0', &f.header_max_forwards},
    {"MIME-Version", '\0', &f.header_mime_version},
    {"Min-Expires", '\0', &f.header_min_expires},
    {"Min-SE", '\0', &f.header_min_se},
    {"Organization", '\0', &f.header_organization},
    {"Origination-Id", '\0', &f.header_origination_id},
    {"P-Access-Network-Info", '\0', &f.header_p_access_network_info},
    {"P-Answer-State", '\0', &f.header_p_answer_state},
    {"P-Asserted-Identity", '\0', &f.header_p_asserted_identity},
    {"P-Asserted-Service", '\0', &f.header_p_asserted_service},
    {"P-Charge-Info", '\0', &f.header_p_charge_info},
    {"P-Associated-URI", '\0', &f.header_p_associated_uri},
    {"P-Called-Party-ID", '\0', &f.header_p_called_party_id},
    {"P-Charging-Function-Addresses", '\0', &f.header_p_charging_function_addresses},
    {"P-Charging-Vector", '\0', &f.header_p_charging_vector},
    {"P-DCS-Trace-Party-ID", '\0', &f.header_p_dcs_trace_party_id},
    {"P-DCS-OSPS", '\0', &f.header_p_dcs_osps},
    {"P-DCS-Billing-Info", '\0', &f.header_p_dcs_billing_info},
    {"P-DCS-LAES", '\0', &f.header_p_dcs_laes},
    {"P-DCS-Redirect", '\0', &f.header_p_dcs_redirect},
    {"P-Early-Media", '\0', &f.header_p_early_media},
    {"P-Media-Authorization", '\0', &f.header_p_media_authorization},
    {"P-Preferred-Identity", '\0', &f.header_p_preferred_identity},
    {"P-Preferred-Service", '\0', &f.header_p_preferred_service},
    {"P-Profile-Key", '\0', &f.header_p_profile_key},
    {"P-Refused-URI-List", '\0', &f.header_p_refused_uri_list},
    {"P-Served-User", '\0', &f.header_p_served_user},
    {"P-User-Database", '\0', &f.header_p_user_database},
    {"P-Visited-Network-ID", '\0', &f.header_p_visited_network_id},
    {"Path", '\0', &f.header_path},
    {"Permission-Missing", '\0', &f.header_permission_missing},
    {"Policy-Contact", '\0', &f.header_policy_contact},
    {"Policy-ID", '\0', &f.header_policy_id},
    {"Priority", '\0', &f.header_priority},
    {"Priority-Share", '\0', &f.header_priority_share},
    {"Priv-Answer-mode", '\0', &f.header_priv_answer_mode},
    {"Privacy", '\0', &f.header_privacy},
    {"Proxy-Authenticate", '\0', &f.header_proxy_authenticate},
    {"Proxy-Authorization", '\0', &f.header_proxy_authorization},
    {"Proxy-Require", '\0', &f.header_proxy_require},
    {"RAck", '\0', &f.header_rack},
    {"Reason", '\0', &f.header_reason},
    {"Record-Route", '\0', &f.header_record_route},
    {"Recv-Info", '\0', &f.header_recv_info},
    {"Refer-Sub", '\0', &f.header_refer_sub},
    {"Refer-To", 'r', &f.header_refer_to},
    {"Referred-By", 'b', &f.header_referred_by},
    {"Reject-Contact", 'j', &f.header_reject_contact},
    {"Relayed-Charge", '\0', &f.header_relayed_charge},
    {"Replaces", '\0', &f.header_replaces},
    {"Reply-To", '\0', &f.header_reply_to},
    {"Request-Disposition", 'd', &f.header_request_disposition},
    {"Require", '\0', &f.header_require},
    {"Resource-Priority", '\0', &f.header_resource_priority},
    {"Resource-Share", '\0', &f.header_resource_share},
    {"Response-Source", '\0', &f.header_response_source},
    {"Restoration-Info", '\0', &f.header_restoration_info},
    {"Retry-After", '\0', &f.header_retry_after},
    {"Route", '\0', &f.header_route},
    {"RSeq", '\0', &f.header_rseq},
    {"Security-Client", '\0', &f.header_security_client},
    {"Security-Server", '\0', &f.header_security_server},
    {"Security-Verify", '\0', &f.header_security_verify},
    {"Server", '\0', &f.header_server},
    {"Service-Interact-Info", '\0', &f.header_service_interact_info},
    {"Service-Route", '\0', &f.header_service_route},
    {"Session-Expires", 'x', &f.header_session_expires},
    {"Session-ID", '\0', &f.header_session_id},
    {"SIP-ETag", '\0', &f.header_etag},
    {"SIP-If-Match", '\0', &f.header_if_match},
    {"Subject", 's', &f.header_subject},
    {"Subscription-State", '\0', &f.header_subscription_state},
    {"Supported", 'k', &f.header_supported},
    {"Suppress-If-Match", '\0', &f.header_suppress_if_match},
    {"Target-Dialog", '\0', &f.header_target_dialog},
    {"Timestamp", '\0', &f.header_timestamp},
    {"To", 't', &f.header_to},
    {"Trigger-Consent", '\0', &f.header_trigger_consent},
    {"Unsupported", '\0', &f.header_unsupported},
    {"User-Agent", '\0', &f.header_user_agent},
    {"Via", 'v', &f.header_via},
    {"Warning", '\0', &f.header_warning},
    {"WWW-Authenticate", '\0', &f.header_www_authenticate},
    {"Diversion", '\0', &f.header_diversion},
    {"User-to-User", '\0', &f.header_uui},
};

}  // namespace tracedrop::dissect::sip
