// The fields of TLS.
#pragma once

#include "protocols/application/quic/versions.h"
#include "protocols/application/tls/cipher_suites.h"
#include "protocols/application/tls/names.h"

namespace tracedrop::dissect::tls {

/// "7200 seconds (2 hours)".
void write_lifetime(std::string& out, uint64_t seconds);

struct Fields {
  Field stream{"tls.stream", "Stream index", u32};
  Field record{"tls.record", "Record Layer"};
  Field record_content_type{"tls.record.content_type", "Content Type", u8, kContentTypes};
  Field record_opaque_type{"tls.record.opaque_type", "Opaque Type", u8, kContentTypes};
  Field ssl2_handshake_type{"tls.ssl2.handshake.type", "Handshake Message Type", u8, kSslv2Messages};
  Field record_version{"tls.record.version", "Version", x16, kVersionNames};
  Field record_length{"tls.record.length", "Length", u16};
  Field app_data{"tls.app_data", "Encrypted Application Data", raw_bytes};
  Field app_data_proto{"tls.app_data_proto", "Application Data Protocol", plain_text};
  Field alert_message{"tls.alert_message", "Alert Message"};
  Field alert_message_level{"tls.alert_message.level", "Level", u8, kAlertLevels};
  Field alert_message_desc{"tls.alert_message.desc", "Description", u8, kAlertDescriptions};
  Field handshake{"tls.handshake", "Handshake Protocol"};
  Field type{"tls.handshake.type", "Handshake Type", u8, kHandshakeTypes};
  Field handshake_length{"tls.handshake.length", "Length", u24};
  Field ssl2_handshake_cipherspec{"tls.ssl2.handshake.cipherspec", "Cipher Spec", x24, kSslv2CipherSpecs};
  Field npn_selected_protocol_len{"tls.handshake.npn_selected_protocol_len", "Selected Protocol Length", u8};
  Field npn_selected_protocol{"tls.handshake.npn_selected_protocol", "Selected Protocol", plain_text};
  Field npn_padding_len{"tls.handshake.npn_padding_len", "Padding Length", u8};
  Field npn_padding{"tls.handshake.npn_padding", "Padding", raw_bytes};
  Field md5_hash{"tls.handshake.md5_hash", "MD5 Hash"};
  Field sha_hash{"tls.handshake.sha_hash", "SHA-1 Hash"};
  Field heartbeat_message{"tls.heartbeat_message", "Heartbeat Message"};
  Field heartbeat_message_type{"tls.heartbeat_message.type", "Type", u8, kHeartbeatTypes};
  Field heartbeat_message_payload_length{"tls.heartbeat_message.payload_length", "Payload Length", u16};
  Field heartbeat_message_payload{"tls.heartbeat_message.payload", "Payload Length", raw_bytes};
  Field heartbeat_message_padding{"tls.heartbeat_message.padding", "Payload Length", raw_bytes};
  Field challenge{"tls.handshake.challenge", "Challenge"};
  Field cipher_spec_len{"tls.handshake.cipher_spec_len", "Cipher Spec Length", u16};
  Field session_id_length{"tls.handshake.session_id_length", "Session ID Length", u16};
  Field challenge_length{"tls.handshake.challenge_length", "Challenge Length", u16};
  Field clear_key_length{"tls.handshake.clear_key_length", "Clear Key Data Length", u16};
  Field encrypted_key_length{"tls.handshake.encrypted_key_length", "Encrypted Key Data Length", u16};
  Field key_arg_length{"tls.handshake.key_arg_length", "Key Argument Length", u16};
  Field clear_key_data{"tls.handshake.clear_key_data", "Clear Key Data"};
  Field encrypted_key{"tls.handshake.encrypted_key", "Encrypted Key"};
  Field key_arg{"tls.handshake.key_arg", "Key Argument"};
  Field session_id_hit{"tls.handshake.session_id_hit", "Session ID Hit", boolean};
  Field ssl2_handshake_cert_type{"tls.ssl2.handshake.cert_type", "Certificate Type", u8, kSslv2CertificateTypes};
  Field handshake_connection_id_length{"tls.handshake.connection_id_length", "Connection ID Length", u16};
  Field handshake_connection_id{"tls.handshake.connection_id", "Connection ID"};
  Field segment{"tls.segment", "TLS segment", packet_number};
  Field segments{"tls.segments", "Reassembled TLS segments"};
  Field reassembled_in{"tls.reassembled_in", "Reassembled PDU in frame", packet_number};
  Field segment_data{"tls.segment.data", "TLS segment data", raw_bytes};
  Field handshake_reassembled_in{"tls.handshake.reassembled_in", "Reassembled Handshake Message in frame",
                                 packet_number};
  Field fragment_count{"tls.handshake.fragment.count", "Handshake Fragment count", u32};
  Field fragment{"tls.handshake.fragment", "Handshake Fragment", packet_number};
  Field fragments{"tls.handshake.fragments", "Reassembled Handshake Fragments"};
  Field change_cipher_spec{"tls.change_cipher_spec", "Change Cipher Spec Message"};
  Field handshake_extensions_length{"tls.handshake.extensions_length", "Extensions Length", u16};
  Field extension{"tls.handshake.extension", "Extension"};
  Field extension_type{"tls.handshake.extension.type", "Type", u16, kExtensionTypes};
  Field extension_len{"tls.handshake.extension.len", "Length", u16};
  Field extension_data{"tls.handshake.extension.data", "Data", raw_bytes};
  Field ech_outer_extensions_length{"tls.handshake.extensions_ech_outer_extensions_length",
                                    "Outer Extensions List Length", u8};
  Field ech_outer_extensions{"tls.handshake.extensions_ech_outer_extensions", "Outer Extensions List"};
  Field ech_confirm{"tls.handshake.ech_confirm", "ECH Confirmation Bytes", raw_bytes};
  Field ech_confirm_compute{"tls.handshake.ech_confirm_compute", "Computed ECH Confirmation Bytes", raw_bytes};
  Field supported_groups_length{"tls.handshake.extensions_supported_groups_length", "Supported Groups List Length",
                                u16};
  Field supported_groups{"tls.handshake.extensions_supported_groups", "Supported Groups List"};
  Field supported_group{"tls.handshake.extensions_supported_group", "Supported Group", x16, kGroups};
  Field ec_point_formats_length{"tls.handshake.extensions_ec_point_formats_length", "EC point formats Length", u8};
  Field ec_point_formats{"tls.handshake.extensions_ec_point_formats", "EC point formats"};
  Field ec_point_format{"tls.handshake.extensions_ec_point_format", "EC point format", u8, kPointFormats};
  Field srp_len{"tls.handshake.extensions_srp_len", "SRP username length", u8};
  Field srp_username{"tls.handshake.extensions_srp_username", "SRP username", plain_text};
  Field alpn_len{"tls.handshake.extensions_alpn_len", "ALPN Extension Length", u16};
  Field alpn_list{"tls.handshake.extensions_alpn_list", "ALPN Protocol"};
  Field alpn_str_len{"tls.handshake.extensions_alpn_str_len", "ALPN string length", u8};
  Field alpn_str{"tls.handshake.extensions_alpn_str", "ALPN Next Protocol", plain_text};
  Field npn_str_len{"tls.handshake.extensions_npn_str_len", "Protocol string length", u8};
  Field npn{"tls.handshake.extensions_npn", "Next Protocol", plain_text};
  Field reneg_info_len{"tls.handshake.extensions_reneg_info_len", "Renegotiation info extension length", u8};
  Field reneg_info{"tls.handshake.extensions_reneg_info", "Renegotiation info", raw_bytes};
  Field key_share_client_length{"tls.handshake.extensions_key_share_client_length", "Client Key Share Length", u16};
  Field key_share_group{"tls.handshake.extensions_key_share_group", "Group", u16, kGroups};
  Field key_share_key_exchange_length{"tls.handshake.extensions_key_share_key_exchange_length", "Key Exchange Length",
                                      u16};
  Field key_share_key_exchange{"tls.handshake.extensions_key_share_key_exchange", "Key Exchange", raw_bytes};
  Field key_share_selected_group{"tls.handshake.extensions_key_share_selected_group", "Selected Group", u16, kGroups};
  Field psk_identities_length{"tls.handshake.extensions.psk.identities.length", "Identities Length", u16};
  Field psk_identity_identity_length{"tls.handshake.extensions.psk.identity.identity_length", "Identity Length", u16};
  Field psk_identity_identity{"tls.handshake.extensions.psk.identity.identity", "Identity", raw_bytes};
  Field psk_identity_obfuscated_ticket_age{"tls.handshake.extensions.psk.identity.obfuscated_ticket_age",
                                           "Obfuscated Ticket Age", u32};
  Field psk_binders_len{"tls.handshake.extensions.psk.binders_len", "PSK Binders length", u16};
  Field psk_binders{"tls.handshake.extensions.psk.binders", "PSK Binders"};
  Field psk_binder{"tls.handshake.extensions.psk.binder", "PSK Binder"};
  Field psk_binder_binder_length{"tls.handshake.extensions.psk.binder.binder_length", "Binder Length", u8};
  Field psk_binder_binder{"tls.handshake.extensions.psk.binder.binder", "Binder", raw_bytes};
  Field psk_identity_selected{"tls.handshake.extensions.psk.identity.selected", "Selected Identity", u16};
  Field handshake_extensions_session_ticket{"tls.handshake.extensions.session_ticket", "Session Ticket", raw_bytes};
  Field supported_versions_len{"tls.handshake.extensions.supported_versions_len", "Supported Versions length", u8};
  Field supported_version{"tls.handshake.extensions.supported_version", "Supported Version", x16, kVersionNames};
  Field cookie_len{"tls.handshake.extensions.cookie_len", "Cookie length", u16};
  Field cookie{"tls.handshake.extensions.cookie", "Cookie", raw_bytes};
  Field server_name_list_len{"tls.handshake.extensions_server_name_list_len", "Server Name list length", u16};
  Field server_name_len{"tls.handshake.extensions_server_name_len", "Server Name length", u16};
  Field server_name_type{"tls.handshake.extensions_server_name_type", "Server Name Type", u8, kServerNameTypes};
  Field server_name{"tls.handshake.extensions_server_name", "Server Name", plain_text};
  Field max_fragment_length{"tls.handshake.max_fragment_length", "Maximum Fragment Length", u8, kFragmentLengths};
  Field padding_data{"tls.handshake.extensions_padding_data", "Padding Data", raw_bytes};
  Field cert_url_type{"tls.handshake.cert_url_type", "Certificate Chain Type", u8, kCertificateChainTypes};
  Field cert_url_url_hash_len{"tls.handshake.cert_url.url_hash_len", "URL and Hash list Length", u16};
  Field cert_url_url_hash{"tls.handshake.cert_url.url_hash", "URL and Hash"};
  Field cert_url_url_len{"tls.handshake.cert_url.url_len", "URL Length", u16};
  Field cert_type_type{"tls.handshake.cert_type.type", "Certificate Type", x8, kCertificateKinds};
  Field cert_type_types{"tls.handshake.cert_type.types", "Certificate Type List"};
  Field cert_type_types_len{"tls.handshake.cert_type.types_len", "Certificate Type List Length", u8};
  Field cert_url_url{"tls.handshake.cert_url.url", "URL", plain_text};
  Field cert_url_padding{"tls.handshake.cert_url.padding", "Padding"};
  Field cert_url_sha1{"tls.handshake.cert_url.sha1", "SHA1 Hash", raw_bytes};
  Field status_request_type{"tls.handshake.extensions_status_request_type", "Certificate Status Type", u8,
                            kStatusTypes};
  Field status_request_len{"tls.handshake.extensions_status_request_len", "Certificate Status Length", u16};
  Field status_request_responder_ids_len{"tls.handshake.extensions_status_request_responder_ids_len",
                                         "Responder ID list Length", u16};
  Field status_request_exts_len{"tls.handshake.extensions_status_request_exts_len", "Request Extensions Length", u16};
  Field status_request_list_len{"tls.handshake.extensions_status_request_list_len", "Certificate Status List Length",
                                u16};
  Field ocsp_response_list_len{"tls.handshake.ocsp_response_list_len", "OCSP Response List Length", u24};
  Field ocsp_response_len{"tls.handshake.ocsp_response_len", "OCSP Response Length", u24};
  Field sig_hash_alg_len{"tls.handshake.sig_hash_alg_len", "Signature Hash Algorithms Length", u16};
  Field sig_hash_algs{"tls.handshake.sig_hash_algs", "Signature Algorithms"};
  Field sig_hash_alg{"tls.handshake.sig_hash_alg", "Signature Algorithm", x16, kSignatureSchemes};
  Field sig_hash_hash{"tls.handshake.sig_hash_hash", "Signature Hash Algorithm Hash", u8, kHashes};
  Field sig_hash_sig{"tls.handshake.sig_hash_sig", "Signature Hash Algorithm Signature", u8, kSignatures};
  Field epms_len{"tls.handshake.epms_len", "Encrypted PreMaster length", u16};
  Field epms{"tls.handshake.epms", "Encrypted PreMaster", raw_bytes};
  Field modulus_len{"tls.handshake.modulus_len", "Modulus Length", u16};
  Field exponent_len{"tls.handshake.exponent_len", "Exponent Length", u16};
  Field sig_len{"tls.handshake.sig_len", "Signature Length", u16};
  Field p_len{"tls.handshake.p_len", "p Length", u16};
  Field g_len{"tls.handshake.g_len", "g Length", u16};
  Field ys_len{"tls.handshake.ys_len", "Pubkey Length", u16};
  Field yc_len{"tls.handshake.yc_len", "Pubkey Length", u16};
  Field client_point_len{"tls.handshake.client_point_len", "Pubkey Length", u8};
  Field server_point_len{"tls.handshake.server_point_len", "Pubkey Length", u8};
  Field p{"tls.handshake.p", "p", raw_bytes};
  Field g{"tls.handshake.g", "g", raw_bytes};
  Field server_curve_type{"tls.handshake.server_curve_type", "Curve Type", x8, kCurveTypes};
  Field server_named_curve{"tls.handshake.server_named_curve", "Named Curve", x16, kGroups};
  Field ys{"tls.handshake.ys", "Pubkey", raw_bytes};
  Field yc{"tls.handshake.yc", "Pubkey", raw_bytes};
  Field server_point{"tls.handshake.server_point", "Pubkey", raw_bytes};
  Field client_point{"tls.handshake.client_point", "Pubkey", raw_bytes};
  Field xs_len{"tls.handshake.xs_len", "Pubkey Length", u8};
  Field xc_len{"tls.handshake.xc_len", "Pubkey Length", u8};
  Field xs{"tls.handshake.xs", "Pubkey", raw_bytes};
  Field xc{"tls.handshake.xc", "Pubkey", raw_bytes};
  Field vs_len{"tls.handshake.vs_len", "Ephemeral Pubkey Length", u8};
  Field vc_len{"tls.handshake.vc_len", "Ephemeral Pubkey Length", u8};
  Field vs{"tls.handshake.vs", "Ephemeral Pubkey", raw_bytes};
  Field vc{"tls.handshake.vc", "Ephemeral Pubkey", raw_bytes};
  Field rs_len{"tls.handshake.rs_len", "Schnorr signature Length", u8};
  Field rc_len{"tls.handshake.rc_len", "Schnorr signature Length", u8};
  Field rs{"tls.handshake.rs", "Schnorr signature", raw_bytes};
  Field rc{"tls.handshake.rc", "Schnorr signature", raw_bytes};
  Field modulus{"tls.handshake.modulus", "Modulus", raw_bytes};
  Field exponent{"tls.handshake.exponent", "Exponent", raw_bytes};
  Field sig{"tls.handshake.sig", "Signature", raw_bytes};
  Field hint_len{"tls.handshake.hint_len", "Hint Length", u16};
  Field hint{"tls.handshake.hint", "Hint", raw_bytes};
  Field identity_len{"tls.handshake.identity_len", "Identity Length", u16};
  Field identity{"tls.handshake.identity", "Identity", raw_bytes};
  Field extension_heartbeat_mode{"tls.handshake.extension.heartbeat.mode", "Mode", u8, kHeartbeatModes};
  Field certificates_length{"tls.handshake.certificates_length", "Certificates Length", u24};
  Field certificates{"tls.handshake.certificates", "Certificates"};
  Field certificate{"tls.handshake.certificate", "Certificate", raw_bytes};
  Field certificate_length{"tls.handshake.certificate_length", "Certificate Length", u24};
  Field cert_types_count{"tls.handshake.cert_types_count", "Certificate types count", u8};
  Field cert_types{"tls.handshake.cert_types", "Certificate types"};
  Field cert_type{"tls.handshake.cert_type", "Certificate type", u8, kClientCertificateTypes};
  Field dnames_len{"tls.handshake.dnames_len", "Distinguished Names Length", u16};
  Field dnames{"tls.handshake.dnames", "Distinguished Names"};
  Field dname_len{"tls.handshake.dname_len", "Distinguished Name Length", u16};
  Field dnames_truncated{"tls.handshake.dnames_truncated", "Tree view truncated"};
  Field dname{"tls.handshake.dname", "Distinguished Name"};
  Field random{"tls.handshake.random", "Random", raw_bytes};
  Field random_time{"tls.handshake.random_time", "GMT Unix Time", absolute_ns};
  Field random_bytes{"tls.handshake.random_bytes", "Random Bytes", raw_bytes};
  Field session_id{"tls.handshake.session_id", "Session ID", raw_bytes};
  Field version{"tls.handshake.version", "Version", x16, kVersionNames};
  Field cipher_suites_length{"tls.handshake.cipher_suites_length", "Cipher Suites Length", u16};
  Field ciphersuites{"tls.handshake.ciphersuites", "Cipher Suites"};
  Field ciphersuite{"tls.handshake.ciphersuite", "Cipher Suite", x16, kCipherSuites};
  Field comp_methods_length{"tls.handshake.comp_methods_length", "Compression Methods Length", u8};
  Field comp_methods{"tls.handshake.comp_methods", "Compression Methods"};
  Field comp_method{"tls.handshake.comp_method", "Compression Method", u8, kCompressionMethods};
  Field session_ticket_lifetime_hint{"tls.handshake.session_ticket_lifetime_hint", "Session Ticket Lifetime Hint", u32,
                                     write_lifetime};
  Field session_ticket_age_add{"tls.handshake.session_ticket_age_add", "Session Ticket Age Add", u32};
  Field session_ticket_nonce_length{"tls.handshake.session_ticket_nonce_length", "Session Ticket Nonce Length", u8};
  Field session_ticket_nonce{"tls.handshake.session_ticket_nonce", "Session Ticket Nonce", raw_bytes};
  Field session_ticket_length{"tls.handshake.session_ticket_length", "Session Ticket Length", u16};
  Field handshake_session_ticket{"tls.handshake.session_ticket", "Session Ticket", raw_bytes};
  Field verify_data{"tls.handshake.verify_data", "Verify Data", raw_bytes};
  Field client_cert_vrfy_sig_len{"tls.handshake.client_cert_vrfy.sig_len", "Signature length", u16};
  Field client_cert_vrfy_sig{"tls.handshake.client_cert_vrfy.sig", "Signature", raw_bytes};
  Field quic_parameters_length{"tls.quic.len", "Parameters Length", u16};
  Field quic_parameter_type{"tls.quic.parameter.type", "Type", u64};
  Field quic_parameter_type_old{"tls.quic.parameter.type", "Type", u16};
  Field quic_parameter_length{"tls.quic.parameter.length", "Length", u64};
  Field quic_parameter_length_old{"tls.quic.parameter.length.old", "Length", u16};
  Field quic_parameter_value{"tls.quic.parameter.value", "Value", raw_bytes};
  Field quic_original_destination{"tls.quic.parameter.original_destination_connection_id",
                                  "original_destination_connection_id", raw_bytes};
  Field quic_max_idle_timeout{"tls.quic.parameter.max_idle_timeout", "max_idle_timeout", u64};
  Field quic_max_udp_payload_size{"tls.quic.parameter.max_udp_payload_size", "max_udp_payload_size", u64};
  Field quic_initial_max_data{"tls.quic.parameter.initial_max_data", "initial_max_data", u64};
  Field quic_initial_max_stream_data_bidi_local{"tls.quic.parameter.initial_max_stream_data_bidi_local",
                                                "initial_max_stream_data_bidi_local", u64};
  Field quic_initial_max_stream_data_bidi_remote{"tls.quic.parameter.initial_max_stream_data_bidi_remote",
                                                 "initial_max_stream_data_bidi_remote", u64};
  Field quic_initial_max_stream_data_uni{"tls.quic.parameter.initial_max_stream_data_uni",
                                         "initial_max_stream_data_uni", u64};
  Field quic_initial_max_streams_bidi{"tls.quic.parameter.initial_max_streams_bidi", "initial_max_streams_bidi", u64};
  Field quic_initial_max_streams_uni{"tls.quic.parameter.initial_max_streams_uni", "initial_max_streams_uni", u64};
  Field quic_ack_delay_exponent{"tls.quic.parameter.ack_delay_exponent", "ack_delay_exponent", u64};
  Field quic_max_ack_delay{"tls.quic.parameter.max_ack_delay", "max_ack_delay", u64};
  Field quic_max_datagram_frame_size{"tls.quic.parameter.max_datagram_frame_size", "max_datagram_frame_size", u64};
  Field quic_loss_bits{"tls.quic.parameter.loss_bits", "loss_bits", u64};
  Field quic_min_ack_delay{"tls.quic.parameter.min_ack_delay", "min_ack_delay", u64};
  Field quic_stateless_reset_token{"tls.quic.parameter.stateless_reset_token", "stateless_reset_token", raw_bytes};
  Field quic_active_connection_id_limit{"tls.quic.parameter.active_connection_id_limit", "Active Connection ID Limit",
                                        u64};
  Field quic_initial_source{"tls.quic.parameter.initial_source_connection_id", "Initial Source Connection ID",
                            raw_bytes};
  Field quic_retry_source{"tls.quic.parameter.retry_source_connection_id", "Retry Source Connection ID", raw_bytes};
  Field quic_preferred_ipv4{"tls.quic.parameter.preferred_address.ipv4address", "ipv4Address", ipv4_32};
  Field quic_preferred_ipv4_port{"tls.quic.parameter.preferred_address.ipv4port", "ipv4Port", u16};
  Field quic_preferred_ipv6{"tls.quic.parameter.preferred_address.ipv6address", "ipv6Address", ipv6_128};
  Field quic_preferred_ipv6_port{"tls.quic.parameter.preferred_address.ipv6port", "ipv6Port", u16};
  Field quic_preferred_id_length{"tls.quic.parameter.preferred_address.connectionid.length", "Length", u8};
  Field quic_preferred_id{"tls.quic.parameter.preferred_address.connectionid", "connectionId", raw_bytes};
  Field quic_preferred_token{"tls.quic.parameter.preferred_address.statelessresettoken", "statelessResetToken",
                             raw_bytes};
  Field quic_chosen_version{"tls.quic.parameter.vi.chosen_version", "Chosen Version", x32, quic::kVersionNames};
  Field quic_other_version{"tls.quic.parameter.vi.other_version", "Other Version", x32, quic::kVersionNames};
  Field quic_cibir_length{"tls.quic.parameter.cibir_encoding.length", "length", u64};
  Field quic_cibir_offset{"tls.quic.parameter.cibir_encoding.offset", "offset", u64};
  Field quic_address_discovery{"tls.quic.parameter.address_discovery", "address_discovery", u64, kAddressDiscovery};
  Field quic_enable_time_stamp_v2{"tls.quic.parameter.enable_time_stamp_v2", "Enable TimestampV2", u64, kTimeStamps};
  Field quic_enable_multipath{"tls.quic.parameter.enable_multipath", "Enable Multipath", u64, kMultipath};
  Field quic_initial_max_paths{"tls.quic.parameter.initial_max_paths", "Initial Max Paths", u64};
  Field quic_initial_max_path_id{"tls.quic.parameter.initial_max_path_id", "Initial Max Path ID", u64};
  Field quic_google_user_agent{"tls.quic.parameter.google.user_agent", "Google UserAgent", plain_text};
  Field quic_google_key_update_not_yet_supported{"tls.quic.parameter.google.key_update_not_yet_supported",
                                                 "Google Key Update not yet supported", label};
  Field quic_google_quic_version{"tls.quic.parameter.google.quic_version", "Google QUIC version", x32,
                                 quic::kVersionNames};
  Field quic_google_initial_rtt{"tls.quic.parameter.google.initial_rtt", "Google Initial RTT", u64};
  Field quic_google_quic_params{"tls.quic.parameter.google.quic_params", "Google QUIC parameters", raw_bytes};
  Field quic_google_connection_options{"tls.quic.parameter.google.connection_options", "Google Connection options",
                                       raw_bytes};
  Field quic_facebook_partial_reliability{"tls.quic.parameter.facebook.partial_reliability",
                                          "Facebook Partial Reliability", u64};
  Field ja3_full{"tls.handshake.ja3_full", "JA3 Fullstring", plain_text};
  Field ja3{"tls.handshake.ja3", "JA3", plain_text};
  Field ja3s_full{"tls.handshake.ja3s_full", "JA3S Fullstring", plain_text};
  Field ja3s{"tls.handshake.ja3s", "JA3S", plain_text};
  Field ja4{"tls.handshake.ja4", "JA4", plain_text};
  Field ja4_r{"tls.handshake.ja4_r", "JA4_r", plain_text};
  Field psk_ke_modes_length{"tls.extension.psk_ke_modes_length", "PSK Key Exchange Modes Length", u8};
  Field psk_ke_mode{"tls.extension.psk_ke_mode", "PSK Key Exchange Mode", u8, kPskModes};
  Field certificate_request_context_length{"tls.handshake.certificate_request_context_length",
                                           "Certificate Request Context Length", u8};
  Field certificate_request_context{"tls.handshake.certificate_request_context", "Certificate Request Context",
                                    raw_bytes};
  Field key_update_request_update{"tls.handshake.key_update.request_update", "Key Update Request", u8, kKeyUpdates};
  Field sct_scts_length{"tls.sct.scts_length", "Serialized SCT List Length", u16};
  Field sct_sct_length{"tls.sct.sct_length", "Serialized SCT Length", u16};
  Field sct_sct_version{"tls.sct.sct_version", "SCT Version", u8};
  Field sct_sct_logid{"tls.sct.sct_logid", "Log ID", raw_bytes};
  Field sct_sct_timestamp{"tls.sct.sct_timestamp", "Timestamp", absolute_ns};
  Field sct_sct_extensions_length{"tls.sct.sct_extensions_length", "Extensions length", u16};
  Field sct_sct_extensions{"tls.sct.sct_extensions", "Extensions"};
  Field sct_sct_signature_length{"tls.sct.sct_signature_length", "Signature Length", u16};
  Field sct_sct_signature{"tls.sct.sct_signature", "Signature", raw_bytes};
  Field early_data_max_early_data_size{"tls.early_data.max_early_data_size", "Maximum Early Data Size", u32};
  Field oid_filters_length{"tls.extension.oid_filters_length", "OID Filters Length", u16};
  Field oid_filters_oid_length{"tls.extension.oid_filters.oid_length", "Certificate Extension OID Length", u8};
  Field oid_filters_oid{"tls.extension.oid_filters.oid", "Certificate Extension OID", object_id};
  Field oid_filters_values_length{"tls.extension.oid_filters.values_length", "Certificate Extension Values Length",
                                  u16};
  Field cred_valid_time{"tls.handshake.cred.valid_time", "Valid Time", u16};
  Field cred_pubkey{"tls.handshake.cred.pubkey", "Subject Public Key Info", raw_bytes};
  Field cred_pubkey_len{"tls.handshake.cred.pubkey_len", "Subject Public Key Info Length", u24};
  Field cred_signature{"tls.handshake.cred.signature", "Signature", raw_bytes};
  Field cred_signature_len{"tls.handshake.cred.signature_len", "Signature Length", u16};
  Field compress_certificate_algorithms_length{"tls.compress_certificate.algorithms_length", "Algorithms Length", u8};
  Field compress_certificate_algorithm{"tls.compress_certificate.algorithm", "Algorithm", u16, kCompressions};
  Field compress_certificate_uncompressed_length{"tls.compress_certificate.uncompressed_length", "Uncompressed Length",
                                                 u24};
  Field compress_certificate_compressed_certificate_message_length{
      "tls.compress_certificate.compressed_certificate_message.length", "Length", u24};
  Field compress_certificate_compressed_certificate_message{"tls.compress_certificate.compressed_certificate_message",
                                                            "Compressed Certificate Message", raw_bytes};
  Field token_binding_version_major{"tls.token_binding.version_major", "Protocol Major Version", x8};
  Field token_binding_version_minor{"tls.token_binding.version_minor", "Protocol Minor Version", x8};
  Field token_binding_key_parameters{"tls.token_binding.key_parameters", "Key Parameters"};
  Field token_binding_key_parameters_length{"tls.token_binding.key_parameters_length", "Key Parameters Length", u8};
  Field token_binding_key_parameter{"tls.token_binding.key_parameter", "Key Parameter", u8, kKeyParameters};
  Field record_size_limit{"tls.record_size_limit", "Record Size Limit", u16};
  Field connection_id_length{"tls.connection_id_length", "Connection ID length", u8};
  Field connection_id{"tls.connection_id", "Connection ID", raw_bytes};
  Field trusted_ca_keys_length{"tls.handshake.trusted_ca.keys_length", "Trusted CA keys length", u16};
  Field trusted_ca_keys{"tls.handshake.trusted_ca.keys", "Trusted CA keys"};
  Field trusted_ca_key{"tls.handshake.trusted_ca.key", "Trusted CA key"};
  Field trusted_ca_key_type{"tls.handshake.trusted_ca.key_type", "Trusted CA key type", u8, kTrustedKeyTypes};
  Field trusted_ca_key_hash{"tls.handshake.trusted_ca.key_hash", "Trusted CA key hash", raw_bytes};
  Field trusted_ca_key_dname_len{"tls.handshake.trusted_ca.key_dname_len", "Distinguished Name Length", u16};
  Field trusted_ca_key_dname{"tls.handshake.trusted_ca.key_dname", "Distinguished Name"};
  Field esni_suite{"tls.esni.suite", "Cipher Suite", x16, kCipherSuites};
  Field esni_record_digest_length{"tls.esni.record_digest_length", "Record Digest Length", u16};
  Field esni_record_digest{"tls.esni.record_digest", "Record Digest", raw_bytes};
  Field esni_encrypted_sni_length{"tls.esni.encrypted_sni_length", "Encrypted SNI Length", u16};
  Field esni_encrypted_sni{"tls.esni.encrypted_sni", "Encrypted SNI", raw_bytes};
  Field esni_nonce{"tls.esni.nonce", "Nonce", raw_bytes};
  Field ech_echconfiglist_length{"tls.ech.echconfiglist_length", "ECHConfigList length", u16};
  Field ech_echconfiglist{"tls.ech.echconfiglist", "ECHConfigList"};
  Field ech_echconfig{"tls.ech.echconfig", "ECHConfig"};
  Field ech_echconfig_version{"tls.ech.echconfig.version", "Version", x16};
  Field ech_echconfig_length{"tls.ech.echconfig.length", "Length", u16};
  Field ech_echconfigcontents_maximum_name_length{"tls.ech.echconfigcontents.maximum_name_length",
                                                  "Maximum Name Length", u8};
  Field ech_echconfigcontents_public_name_length{"tls.ech.echconfigcontents.public_name_length", "Public Name length",
                                                 u8};
  Field ech_echconfigcontents_public_name{"tls.ech.echconfigcontents.public_name", "Public Name", plain_text};
  Field ech_echconfigcontents_extensions_length{"tls.ech.echconfigcontents.extensions_length", "Extensions length",
                                                u16};
  Field ech_echconfigcontents_extensions{"tls.ech.echconfigcontents.extensions", "Extensions", raw_bytes};
  Field ech_hpke_keyconfig{"tls.ech.hpke.keyconfig", "HPKE Key Config"};
  Field ech_hpke_keyconfig_config_id{"tls.ech.hpke.keyconfig.config_id", "Config Id", u8};
  Field ech_hpke_keyconfig_kem_id{"tls.ech.hpke.keyconfig.kem_id", "KEM Id", u16, kHpkeKems};
  Field ech_hpke_keyconfig_public_key_length{"tls.ech.hpke.keyconfig.public_key_length", "Public Key length", u16};
  Field ech_hpke_keyconfig_public_key{"tls.ech.hpke.keyconfig.public_key", "Public Key", raw_bytes};
  Field ech_hpke_keyconfig_cipher_suites{"tls.ech.hpke.keyconfig.cipher_suites", "Cipher Suites"};
  Field ech_hpke_keyconfig_cipher_suites_length{"tls.ech.hpke.keyconfig.cipher_suites_length", "Cipher Suites length",
                                                u16};
  Field ech_hpke_keyconfig_cipher_suite{"tls.ech.hpke.keyconfig.cipher_suite", "Cipher Suite"};
  Field ech_hpke_keyconfig_cipher_suite_kdf_id{"tls.ech.hpke.keyconfig.cipher_suite.kdf_id", "KDF Id", u16, kHpkeKdfs};
  Field ech_hpke_keyconfig_cipher_suite_aead_id{"tls.ech.hpke.keyconfig.cipher_suite.aead_id", "AEAD Id", u16,
                                                kHpkeAeads};
  Field ech_client_hello_type{"tls.ech.client_hello_type", "Client Hello type", u8, kEchHelloTypes};
  Field ech_cipher_suite{"tls.ech.cipher_suite", "Cipher Suite"};
  Field ech_config_id{"tls.ech.config_id", "Config Id", u8};
  Field ech_enc_length{"tls.ech.enc_length", "Enc length", u16};
  Field ech_enc{"tls.ech.enc", "Enc", raw_bytes};
  Field ech_payload_length{"tls.ech.payload_length", "Payload length", u16};
  Field ech_payload{"tls.ech.payload", "Payload", raw_bytes};
  Field ech_confirmation{"tls.ech.confirmation", "Confirmation", raw_bytes};
  Field ech_retry_configs{"tls.ech.retry_configs", "Retry Configs"};
  Field ech_encrypted_padding{"tls.ech.encrypted_padding", "ECH Encrypted Padding", raw_bytes};
  Field alps_len{"tls.handshake.extensions_alps_len", "ALPS Extension Length", u16};
  Field alps_alpn_list{"tls.handshake.extensions_alps_alpn_list", "Supported ALPN List"};
  Field alps_alpn_str_len{"tls.handshake.extensions_alps_alpn_str_len", "Supported ALPN Length", u8};
  Field alps_alpn_str{"tls.handshake.extensions_alps_alpn_str", "Supported ALPN", plain_text};
  Field alps_settings{"tls.handshake.extensions_alps.settings", "ALPN Opaque Settings", raw_bytes};
  Field heartbeat_message_payload_length_invalid{"tls.heartbeat_message.payload_length.invalid",
                                                 "Invalid heartbeat payload length"};
  Field unexpected_message{"tls.unexpected_message", "Unexpected message"};
  Field ignored_unknown_record{"tls.ignored_unknown_record", "Ignored Unknown Record"};
  Field client_version_error{"tls.handshake.client_version_error",
                             "Client Hello legacy version field specifies version 1.3, not version 1.2; some servers "
                             "may not be able to handle that."};
  Field server_version_error{"tls.handshake.server_version_error",
                             "Server Hello legacy version field specifies version 1.3, not version 1.2; some "
                             "middleboxes may not be able to handle that."};
  Field legacy_version{"tls.handshake.legacy_version",
                       "This legacy_version field MUST be ignored. The supported_versions extension is present and "
                       "MUST be used instead."};
  Field malformed_vector_length{"tls.malformed.vector_length", "Variable vector length is outside the permitted range"};
  Field malformed_buffer_too_small{"tls.malformed.buffer_too_small", "Malformed message, not enough data is available"};
  Field malformed_trailing_data{"tls.malformed.trailing_data", "Undecoded trailing data is present"};
  Field status_request_undecoded{"tls.handshake.status_request.undecoded",
                                 "Responder ID list or Request Extensions are not implemented, contact Wireshark "
                                 "developers if you want this to be supported"};
  Field ciphersuite_undecoded{
      "tls.handshake.ciphersuite.undecoded",
      "Ciphersuite not implemented, contact Wireshark developers if you want this to be supported"};
  Field server_keyex_illegal{"tls.handshake.server_keyex_illegal",
                             "It is not legal to send the ServerKeyExchange message for this ciphersuite"};
  Field resumed{"tls.resumed", "This session reuses previously negotiated keys (Session resumption)"};
  Field decompression_error{"tls.decompression_error", "Decompression error"};
  Field ech_echconfig_invalid_version{"tls.ech_echconfig_invalid_version", "Invalid/unknown ECHConfig version"};
  Field ech_accepted{"tls.ech_accepted", "Calculated ECH Confirmation matches Server Random bytes, ECH was accepted"};
  Field ech_rejected{"tls.ech_rejected",
                     "Calculated ECH Confirmation does not match Server Random bytes, ECH was rejected"};
};

}  // namespace tracedrop::dissect::tls
