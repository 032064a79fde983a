// Fields of the headers PPI, AVS and Prism, which captures put before a frame of IEEE 802.11.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::wlan {

// clang-format off
inline constexpr TrueFalse kBitAligned{"32-bit aligned", "Not aligned"};
inline constexpr ValueName kPpiFieldType[] = {{2, "802.11-Common"}, {3, "802.11n MAC Extensions"}, {4, "802.11n MAC+PHY Extensions"}, {5, "Spectrum-Map"}, {6, "Process-Info"}, {7, "Capture-Info"}, {8, "Aggregation Extension"}, {9, "802.3 Extension"}, {30000, "Intel Corporation (private)"}, {30001, "Mohamed Thaga (private)"}, {30002, "GPS Tagging"}, {30003, "Vector Tagging"}, {30004, "Sensor tagging"}, {30005, "Antenna Tagging"}, {49175, "FlukeNetworks (private)"}, {51918, "CACE Technologies (private)"}};
inline constexpr TrueFalse kPresent{"Present", "Absent"};
inline constexpr TrueFalse kMilliseconds{"milliseconds", "microseconds"};
inline constexpr TrueFalse kInvalid{"Invalid", "Valid"};
inline constexpr TrueFalse kPhyError{"PHY error", "No errors"};
inline constexpr ValueName kAvsPhytype[] = {{0, "Unknown"}, {1, "FHSS 802.11 '97"}, {2, "DSSS 802.11 '97"}, {3, "IR Baseband"}, {4, "DSSS 802.11b"}, {5, "PBCC 802.11b"}, {6, "OFDM 802.11g"}, {7, "PBCC 802.11g"}, {8, "OFDM 802.11a"}};
inline constexpr ValueName kAvsSsiType[] = {{0, "None"}, {1, "Normalized RSSI"}, {2, "dBm"}, {3, "Raw RSSI"}};
inline constexpr ValueName kAvsPreamble[] = {{0, "Unknown"}, {1, "Short"}, {2, "Long"}};
inline constexpr ValueName kAvsEncoding[] = {{0, "Unknown"}, {1, "CCK"}, {2, "PBCC"}, {3, "OFDM"}, {4, "DSS-OFDM"}, {5, "BPSK"}, {6, "QPSK"}, {7, "16QAM"}, {8, "64QAM"}};
inline constexpr ValueName kPrismDidType[] = {{4161, "Host Time"}, {8257, "Mac Time"}, {12353, "Channel"}, {16449, "RSSI"}, {20545, "SQ"}, {24641, "Signal"}, {28737, "Noise"}, {32833, "Rate"}, {36929, "Is Tx"}, {41025, "Frame Length"}, {45124, "SIG A1"}, {49220, "SIG A2"}, {53316, "SIG B"}, {65604, "Host Time"}, {131140, "Mac Time"}, {196676, "Channel"}, {262212, "RSSI"}, {327748, "SQ"}, {393284, "Signal"}, {458820, "Noise"}, {524356, "Rate"}, {589892, "Is Tx"}, {655428, "Frame Length"}, {720964, "SIG A1"}, {786500, "SIG A2"}, {852036, "SIG B"}};
inline constexpr ValueName kPrismDidStatus[] = {{0, "Supplied"}, {1, "Not Supplied"}};
// clang-format on

struct PpiFields {
  Field version{"ppi.version", "Version", u8};
  Field flags{"ppi.flags", "Flags", x8};
  Field alignment{"ppi.flags.alignment", "Alignment", flag(u8, 0x1), kBitAligned};
  Field reserved{"ppi.flags.reserved", "Reserved", bits(x8, 0xFE)};
  Field length{"ppi.length", "Header length", le(u16)};
  Field dlt{"ppi.dlt", "DLT", le(u32)};
  Field type{"ppi.field_type", "Field type", le(u16), kPpiFieldType};
  Field size{"ppi.field_len", "Field length", le(u16)};
  Field tsft{"ppi.80211-common.tsft", "TSFT", le(u64)};
  Field common_flags{"ppi.80211-common.flags", "Flags", le(x16)};
  Field fcs{"ppi.80211-common.flags.fcs", "FCS present flag", flag(le(u16), 0x1), kPresent};
  Field tsft_ms{"ppi.80211-common.flags.tsft", "TSFT flag", flag(le(u16), 0x2), kMilliseconds};
  Field fcs_invalid{"ppi.80211-common.flags.fcs-invalid", "FCS validity", flag(le(u16), 0x4), kInvalid};
  Field phy_error{"ppi.80211-common.flags.phy-err", "PHY error flag", flag(le(u16), 0x8), kPhyError};
  Field rate{"ppi.80211-common.rate", "Rate", le(u16)};
  Field frequency{"ppi.80211-common.chan.freq", "Channel frequency", le(u16)};
  Field channel{"ppi.80211-common.chan.flags", "Channel flags", le(x16)};
  Field turbo{"ppi.80211-common.chan.flags.turbo", "Turbo", flag(le(u16), 0x10)};
  Field cck{"ppi.80211-common.chan.flags.cck", "Complementary Code Keying (CCK)", flag(le(u16), 0x20)};
  Field ofdm{"ppi.80211-common.chan.flags.ofdm", "Orthogonal Frequency-Division Multiplexing (OFDM)",
             flag(le(u16), 0x40)};
  Field ghz2{"ppi.80211-common.chan.flags.2ghz", "2 GHz spectrum", flag(le(u16), 0x80)};
  Field ghz5{"ppi.80211-common.chan.flags.5ghz", "5 GHz spectrum", flag(le(u16), 0x100)};
  Field passive{"ppi.80211-common.chan.flags.passive", "Passive", flag(le(u16), 0x200)};
  Field dynamic{"ppi.80211-common.chan.flags.dynamic", "Dynamic CCK-OFDM", flag(le(u16), 0x400)};
  Field gfsk{"ppi.80211-common.chan.flags.gfsk", "Gaussian Frequency Shift Keying (GFSK)", flag(le(u16), 0x800)};
  Field hopset{"ppi.80211-common.fhss.hopset", "FHSS hopset", x8};
  Field pattern{"ppi.80211-common.fhss.pattern", "FHSS pattern", x8};
  Field dbm_signal{"ppi.80211-common.dbm.antsignal", "dBm antenna signal", s8};
  Field dbm_noise{"ppi.80211-common.dbm.antnoise", "dBm antenna noise", s8};
};

struct AvsFields {
  Field magic{"wlancap.magic", "Header magic", bits(x32, 0xFFFFFFF0)};
  Field version{"wlancap.version", "Header revision", bits(u32, 0xF)};
  Field length{"wlancap.length", "Header length", u32};
  Field mactime{"wlancap.mactime", "MAC timestamp", u64};
  Field hosttime{"wlancap.hosttime", "Host timestamp", u64};
  Field phytype{"wlancap.phytype", "PHY type", u32, kAvsPhytype};
  Field channel{"wlancap.channel", "Channel", u8};
  Field rate{"wlancap.data_rate", "Data Rate", u64};
  Field antenna{"wlancap.antenna", "Antenna", u32};
  Field priority{"wlancap.priority", "Priority", u32};
  Field ssi_type{"wlancap.ssi_type", "SSI Type", u32, kAvsSsiType};
  Field signal{"wlancap.normrssi_antsignal", "Normalized RSSI Signal", u32};
  Field noise{"wlancap.normrssi_antnoise", "Normalized RSSI Noise", u32};
  Field preamble{"wlancap.preamble", "Preamble", u32, kAvsPreamble};
  Field encoding{"wlancap.encoding", "Encoding Type", u32, kAvsEncoding};
};

struct PrismFields {
  Field code{"prism.msgcode", "Message Code", le(x32)};
  Field length{"prism.msglen", "Message Length", le(u32)};
  Field device{"prism.devname", "Device Name", plain_text};
  Field did{"prism.did", "DID"};
  Field did_type{"prism.did.type", "DID", le(x32), kPrismDidType};
  Field did_status{"prism.did.status", "Status", le(u16), kPrismDidStatus};
  Field did_length{"prism.did.length", "Length", le(u16)};
};

}  // namespace tracedrop::dissect::wlan
