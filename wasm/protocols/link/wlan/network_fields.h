// Fields of elements of IEEE 802.11 that tell of the network as a whole (section 9.4.2).
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::wlan {

// clang-format off
inline constexpr ValueName kNetCountryInfoEnvironment[] = {{1, "Operating classes in the United States"}, {2, "Operating classes in Europe"}, {3, "Operating classes in Japan"}, {4, "Global operating classes"}, {5, "S1G operating classes"}, {6, "Operating classes in China"}, {32, "All"}, {73, "Indoor"}, {79, "Outdoor"}, {88, "Non Country Entity"}};
inline constexpr TrueFalse kNetSupported{"Supported", "Not supported"};
inline constexpr ValueName kNetExtcapServIntGranularity[] = {{0, "5 ms"}, {1, "10 ms"}, {2, "15 ms"}, {3, "20 ms"}, {4, "25 ms"}, {5, "30 ms"}, {6, "35 ms"}, {7, "40 ms"}};
inline constexpr ValueName kNetExtcapB63[] = {{0, "No limit"}, {1, "32"}, {2, "16"}, {3, "8"}};
inline constexpr ValueName kNetInterworkingAccessNetworkType[] = {{0, "Private network"}, {1, "Private network with guest access"}, {2, "Chargeable public network"}, {3, "Free public network"}, {4, "Personal device network"}, {5, "Emergency services only network"}, {14, "Test or experimental"}, {15, "Wildcard"}};
inline constexpr ValueName kNetTimeoutIntType[] = {{1, "Reassociation deadline interval (TUs)"}, {2, "Key lifetime interval (seconds)"}, {3, "Association Comeback time (TUs)"}, {4, "Time to start (TUs)"}};
// clang-format on

struct NetworkFields {
  Field dtim_count{"wlan.tim.dtim_count", "DTIM count", u8};
  Field dtim_period{"wlan.tim.dtim_period", "DTIM period", u8};
  Field bitmap_control{"wlan.tim.bmapctl", "Bitmap control", x8};
  Field multicast{"wlan.tim.bmapctl.multicast", "Multicast", flag(u8, 0x1)};
  Field bitmap_offset{"wlan.tim.bmapctl.offset", "Bitmap Offset", bits(x8, 0xFE)};
  Field bitmap{"wlan.tim.partial_virtual_bitmap", "Partial Virtual Bitmap", raw_bytes};
  Field country{"wlan.country_info.code", "Code", plain_text};
  Field environment{"wlan.country_info.environment", "Environment", u8, kNetCountryInfoEnvironment};
  Field country_padding{"wlan.country_info.padding", "Padding", raw_bytes};
  Field triplet{"wlan.country_info.fnm", "Country Info"};
  Field first_channel{"wlan.country_info.fnm.fcn", "First Channel Number", u8};
  Field channel_count{"wlan.country_info.fnm.nc", "Number of Channels", u8};
  Field max_power{"wlan.country_info.fnm.mtpl", "Maximum Transmit Power Level", s8};
  Field erp{"wlan.erp_info", "ERP Information", x8};
  Field erp_present{"wlan.erp_info.erp_present", "Non ERP Present", flag(u8, 0x1), kSet};
  Field erp_protection{"wlan.erp_info.use_protection", "Use Protection", flag(u8, 0x2), kSet};
  Field erp_barker{"wlan.erp_info.barker_preamble_mode", "Barker Preamble Mode", flag(u8, 0x4), kSet};
  Field erp_reserved{"wlan.erp_info.reserved", "Reserved", bits(x8, 0xF8)};
  Field constraint{"wlan.powercon.local", "Local Power Constraint", u8};
  Field min_power{"wlan.powercap.min", "Minimum Transmit Power", s8};
  Field max_capability{"wlan.powercap.max", "Maximum Transmit Power", s8};
  Field extended{"wlan.extcap", "Extended Capabilities", x8};
  Field extended_b0{"wlan.extcap.b0", "20/40 BSS Coexistence Management Support", flag(u8, 0x1), kNetSupported};
  Field extended_b1{"wlan.extcap.b1", "General Link (GLK)", bits(x8, 0x2)};
  Field extended_b2{"wlan.extcap.b2", "Extended Channel Switching", flag(u8, 0x4), kNetSupported};
  Field extended_b3{"wlan.extcap.b3", "GLK-GCR", bits(x8, 0x8)};
  Field extended_b4{"wlan.extcap.b4", "PSMP Capability", flag(u8, 0x10), kNetSupported};
  Field extended_b5{"wlan.extcap.b5", "Reserved", bits(x8, 0x20)};
  Field extended_b6{"wlan.extcap.b6", "S-PSMP Support", flag(u8, 0x40), kNetSupported};
  Field extended_b7{"wlan.extcap.b7", "Event", flag(u8, 0x80), kNetSupported};
  Field extended_b8{"wlan.extcap.b8", "Diagnostics", flag(u8, 0x1), kNetSupported};
  Field extended_b9{"wlan.extcap.b9", "Multicast Diagnostics", flag(u8, 0x2), kNetSupported};
  Field extended_b10{"wlan.extcap.b10", "Location Tracking", flag(u8, 0x4), kNetSupported};
  Field extended_b11{"wlan.extcap.b11", "FMS", flag(u8, 0x8), kNetSupported};
  Field extended_b12{"wlan.extcap.b12", "Proxy ARP Service", flag(u8, 0x10), kNetSupported};
  Field extended_b13{"wlan.extcap.b13", "Colocated Interference Reporting", flag(u8, 0x20), kNetSupported};
  Field extended_b14{"wlan.extcap.b14", "Civic Location", flag(u8, 0x40), kNetSupported};
  Field extended_b15{"wlan.extcap.b15", "Geospatial Location", flag(u8, 0x80), kNetSupported};
  Field extended_b16{"wlan.extcap.b16", "TFS", flag(u8, 0x1), kNetSupported};
  Field extended_b17{"wlan.extcap.b17", "WNM Sleep Mode", flag(u8, 0x2), kNetSupported};
  Field extended_b18{"wlan.extcap.b18", "TIM Broadcast", flag(u8, 0x4), kNetSupported};
  Field extended_b19{"wlan.extcap.b19", "BSS Transition", flag(u8, 0x8), kNetSupported};
  Field extended_b20{"wlan.extcap.b20", "QoS Traffic Capability", flag(u8, 0x10), kNetSupported};
  Field extended_b21{"wlan.extcap.b21", "AC Station Count", flag(u8, 0x20), kNetSupported};
  Field extended_b22{"wlan.extcap.b22", "Multiple BSSID", flag(u8, 0x40), kNetSupported};
  Field extended_b23{"wlan.extcap.b23", "Timing Measurement", flag(u8, 0x80), kNetSupported};
  Field extended_b24{"wlan.extcap.b24", "Channel Usage", flag(u8, 0x1), kNetSupported};
  Field extended_b25{"wlan.extcap.b25", "SSID List", flag(u8, 0x2), kNetSupported};
  Field extended_b26{"wlan.extcap.b26", "DMS", flag(u8, 0x4), kNetSupported};
  Field extended_b27{"wlan.extcap.b27", "UTC TSF Offset", flag(u8, 0x8), kNetSupported};
  Field extended_b28{"wlan.extcap.b28", "TPU Buffer STA Support", flag(u8, 0x10), kNetSupported};
  Field extended_b29{"wlan.extcap.b29", "TDLS Peer PSM Support", flag(u8, 0x20), kNetSupported};
  Field extended_b30{"wlan.extcap.b30", "TDLS Channel Switching", flag(u8, 0x40), kNetSupported};
  Field extended_b31{"wlan.extcap.b31", "Interworking", flag(u8, 0x80), kNetSupported};
  Field extended_b32{"wlan.extcap.b32", "QoS Map", flag(u8, 0x1), kNetSupported};
  Field extended_b33{"wlan.extcap.b33", "EBR", flag(u8, 0x2), kNetSupported};
  Field extended_b34{"wlan.extcap.b34", "SSPN Interface", flag(u8, 0x4), kNetSupported};
  Field extended_b35{"wlan.extcap.b35", "Reserved", bits(x8, 0x8)};
  Field extended_b36{"wlan.extcap.b36", "MSGCF Capability", flag(u8, 0x10), kNetSupported};
  Field extended_b37{"wlan.extcap.b37", "TDLS Support", flag(u8, 0x20), kNetSupported};
  Field extended_b38{"wlan.extcap.b38", "TDLS Prohibited", flag(u8, 0x40), kNetSupported};
  Field extended_b39{"wlan.extcap.b39", "TDLS Channel Switching Prohibited", flag(u8, 0x80), kNetSupported};
  Field extended_b40{"wlan.extcap.b40", "Reject Unadmitted Frame", flag(u8, 0x1), kNetSupported};
  Field extended_serv_int_granularity{"wlan.extcap.serv_int_granularity", "Service Interval Granularity", bits(u8, 0xE),
                                      kNetExtcapServIntGranularity};
  Field extended_b44{"wlan.extcap.b44", "Identifier Location", flag(u8, 0x10), kNetSupported};
  Field extended_b45{"wlan.extcap.b45", "U-APSD Coexistence", flag(u8, 0x20), kNetSupported};
  Field extended_b46{"wlan.extcap.b46", "WNM Notification", flag(u8, 0x40), kNetSupported};
  Field extended_b47{"wlan.extcap.b47", "QAB Capability", bits(x8, 0x80)};
  Field extended_b48{"wlan.extcap.b48", "UTF-8 SSID", flag(u8, 0x1), kNetSupported};
  Field extended_b49{"wlan.extcap.b49", "QMF Activated", flag(u8, 0x2)};
  Field extended_b50{"wlan.extcap.b50", "QMF Reconfiguration Activated", flag(u8, 0x4)};
  Field extended_b51{"wlan.extcap.b51", "Robust AV Streaming", flag(u8, 0x8)};
  Field extended_b52{"wlan.extcap.b52", "Advanced GCR", flag(u8, 0x10)};
  Field extended_b53{"wlan.extcap.b53", "Mesh GCR", flag(u8, 0x20)};
  Field extended_b54{"wlan.extcap.b54", "SCS", flag(u8, 0x40)};
  Field extended_b55{"wlan.extcap.b55", "QLoad Report", flag(u8, 0x80)};
  Field extended_b56{"wlan.extcap.b56", "Alternate EDCA", flag(u8, 0x1)};
  Field extended_b57{"wlan.extcap.b57", "Unprotected TXOP Negotiation", flag(u8, 0x2)};
  Field extended_b58{"wlan.extcap.b58", "Protected TXOP Negotiation", flag(u8, 0x4)};
  Field extended_b59{"wlan.extcap.b59", "Reserved", bits(x8, 0x8)};
  Field extended_b60{"wlan.extcap.b60", "Protected QLoad Report", flag(u8, 0x10)};
  Field extended_b61{"wlan.extcap.b61", "TDLS Wider Bandwidth", flag(u8, 0x20), kNetSupported};
  Field extended_b62{"wlan.extcap.b62", "Operating Mode Notification", flag(u8, 0x40), kNetSupported};
  Field extended_b63{"wlan.extcap.b63", "Max Number Of MSDUs In A-MSDU", bits(u8, 0x80)};
  Field extended_pair{"wlan.extcap", "Extended Capabilities", le(x16)};
  Field pair_b56{"wlan.extcap.b56", "Alternate EDCA", flag(le(u16), 0x1)};
  Field pair_b57{"wlan.extcap.b57", "Unprotected TXOP Negotiation", flag(le(u16), 0x2)};
  Field pair_b58{"wlan.extcap.b58", "Protected TXOP Negotiation", flag(le(u16), 0x4)};
  Field pair_b59{"wlan.extcap.b59", "Reserved", bits(le(x16), 0x8)};
  Field pair_b60{"wlan.extcap.b60", "Protected QLoad Report", flag(le(u16), 0x10)};
  Field pair_b61{"wlan.extcap.b61", "TDLS Wider Bandwidth", flag(le(u16), 0x20), kNetSupported};
  Field pair_b62{"wlan.extcap.b62", "Operating Mode Notification", flag(le(u16), 0x40), kNetSupported};
  Field pair_b63{"wlan.extcap.b63", "Max Number Of MSDUs In A-MSDU", bits(le(u16), 0x180), kNetExtcapB63};
  Field pair_b65{"wlan.extcap.b65", "Channel Schedule Management", flag(le(u16), 0x200)};
  Field pair_b66{"wlan.extcap.b66", "Geodatabase Inband Enabling Signal", flag(le(u16), 0x400)};
  Field pair_b67{"wlan.extcap.b67", "Network Channel Control", flag(le(u16), 0x800)};
  Field pair_b68{"wlan.extcap.b68", "White Space Map", flag(le(u16), 0x1000)};
  Field pair_b69{"wlan.extcap.b69", "Channel Availability Query", flag(le(u16), 0x2000)};
  Field pair_b70{"wlan.extcap.b70", "Fine Timing Measurement Responder", flag(le(u16), 0x4000)};
  Field pair_b71{"wlan.extcap.b71", "Fine Timing Measurement Initiator", flag(le(u16), 0x8000)};
  Field extended_b72{"wlan.extcap.b72", "FILS Capability", flag(u8, 0x1)};
  Field extended_b73{"wlan.extcap.b73", "Extended Spectrum Management Capable", flag(u8, 0x2)};
  Field extended_b74{"wlan.extcap.b74", "Future Channel Guidance", flag(u8, 0x4)};
  Field extended_b75{"wlan.extcap.b75", "Preassociation discovery (PAD)", bits(x8, 0x8)};
  Field extended_b76{"wlan.extcap.b76", "Reserved", bits(x8, 0x10)};
  Field extended_b77{"wlan.extcap.b77", "TWT Requester Support", flag(u8, 0x20)};
  Field extended_b78{"wlan.extcap.b78", "TWT Responder Support", flag(u8, 0x40)};
  Field extended_b79{"wlan.extcap.b79", "OBSS Narrow Bandwidth RU in OFDMA Tolerance Support", flag(u8, 0x80)};
  Field channels{"wlan.supchan", "Supported Channels Set"};
  Field channels_first{"wlan.supchan.first", "First Supported Channel", u8};
  Field channels_range{"wlan.supchan.range", "Supported Channel Range", u8};
  Field access_type{"wlan.interworking.access_network_type", "Access Network Type", bits(u8, 0xF),
                    kNetInterworkingAccessNetworkType};
  Field internet{"wlan.interworking.internet", "Internet", bits(u8, 0x10)};
  Field asra{"wlan.interworking.asra", "ASRA", bits(u8, 0x20)};
  Field esr{"wlan.interworking.esr", "ESR", bits(u8, 0x40)};
  Field uesa{"wlan.interworking.uesa", "UESA", bits(u8, 0x80)};
  Field hessid{"wlan.interworking.hessid", "HESSID", mac48};
  Field timeout_type{"wlan.timeout_int.type", "Timeout Interval Type", u8, kNetTimeoutIntType};
  Field timeout_value{"wlan.timeout_int.value", "Timeout Interval Value", le(u32)};
};

}  // namespace tracedrop::dissect::wlan
