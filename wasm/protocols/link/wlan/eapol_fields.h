// Fields of EAPOL (IEEE 802.1X) and its keys.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::wlan {

// clang-format off
inline constexpr ValueName kEapolVersion[] = {{1, "802.1X-2001"}, {2, "802.1X-2004"}, {3, "802.1X-2010"}};
inline constexpr ValueName kEapolType[] = {{0, "EAP Packet"}, {1, "Start"}, {2, "Logoff"}, {3, "Key"}, {4, "Encapsulated ASF Alert"}, {5, "MKA"}, {6, "Announcement (Generic)"}, {7, "Announcement (Specific)"}, {8, "Announcement Request"}};
inline constexpr ValueName kEapolKeydesType[] = {{1, "RC4 Descriptor"}, {2, "EAPOL RSN Key"}, {254, "EAPOL WPA Key"}};
inline constexpr TrueFalse kUnicast{"Unicast", "Broadcast"};
inline constexpr ValueName kEapolRsnaEapolKeydesKeyInfoKeydesVersion[] = {{1, "RC4 Cipher, HMAC-MD5 MIC"}, {2, "AES Cipher, HMAC-SHA1 MIC"}, {3, "AES Cipher, AES-128-CMAC MIC"}};
inline constexpr TrueFalse kPairwiseKey{"Pairwise Key", "Group Key"};
// clang-format on

struct EapolFields {
  Field version{"eapol.version", "Version", u8, kEapolVersion};
  Field type{"eapol.type", "Type", u8, kEapolType};
  Field length{"eapol.len", "Length", u16};
  Field descriptor{"eapol.keydes.type", "Key Descriptor Type", u8, kEapolKeydesType};
  Field body{"eapol.keydes.body", "Key Descriptor Body", raw_bytes};
  Field key_length{"eapol.keydes.key_len", "Key Length", u16};
  Field replay{"eapol.keydes.replay_counter", "Replay Counter", u64};
  Field iv{"eapol.keydes.key_iv", "Key IV", raw_bytes};
  Field index{"eapol.keydes.key_index", "Key Index", x8};
  Field index_type{"eapol.keydes.key_index.type", "Type", flag(u8, 0x80), kUnicast};
  Field index_number{"eapol.keydes.key_index.number", "Number", bits(u8, 0x7F)};
  Field signature{"eapol.keydes.key_signature", "Key Signature", raw_bytes};
  Field key{"eapol.keydes.key", "Key", raw_bytes};
  Field message{"wlan_rsna_eapol.keydes.msgnr", "Message number", u8};
  Field info{"wlan_rsna_eapol.keydes.key_info", "Key Information", x16};
  Field info_version{"wlan_rsna_eapol.keydes.key_info.keydes_version", "Key Descriptor Version", bits(u16, 0x7),
                     kEapolRsnaEapolKeydesKeyInfoKeydesVersion};
  Field info_pairwise{"wlan_rsna_eapol.keydes.key_info.key_type", "Key Type", flag(u16, 0x8), kPairwiseKey};
  Field info_index{"wlan_rsna_eapol.keydes.key_info.key_index", "Key Index", bits(u16, 0x30)};
  Field info_install{"wlan_rsna_eapol.keydes.key_info.install", "Install", flag(u16, 0x40), kSet};
  Field info_ack{"wlan_rsna_eapol.keydes.key_info.key_ack", "Key ACK", flag(u16, 0x80), kSet};
  Field info_mic{"wlan_rsna_eapol.keydes.key_info.key_mic", "Key MIC", flag(u16, 0x100), kSet};
  Field info_secure{"wlan_rsna_eapol.keydes.key_info.secure", "Secure", flag(u16, 0x200), kSet};
  Field info_error{"wlan_rsna_eapol.keydes.key_info.error", "Error", flag(u16, 0x400), kSet};
  Field info_request{"wlan_rsna_eapol.keydes.key_info.request", "Request", flag(u16, 0x800), kSet};
  Field info_encrypted{"wlan_rsna_eapol.keydes.key_info.encrypted_key_data", "Encrypted Key Data", flag(u16, 0x1000),
                       kSet};
  Field info_smk{"wlan_rsna_eapol.keydes.key_info.smk_message", "SMK Message", flag(u16, 0x2000), kSet};
  Field nonce{"wlan_rsna_eapol.keydes.nonce", "WPA Key Nonce", raw_bytes};
  Field rsc{"wlan_rsna_eapol.keydes.rsc", "WPA Key RSC", raw_bytes};
  Field id{"wlan_rsna_eapol.keydes.id", "WPA Key ID", raw_bytes};
  Field mic{"wlan_rsna_eapol.keydes.mic", "WPA Key MIC", raw_bytes};
  Field data_length{"wlan_rsna_eapol.keydes.data_len", "WPA Key Data Length", u16};
  Field data{"wlan_rsna_eapol.keydes.data", "WPA Key Data", raw_bytes};
};

}  // namespace tracedrop::dissect::wlan
