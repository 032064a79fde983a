// Fields of the frame header of IEEE 802.11, and of what control frames hold (section 9.2.4 and 9.3.1).
#pragma once

#include "protocols/link/ethernet.h"

namespace tracedrop::dissect::wlan {

// clang-format off
inline constexpr ValueName kFrameTypes[] = {{0x00, "Association Request"}, {0x01, "Association Response"}, {0x02, "Reassociation Request"}, {0x03, "Reassociation Response"}, {0x04, "Probe Request"}, {0x05, "Probe Response"}, {0x06, "Measurement Pilot"}, {0x08, "Beacon frame"}, {0x09, "ATIM"}, {0x0A, "Disassociate"}, {0x0B, "Authentication"}, {0x0C, "Deauthentication"}, {0x0D, "Action"}, {0x0E, "Action No Ack"}, {0x0F, "Aruba Management"}, {0x12, "Trigger"}, {0x13, "TWT Ack"}, {0x14, "Beamforming Report Poll"}, {0x15, "VHT/HE/EHT/RANGING NDP Announcement"}, {0x17, "Control Wrapper"}, {0x18, "802.11 Block Ack Req"}, {0x19, "802.11 Block Ack"}, {0x1A, "Power-Save poll"}, {0x1B, "Request-to-send"}, {0x1C, "Clear-to-send"}, {0x1D, "Acknowledgement"}, {0x1E, "CF-End (Control-frame)"}, {0x1F, "CF-End + CF-Ack (Control-frame)"}, {0x20, "Data"}, {0x21, "Data + CF-Ack"}, {0x22, "Data + CF-Poll"}, {0x23, "Data + CF-Ack + CF-Poll"}, {0x24, "Null function (No data)"}, {0x25, "Acknowledgement (No data)"}, {0x26, "CF-Poll (No data)"}, {0x27, "CF-Ack/Poll (No data)"}, {0x28, "QoS Data"}, {0x29, "QoS Data + CF-Acknowledgment"}, {0x2A, "QoS Data + CF-Poll"}, {0x2B, "QoS Data + CF-Ack + CF-Poll"}, {0x2C, "QoS Null function (No data)"}, {0x2E, "QoS CF-Poll (No Data)"}, {0x2F, "QoS CF-Ack + CF-Poll (No data)"}, {0x30, "DMG Beacon"}, {0x31, "S1G Beacon"}, {0x162, "Poll"}, {0x163, "Service Period Request"}, {0x164, "Grant"}, {0x165, "DMG Clear-to-send"}, {0x166, "DMG Denial-to-send"}, {0x167, "Grant Acknowledgment"}, {0x168, "Sector Sweep"}, {0x169, "Sector Sweep Feedback"}, {0x16A, "Sector Sweep Acknowledgment"}};
inline constexpr ValueName kFcType[] = {{0, "Management frame"}, {1, "Control frame"}, {2, "Data frame"}, {3, "Extension frame"}, {4, "PV1 Reserved"}, {5, "PV1 Reserved"}, {6, "PV1 Reserved"}, {7, "PV1 Extension (currently reserved)"}};
inline constexpr ValueName kFcDs[] = {{0, "Not leaving DS or network is operating in AD-HOC mode (To DS: 0 From DS: 0)"}, {1, "Frame from STA to DS via an AP (To DS: 1 From DS: 0)"}, {2, "Frame from DS to a STA via AP(To DS: 0 From DS: 1)"}, {3, "WDS (AP to AP) or Mesh (MP to MP) Frame (To DS: 1 From DS: 1)"}};
inline constexpr TrueFalse kMoreFragmentsFollow{"More fragments follow", "This is the last fragment"};
inline constexpr TrueFalse kFrameIsBeingRetransmitte{"Frame is being retransmitted", "Frame is not being retransmitted"};
inline constexpr TrueFalse kStaWillGoToSleep{"STA will go to sleep", "STA will stay up"};
inline constexpr TrueFalse kDataIsBufferedForStaAtAp{"Data is buffered for STA at AP", "No data buffered"};
inline constexpr TrueFalse kDataIsProtected{"Data is protected", "Data is not protected"};
inline constexpr TrueFalse kStrictlyOrdered{"Strictly ordered", "Not strictly ordered"};
inline constexpr ValueName kQosPriority[] = {{0, "Best Effort (Best Effort)"}, {1, "Background (Background)"}, {2, "Spare (Background)"}, {3, "Excellent Effort (Best Effort)"}, {4, "Controlled Load (Video)"}, {5, "Video (Video)"}, {6, "Voice (Voice)"}, {7, "Network Control (Voice)"}};
inline constexpr TrueFalse kEndOfServicePeriod{"End of service period", "Service period"};
inline constexpr TrueFalse kBitsOfQosControlFieldAre{"Bits 8-15 of QoS Control field are Queue Size", "Bits 8-15 of QoS Control field are TXOP Duration Requested"};
inline constexpr ValueName kQosAck[] = {{0, "Normal Ack"}, {1, "No Ack"}, {2, "No explicit acknowledgment"}, {3, "Block Ack"}};
inline constexpr TrueFalse kAMsdu{"A-MSDU", "MSDU"};
inline constexpr TrueFalse kYes{"Yes", "No"};
inline constexpr ValueName kQosHighestPriBufAc[] = {{0, "Best Effort"}, {1, "Background"}, {2, "Video"}, {3, "Voice"}};
inline constexpr ValueName kTriggerHeTriggerType[] = {{0, "Basic"}, {1, "Beamforming Report Poll (BRP)"}, {2, "MU-BAR"}, {3, "MU-RTS"}, {4, "Buffer Status Report Poll (BSRP)"}, {5, "GCR MU-BAR"}, {6, "Bandwidth Query Report Poll (BQRP)"}, {7, "NDP Feedback Report Poll (NFRP)"}, {8, "Ranging"}};
inline constexpr ValueName kNdpTokenVariant[] = {{0, "VHT NDP Announcement"}, {1, "Ranging NDP Announcement"}, {2, "HE NDP Announcement"}, {3, "EHT NDP Announcement"}};
inline constexpr TrueFalse kMuFeedbackRequested{"MU feedback requested", "SU feedback requested"};
inline constexpr ValueName kVhtNdpStaInfoNcIndex[] = {{0, "1"}, {1, "2"}, {2, "3"}, {3, "4"}, {4, "5"}, {5, "6"}, {6, "7"}, {7, "8"}};
inline constexpr TrueFalse kSenderDoesNotRequireImme{"Sender Does Not Require Immediate Acknowledgement", "Immediate Acknowledgement Required"};
inline constexpr ValueName kBaControlBaType[] = {{0, "Basic BlockAck"}, {1, "Extended Compressed BlockAck"}, {2, "Compressed BlockAck"}, {3, "Multi-TID BlockAck"}, {6, "GCR BlockAck"}, {10, "GLK-GCR BlockAck"}, {11, "Multi-STA BlockAck"}};
// clang-format on

inline constexpr Unit kMicrosecondsUnit{" microseconds", " microseconds"};

struct Address {
  Field address, local, group;
};

struct HeaderFields {
  Field type_subtype{"wlan.fc.type_subtype", "Type/Subtype", x16, kFrameTypes};
  Field control{"wlan.fc", "Frame Control Field", x16};
  Field version{"wlan.fc.version", "Version", bits(u8, 0x3), {}};
  Field type{"wlan.fc.type", "Type", bits(u8, 0xC), kFcType};
  Field subtype{"wlan.fc.subtype", "Subtype", bits(u8, 0xF0), {}};
  Field extension{"wlan.fc.extension", "Control Frame Extension", u8};
  Field flags{"wlan.flags", "Flags", x8};
  Field ds{"wlan.fc.ds", "DS status", bits(x8, 0x3), kFcDs};
  Field more_fragments{"wlan.fc.frag", "More Fragments", flag(u8, 0x4), kMoreFragmentsFollow};
  Field retry{"wlan.fc.retry", "Retry", flag(u8, 0x8), kFrameIsBeingRetransmitte};
  Field power{"wlan.fc.pwrmgt", "PWR MGT", flag(u8, 0x10), kStaWillGoToSleep};
  Field more_data{"wlan.fc.moredata", "More Data", flag(u8, 0x20), kDataIsBufferedForStaAtAp};
  Field is_protected{"wlan.fc.protected", "Protected flag", flag(u8, 0x40), kDataIsProtected};
  Field order{"wlan.fc.order", "+HTC/Order flag", flag(u8, 0x80), kStrictlyOrdered};
  Field duration{"wlan.duration", "Duration", bits(le(u16), 0x7FFF), kMicrosecondsUnit};
  Field aid{"wlan.aid", "Association ID", bits(le(u16), 0x3FFF)};
  Field fragment{"wlan.frag", "Fragment number", bits(le(u16), 0xF)};
  Field sequence{"wlan.seq", "Sequence number", bits(le(u16), 0xFFF0)};
  Field fcs{"wlan.fcs", "Frame check sequence", le(x32)};
  Field fcs_status{"wlan.fcs.status", "FCS Status", u8, ethernet::write_checksum_state};
  Field flags_text{"wlan.flags.str", "WLAN Flags", plain_text};
  Field ht_control{"wlan.htc", "HT Control (+HTC)", le(x32)};
  Field qos{"wlan.qos", "Qos Control", le(x16)};
  Field qos_tid{"wlan.qos.tid", "TID", bits(le(u16), 0xF)};
  Field qos_priority{"wlan.qos.priority", "Priority", bits(le(u16), 0x7), kQosPriority};
  Field qos_eosp{"wlan.qos.eosp", "EOSP", flag(le(u16), 0x10), kEndOfServicePeriod};
  Field qos_bit4{"wlan.qos.bit4", "QoS bit 4", flag(le(u16), 0x10), kBitsOfQosControlFieldAre};
  Field qos_ack{"wlan.qos.ack", "Ack Policy", bits(le(x16), 0x60), kQosAck};
  Field qos_amsdu{"wlan.qos.amsdupresent", "Payload Type", flag(le(u16), 0x80), kAMsdu};
  Field qos_txop_limit{"wlan.qos.txop_limit", "TXOP Limit", bits(le(u16), 0xFF00)};
  Field qos_ps_state{"wlan.qos.ps_buf_state", "QAP PS Buffer State", bits(le(x16), 0xFF00)};
  Field qos_indicated{"wlan.qos.buf_state_indicated", "Buffer State Indicated", flag(le(u16), 0x200), kYes};
  Field qos_highest{"wlan.qos.highest_pri_buf_ac", "Highest-Priority Buffered AC", bits(le(u16), 0xC00),
                    kQosHighestPriBufAc};
  Field qos_load{"wlan.qos.qap_buf_load", "QAP Buffered Load", bits(le(u16), 0xF000)};
  Field qos_txop_requested{"wlan.qos.txop_dur_req", "TXOP Duration Requested", bits(le(u16), 0xFF00)};
  Field qos_queue{"wlan.qos.queue_size", "Queue Size", bits(le(u16), 0xFF00)};
  Field wep_iv{"wlan.wep.iv", "Initialization Vector", x24};
  Field wep_key{"wlan.wep.key", "Key Index", u8};
  Field wep_icv{"wlan.wep.icv", "WEP ICV", x32};
  Field tkip_iv{"wlan.tkip.extiv", "TKIP Ext. Initialization Vector", plain_text};
  Field ccmp_iv{"wlan.ccmp.extiv", "CCMP Ext. Initialization Vector", plain_text};
  Field management{"wlan.mgt", "IEEE 802.11 Wireless Management"};
  Field extension_layer{"wlan_ext", "IEEE 802.11 wireless LAN extension frame"};
  Address ra{{"wlan.ra", "Receiver address", mac48, {}, "wlan.addr"},
             {"wlan.ra.lg", "LG bit", flag(u24, 0x020000), ethernet::kAdministered, "wlan.lg"},
             {"wlan.ra.ig", "IG bit", flag(u24, 0x010000), ethernet::kGrouped, "wlan.ig"}};
  Address da{{"wlan.da", "Destination address", mac48, {}, "wlan.addr"},
             {"wlan.da.lg", "LG bit", flag(u24, 0x020000), ethernet::kAdministered, "wlan.lg"},
             {"wlan.da.ig", "IG bit", flag(u24, 0x010000), ethernet::kGrouped, "wlan.ig"}};
  Address ta{{"wlan.ta", "Transmitter address", mac48, {}, "wlan.addr"},
             {"wlan.ta.lg", "LG bit", flag(u24, 0x020000), ethernet::kAdministered, "wlan.lg"},
             {"wlan.ta.ig", "IG bit", flag(u24, 0x010000), ethernet::kGrouped, "wlan.ig"}};
  Address sa{{"wlan.sa", "Source address", mac48, {}, "wlan.addr"},
             {"wlan.sa.lg", "LG bit", flag(u24, 0x020000), ethernet::kAdministered, "wlan.lg"},
             {"wlan.sa.ig", "IG bit", flag(u24, 0x010000), ethernet::kGrouped, "wlan.ig"}};
  Address bssid{{"wlan.bssid", "BSS Id", mac48, {}, "wlan.addr"},
                {"wlan.bssid.lg", "LG bit", flag(u24, 0x020000), ethernet::kAdministered, "wlan.lg"},
                {"wlan.bssid.ig", "IG bit", flag(u24, 0x010000), ethernet::kGrouped, "wlan.ig"}};
  Address staa{{"wlan.staa", "STA address", mac48, {}, "wlan.addr"},
               {"wlan.staa.lg", "LG bit", flag(u24, 0x020000), ethernet::kAdministered, "wlan.lg"},
               {"wlan.staa.ig", "IG bit", flag(u24, 0x010000), ethernet::kGrouped, "wlan.ig"}};
};

struct ControlFields {
  Field common{"wlan.trigger.he.common_info", "HE Trigger Common Info", le(x64)};
  Field trigger_type{"wlan.trigger.he.trigger_type", "Trigger Type", bits(le(u64), 0xF), kTriggerHeTriggerType};
  Field ndp_token{"wlan.ndp.token", "Sounding Dialog Token", x8};
  Field ndp_variant{"wlan.ndp.token.variant", "NDP Announcement Variant", bits(x8, 0x3), kNdpTokenVariant};
  Field ndp_number{"wlan.ndp.token.number", "Sounding Dialog Token", bits(x8, 0xFC)};
  Field he_sta{"wlan.he_ndp.sta_info", "STA Info", le(x32)};
  Field he_aid{"wlan.he_ndp.sta_info.aid11", "AID11", bits(le(x32), 0x7FF)};
  Field he_ru_start{"wlan.he_ndp.sta_info.ru_start", "RU Start Index", bits(le(x32), 0x3F800)};
  Field he_ru_end{"wlan.he_ndp.sta_info.ru_end", "RU End Index", bits(le(x32), 0x1FC0000)};
  Field he_feedback{"wlan.he_ndp.sta_info.feedback_type_and_ng", "Feedback Type and Ng", bits(le(x32), 0x6000000)};
  Field he_disambiguation{"wlan.he_ndp.sta_info.disambiguation", "Disambiguation", bits(le(x32), 0x8000000)};
  Field he_codebook{"wlan.he_ndp.sta_info.codebook_size", "Codebook Size", bits(le(x32), 0x10000000)};
  Field he_nc{"wlan.he_ndp.sta_info.nc", "Nc", bits(le(x32), 0xE0000000)};
  Field vht_aid{"wlan.vht_ndp.sta_info.aid12", "AID12", bits(le(x16), 0xFFF)};
  Field vht_feedback{"wlan.vht_ndp.sta_info.feedback_type", "Feedback Type", flag(le(u16), 0x1000),
                     kMuFeedbackRequested};
  Field vht_nc{"wlan.vht_ndp.sta_info.nc_index", "Nc Index", bits(le(u16), 0xE000), kVhtNdpStaInfoNcIndex};
  Field rbufcap{"wlan.ba.RBUFCAP", "Block Ack RBUFCAP", boolean};
  Field ba_control{"wlan.ba.control", "Block Ack Control", le(x16)};
  Field ba_policy{"wlan.ba.control.ackpolicy", "BA Ack Policy", flag(le(u16), 0x1), kSenderDoesNotRequireImme};
  Field ba_type{"wlan.ba.control.ba_type", "BA Type", bits(le(x16), 0x1E), kBaControlBaType};
  Field ba_reserved{"wlan.ba.control.reserved", "Reserved", bits(le(x16), 0xFE0)};
  Field ba_tid{"wlan.ba.basic.tidinfo", "TID for which a Basic BlockAck frame is requested", bits(le(x16), 0xF000)};
  Field ssc{"wlan.fixed.ssc", "Block Ack Starting Sequence Control (SSC)", le(x16)};
  Field ssc_fragment{"wlan.fixed.ssc.fragment", "Fragment", bits(le(u16), 0xF)};
  Field ssc_sequence{"wlan.fixed.ssc.sequence", "Starting Sequence Number", bits(le(u16), 0xFFF0)};
  Field bitmap{"wlan.ba.bm", "Block Ack Bitmap", raw_bytes};
  Field missing{"wlan.ba.bm.missing_frame", "Not acknowledged frame", le(u32)};
  Field last_acked{"wlan.ba.bm.last_ack_frame", "Last acknowledged frame", le(u32)};
  Field multi_reserved{"wlan.bar.mtid.tidinfo.reserved", "Reserved", bits(le(x16), 0xFFF)};
  Field multi_value{"wlan.bar.mtid.tidinfo.value", "Multi-TID Value", bits(le(x16), 0xF000)};
};

}  // namespace tracedrop::dissect::wlan
