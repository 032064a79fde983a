// The fields of DTLS that TLS does not have; all others are TLS's, by other names.
#pragma once

#include "protocols/application/tls/names.h"

namespace tracedrop::dissect::dtls {

inline constexpr TrueFalse kPresent{"Present", "Not Present"};
inline constexpr TrueFalse kSequenceSizes{"16 bits", "8 bits"};
inline constexpr ValueName kProtectionProfiles[] = {
    {0x0001, "SRTP_AES128_CM_HMAC_SHA1_80"}, {0x0002, "SRTP_AES128_CM_HMAC_SHA1_32"},
    {0x0005, "SRTP_NULL_HMAC_SHA1_80"},      {0x0006, "SRTP_NULL_HMAC_SHA1_32"},
    {0x0007, "SRTP_AEAD_AES_128_GCM"},       {0x0008, "SRTP_AEAD_AES_256_GCM"}};

struct Fields {
  Field stream{"dtls.stream", "Stream index", u32};
  Field record{"dtls.record", "Record Layer"};
  Field content_type{"dtls.record.content_type", "Content Type", u8, tls::kContentTypes};
  Field version{"dtls.record.version", "Version", x16, tls::kVersionNames};
  Field epoch{"dtls.record.epoch", "Epoch", u16};
  Field sequence_number{"dtls.record.sequence_number", "Sequence Number", u48};
  Field length{"dtls.record.length", "Length", u16};
  Field sequence_suffix{"dtls.record.sequence_suffix", "Sequence Number suffix", u16};
  Field unified{"dtls.unified_header.bitmask", "Unified header bitmask", x8};
  Field unified_fixed{"dtls.unified_header.fixed", "Fixed bits", bits(x8, 0xE0)};
  Field unified_id{"dtls.unified_header.cid_present", "CID field", flag(u8, 0x10), kPresent};
  Field unified_sequence{"dtls.unified_header.seq_size", "Sequence number size", flag(u8, 0x08), kSequenceSizes};
  Field unified_length{"dtls.unified_header.length", "Length field", flag(u8, 0x04), kPresent};
  Field unified_epoch{"dtls.unified_header.epoch_bits", "Epoch lowest-order bits", bits(u8, 0x03)};
  Field encrypted{"dtls.enc_content", "Encrypted Record Content", raw_bytes};
  Field message_sequence{"dtls.handshake.message_seq", "Message Sequence", u16};
  Field fragment_offset{"dtls.handshake.fragment_offset", "Fragment Offset", u24};
  Field fragment_length{"dtls.handshake.fragment_length", "Fragment Length", u24};
  Field cookie_length{"dtls.handshake.cookie_length", "Cookie Length", u8};
  Field cookie{"dtls.handshake.cookie", "Cookie", raw_bytes};
  Field fragments{"dtls.fragments", "Message fragments"};
  Field fragment{"dtls.fragment", "Message fragment", packet_number};
  Field fragment_count{"dtls.fragment.count", "Message fragment count", u32};
  Field reassembled_length{"dtls.reassembled.length", "Reassembled DTLS length", u32};
  Field profiles_length{"dtls.use_srtp.protection_profiles_length", "SRTP Protection Profiles Length", u16};
  Field profile{"dtls.use_srtp.protection_profile", "SRTP Protection Profile", x16, kProtectionProfiles};
  Field key_id_length{"dtls.use_srtp.mki_length", "MKI Length", u8};
  Field key_id{"dtls.use_srtp.mki", "MKI", raw_bytes};
};
inline constexpr Fields f;

}  // namespace tracedrop::dissect::dtls
