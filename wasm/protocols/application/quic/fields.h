// The fields of QUIC, and the names of their values.
#pragma once

#include "protocols/application/quic/versions.h"

namespace tracedrop::dissect::quic {

inline constexpr RangeName kFrameTypes[] = {{0x0, 0x0, "PADDING"},
                                            {0x1, 0x1, "PING"},
                                            {0x2, 0x3, "ACK"},
                                            {0x4, 0x4, "RESET_STREAM"},
                                            {0x5, 0x5, "STOP_SENDING"},
                                            {0x6, 0x6, "CRYPTO"},
                                            {0x7, 0x7, "NEW_TOKEN"},
                                            {0x8, 0xf, "STREAM"},
                                            {0x10, 0x10, "MAX_DATA"},
                                            {0x11, 0x11, "MAX_STREAM_DATA"},
                                            {0x12, 0x12, "MAX_STREAMS (BIDI)"},
                                            {0x13, 0x13, "MAX_STREAMS (UNI)"},
                                            {0x14, 0x14, "DATA_BLOCKED"},
                                            {0x15, 0x15, "STREAM_DATA_BLOCKED"},
                                            {0x16, 0x16, "STREAMS_BLOCKED (BIDI)"},
                                            {0x17, 0x17, "STREAMS_BLOCKED (UNI)"},
                                            {0x18, 0x18, "NEW_CONNECTION_ID"},
                                            {0x19, 0x19, "RETIRE_CONNECTION_ID"},
                                            {0x1a, 0x1a, "PATH_CHALLENGE"},
                                            {0x1b, 0x1b, "PATH_RESPONSE"},
                                            {0x1c, 0x1c, "CONNECTION_CLOSE (Transport)"},
                                            {0x1d, 0x1d, "CONNECTION_CLOSE (Application)"},
                                            {0x1e, 0x1e, "HANDSHAKE_DONE"},
                                            {0x1f, 0x1f, "IMMEDIATE_ACK"},
                                            {0x30, 0x31, "DATAGRAM"},
                                            {0xac, 0xac, "IMMEDIATE_ACK (draft05)"},
                                            {0xaf, 0xaf, "ACK_FREQUENCY"},
                                            {0x2f5, 0x2f5, "TIME_STAMP"},
                                            {0x9f81a6, 0x9f81a6, "OBSERVED_ADDRESS (IPv4)"},
                                            {0x9f81a7, 0x9f81a7, "OBSERVED_ADDRESS (IPv6)"},
                                            {0xbaba00, 0xbaba01, "ACK_MP"},
                                            {0xbaba05, 0xbaba05, "PATH_ABANDON"},
                                            {0xbaba06, 0xbaba06, "PATH_STATUS"},
                                            {0x15228c00, 0x15228c01, "PATH_ACK"},
                                            {0x15228c05, 0x15228c05, "PATH_ABANDON"},
                                            {0x15228c06, 0x15228c06, "PATH_STATUS"},
                                            {0x15228c07, 0x15228c07, "PATH_BACKUP_AVAILABLE"},
                                            {0x15228c08, 0x15228c08, "PATH_STATUS_AVAILABLE"},
                                            {0x15228c09, 0x15228c09, "PATH_NEW_CONNECTION_ID"},
                                            {0x15228c0a, 0x15228c0a, "PATH_RETIRE_CONNECTION_ID"},
                                            {0x15228c0b, 0x15228c0b, "MAX_PATHS"},
                                            {0x15228c0c, 0x15228c0c, "MAX_PATH_ID"},
                                            {0x15228c0d, 0x15228c0d, "PATHS_BLOCKED"},
                                            {0x15228c0e, 0x15228c0e, "PATH_CIDS_BLOCKED"}};
inline constexpr RangeName kErrors[] = {{0, 0, "NO_ERROR"},
                                        {1, 1, "INTERNAL_ERROR"},
                                        {2, 2, "CONNECTION_REFUSED"},
                                        {3, 3, "FLOW_CONTROL_ERROR"},
                                        {4, 4, "STREAM_ID_ERROR"},
                                        {5, 5, "STREAM_STATE_ERROR"},
                                        {6, 6, "FINAL_SIZE_ERROR"},
                                        {7, 7, "FRAME_ENCODING_ERROR"},
                                        {8, 8, "TRANSPORT_PARAMETER_ERROR"},
                                        {9, 9, "CONNECTION_ID_LIMIT_ERROR"},
                                        {10, 10, "PROTOCOL_VIOLATION"},
                                        {11, 11, "INVALID_TOKEN"},
                                        {12, 12, "APPLICATION_ERROR"},
                                        {13, 13, "CRYPTO_BUFFER_EXCEEDED"},
                                        {14, 14, "KEY_UPDATE_ERROR"},
                                        {15, 15, "AEAD_LIMIT_REACHED"},
                                        {16, 16, "NO_VIABLE_PATH"},
                                        {17, 17, "VERSION_NEGOTIATION_ERROR"},
                                        {256, 511, "CRYPTO_ERROR"}};
inline constexpr ValueName kAlerts[] = {{0, "Close Notify"},
                                        {1, "End of Early Data"},
                                        {10, "Unexpected Message"},
                                        {20, "Bad Record MAC"},
                                        {21, "Decryption Failed"},
                                        {22, "Record Overflow"},
                                        {30, "Decompression Failure"},
                                        {40, "Handshake Failure"},
                                        {41, "No Certificate"},
                                        {42, "Bad Certificate"},
                                        {43, "Unsupported Certificate"},
                                        {44, "Certificate Revoked"},
                                        {45, "Certificate Expired"},
                                        {46, "Certificate Unknown"},
                                        {47, "Illegal Parameter"},
                                        {48, "Unknown CA"},
                                        {49, "Access Denied"},
                                        {50, "Decode Error"},
                                        {51, "Decrypt Error"},
                                        {60, "Export Restriction"},
                                        {70, "Protocol Version"},
                                        {71, "Insufficient Security"},
                                        {80, "Internal Error"},
                                        {86, "Inappropriate Fallback"},
                                        {90, "User Canceled"},
                                        {100, "No Renegotiation"},
                                        {109, "Missing Extension"},
                                        {110, "Unsupported Extension"},
                                        {111, "Certificate Unobtainable"},
                                        {112, "Unrecognized Name"},
                                        {113, "Bad Certificate Status Response"},
                                        {114, "Bad Certificate Hash Value"},
                                        {115, "Unknown PSK Identity"},
                                        {116, "Certificate Required"},
                                        {120, "No application Protocol"},
                                        {121, "ECH Required"}};
inline constexpr ValueName kTypes[] = {{0, "Initial"}, {1, "0-RTT"}, {2, "Handshake"}, {3, "Retry"}};
inline constexpr ValueName kTypesOfVersion2[] = {{0, "Retry"}, {1, "Initial"}, {2, "0-RTT"}, {3, "Handshake"}};
inline constexpr ValueName kForms[] = {{0, "Short Header"}, {1, "Long Header"}};
inline constexpr ValueName kNumberLengths[] = {{0, "1 bytes"}, {1, "2 bytes"}, {2, "3 bytes"}, {3, "4 bytes"}};

struct Fields {
  Field connection_number{"quic.connection.number", "Connection Number", u32};
  Field packet_length{"quic.packet_length", "Packet Length", u32};
  Field header_form{"quic.header_form", "Header Form", bits(u8, 0x80), kForms};
  Field long_packet_type{"quic.long.packet_type", "Packet Type", bits(u8, 0x30), kTypes};
  Field long_packet_type_v2{"quic.long.packet_type_v2", "Packet Type", bits(u8, 0x30), kTypesOfVersion2};
  Field long_reserved{"quic.long.reserved", "Reserved", bits(u8, 0x0C)};
  Field packet_number_length{"quic.packet_number_length", "Packet Number Length", bits(u8, 0x03), kNumberLengths};
  Field unused{"quic.vn.unused", "Unused", bits(x8, 0x7F)};
  Field dcid{"quic.dcid", "Destination Connection ID", raw_bytes};
  Field scid{"quic.scid", "Source Connection ID", raw_bytes};
  Field dcil{"quic.dcil", "Destination Connection ID Length", u8};
  Field scil{"quic.scil", "Source Connection ID Length", u8};
  Field token_length{"quic.token_length", "Token Length", u64};
  Field token{"quic.token", "Token", raw_bytes};
  Field length{"quic.length", "Length", u64};
  Field packet_number{"quic.packet_number", "Packet Number", u64};
  Field version{"quic.version", "Version", x32, kVersionNames};
  Field supported_version{"quic.supported_version", "Supported Version", x32, kVersionNames};
  Field short_header{"quic.short", "QUIC Short Header"};
  Field fixed_bit{"quic.fixed_bit", "Fixed Bit", flag(u8, 0x40)};
  Field spin_bit{"quic.spin_bit", "Spin Bit", flag(u8, 0x20)};
  Field payload{"quic.payload", "Payload", raw_bytes};
  Field remaining_payload{"quic.remaining_payload", "Remaining Payload", raw_bytes};
  Field odcil{"quic.odcil", "Original Destination Connection ID Length", u8};
  Field odcid{"quic.odcid", "Original Destination Connection ID", raw_bytes};
  Field retry_token{"quic.retry_token", "Retry Token", raw_bytes};
  Field retry_integrity_tag{"quic.retry_integrity_tag", "Retry Integrity Tag", raw_bytes};
  Field frame{"quic.frame", "Frame"};
  Field frame_type{"quic.frame_type", "Frame Type", x64, kFrameTypes};
  Field padding_length{"quic.padding_length", "Padding Length", u32};
  Field ack_largest_acknowledged{"quic.ack.largest_acknowledged", "Largest Acknowledged", u64};
  Field ack_delay{"quic.ack.ack_delay", "ACK Delay", u64};
  Field ack_range_count{"quic.ack.ack_range_count", "ACK Range Count", u64};
  Field ack_first_range{"quic.ack.first_ack_range", "First ACK Range", u64};
  Field ack_gap{"quic.ack.gap", "Gap", u64};
  Field ack_range{"quic.ack.ack_range", "ACK Range", u64};
  Field ack_ect0_count{"quic.ack.ect0_count", "ECT(0) Count", u64};
  Field ack_ect1_count{"quic.ack.ect1_count", "ECT(1) Count", u64};
  Field ack_ecn_ce_count{"quic.ack.ecn_ce_count", "ECN-CE Count", u64};
  Field crypto_offset{"quic.crypto.offset", "Offset", u64};
  Field crypto_length{"quic.crypto.length", "Length", u64};
  Field crypto_data{"quic.crypto.crypto_data", "Crypto Data"};
  Field close_error_code{"quic.cc.error_code", "Error code", u64, kErrors};
  Field close_tls_alert{"quic.cc.error_code.tls_alert", "TLS Alert Description", u8, kAlerts};
  Field close_application_error{"quic.cc.error_code.app", "Application Error code", u64};
  Field close_frame_type{"quic.cc.frame_type", "Frame Type", u64};
  Field close_reason_length{"quic.cc.reason_phrase.length", "Reason phrase Length", u64};
  Field close_reason{"quic.cc.reason_phrase", "Reason phrase", plain_text};
  Field reassembled_in{"quic.reassembled_in", "Reassembled PDU in frame", dissect::packet_number};
  Field fragments{"quic.crypto.fragments", "Reassembled QUIC CRYPTO Data Fragments"};
  Field fragment{"quic.crypto.fragment", "QUIC CRYPTO Data Fragment", dissect::packet_number};
  Field fragment_count{"quic.crypto.fragment.count", "Fragment count", u32};
  Field unknown_connection{"quic.connection.unknown",
                           "Unknown QUIC connection. Missing Initial Packet or migrated connection?"};
  Field unknown_frame{"quic.ft.unknown", "Unknown Frame Type"};
  Field decryption_failed{"quic.decryption_failed", "Failed to decrypt handshake"};
  Field bad_retry{"quic.bad_retry", "Retry Integrity Tag verification failure"};
  Field coalesced_padding{"quic.coalesced_padding_data", "(Random) padding data appended to the datagram"};
  Field retransmission{"quic.retransmission", "This QUIC frame has a reused stream offset (retransmission?)"};
  Field overlap{"quic.overlap", "This QUIC frame overlaps a previous frame in the stream"};
  Field data_after_forcing{"quic.data_after_forcing_vn", "Data appended after a Forcing VN can't be decrypted"};
};
inline constexpr Fields f;

}  // namespace tracedrop::dissect::quic
