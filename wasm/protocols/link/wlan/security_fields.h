// Fields of elements of IEEE 802.11 about security (section 9.4.2.23), and of those of the Wi-Fi Alliance.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::wlan {

// clang-format off
inline constexpr ValueName kSecRsnGcsType[] = {{0, "NONE"}, {1, "WEP (40-bit)"}, {2, "TKIP"}, {3, "AES (OCB)"}, {4, "AES (CCM)"}, {5, "WEP (104-bit)"}, {6, "BIP (128)"}, {7, "Group addressed traffic not allowed"}, {8, "GCMP (128)"}, {9, "GCMP (256)"}, {10, "CCMP (256)"}, {11, "BIP (GMAC-128)"}, {12, "BIP (GMAC-256)"}, {13, "BIP (CMAC-256)"}};
inline constexpr ValueName kSecRsnAkmsType[] = {{0, "NONE"}, {1, "WPA"}, {2, "PSK"}, {3, "FT over IEEE 802.1X"}, {4, "FT using PSK"}, {5, "WPA (SHA256)"}, {6, "PSK (SHA256)"}, {7, "TDLS / TPK Handshake (SHA256)"}, {8, "SAE (SHA256)"}, {9, "FT using SAE (SHA256)"}, {10, "APPeerKey (SHA256)"}, {11, "WPA (SHA256-SuiteB)"}, {12, "WPA (SHA384-SuiteB)"}, {13, "FT over IEEE 802.1X (SHA384)"}, {14, "FILS (SHA256 and AES-SIV-256)"}, {15, "FILS (SHA384 and AES-SIV-512)"}, {16, "FT over FILS (SHA256 and AES-SIV-256)"}, {17, "FT over FILS (SHA384 and AES-SIV-512)"}, {18, "Opportunistic Wireless Encryption"}, {19, "FT using PSK (SHA384)"}, {20, "PSK (SHA384)"}, {21, "PASN"}, {24, "SAE (GROUP-DEPEND)"}, {25, "FT using SAE (GROUP-DEPEND)"}};
inline constexpr TrueFalse kSecTransmitterSupportsPreAu{"Transmitter supports pre-authentication", "Transmitter does not support pre-authentication"};
inline constexpr TrueFalse kSecTransmitterCannotSupport{"Transmitter cannot support WEP default key 0 simultaneously with Pairwise key", "Transmitter can support WEP default key 0 simultaneously with Pairwise key"};
inline constexpr ValueName kSecRsnCapabilitiesPtksaReplayCounter[] = {{0, "1 replay counter per PTKSA/GTKSA/STAKeySA"}, {1, "2 replay counters per PTKSA/GTKSA/STAKeySA"}, {2, "4 replay counters per PTKSA/GTKSA/STAKeySA"}, {3, "16 replay counters per PTKSA/GTKSA/STAKeySA"}};
inline constexpr TrueFalse kSecRequired{"Required", "Not required"};
inline constexpr TrueFalse kSecCapable{"Capable", "Not capable"};
inline constexpr TrueFalse kSecSupported{"Supported", "Not supported"};
inline constexpr RangeName kSecRsnIeDataType[] = {{0, 0, "Reserved"}, {1, 1, "GTK KDE"}, {2, 2, "Reserved"}, {3, 3, "MAC address KDE"}, {4, 4, "PMKID KDE"}, {5, 5, "Reserved"}, {6, 6, "Nonce KDE"}, {7, 7, "Lifetime KDE"}, {8, 8, "Error KDE"}, {9, 9, "IGTK KDE"}, {10, 10, "Key ID KDE"}, {11, 11, "Multi-band GTK KDE"}, {12, 12, "Multi-band Key ID KDE"}, {13, 13, "OCI KDE"}, {14, 14, "BIGTK KDE"}, {15, 15, "Reserved"}, {16, 16, "MLO GTK KDE"}, {17, 17, "MLO IGTK KDE"}, {18, 18, "MLO BIGTK KDE"}, {19, 19, "MLO LINK KDE"}, {20, 255, "Reserved"}};
inline constexpr ValueName kSecWfaIeType[] = {{1, "WPA Information Element"}, {2, "WMM/WME"}, {4, "WPS"}, {17, "Network Cost"}, {18, "Tethering"}};
inline constexpr ValueName kSecWfaIeWpaMcsType[] = {{0, "NONE"}, {1, "WEP (40-bit)"}, {2, "TKIP"}, {3, "AES (OCB)"}, {4, "AES (CCM)"}, {5, "WEP (104-bit)"}, {6, "BIP"}, {7, "Group addressed traffic not allowed"}};
inline constexpr ValueName kSecWfaIeWpaAkmsType[] = {{0, "NONE"}, {1, "WPA"}, {2, "PSK"}, {3, "FT over IEEE 802.1X"}, {4, "FT using PSK"}, {5, "WPA (SHA256)"}, {6, "PSK (SHA256)"}, {7, "TDLS / TPK Handshake"}};
inline constexpr ValueName kSecWfaIeWmeSubtype[] = {{0, "Information Element"}, {1, "Parameter Element"}, {2, "TSPEC Element"}};
inline constexpr TrueFalse kSecEnabled{"Enabled", "Disabled"};
inline constexpr ValueName kSecWfaIeWmeQosInfoStaMaxSpLength[] = {{0, "WMM AP may deliver all buffered frames (MSDUs and MMPDUs)"}, {1, "WMM AP may deliver a maximum of 2 buffered frames (MSDUs and MMPDUs) per USP"}, {2, "WMM AP may deliver a maximum of 4 buffered frames (MSDUs and MMPDUs) per USP"}, {3, "WMM AP may deliver a maximum of 6 buffered frames (MSDUs and MMPDUs) per USP"}};
inline constexpr TrueFalse kSecWmmDeliveryAndTriggerEna{"WMM delivery and trigger enabled", "non-WMM PS"};
inline constexpr ValueName kSecWfaIeWmeAcpAciBe[] = {{0, "Best Effort"}, {1, "Background"}, {2, "Video"}, {3, "Voice"}};
inline constexpr TrueFalse kSecYes{"Yes", "No"};
// clang-format on

struct SecurityFields {
  Field version{"wlan.rsn.version", "RSN Version", le(u16)};
  Field group{"wlan.rsn.gcs", "Group Cipher Suite", x32};
  Field group_maker{"wlan.rsn.gcs.oui", "Group Cipher Suite OUI", x24};
  Field group_type{"wlan.rsn.gcs.type", "Group Cipher Suite type", u8, kSecRsnGcsType};
  Field pairwise_count{"wlan.rsn.pcs.count", "Pairwise Cipher Suite Count", le(u16)};
  Field pairwise_list{"wlan.rsn.pcs.list", "Pairwise Cipher Suite List"};
  Field pairwise{"wlan.rsn.pcs", "Pairwise Cipher Suite", x32};
  Field pairwise_maker{"wlan.rsn.pcs.oui", "Pairwise Cipher Suite OUI", x24};
  Field pairwise_type{"wlan.rsn.pcs.type", "Pairwise Cipher Suite type", u8, kSecRsnGcsType};
  Field key_count{"wlan.rsn.akms.count", "Auth Key Management (AKM) Suite Count", le(u16)};
  Field key_list{"wlan.rsn.akms.list", "Auth Key Management (AKM) List"};
  Field key{"wlan.rsn.akms", "Auth Key Management (AKM) Suite", x32};
  Field key_maker{"wlan.rsn.akms.oui", "Auth Key Management (AKM) OUI", x24};
  Field key_type{"wlan.rsn.akms.type", "Auth Key Management (AKM) type", u8, kSecRsnAkmsType};
  Field capabilities{"wlan.rsn.capabilities", "RSN Capabilities", le(x16)};
  Field capability_0{"wlan.rsn.capabilities.preauth", "RSN Pre-Auth capabilities", flag(le(u16), 0x1),
                     kSecTransmitterSupportsPreAu};
  Field capability_1{"wlan.rsn.capabilities.no_pairwise", "RSN No Pairwise capabilities", flag(le(u16), 0x2),
                     kSecTransmitterCannotSupport};
  Field capability_2{"wlan.rsn.capabilities.ptksa_replay_counter", "RSN PTKSA Replay Counter capabilities",
                     bits(le(x16), 0xC), kSecRsnCapabilitiesPtksaReplayCounter};
  Field capability_3{"wlan.rsn.capabilities.gtksa_replay_counter", "RSN GTKSA Replay Counter capabilities",
                     bits(le(x16), 0x30), kSecRsnCapabilitiesPtksaReplayCounter};
  Field capability_4{"wlan.rsn.capabilities.mfpr", "Management Frame Protection Required", flag(le(u16), 0x40),
                     kSecRequired};
  Field capability_5{"wlan.rsn.capabilities.mfpc", "Management Frame Protection Capable", flag(le(u16), 0x80),
                     kSecCapable};
  Field capability_6{"wlan.rsn.capabilities.jmr", "Joint Multi-band RSNA", flag(le(u16), 0x100), kSecSupported};
  Field capability_7{"wlan.rsn.capabilities.peerkey", "PeerKey Enabled", flag(le(u16), 0x200), kSecSupported};
  Field capability_8{"wlan.rsn.capabilities.spp_amsdu_cap", "SPP A-MSDU Capable", flag(le(u16), 0x400), kSecCapable};
  Field capability_9{"wlan.rsn.capabilities.spp_amsdu_req", "SPP A-MSDU Required", flag(le(u16), 0x800), kSecRequired};
  Field capability_10{"wlan.rsn.capabilities.pbac", "PBAC (protected block ack agreement capable)",
                      flag(le(u16), 0x1000), kSecCapable};
  Field capability_11{"wlan.rsn.capabilities.extended_key_id_iaf", "Extended Key ID for Individually Addressed Frames",
                      flag(le(u16), 0x2000), kSecSupported};
  Field capability_12{"wlan.rsn.capabilities.ocvc", "OCVC", flag(le(u16), 0x4000), kSecSupported};
  Field pmkid_count{"wlan.rsn.pmkid.count", "PMKID Count", le(u16)};
  Field pmkid_list{"wlan.rsn.pmkid.list", "PMKID List"};
  Field management{"wlan.rsn.gmcs", "Group Management Cipher Suite", x32};
  Field management_maker{"wlan.rsn.gmcs.oui", "Group Management Cipher Suite OUI", x24};
  Field management_type{"wlan.rsn.gmcs.type", "Group Management Cipher Suite type", u8, kSecRsnGcsType};
  Field data_type{"wlan.rsn.ie.data_type", "Data Type", u8, kSecRsnIeDataType};
  Field pmkid{"wlan.rsn.ie.pmkid", "PMKID", raw_bytes};
  Field wfa_type{"wlan.wfa.ie.type", "Type", x8, kSecWfaIeType};
  Field wpa_version{"wlan.wfa.ie.wpa.version", "WPA Version", le(u16)};
  Field wpa_group{"wlan.wfa.ie.wpa.mcs", "Multicast Cipher Suite", x32};
  Field wpa_group_maker{"wlan.wfa.ie.wpa.mcs.oui", "Multicast Cipher Suite OUI", x24};
  Field wpa_group_type{"wlan.wfa.ie.wpa.mcs.type", "Multicast Cipher Suite type", u8, kSecWfaIeWpaMcsType};
  Field wpa_pairwise_count{"wlan.wfa.ie.wpa.ucs.count", "Unicast Cipher Suite Count", le(u16)};
  Field wpa_pairwise_list{"wlan.wfa.ie.wpa.ucs.list", "Unicast Cipher Suite List"};
  Field wpa_pairwise{"wlan.wfa.ie.wpa.ucs", "Unicast Cipher Suite", x32};
  Field wpa_pairwise_maker{"wlan.wfa.ie.wpa.ucs.oui", "Unicast Cipher Suite OUI", x24};
  Field wpa_pairwise_type{"wlan.wfa.ie.wpa.ucs.type", "Unicast Cipher Suite type", u8, kSecWfaIeWpaMcsType};
  Field wpa_key_count{"wlan.wfa.ie.wpa.akms.count", "Auth Key Management (AKM) Suite Count", le(u16)};
  Field wpa_key_list{"wlan.wfa.ie.wpa.akms.list", "Auth Key Management (AKM) List"};
  Field wpa_key{"wlan.wfa.ie.wpa.akms", "Auth Key Management (AKM) Suite", x32};
  Field wpa_key_maker{"wlan.wfa.ie.wpa.akms.oui", "Auth Key Management (AKM) OUI", x24};
  Field wpa_key_type{"wlan.wfa.ie.wpa.akms.type", "Auth Key Management (AKM) type", u8, kSecWfaIeWpaAkmsType};
  Field maker{"wlan.tag.oui", "OUI", x24};
  Field maker_type{"wlan.tag.vendor.oui.type", "Vendor Specific OUI Type", u8};
  Field vendor_data{"wlan.tag.vendor.data", "Vendor Specific Data", raw_bytes};
  Field apple_type{"wlan.vs.apple.type", "Type", u8};
  Field apple_data{"wlan.vs.apple.data", "Data", raw_bytes};
  Field wme_subtype{"wlan.wfa.ie.wme.subtype", "WME Subtype", u8, kSecWfaIeWmeSubtype};
  Field wme_version{"wlan.wfa.ie.wme.version", "WME Version", u8};
  Field wme_qos{"wlan.wfa.ie.wme.qos_info", "WME QoS Info", x8};
  Field wme_apsd{"wlan.wfa.ie.wme.qos_info.ap.u_apsd", "U-APSD", flag(u8, 0x80), kSecEnabled};
  Field wme_count{"wlan.wfa.ie.wme.qos_info.ap.parameter_set_count", "Parameter Set Count", bits(x8, 0xF)};
  Field wme_ap_reserved{"wlan.wfa.ie.wme.qos_info.ap.reserved", "Reserved", bits(x8, 0x70)};
  Field wme_sp_length{"wlan.wfa.ie.wme.qos_info.sta.max_sp_length", "Max SP Length", bits(x8, 0x60),
                      kSecWfaIeWmeQosInfoStaMaxSpLength};
  Field wme_be{"wlan.wfa.ie.wme.qos_info.sta.ac_be", "AC_BE", flag(u8, 0x8), kSecWmmDeliveryAndTriggerEna};
  Field wme_bk{"wlan.wfa.ie.wme.qos_info.sta.ac_bk", "AC_BK", flag(u8, 0x4), kSecWmmDeliveryAndTriggerEna};
  Field wme_vi{"wlan.wfa.ie.wme.qos_info.sta.ac_vi", "AC_VI", flag(u8, 0x2), kSecWmmDeliveryAndTriggerEna};
  Field wme_vo{"wlan.wfa.ie.wme.qos_info.sta.ac_vo", "AC_VO", flag(u8, 0x1), kSecWmmDeliveryAndTriggerEna};
  Field wme_sta_reserved{"wlan.wfa.ie.wme.qos_info.sta.reserved", "Reserved", bits(x8, 0x90)};
  Field wme_reserved{"wlan.wfa.ie.wme.reserved", "Reserved", raw_bytes};
  Field wme_acp{"wlan.wfa.ie.wme.acp", "Ac Parameters"};
  Field wme_aifsn{"wlan.wfa.ie.wme.acp.aci_aifsn", "ACI / AIFSN Field", x8};
  Field wme_ecw{"wlan.wfa.ie.wme.acp.ecw", "ECW", x8};
  Field wme_aci_be{"wlan.wfa.ie.wme.acp.aci_be", "ACI", bits(u8, 0x60), kSecWfaIeWmeAcpAciBe};
  Field wme_acm_be{"wlan.wfa.ie.wme.acp.acm_be", "Admission Control Mandatory", flag(u8, 0x10), kSecYes};
  Field wme_aifsn_be{"wlan.wfa.ie.wme.acp.aifsn_be", "AIFSN", bits(u8, 0xF)};
  Field wme_reserved_be{"wlan.wfa.ie.wme.acp.reserved_be", "Reserved", bits(u8, 0x80)};
  Field wme_ecw_max_be{"wlan.wfa.ie.wme.acp.ecw.max_be", "ECW Max", bits(u8, 0xF0)};
  Field wme_ecw_min_be{"wlan.wfa.ie.wme.acp.ecw.min_be", "ECW Min", bits(u8, 0xF)};
  Field wme_txop_limit_be{"wlan.wfa.ie.wme.acp.txop_limit_be", "TXOP Limit", le(u16)};
  Field wme_aci_bk{"wlan.wfa.ie.wme.acp.aci_bk", "ACI", bits(u8, 0x60), kSecWfaIeWmeAcpAciBe};
  Field wme_acm_bk{"wlan.wfa.ie.wme.acp.acm_bk", "Admission Control Mandatory", flag(u8, 0x10), kSecYes};
  Field wme_aifsn_bk{"wlan.wfa.ie.wme.acp.aifsn_bk", "AIFSN", bits(u8, 0xF)};
  Field wme_reserved_bk{"wlan.wfa.ie.wme.acp.reserved_bk", "Reserved", bits(u8, 0x80)};
  Field wme_ecw_max_bk{"wlan.wfa.ie.wme.acp.ecw.max_bk", "ECW Max", bits(u8, 0xF0)};
  Field wme_ecw_min_bk{"wlan.wfa.ie.wme.acp.ecw.min_bk", "ECW Min", bits(u8, 0xF)};
  Field wme_txop_limit_bk{"wlan.wfa.ie.wme.acp.txop_limit_bk", "TXOP Limit", le(u16)};
  Field wme_aci_vi{"wlan.wfa.ie.wme.acp.aci_vi", "ACI", bits(u8, 0x60), kSecWfaIeWmeAcpAciBe};
  Field wme_acm_vi{"wlan.wfa.ie.wme.acp.acm_vi", "Admission Control Mandatory", flag(u8, 0x10), kSecYes};
  Field wme_aifsn_vi{"wlan.wfa.ie.wme.acp.aifsn_vi", "AIFSN", bits(u8, 0xF)};
  Field wme_reserved_vi{"wlan.wfa.ie.wme.acp.reserved_vi", "Reserved", bits(u8, 0x80)};
  Field wme_ecw_max_vi{"wlan.wfa.ie.wme.acp.ecw.max_vi", "ECW Max", bits(u8, 0xF0)};
  Field wme_ecw_min_vi{"wlan.wfa.ie.wme.acp.ecw.min_vi", "ECW Min", bits(u8, 0xF)};
  Field wme_txop_limit_vi{"wlan.wfa.ie.wme.acp.txop_limit_vi", "TXOP Limit", le(u16)};
  Field wme_aci_vo{"wlan.wfa.ie.wme.acp.aci_vo", "ACI", bits(u8, 0x60), kSecWfaIeWmeAcpAciBe};
  Field wme_acm_vo{"wlan.wfa.ie.wme.acp.acm_vo", "Admission Control Mandatory", flag(u8, 0x10), kSecYes};
  Field wme_aifsn_vo{"wlan.wfa.ie.wme.acp.aifsn_vo", "AIFSN", bits(u8, 0xF)};
  Field wme_reserved_vo{"wlan.wfa.ie.wme.acp.reserved_vo", "Reserved", bits(u8, 0x80)};
  Field wme_ecw_max_vo{"wlan.wfa.ie.wme.acp.ecw.max_vo", "ECW Max", bits(u8, 0xF0)};
  Field wme_ecw_min_vo{"wlan.wfa.ie.wme.acp.ecw.min_vo", "ECW Min", bits(u8, 0xF)};
  Field wme_txop_limit_vo{"wlan.wfa.ie.wme.acp.txop_limit_vo", "TXOP Limit", le(u16)};
};

}  // namespace tracedrop::dissect::wlan
