// Fields of what is known of how a frame of IEEE 802.11 was received, whatever header told it.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::wlan {

// clang-format off
inline constexpr ValueName kRadioPhy[] = {{1, "802.11 FHSS"}, {2, "802.11 IR"}, {3, "802.11 DSSS"}, {4, "802.11b (HR/DSSS)"}, {5, "802.11a (OFDM)"}, {6, "802.11g (ERP)"}, {7, "802.11n (HT)"}, {8, "802.11ac (VHT)"}, {9, "802.11ad (DMG)"}, {10, "802.11ah (S1G)"}, {11, "802.11ax (HE)"}, {12, "802.11be (EHT)"}};
inline constexpr ValueName kRadio11NBandwidth[] = {{0, "20 MHz"}, {1, "40 MHz"}, {2, "20 MHz + 20 MHz lower"}, {3, "20 MHz + 20 MHz upper"}, {4, "80 MHz"}, {5, "40 MHz + 40 MHz lower"}, {6, "40 MHz + 40 MHz upper"}, {7, "20 MHz, channel 1/4"}, {8, "20 MHz, channel 2/4"}, {9, "20 MHz, channel 3/4"}, {10, "20 MHz, channel 4/4"}, {11, "160 MHz"}, {12, "80 MHz + 80 MHz lower"}, {13, "80 MHz + 80 MHz upper"}, {14, "40 MHz, channel 1/4"}, {15, "40 MHz, channel 2/4"}, {16, "40 MHz, channel 3/4"}, {17, "40 MHz, channel 4/4"}, {18, "20 MHz, channel 1/8"}, {19, "20 MHz, channel 2/8"}, {20, "20 MHz, channel 3/8"}, {21, "20 MHz, channel 4/8"}, {22, "20 MHz, channel 5/8"}, {23, "20 MHz, channel 6/8"}, {24, "20 MHz, channel 7/8"}, {25, "20 MHz, channel 8/8"}};
inline constexpr ValueName kRadio11NFec[] = {{0, "BEC"}, {1, "LDPC"}};
inline constexpr ValueName kRadio11ATurboType[] = {{0, "Non-turbo"}, {1, "Turbo"}, {2, "Dynamic turbo"}, {3, "Static turbo"}};
inline constexpr ValueName kRadio11GMode[] = {{0, "None"}, {1, "Super G"}};
// clang-format on

struct RadioFields {
  Field phy{"wlan_radio.phy", "PHY type", le(u32), kRadioPhy};
  Field mcs_index{"wlan_radio.11n.mcs_index", "MCS index", le(u32)};
  Field bandwidth{"wlan_radio.11n.bandwidth", "Bandwidth", le(u32), kRadio11NBandwidth};
  Field short_gi{"wlan_radio.11n.short_gi", "Short GI", boolean};
  Field greenfield{"wlan_radio.11n.greenfield", "Greenfield", boolean};
  Field fec{"wlan_radio.11n.fec", "FEC", le(u32), kRadio11NFec};
  Field stbc{"wlan_radio.11n.stbc_streams", "Number of STBC streams", le(u32)};
  Field ness{"wlan_radio.11n.ness", "Number of extension spatial streams", le(u32)};
  Field turbo_type{"wlan_radio.11a.turbo_type", "Turbo type", le(u32), kRadio11ATurboType};
  Field mode{"wlan_radio.11g.mode", "Proprietary mode", le(u32), kRadio11GMode};
  Field short_preamble{"wlan_radio.short_preamble", "Short preamble", boolean};
  Field data_rate{"wlan_radio.data_rate", "Data rate", f32};
  Field channel{"wlan_radio.channel", "Channel", le(u32)};
  Field frequency{"wlan_radio.frequency", "Frequency", le(u16)};
  Field signal_percent{"wlan_radio.signal_percentage", "Signal strength (percentage)", le(u32)};
  Field signal_db{"wlan_radio.signal_db", "Signal strength (dB)", u8};
  Field signal_dbm{"wlan_radio.signal_dbm", "Signal strength (dBm)", s8};
  Field noise_percent{"wlan_radio.noise_percentage", "Noise level (percentage)", le(u32)};
  Field noise_db{"wlan_radio.noise_db", "Noise level (dB)", u8};
  Field noise_dbm{"wlan_radio.noise_dbm", "Noise level (dBm)", s8};
  Field snr{"wlan_radio.snr", "Signal/noise ratio (dB)", le(s32)};
  Field timestamp{"wlan_radio.timestamp", "TSF timestamp", le(u64)};
  Field last_part{"wlan_radio.last_part_of_an_ampdu", "Last part of an A-MPDU", flag(le(u32), 0x1)};
  Field crc_error{"wlan_radio.a_mpdu_delim_crc_error", "A-MPDU delimiter CRC error", flag(le(u32), 0x2)};
  Field aggregate_id{"wlan_radio.a_mpdu_aggregate_id", "A-MPDU aggregate ID", le(u32)};
  Field duration{"wlan_radio.duration", "Duration", le(u32)};
  Field preamble{"wlan_radio.preamble", "Preamble", le(u32)};
  Field ifs{"wlan_radio.ifs", "IFS", le(s64)};
  Field start{"wlan_radio.start_tsf", "Start", le(u64)};
  Field end{"wlan_radio.end_tsf", "End", le(u64)};
  Field assumed_short{"wlan_radio.assumed.short_preamble",
                      "No preamble length information was available, assuming short preamble."};
  Field assumed_no_greenfield{"wlan_radio.assumed.non_greenfield",
                              "No plcp type information was available, assuming non greenfield."};
  Field assumed_no_stbc{"wlan_radio.assumed.no_stbc", "No stbc information was available, assuming no stbc."};
  Field assumed_no_extension{"wlan_radio.assumed.no_extension_streams",
                             "No extension stream information was available, assuming no extension streams."};
  Field assumed_bcc{"wlan_radio.assumed.bcc_fec", "No fec type information was available, assuming bcc fec."};
};

}  // namespace tracedrop::dissect::wlan
