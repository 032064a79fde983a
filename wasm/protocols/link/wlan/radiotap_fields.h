// Fields of the radiotap header.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::wlan {

// clang-format off
inline constexpr TrueFalse kPresent{"Present", "Absent"};
inline constexpr TrueFalse kShort{"Short", "Long"};
inline constexpr ValueName kMcsBw[] = {{0, "20 MHz"}, {1, "40 MHz"}, {2, "20 MHz lower"}, {3, "20 MHz upper"}};
inline constexpr ValueName kMcsGi[] = {{0, "long"}, {1, "short"}};
inline constexpr ValueName kMcsFormat[] = {{0, "mixed"}, {1, "greenfield"}};
inline constexpr ValueName kMcsFec[] = {{0, "BCC"}, {1, "LDPC"}};
// clang-format on

struct RadiotapFields {
  Field version{"radiotap.version", "Header revision", u8};
  Field pad{"radiotap.pad", "Header pad", u8};
  Field length{"radiotap.length", "Header length", le(u16)};
  Field present{"radiotap.present", "Present flags"};
  Field word{"radiotap.present.word", "Present flags word", le(x32)};
  Field tsft{"radiotap.present.tsft", "TSFT", flag(le(u32), 0x1), kPresent};
  Field present_1{"radiotap.present.flags", "Flags", flag(le(u32), 0x2), kPresent};
  Field present_2{"radiotap.present.rate", "Rate", flag(le(u32), 0x4), kPresent};
  Field present_3{"radiotap.present.channel", "Channel", flag(le(u32), 0x8), kPresent};
  Field present_4{"radiotap.present.fhss", "FHSS", flag(le(u32), 0x10), kPresent};
  Field present_5{"radiotap.present.dbm_antsignal", "dBm Antenna Signal", flag(le(u32), 0x20), kPresent};
  Field present_6{"radiotap.present.dbm_antnoise", "dBm Antenna Noise", flag(le(u32), 0x40), kPresent};
  Field present_7{"radiotap.present.lock_quality", "Lock Quality", flag(le(u32), 0x80), kPresent};
  Field present_8{"radiotap.present.tx_attenuation", "TX Attenuation", flag(le(u32), 0x100), kPresent};
  Field present_9{"radiotap.present.db_tx_attenuation", "dB TX Attenuation", flag(le(u32), 0x200), kPresent};
  Field present_10{"radiotap.present.dbm_tx_power", "dBm TX Power", flag(le(u32), 0x400), kPresent};
  Field present_11{"radiotap.present.antenna", "Antenna", flag(le(u32), 0x800), kPresent};
  Field present_12{"radiotap.present.db_antsignal", "dB Antenna Signal", flag(le(u32), 0x1000), kPresent};
  Field present_13{"radiotap.present.db_antnoise", "dB Antenna Noise", flag(le(u32), 0x2000), kPresent};
  Field present_14{"radiotap.present.rxflags", "RX flags", flag(le(u32), 0x4000), kPresent};
  Field present_15{"radiotap.present.txflags", "TX flags", flag(le(u32), 0x8000), kPresent};
  Field present_16{"radiotap.present.reserved16", "Reserved bit16", flag(le(u32), 0x10000), kPresent};
  Field present_17{"radiotap.present.data_retries", "data retries", flag(le(u32), 0x20000), kPresent};
  Field present_18{"radiotap.present.xchannel", "XChannel", flag(le(u32), 0x40000), kPresent};
  Field present_19{"radiotap.present.mcs", "MCS information", flag(le(u32), 0x80000), kPresent};
  Field present_20{"radiotap.present.ampdu", "A-MPDU Status", flag(le(u32), 0x100000), kPresent};
  Field present_21{"radiotap.present.vht", "VHT information", flag(le(u32), 0x200000), kPresent};
  Field present_22{"radiotap.present.timestamp", "frame timestamp", flag(le(u32), 0x400000), kPresent};
  Field present_23{"radiotap.present.he", "HE information", flag(le(u32), 0x800000), kPresent};
  Field present_24{"radiotap.present.he_mu", "HE-MU information", flag(le(u32), 0x1000000), kPresent};
  Field present_25{"radiotap.present.reserved25", "Reserved bit25", flag(le(u32), 0x2000000), kPresent};
  Field present_26{"radiotap.present.0_length.psdu", "0 Length PSDU", flag(le(u32), 0x4000000), kPresent};
  Field present_27{"radiotap.present.l_sig", "L-SIG", flag(le(u32), 0x8000000), kPresent};
  Field present_28{"radiotap.present.tlv", "TLVs", flag(le(u32), 0x10000000), kPresent};
  Field present_29{"radiotap.present.rtap_ns", "Radiotap NS next", flag(le(u32), 0x20000000)};
  Field present_30{"radiotap.present.vendor_ns", "Vendor NS next", flag(le(u32), 0x40000000)};
  Field present_31{"radiotap.present.ext", "Ext", flag(le(u32), 0x80000000), kPresent};
  Field mactime{"radiotap.mactime", "MAC timestamp", le(u64)};
  Field flags{"radiotap.flags", "Flags", x8};
  Field cfp{"radiotap.flags.cfp", "CFP", flag(u8, 0x1)};
  Field preamble{"radiotap.flags.preamble", "Preamble", flag(u8, 0x2), kShort};
  Field wep{"radiotap.flags.wep", "WEP", flag(u8, 0x4)};
  Field frag{"radiotap.flags.frag", "Fragmentation", flag(u8, 0x8)};
  Field fcs_at_end{"radiotap.flags.fcs", "FCS at end", flag(u8, 0x10)};
  Field datapad{"radiotap.flags.datapad", "Data Pad", flag(u8, 0x20)};
  Field bad_fcs{"radiotap.flags.badfcs", "Bad FCS", flag(u8, 0x40)};
  Field short_gi{"radiotap.flags.shortgi", "Short GI", flag(u8, 0x80)};
  Field rate{"radiotap.datarate", "Data rate (Mb/s)", f32};
  Field frequency{"radiotap.channel.freq", "Channel frequency", le(u16)};
  Field channel_flags{"radiotap.channel.flags", "Channel flags", le(x16)};
  Field channel_0{"radiotap.channel.flags.700mhz", "700 MHz spectrum", flag(le(u16), 0x1)};
  Field channel_1{"radiotap.channel.flags.800mhz", "800 MHz spectrum", flag(le(u16), 0x2)};
  Field channel_2{"radiotap.channel.flags.900mhz", "900 MHz spectrum", flag(le(u16), 0x4)};
  Field channel_3{"radiotap.channel.flags.turbo", "Turbo", flag(le(u16), 0x10)};
  Field channel_4{"radiotap.channel.flags.cck", "Complementary Code Keying (CCK)", flag(le(u16), 0x20)};
  Field channel_5{"radiotap.channel.flags.ofdm", "Orthogonal Frequency-Division Multiplexing (OFDM)",
                  flag(le(u16), 0x40)};
  Field channel_6{"radiotap.channel.flags.2ghz", "2 GHz spectrum", flag(le(u16), 0x80)};
  Field channel_7{"radiotap.channel.flags.5ghz", "5 GHz spectrum", flag(le(u16), 0x100)};
  Field channel_8{"radiotap.channel.flags.passive", "Passive", flag(le(u16), 0x200)};
  Field channel_9{"radiotap.channel.flags.dynamic", "Dynamic CCK-OFDM", flag(le(u16), 0x400)};
  Field channel_10{"radiotap.channel.flags.gfsk", "Gaussian Frequency Shift Keying (GFSK)", flag(le(u16), 0x800)};
  Field channel_11{"radiotap.channel.flags.gsm", "GSM (900MHz)", flag(le(u16), 0x1000)};
  Field channel_12{"radiotap.channel.flags.sturbo", "Static Turbo", flag(le(u16), 0x2000)};
  Field channel_13{"radiotap.channel.flags.half", "Half Rate Channel (10MHz Channel Width)", flag(le(u16), 0x4000)};
  Field channel_14{"radiotap.channel.flags.quarter", "Quarter Rate Channel (5MHz Channel Width)",
                   flag(le(u16), 0x8000)};
  Field hopset{"radiotap.fhss.hopset", "FHSS Hop Set", u8};
  Field pattern{"radiotap.fhss.pattern", "FHSS Pattern", u8};
  Field dbm_signal{"radiotap.dbm_antsignal", "Antenna signal", s8};
  Field dbm_noise{"radiotap.dbm_antnoise", "Antenna noise", s8};
  Field quality{"radiotap.quality", "Signal Quality", le(u16)};
  Field attenuation{"radiotap.txattenuation", "TX attenuation", le(u16)};
  Field db_attenuation{"radiotap.db_txattenuation", "dB TX attenuation", le(u16)};
  Field tx_power{"radiotap.txpower", "Transmit power", s8};
  Field antenna{"radiotap.antenna", "Antenna", u8};
  Field db_signal{"radiotap.db_antsignal", "dB antenna signal", u8};
  Field db_noise{"radiotap.db_antnoise", "dB antenna noise", u8};
  Field rx_flags{"radiotap.rxflags", "RX flags", le(x16)};
  Field bad_plcp{"radiotap.rxflags.badplcp", "Bad PLCP", flag(le(u16), 0x2, 24)};
  Field tx_flags{"radiotap.txflags", "TX flags", le(x16)};
  Field tx_fail{"radiotap.rxflags.fail", "Fail", flag(le(u16), 0x1, 24)};
  Field tx_cts{"radiotap.rxflags.cts", "CTS", flag(le(u16), 0x2, 24)};
  Field tx_rts{"radiotap.rxflags.rts", "RTS/CTS", flag(le(u16), 0x4, 24)};
  Field tx_noack{"radiotap.rxflags.noack", "No ACK", flag(le(u16), 0x8, 24)};
  Field tx_noseqno{"radiotap.rxflags.noseqno", "Has Seqnum", flag(le(u16), 0x10, 24)};
  Field tx_order{"radiotap.rxflags.order", "Order", flag(le(u16), 0x20, 24)};
  Field data_retries{"radiotap.data_retries", "data retries", u8};
  Field x_flags{"radiotap.xchannel.flags", "XChannel flags", le(x32)};
  Field x_0{"radiotap.xchannel.flags.turbo", "Turbo", flag(le(u32), 0x10, 24)};
  Field x_1{"radiotap.xchannel.flags.cck", "Complementary Code Keying (CCK)", flag(le(u32), 0x20, 24)};
  Field x_2{"radiotap.xchannel.flags.ofdm", "Orthogonal Frequency-Division Multiplexing (OFDM)",
            flag(le(u32), 0x40, 24)};
  Field x_3{"radiotap.xchannel.flags.2ghz", "2 GHz spectrum", flag(le(u32), 0x80, 24)};
  Field x_4{"radiotap.xchannel.flags.5ghz", "5 GHz spectrum", flag(le(u32), 0x100, 24)};
  Field x_5{"radiotap.channel.xtype.passive", "Passive", flag(le(u32), 0x200, 24)};
  Field x_6{"radiotap.xchannel.flags.dynamic", "Dynamic CCK-OFDM", flag(le(u32), 0x400, 24)};
  Field x_7{"radiotap.xchannel.flags.gfsk", "Gaussian Frequency Shift Keying (GFSK)", flag(le(u32), 0x800, 24)};
  Field x_8{"radiotap.xchannel.flags.gsm", "GSM (900MHz)", flag(le(u32), 0x1000, 24)};
  Field x_9{"radiotap.xchannel.flags.sturbo", "Static Turbo", flag(le(u32), 0x2000, 24)};
  Field x_10{"radiotap.xchannel.flags.half", "Half Rate Channel (10MHz Channel Width)", flag(le(u32), 0x4000, 24)};
  Field x_11{"radiotap.xchannel.flags.quarter", "Quarter Rate Channel (5MHz Channel Width)", flag(le(u32), 0x8000, 24)};
  Field x_12{"radiotap.xchannel.flags.ht20", "HT Channel (20MHz Channel Width)", flag(le(u32), 0x10000, 24)};
  Field x_13{"radiotap.xchannel.flags.ht40u", "HT Channel (40MHz Channel Width with Extension channel above)",
             flag(le(u32), 0x20000, 24)};
  Field x_14{"radiotap.xchannel.flags.ht40d", "HT Channel (40MHz Channel Width with Extension channel below)",
             flag(le(u32), 0x40000, 24)};
  Field x_frequency{"radiotap.xchannel.freq", "XChannel frequency", le(u16)};
  Field x_number{"radiotap.xchannel.channel", "XChannel number", u8};
  Field x_power{"radiotap.xchannel.maxpower", "XChannel Max transmit power", u8};
  Field mcs{"radiotap.mcs", "MCS information"};
  Field mcs_known{"radiotap.mcs.known", "Known MCS information", x8};
  Field mcs_have_bw{"radiotap.mcs.have_bw", "Bandwidth", flag(u8, 0x1), kPresent};
  Field mcs_have_index{"radiotap.mcs.have_index", "MCS index", flag(u8, 0x2), kPresent};
  Field mcs_have_gi{"radiotap.mcs.have_gi", "Guard interval", flag(u8, 0x4), kPresent};
  Field mcs_have_format{"radiotap.mcs.have_format", "Format", flag(u8, 0x8), kPresent};
  Field mcs_have_fec{"radiotap.mcs.have_fec", "FEC type", flag(u8, 0x10), kPresent};
  Field mcs_have_stbc{"radiotap.mcs.have_stbc", "STBC streams", flag(u8, 0x20), kPresent};
  Field mcs_have_ness{"radiotap.mcs.have_ness", "Number of extension spatial streams", flag(u8, 0x40), kPresent};
  Field mcs_ness_bit1{"radiotap.mcs.ness_bit1", "Number of extension spatial streams bit 1", bits(u8, 0x80)};
  Field mcs_bw{"radiotap.mcs.bw", "Bandwidth", bits(u8, 0x3), kMcsBw};
  Field mcs_gi{"radiotap.mcs.gi", "Guard interval", bits(u8, 0x4), kMcsGi};
  Field mcs_format{"radiotap.mcs.format", "Format", bits(u8, 0x8), kMcsFormat};
  Field mcs_fec{"radiotap.mcs.fec", "FEC type", bits(u8, 0x10), kMcsFec};
  Field mcs_stbc{"radiotap.mcs.stbc", "STBC streams", bits(u8, 0x60)};
  Field mcs_ness_bit0{"radiotap.mcs.ness_bit0", "Number of extension spatial streams bit 0", bits(u8, 0x80)};
  Field mcs_index{"radiotap.mcs.index", "MCS index", u8};
  Field ampdu{"radiotap.ampdu", "A-MPDU status"};
  Field ampdu_reference{"radiotap.ampdu.reference", "A-MPDU reference number", le(u32)};
  Field ampdu_flags{"radiotap.ampdu.flags", "A-MPDU flags", le(x16)};
  Field ampdu_report{"radiotap.ampdu.flags.report_zerolen", "Driver reports 0-length subframes in this A-MPDU",
                     flag(le(u16), 0x1)};
  Field ampdu_zero{"radiotap.ampdu.flags.is_zerolen", "This is a 0-length subframe", flag(le(u16), 0x2)};
  Field ampdu_last_known{"radiotap.ampdu.flags.lastknown", "Last subframe of this A-MPDU is known", flag(le(u16), 0x4)};
  Field ampdu_last{"radiotap.ampdu.flags.last", "This is the last subframe of this A-MPDU", flag(le(u16), 0x8)};
  Field ampdu_crc_error{"radiotap.ampdu.flags.delim_crc_error", "Delimiter CRC error on this subframe",
                        flag(le(u16), 0x10)};
  Field ampdu_eof{"radiotap.ampdu.flags.eof", "EOF on this subframe", flag(le(u16), 0x40)};
  Field ampdu_eof_known{"radiotap.ampdu.flags.eof_known", "EOF of this A-MPDU is known", flag(le(u16), 0x80)};
  Field ampdu_crc{"radiotap.ampdu.delim_crc", "A-MPDU subframe delimiter CRC", x8};
};

}  // namespace tracedrop::dissect::wlan
