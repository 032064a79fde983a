// Fields of elements of IEEE 802.11n (section 9.4.2.54 and 56) and 802.11ac (9.4.2.156 and 157).
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::wlan {

// clang-format off
inline constexpr TrueFalse kThrTransmitterSupportsRecei{"Transmitter supports receiving LDPC coded packets", "Transmitter does not support receiving LDPC coded packets"};
inline constexpr TrueFalse kThrTransmitterSupportsMhzAn{"Transmitter supports 20MHz and 40MHz operation", "Transmitter only supports 20MHz operation"};
inline constexpr ValueName kThrHtCapabilitiesSm[] = {{0, "Static SM Power Save mode"}, {1, "Dynamic SM Power Save mode"}, {2, "Reserved"}, {3, "SM Power Save disabled"}};
inline constexpr TrueFalse kThrTransmitterIsAbleToRecei{"Transmitter is able to receive PPDUs with Green Field (GF) preamble", "Transmitter is not able to receive PPDUs with Green Field (GF) preamble"};
inline constexpr TrueFalse kThrSupported{"Supported", "Not supported"};
inline constexpr ValueName kThrHtCapabilitiesRxstbc[] = {{0, "No Rx STBC support"}, {1, "Rx support of one spatial stream"}, {2, "Rx support of one and two spatial streams"}, {3, "Rx support of one, two, and three spatial streams"}};
inline constexpr TrueFalse kThrBytes{"7935 bytes", "3839 bytes"};
inline constexpr TrueFalse kThrWillCanUseDsssCckInMhz{"Will/Can use DSSS/CCK in 40 MHz", "Won't/Can't use of DSSS/CCK in 40 MHz"};
inline constexpr TrueFalse kThrUseOfMhzTransmissionsRes{"Use of 40 MHz transmissions restricted/disallowed", "Use of 40 MHz transmissions unrestricted/allowed"};
inline constexpr ValueName kThrHtAmpduparamMpduStartSpacing[] = {{0, "No restriction"}, {1, "1/4 [usec]"}, {2, "1/2 [usec]"}, {3, "1 [usec]"}, {4, "2 [usec]"}, {5, "4 [usec]"}, {6, "8 [usec]"}, {7, "16 [usec]"}};
inline constexpr TrueFalse kThrDefined{"Defined", "Not defined"};
inline constexpr TrueFalse kThrNotEqual{"Not Equal", "Equal"};
inline constexpr ValueName kThrHtexCapabilitiesMcs[] = {{0, "STA does not provide MCS feedback"}, {1, "Reserved"}, {2, "STA provides only unsolicited MCS feedback"}, {3, "STA can provide MCS feedback in response to MRQ as well as unsolicited MCS feedback"}};
inline constexpr ValueName kThrTxbfCalibration[] = {{0, "Not supported"}, {1, "Can respond to a calibration request but cannot initiate calibration"}, {2, "Reserved"}, {3, "Can both initiate and respond to a calibration request"}};
inline constexpr ValueName kThrTxbfRcsi[] = {{0, "Not supported"}, {1, "Delayed feedback capable"}, {2, "Immediate feedback capable"}, {3, "Delayed and immediate feedback capable"}};
inline constexpr ValueName kThrTxbfMingroup[] = {{0, "No grouping supported"}, {1, "Groups of 1, 2 supported"}, {2, "Groups of 1, 4 supported"}, {3, "Groups of 1, 2, 4 supported"}};
inline constexpr ValueName kThrTxbfCsinumant[] = {{0, "1 TX antenna sounding"}, {1, "2 TX antenna sounding"}, {2, "3 TX antenna sounding"}, {3, "4 TX antenna sounding"}};
inline constexpr ValueName kThrTxbfCsiMaxrows[] = {{0, "1 row of CSI"}, {1, "2 rows of CSI"}, {2, "3 rows of CSI"}, {3, "4 rows of CSI"}};
inline constexpr ValueName kThrTxbfChannelest[] = {{0, "1 space time stream"}, {1, "2 space time streams"}, {2, "3 space time streams"}, {3, "4 space time streams"}};
inline constexpr ValueName kThrHtInfoSecchanoffset[] = {{0, "No secondary channel"}, {1, "Secondary channel is above the primary channel"}, {2, "Reserved"}, {3, "Secondary channel is below the primary channel"}};
inline constexpr TrueFalse kThrChannelOfAnyWidthSupport{"Channel of any width supported", "20 MHz channel width only"};
inline constexpr TrueFalse kThrPermitted{"Permitted", "Prohibited"};
inline constexpr ValueName kThrHtInfoHtProtection[] = {{0, "No protection mode"}, {1, "HT non-member protection mode"}, {2, "20 MHz protection mode"}, {3, "non-HT mixed mode"}};
inline constexpr TrueFalse kThrOneOrMoreAssociatedStasA{"One or more associated STAs are not greenfield capable", "All associated STAs are greenfield capable"};
inline constexpr TrueFalse kThrUseOfProtectionForNonHtS{"Use of protection for non-HT STAs by overlapping BSSs is needed", "Use of protection for non-HT STAs by overlapping BSSs is not needed"};
inline constexpr TrueFalse kThrApTransmitsASecondaryBea{"AP transmits a secondary beacon", "No second beacon is transmitted"};
inline constexpr TrueFalse kThrRequired{"Required", "Not required"};
inline constexpr TrueFalse kThrStbcBeacon{"STBC beacon", "Primary beacon"};
inline constexpr ValueName kThrVhtCapabilitiesMaxmpdulength[] = {{0, "3 895"}, {1, "7 991"}, {2, "11 454"}, {3, "Reserved"}};
inline constexpr ValueName kThrVhtCapabilitiesSupportedchanwidthset[] = {{0, "Neither 160MHz nor 80+80 supported"}, {1, "160MHz supported"}, {2, "160MHz and 80+80 Supported"}, {3, "Reserved"}};
inline constexpr ValueName kThrVhtCapabilitiesRxstbc[] = {{0, "None"}, {1, "1 Spatial Stream Supported"}, {2, "1 to 2 Spatial Stream Supported"}, {3, "1 to 3 Spatial Stream Supported"}, {4, "1 to 4 Spatial Stream Supported"}, {5, "Reserved"}, {6, "Reserved"}, {7, "Reserved"}};
inline constexpr ValueName kThrVhtCapabilitiesBeamformeeStsCap[] = {{0, "1"}, {1, "2"}, {2, "3"}, {3, "4"}, {4, "5"}, {5, "6"}, {6, "7"}, {7, "8"}};
inline constexpr ValueName kThrVhtCapabilitiesMaxampdu[] = {{0, "8 191"}, {1, "16 383"}, {2, "32 767"}, {3, "65 535"}, {4, "131 071"}, {5, "262 143"}, {6, "524 287"}, {7, "1 048 575"}};
inline constexpr ValueName kThrVhtCapabilitiesLinkadapt[] = {{0, "No Feedback"}, {1, "Reserved (logically only solicited feedback)"}, {2, "Unsolicited feedback only"}, {3, "Both (can provide unsolicited feedback and respond to VHT MRQ)"}};
inline constexpr ValueName kThrVhtMcssetRxmcsmapSs1[] = {{0, "MCS 0-7"}, {1, "MCS 0-8"}, {2, "MCS 0-9"}, {3, "Not Supported"}};
inline constexpr TrueFalse kThrCapable{"Capable", "Not capable"};
inline constexpr ValueName kThrVhtOpChannelwidth[] = {{0, "20 MHz or 40 MHz BSS Bandwidth"}, {1, "80 MHz, 160 MHz or 80+80 MHz BSS Bandwidth"}, {2, "160 MHz BSS Bandwidth (deprecated)"}, {3, "Non-contiguous 80+80 MHz BSS Bandwidth (deprecated)"}};
inline constexpr ValueName kThrVhtTpePwrInfoUnit[] = {{0, "Local EIRP"}, {1, "Local EIRP PSD"}, {2, "Regulatory client EIRP"}, {3, "Regulatory client EIRP PSD"}, {4, "Additional regulatory client EIRP"}, {5, "Additional regulatory client EIRP PSD"}, {6, "Reserved"}, {7, "Reserved"}};
// clang-format on

struct ThroughputFields {
  Field ht{"wlan.ht.capabilities", "HT Capabilities Info", le(x16)};
  Field ht_ldpccoding{"wlan.ht.capabilities.ldpccoding", "HT LDPC coding capability", flag(le(u16), 0x1),
                      kThrTransmitterSupportsRecei};
  Field ht_width{"wlan.ht.capabilities.width", "HT Support channel width", flag(le(u16), 0x2),
                 kThrTransmitterSupportsMhzAn};
  Field ht_sm{"wlan.ht.capabilities.sm", "HT SM Power Save", bits(le(x16), 0xC), kThrHtCapabilitiesSm};
  Field ht_green{"wlan.ht.capabilities.green", "HT Green Field", flag(le(u16), 0x10), kThrTransmitterIsAbleToRecei};
  Field ht_short20{"wlan.ht.capabilities.short20", "HT Short GI for 20MHz", flag(le(u16), 0x20), kThrSupported};
  Field ht_short40{"wlan.ht.capabilities.short40", "HT Short GI for 40MHz", flag(le(u16), 0x40), kThrSupported};
  Field ht_txstbc{"wlan.ht.capabilities.txstbc", "HT Tx STBC", flag(le(u16), 0x80), kThrSupported};
  Field ht_rxstbc{"wlan.ht.capabilities.rxstbc", "HT Rx STBC", bits(le(x16), 0x300), kThrHtCapabilitiesRxstbc};
  Field ht_info_reserved_b10{"wlan.ht.capabilities.info_reserved_b10", "Reserved", bits(le(x16), 0x400)};
  Field ht_amsdu{"wlan.ht.capabilities.amsdu", "HT Max A-MSDU length", flag(le(u16), 0x800), kThrBytes};
  Field ht_dsscck{"wlan.ht.capabilities.dsscck", "HT DSSS/CCK mode in 40MHz", flag(le(u16), 0x1000),
                  kThrWillCanUseDsssCckInMhz};
  Field ht_info_reserved_b13{"wlan.ht.capabilities.info_reserved_b13", "Reserved", bits(le(x16), 0x2000)};
  Field ht_40mhzintolerant{"wlan.ht.capabilities.40mhzintolerant", "HT Forty MHz Intolerant", flag(le(u16), 0x4000),
                           kThrUseOfMhzTransmissionsRes};
  Field ht_info_reserved_b15{"wlan.ht.capabilities.info_reserved_b15", "Reserved", bits(le(x16), 0x8000)};
  Field ampdu{"wlan.ht.ampduparam", "A-MPDU Parameters", x8};
  Field ampdu_maxlength{"wlan.ht.ampduparam.maxlength", "Maximum Rx A-MPDU Length Exponent", bits(x8, 0x3)};
  Field ampdu_mpdu_start_spacing{"wlan.ht.ampduparam.mpdu_start_spacing", "Minimum MPDU Start Spacing", bits(x8, 0x1C),
                                 kThrHtAmpduparamMpduStartSpacing};
  Field ampdu_reserved{"wlan.ht.ampduparam.reserved", "Reserved", bits(x8, 0xE0)};
  Field mcs{"wlan.ht.mcsset", "Rx Supported Modulation and Coding Scheme Set"};
  Field mcs_rx{"wlan.ht.mcsset.rxbitmask", "Rx Modulation and Coding Scheme (One bit per modulation)"};
  Field mcs_rx_0to7{"wlan.ht.mcsset.rxbitmask.0to7", "Rx Bitmask Bits 0-7", bits(le(x32), 0xFF)};
  Field mcs_rx_8to15{"wlan.ht.mcsset.rxbitmask.8to15", "Rx Bitmask Bits 8-15", bits(le(x32), 0xFF00)};
  Field mcs_rx_16to23{"wlan.ht.mcsset.rxbitmask.16to23", "Rx Bitmask Bits 16-23", bits(le(x32), 0xFF0000)};
  Field mcs_rx_24to31{"wlan.ht.mcsset.rxbitmask.24to31", "Rx Bitmask Bits 24-31", bits(le(x32), 0xFF000000)};
  Field mcs_rx_32{"wlan.ht.mcsset.rxbitmask.32", "Rx Bitmask Bit 32", bits(le(x32), 0x1)};
  Field mcs_rx_33to38{"wlan.ht.mcsset.rxbitmask.33to38", "Rx Bitmask Bits 33-38", bits(le(x32), 0x7E)};
  Field mcs_rx_39to52{"wlan.ht.mcsset.rxbitmask.39to52", "Rx Bitmask Bits 39-52", bits(le(x32), 0x1FFF80)};
  Field mcs_rx_53to76{"wlan.ht.mcsset.rxbitmask.53to76", "Rx Bitmask Bits 53-76", bits(le(x32), 0x1FFFFFE0)};
  Field mcs_highestdatarate{"wlan.ht.mcsset.highestdatarate", "Highest Supported Data Rate", bits(le(x16), 0x3FF)};
  Field mcs_txsetdefined{"wlan.ht.mcsset.txsetdefined", "Tx Supported MCS Set", flag(le(u16), 0x1), kThrDefined};
  Field mcs_txrxmcsnotequal{"wlan.ht.mcsset.txrxmcsnotequal", "Tx and Rx MCS Set", flag(le(u16), 0x2), kThrNotEqual};
  Field mcs_txmaxss{"wlan.ht.mcsset.txmaxss", "Maximum Number of Tx Spatial Streams Supported", bits(le(x16), 0xC)};
  Field mcs_txunequalmod{"wlan.ht.mcsset.txunequalmod", "Unequal Modulation", flag(le(u16), 0x10), kThrSupported};
  Field htex{"wlan.htex.capabilities", "HT Extended Capabilities", le(x16)};
  Field htex_reserved_b0_b7{"wlan.htex.capabilities.reserved_b0_b7", "Reserved", bits(le(x16), 0xFF)};
  Field htex_mcs{"wlan.htex.capabilities.mcs", "MCS Feedback capability", bits(le(x16), 0x300),
                 kThrHtexCapabilitiesMcs};
  Field htex_htc{"wlan.htex.capabilities.htc", "HT variant HT Control field", flag(le(u16), 0x400), kThrSupported};
  Field htex_rdresponder{"wlan.htex.capabilities.rdresponder", "Reverse Direction Responder", flag(le(u16), 0x800),
                         kThrSupported};
  Field htex_reserved_b12_b15{"wlan.htex.capabilities.reserved_b12_b15", "Reserved", bits(le(x16), 0xF000)};
  Field txbf{"wlan.txbf", "Transmit Beam Forming (TxBF) Capabilities", le(x32)};
  Field txbf_txbf{"wlan.txbf.txbf", "Implicit Transmit Beamforming Receiving", flag(le(u32), 0x1), kThrSupported};
  Field txbf_rxss{"wlan.txbf.rxss", "Receive Staggered Sounding", flag(le(u32), 0x2), kThrSupported};
  Field txbf_txss{"wlan.txbf.txss", "Transmit Staggered Sounding", flag(le(u32), 0x4), kThrSupported};
  Field txbf_rxndp{"wlan.txbf.rxndp", "Receive Null Data packet (NDP)", flag(le(u32), 0x8), kThrSupported};
  Field txbf_txndp{"wlan.txbf.txndp", "Transmit Null Data packet (NDP)", flag(le(u32), 0x10), kThrSupported};
  Field txbf_impltxbf{"wlan.txbf.impltxbf", "Implicit Transmit Beamforming", flag(le(u32), 0x20), kThrSupported};
  Field txbf_calibration{"wlan.txbf.calibration", "Calibration", bits(le(x32), 0xC0), kThrTxbfCalibration};
  Field txbf_csi{"wlan.txbf.csi", "Explicit CSI Transmit Beamforming", flag(le(u32), 0x100), kThrSupported};
  Field txbf_fm_uncompressed_tbf{"wlan.txbf.fm.uncompressed.tbf", "Explicit Noncompressed Steering",
                                 flag(le(u32), 0x200), kThrSupported};
  Field txbf_fm_compressed_tbf{"wlan.txbf.fm.compressed.tbf", "Explicit Compressed Steering", flag(le(u32), 0x400),
                               kThrSupported};
  Field txbf_rcsi{"wlan.txbf.rcsi", "Explicit Transmit Beamforming CSI Feedback", bits(le(x32), 0x1800), kThrTxbfRcsi};
  Field txbf_fm_uncompressed_rbf{"wlan.txbf.fm.uncompressed.rbf", "Explicit Noncompressed Beamforming Feedback",
                                 bits(le(x32), 0x6000), kThrTxbfRcsi};
  Field txbf_fm_compressed_bf{"wlan.txbf.fm.compressed.bf", "Explicit Noncompressed Beamforming Feedback",
                              bits(le(x32), 0x18000), kThrTxbfRcsi};
  Field txbf_mingroup{"wlan.txbf.mingroup", "Minimal Grouping", bits(le(x32), 0x60000), kThrTxbfMingroup};
  Field txbf_csinumant{"wlan.txbf.csinumant", "CSI Number of Beamformer Antennas", bits(le(x32), 0x180000),
                       kThrTxbfCsinumant};
  Field txbf_fm_uncompressed_maxant{"wlan.txbf.fm.uncompressed.maxant",
                                    "Noncompressed Steering Number of Beamformer Antennas", bits(le(x32), 0x600000),
                                    kThrTxbfCsinumant};
  Field txbf_fm_compressed_maxant{"wlan.txbf.fm.compressed.maxant", "Compressed Steering Number of Beamformer Antennas",
                                  bits(le(x32), 0x1800000), kThrTxbfCsinumant};
  Field txbf_csi_maxrows{"wlan.txbf.csi.maxrows", "CSI Max Number of Rows Beamformer", bits(le(x32), 0x6000000),
                         kThrTxbfCsiMaxrows};
  Field txbf_channelest{"wlan.txbf.channelest", "Channel Estimation", bits(le(x32), 0x18000000), kThrTxbfChannelest};
  Field txbf_reserved{"wlan.txbf.reserved", "Reserved", bits(le(x32), 0xE0000000)};
  Field asel{"wlan.asel", "Antenna Selection (ASEL) Capabilities", x8};
  Field asel_capable{"wlan.asel.capable", "Antenna Selection Capable", flag(u8, 0x1), kThrSupported};
  Field asel_txcsi{"wlan.asel.txcsi", "Explicit CSI Feedback Based Tx ASEL", flag(u8, 0x2), kThrSupported};
  Field asel_txif{"wlan.asel.txif", "Antenna Indices Feedback Based Tx ASEL", flag(u8, 0x4), kThrSupported};
  Field asel_csi{"wlan.asel.csi", "Explicit CSI Feedback", flag(u8, 0x8), kThrSupported};
  Field asel_if{"wlan.asel.if", "Antenna Indices Feedback", flag(u8, 0x10), kThrSupported};
  Field asel_rx{"wlan.asel.rx", "Rx ASEL", flag(u8, 0x20), kThrSupported};
  Field asel_sppdu{"wlan.asel.sppdu", "Tx Sounding PPDUs", flag(u8, 0x40), kThrSupported};
  Field asel_reserved{"wlan.asel.reserved", "Reserved", bits(x8, 0x80)};
  Field info_primarychannel{"wlan.ht.info.primarychannel", "Primary Channel", u8};
  Field info_delim1{"wlan.ht.info.delim1", "HT Operation Information Subset (1 of 3)", x8};
  Field info_secchanoffset{"wlan.ht.info.secchanoffset", "Secondary channel offset", bits(x8, 0x3),
                           kThrHtInfoSecchanoffset};
  Field info_chanwidth{"wlan.ht.info.chanwidth", "Supported channel width", flag(u8, 0x4),
                       kThrChannelOfAnyWidthSupport};
  Field info_rifs{"wlan.ht.info.rifs", "Reduced Interframe Spacing (RIFS)", flag(u8, 0x8), kThrPermitted};
  Field info_reserved_b4_b7{"wlan.ht.info.reserved_b4_b7", "Reserved", bits(x8, 0xF0)};
  Field info_delim2{"wlan.ht.info.delim2", "HT Operation Information Subset (2 of 3)", le(x16)};
  Field info_ht_protection{"wlan.ht.info.ht_protection", "HT Protection", bits(le(x16), 0x3), kThrHtInfoHtProtection};
  Field info_greenfield{"wlan.ht.info.greenfield", "Non-greenfield STAs present", flag(le(u16), 0x4),
                        kThrOneOrMoreAssociatedStasA};
  Field info_reserved_b11{"wlan.ht.info.reserved_b11", "Reserved", bits(le(x16), 0x8)};
  Field info_obssnonht{"wlan.ht.info.obssnonht", "OBSS non-HT STAs present", flag(le(u16), 0x10),
                       kThrUseOfProtectionForNonHtS};
  Field info_chan_center_freq_seg_2{"wlan.ht.info.chan_center_freq_seg_2", "Channel Center Frequency Segment 2",
                                    bits(le(u16), 0x1FE0)};
  Field info_reserved_b21_b23{"wlan.ht.info.reserved_b21_b23", "Reserved", bits(le(x16), 0xE000)};
  Field info_delim3{"wlan.ht.info.delim3", "HT Operation Information Subset (3 of 3)", le(x16)};
  Field info_reserved_b24_b29{"wlan.ht.info.reserved_b24_b29", "Reserved", bits(le(x16), 0x3F)};
  Field info_dualbeacon{"wlan.ht.info.dualbeacon", "Dual beacon", flag(le(u16), 0x40), kThrApTransmitsASecondaryBea};
  Field info_dualcts{"wlan.ht.info.dualcts", "Dual Clear To Send (CTS) protection", flag(le(u16), 0x80), kThrRequired};
  Field info_stbcbeacon{"wlan.ht.info.stbcbeacon", "STBC Beacon", flag(le(u16), 0x100), kThrStbcBeacon};
  Field info_reserved_b33_b39{"wlan.ht.info.reserved_b33_b39", "Reserved", bits(le(x16), 0xFE00)};
  Field vht{"wlan.vht.capabilities", "VHT Capabilities Info", le(x32)};
  Field vht_maxmpdulength{"wlan.vht.capabilities.maxmpdulength", "Maximum MPDU Length", bits(le(x32), 0x3),
                          kThrVhtCapabilitiesMaxmpdulength};
  Field vht_supportedchanwidthset{"wlan.vht.capabilities.supportedchanwidthset", "Supported Channel Width Set",
                                  bits(le(x32), 0xC), kThrVhtCapabilitiesSupportedchanwidthset};
  Field vht_rxldpc{"wlan.vht.capabilities.rxldpc", "Rx LDPC", flag(le(u32), 0x10), kThrSupported};
  Field vht_short80{"wlan.vht.capabilities.short80", "Short GI for 80MHz/TVHT_MODE_4C", flag(le(u32), 0x20),
                    kThrSupported};
  Field vht_short160{"wlan.vht.capabilities.short160", "Short GI for 160MHz and 80+80MHz", flag(le(u32), 0x40),
                     kThrSupported};
  Field vht_txstbc{"wlan.vht.capabilities.txstbc", "Tx STBC", flag(le(u32), 0x80), kThrSupported};
  Field vht_rxstbc{"wlan.vht.capabilities.rxstbc", "Rx STBC", bits(le(x32), 0x700), kThrVhtCapabilitiesRxstbc};
  Field vht_subeamformer{"wlan.vht.capabilities.subeamformer", "SU Beamformer Capable", flag(le(u32), 0x800),
                         kThrSupported};
  Field vht_subeamformee{"wlan.vht.capabilities.subeamformee", "SU Beamformee Capable", flag(le(u32), 0x1000),
                         kThrSupported};
  Field vht_beamformee_sts_cap{"wlan.vht.capabilities.beamformee_sts_cap", "Beamformee STS Capability",
                               bits(le(x32), 0xE000), kThrVhtCapabilitiesBeamformeeStsCap};
  Field vht_soundingdimensions{"wlan.vht.capabilities.soundingdimensions", "Number of Sounding Dimensions",
                               bits(le(x32), 0x70000), kThrVhtCapabilitiesBeamformeeStsCap};
  Field vht_mubeamformer{"wlan.vht.capabilities.mubeamformer", "MU Beamformer Capable", flag(le(u32), 0x80000),
                         kThrSupported};
  Field vht_mubeamformee{"wlan.vht.capabilities.mubeamformee", "MU Beamformee Capable", flag(le(u32), 0x100000),
                         kThrSupported};
  Field vht_vhttxopps{"wlan.vht.capabilities.vhttxopps", "TXOP PS", flag(le(u32), 0x200000), kThrSupported};
  Field vht_vhthtc{"wlan.vht.capabilities.vhthtc", "+HTC-VHT Capable", flag(le(u32), 0x400000), kThrSupported};
  Field vht_maxampdu{"wlan.vht.capabilities.maxampdu", "Max A-MPDU Length Exponent", bits(le(x32), 0x3800000),
                     kThrVhtCapabilitiesMaxampdu};
  Field vht_linkadapt{"wlan.vht.capabilities.linkadapt", "VHT Link Adaptation", bits(le(x32), 0xC000000),
                      kThrVhtCapabilitiesLinkadapt};
  Field vht_rxpatconsist{"wlan.vht.capabilities.rxpatconsist", "Rx Antenna Pattern Consistency",
                         flag(le(u32), 0x10000000), kThrSupported};
  Field vht_txpatconsist{"wlan.vht.capabilities.txpatconsist", "Tx Antenna Pattern Consistency",
                         flag(le(u32), 0x20000000), kThrSupported};
  Field vht_ext_nss_bw_support{"wlan.vht.capabilities.ext_nss_bw_support", "Extended NSS BW Support",
                               bits(le(x32), 0xC0000000)};
  Field vht_mcs{"wlan.vht.mcsset", "VHT Supported MCS Set"};
  Field vht_rxmcsmap{"wlan.vht.mcsset.rxmcsmap", "Rx MCS Map", le(x16)};
  Field vht_rxmcsmap_ss1{"wlan.vht.mcsset.rxmcsmap.ss1", "Rx 1 SS", bits(le(x16), 0x3), kThrVhtMcssetRxmcsmapSs1};
  Field vht_rxmcsmap_ss2{"wlan.vht.mcsset.rxmcsmap.ss2", "Rx 2 SS", bits(le(x16), 0xC), kThrVhtMcssetRxmcsmapSs1};
  Field vht_rxmcsmap_ss3{"wlan.vht.mcsset.rxmcsmap.ss3", "Rx 3 SS", bits(le(x16), 0x30), kThrVhtMcssetRxmcsmapSs1};
  Field vht_rxmcsmap_ss4{"wlan.vht.mcsset.rxmcsmap.ss4", "Rx 4 SS", bits(le(x16), 0xC0), kThrVhtMcssetRxmcsmapSs1};
  Field vht_rxmcsmap_ss5{"wlan.vht.mcsset.rxmcsmap.ss5", "Rx 5 SS", bits(le(x16), 0x300), kThrVhtMcssetRxmcsmapSs1};
  Field vht_rxmcsmap_ss6{"wlan.vht.mcsset.rxmcsmap.ss6", "Rx 6 SS", bits(le(x16), 0xC00), kThrVhtMcssetRxmcsmapSs1};
  Field vht_rxmcsmap_ss7{"wlan.vht.mcsset.rxmcsmap.ss7", "Rx 7 SS", bits(le(x16), 0x3000), kThrVhtMcssetRxmcsmapSs1};
  Field vht_rxmcsmap_ss8{"wlan.vht.mcsset.rxmcsmap.ss8", "Rx 8 SS", bits(le(x16), 0xC000), kThrVhtMcssetRxmcsmapSs1};
  Field vht_txmcsmap{"wlan.vht.mcsset.txmcsmap", "Tx MCS Map", le(x16)};
  Field vht_txmcsmap_ss1{"wlan.vht.mcsset.txmcsmap.ss1", "Tx 1 SS", bits(le(x16), 0x3), kThrVhtMcssetRxmcsmapSs1};
  Field vht_txmcsmap_ss2{"wlan.vht.mcsset.txmcsmap.ss2", "Tx 2 SS", bits(le(x16), 0xC), kThrVhtMcssetRxmcsmapSs1};
  Field vht_txmcsmap_ss3{"wlan.vht.mcsset.txmcsmap.ss3", "Tx 3 SS", bits(le(x16), 0x30), kThrVhtMcssetRxmcsmapSs1};
  Field vht_txmcsmap_ss4{"wlan.vht.mcsset.txmcsmap.ss4", "Tx 4 SS", bits(le(x16), 0xC0), kThrVhtMcssetRxmcsmapSs1};
  Field vht_txmcsmap_ss5{"wlan.vht.mcsset.txmcsmap.ss5", "Tx 5 SS", bits(le(x16), 0x300), kThrVhtMcssetRxmcsmapSs1};
  Field vht_txmcsmap_ss6{"wlan.vht.mcsset.txmcsmap.ss6", "Tx 6 SS", bits(le(x16), 0xC00), kThrVhtMcssetRxmcsmapSs1};
  Field vht_txmcsmap_ss7{"wlan.vht.mcsset.txmcsmap.ss7", "Tx 7 SS", bits(le(x16), 0x3000), kThrVhtMcssetRxmcsmapSs1};
  Field vht_txmcsmap_ss8{"wlan.vht.mcsset.txmcsmap.ss8", "Tx 8 SS", bits(le(x16), 0xC000), kThrVhtMcssetRxmcsmapSs1};
  Field vht_mcs_rxhighestlonggirate{"wlan.vht.mcsset.rxhighestlonggirate",
                                    "Rx Highest Long GI Data Rate (in Mb/s, 0 = subfield not in use)",
                                    bits(le(x16), 0x1FFF)};
  Field vht_mcs_max_nsts_total{"wlan.vht.mcsset.max_nsts_total", "MaX NSTS Total", bits(le(u16), 0xE000)};
  Field vht_mcs_txhighestlonggirate{"wlan.vht.mcsset.txhighestlonggirate",
                                    "Tx Highest Long GI Data Rate  (in Mb/s, 0 = subfield not in use)",
                                    bits(le(x16), 0x1FFF)};
  Field vht_mcs_vht_ext_nss_bw_capable{"wlan.vht.mcsset.vht_ext_nss_bw_capable", "VHT Extended NSS BW Capable",
                                       flag(le(u16), 0x2000), kThrCapable};
  Field vht_mcs_reserved{"wlan.vht.mcsset.reserved", "Reserved", bits(le(x16), 0xC000)};
  Field vht_op{"wlan.vht.op", "VHT Operation Info"};
  Field vht_op_channelwidth{"wlan.vht.op.channelwidth", "Channel Width", u8, kThrVhtOpChannelwidth};
  Field vht_op_channelcenter0{"wlan.vht.op.channelcenter0", "Channel Center Segment 0", u8};
  Field vht_op_channelcenter1{"wlan.vht.op.channelcenter1", "Channel Center Segment 1", u8};
  Field vht_op_basicmcsmap{"wlan.vht.op.basicmcsmap", "Basic MCS Map", le(x16)};
  Field vht_basic_ss1{"wlan.vht.op.basicmcsmap.ss1", "Basic 1 SS", bits(le(x16), 0x3), kThrVhtMcssetRxmcsmapSs1};
  Field vht_basic_ss2{"wlan.vht.op.basicmcsmap.ss2", "Basic 2 SS", bits(le(x16), 0xC), kThrVhtMcssetRxmcsmapSs1};
  Field vht_basic_ss3{"wlan.vht.op.basicmcsmap.ss3", "Basic 3 SS", bits(le(x16), 0x30), kThrVhtMcssetRxmcsmapSs1};
  Field vht_basic_ss4{"wlan.vht.op.basicmcsmap.ss4", "Basic 4 SS", bits(le(x16), 0xC0), kThrVhtMcssetRxmcsmapSs1};
  Field vht_basic_ss5{"wlan.vht.op.basicmcsmap.ss5", "Basic 5 SS", bits(le(x16), 0x300), kThrVhtMcssetRxmcsmapSs1};
  Field vht_basic_ss6{"wlan.vht.op.basicmcsmap.ss6", "Basic 6 SS", bits(le(x16), 0xC00), kThrVhtMcssetRxmcsmapSs1};
  Field vht_basic_ss7{"wlan.vht.op.basicmcsmap.ss7", "Basic 7 SS", bits(le(x16), 0x3000), kThrVhtMcssetRxmcsmapSs1};
  Field vht_basic_ss8{"wlan.vht.op.basicmcsmap.ss8", "Basic 8 SS", bits(le(x16), 0xC000), kThrVhtMcssetRxmcsmapSs1};
  Field tpe_pwr_info{"wlan.vht.tpe.pwr_info", "Tx Pwr Info", x8};
  Field tpe_pwr_info_count{"wlan.vht.tpe.pwr_info.count", "Max Tx Pwr Count", bits(u8, 0x7)};
  Field tpe_pwr_info_unit{"wlan.vht.tpe.pwr_info.unit", "Max Tx Pwr Unit Interpretation", bits(u8, 0x38),
                          kThrVhtTpePwrInfoUnit};
  Field tpe_pwr_info_category{"wlan.vht.tpe.pwr_info.category", "Max Tx Pwr Category", bits(u8, 0xC0)};
  Field tpe_pwr_constr_20{"wlan.vht.tpe.pwr_constr_20", "Local Max Tx Pwr Constraint 20MHz", s8};
  Field tpe_pwr_constr_40{"wlan.vht.tpe.pwr_constr_40", "Local Max Tx Pwr Constraint 40MHz", s8};
  Field tpe_pwr_constr_80{"wlan.vht.tpe.pwr_constr_80", "Local Max Tx Pwr Constraint 80MHz", s8};
  Field tpe_pwr_constr_160{"wlan.vht.tpe.pwr_constr_160", "Local Max Tx Pwr Constraint 160MHz/80+80 MHz", s8};
  Field info_reserved_set{"wlan.ht.info.mcsset_reserved", "Basic HT-MCS Set: Reserved", raw_bytes};
};

}  // namespace tracedrop::dissect::wlan
