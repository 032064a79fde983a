// The fields of RTCP and SRTCP, under Wireshark's names.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::rtcp {

inline constexpr ValueName kVersions[] = {{0, "Old VAT Version"}, {1, "First Draft Version"}, {2, "RFC 1889 Version"}};
inline constexpr ValueName kTypes[] = {{192, "Full Intra-frame Request (H.261)"},
                                       {193, "Negative Acknowledgement (H.261)"},
                                       {194, "SMPTE time-code mapping"},
                                       {195, "Extended inter-arrival jitter report"},
                                       {200, "Sender Report"},
                                       {201, "Receiver Report"},
                                       {202, "Source description"},
                                       {203, "Goodbye"},
                                       {204, "Application specific"},
                                       {205, "Generic RTP Feedback"},
                                       {206, "Payload-specific Feedback"},
                                       {207, "Extended report (RFC 3611)"},
                                       {208, "AVB RTCP packet (IEEE1733)"},
                                       {209, "Receiver Summary Information"},
                                       {210, "Port Mapping"}};
inline constexpr ValueName kItems[] = {{0, "END"},
                                       {1, "CNAME (user and domain)"},
                                       {2, "NAME (common name)"},
                                       {3, "EMAIL (e-mail address)"},
                                       {4, "PHONE (phone number)"},
                                       {5, "LOC (geographic location)"},
                                       {6, "TOOL (name/version of source app)"},
                                       {7, "NOTE (note about source)"},
                                       {8, "PRIV (private extensions)"},
                                       {9, "H323-CADDR (H.323 callable address)"},
                                       {10, "Application Specific Identifier"}};
inline constexpr ValueName kTransportFormats[] = {{1, "Generic negative acknowledgement (NACK)"},
                                                  {3, "Temporary Maximum Media Stream Bit Rate Request (TMMBR)"},
                                                  {4, "Temporary Maximum Media Stream Bit Rate Notification (TMMBN)"},
                                                  {5, "RTCP Rapid Resynchronisation Request (RTCP-SR-REQ)"},
                                                  {6, "Rapid Acquisition of Multicast Sessions (RAMS)"},
                                                  {7, "Transport-Layer Third-Party Loss Early Indication (TLLEI)"},
                                                  {8, "RTCP ECN Feedback (RTCP-ECN-FB)"},
                                                  {9, "Media Pause/Resume (PAUSE-RESUME)"},
                                                  {10, "Delay Budget Information (DBI)"},
                                                  {11, "RTP Congestion Control Feedback (CCFB)"},
                                                  {15, "Transport-wide Congestion Control (Transport-cc)"},
                                                  {31, "Reserved for future extensions"}};
inline constexpr ValueName kPayloadFormats[] = {{1, "Picture Loss Indication"},
                                                {2, "Slice Loss Indication"},
                                                {3, "Reference Picture Selection Indication"},
                                                {4, "Full Intra Request (FIR) Command"},
                                                {5, "Temporal-Spatial Trade-off Request (TSTR)"},
                                                {6, "Temporal-Spatial Trade-off Notification (TSTN)"},
                                                {7, "Video Back Channel Message (VBCM)"},
                                                {15, "Application Layer Feedback"},
                                                {31, "Reserved for future extensions"}};
inline constexpr ValueName kPayloadShort[] = {{1, "PLI"},  {2, "SLI"},  {3, "RPSI"}, {4, "FIR"},
                                              {5, "TSTR"}, {6, "TSTN"}, {7, "VBCM"}, {15, "ALFB"}};
inline constexpr ValueName kBlocks[] = {{1, "Loss Run Length Encoding Report Block"},
                                        {2, "Duplicate Run Length Encoding Report Block"},
                                        {3, "Packet Receipt Times Report Block"},
                                        {4, "Receiver Reference Time Report Block"},
                                        {5, "DLRR Report Block"},
                                        {6, "Statistics Summary Report Block"},
                                        {7, "VoIP Metrics Report Block"},
                                        {8, "BT XNQ RTCP XR (RFC5093) Report Block"},
                                        {9, "Texas Instruments Extended VoIP Quality Block"},
                                        {10, "Post-repair Loss RLE Report Block"},
                                        {11, "Multicast Acquisition Report Block"},
                                        {12, "Inter-destination Media Synchronization Block"},
                                        {25, "Discard Run Length Encoding Report Block"}};
inline constexpr ValueName kHops[] = {{0, "No TTL Values"}, {1, "IPv4"}, {2, "IPv6"}, {3, "Undefined"}};
inline constexpr ValueName kConcealments[] = {{0, "Unspecified"}, {1, "Disabled"}, {2, "Enhanced"}, {3, "Standard"}};
inline constexpr ValueName kBuffers[] = {{0, "Unknown"}, {1, "Reserved"}, {2, "Non-Adaptive"}, {3, "Adaptive"}};

inline constexpr Format hex_dec32 = in_base(u32, Base::hex_dec), dec_hex32 = in_base(u32, Base::dec_hex),
                        dec_hex16 = in_base(u16, Base::dec_hex), dec_hex8 = in_base(u8, Base::dec_hex);

struct Fields {
  Field setup{"rtcp.setup", "Stream setup", plain_text};
  Field setup_frame{"rtcp.setup-frame", "Setup frame", packet_number};
  Field setup_method{"rtcp.setup-method", "Setup Method", plain_text};
  Field version{"rtcp.version", "Version", bits(u8, 0xC0), kVersions};
  Field padding{"rtcp.padding", "Padding", flag(u8, 0x20)};
  Field report_count{"rtcp.rc", "Reception report count", bits(u8, 0x1F)};
  Field source_count{"rtcp.sc", "Source count", bits(u8, 0x1F)};
  Field subtype{"rtcp.app.subtype", "Subtype", bits(u8, 0x1F)};
  Field transport_format{"rtcp.rtpfb.fmt", "RTCP Feedback message type (FMT)", bits(u8, 0x1F), kTransportFormats};
  Field payload_format{"rtcp.psfb.fmt", "RTCP Feedback message type (FMT)", bits(u8, 0x1F), kPayloadFormats};
  Field type{"rtcp.pt", "Packet type", u8, kTypes};
  Field length{"rtcp.length", "Length", u16};
  Field sender{"rtcp.senderssrc", "Sender SSRC", hex_dec32};
  Field media_source{"rtcp.mediassrc", "Media source SSRC", hex_dec32};
  Field ntp_seconds{"rtcp.timestamp.ntp.msw", "Timestamp, MSW", dec_hex32};
  Field ntp_fraction{"rtcp.timestamp.ntp.lsw", "Timestamp, LSW", dec_hex32};
  Field ntp{"rtcp.timestamp.ntp", "MSW and LSW as NTP timestamp", utc_ns};
  Field rtp_timestamp{"rtcp.timestamp.rtp", "RTP timestamp", u32};
  Field packets{"rtcp.sender.packetcount", "Sender's packet count", u32};
  Field octets{"rtcp.sender.octetcount", "Sender's octet count", u32};
  Field identifier{"rtcp.ssrc.identifier", "Identifier", hex_dec32};
  Field fraction{"rtcp.ssrc.fraction", "Fraction lost", u8};
  Field lost{"rtcp.ssrc.cum_nr", "Cumulative number of packets lost", s24};
  Field highest{"rtcp.ssrc.ext_high", "Extended highest sequence number received", u32};
  Field highest_cycles{"rtcp.ssrc.high_cycles", "Sequence number cycles count", u16};
  Field highest_number{"rtcp.ssrc.high_seq", "Highest sequence number received", u16};
  Field jitter{"rtcp.ssrc.jitter", "Interarrival jitter", u32};
  Field last_report{"rtcp.ssrc.lsr", "Last SR timestamp", dec_hex32};
  Field since_report{"rtcp.ssrc.dlsr", "Delay since last SR timestamp", u32};
  Field item_type{"rtcp.sdes.type", "Type", u8, kItems};
  Field item_length{"rtcp.sdes.length", "Length", u8};
  Field item_text{"rtcp.sdes.text", "Text", plain_text};
  Field prefix_length{"rtcp.sdes.prefix.length", "Prefix length", u8};
  Field prefix{"rtcp.sdes.prefix.string", "Prefix string", plain_text};
  Field name{"rtcp.app.name", "Name (ASCII)", plain_text};
  Field timebase{"rtcp.timebase_indicator", "Timebase Indicator", dec_hex16};
  Field data{"rtcp.app.data", "Application specific data", raw_bytes};
  Field data_text{"rtcp.app.data_str", "Application specific data", plain_text};
  Field feedback{"rtcp.fci", "Feedback Control Information (FCI)", raw_bytes};
  Field nack{"rtcp.rtpfb.nack_pid", "RTCP Transport Feedback NACK PID", u16};
  Field nack_bits{"rtcp.rtpfb.nack_blp", "RTCP Transport Feedback NACK BLP", x16};
  Field rate_source{"rtcp.rtpfb.tmmbr.fci.ssrc", "SSRC", hex_dec32};
  Field rate_exponent{"rtcp.rtpfb.tmmbr.fci.exp", "MxTBR Exp", bits(u8, 0xFC)};
  Field rate_mantissa{"rtcp.rtpfb.tmmbr.fci.mantissa", "MxTBR Mantissa", bits(u24, 0x03FFFE)};
  Field rate{"rtcp.rtpfb.tmmbr.fci.bitrate", "Maximum total media bit rate", plain_text};
  Field base_sequence{"rtcp.rtpfb.transportcc.baseseq", "Base Sequence Number", dec_hex16};
  Field status_count{"rtcp.rtpfb.transportcc.statuscount", "Packet Status Count", dec_hex16};
  Field reference_time{"rtcp.rtpfb.transportcc.reftime", "Reference Time", s24};
  Field feedback_count{"rtcp.rtpfb.transportcc.pktcount", "Feedback Packets Count", dec_hex8};
  Field chunk{"rtcp.rtpfb.transportcc.pktchunk", "Packet Chunk", dec_hex16};
  Field delta{"rtcp.rtpfb.transportcc.recv_delta", "Recv Delta", x8};
  Field large_delta{"rtcp.rtpfb.transportcc.recv_delta", "Recv Delta", x16};
  Field delta_padding{"rtcp.rtpfb.transportcc.recv_delta.padding", "Recv Delta Padding", x32};
  Field congestion_first{"rtcp.rtpfb.ccfb.beginseq", "Begin Sequence Number", u16};
  Field congestion_count{"rtcp.rtpfb.ccfb.numreports", "Number of metric blocks", u16};
  Field congestion_received{"rtcp.rtpfb.ccfb.received", "Received", bits(u16, 0x8000)};
  Field congestion_mark{"rtcp.rtpfb.ccfb.ecn", "Explicit Congestion Notification", bits(u16, 0x6000)};
  Field congestion_offset{"rtcp.rtpfb.ccfb.ato", "Arrival Time Offset", bits(u16, 0x1FFF)};
  Field congestion_padding{"rtcp.rtpfb.ccfb.padding", "Padding", u16};
  Field congestion_timestamp{"rtcp.rtpfb.ccfb.timestamp", "Timestamp", x32};
  Field slice_first{"rtcp.psfb.fir.sli.first", "First MB", bits(u32, 0xFFF80000)};
  Field slice_number{"rtcp.psfb.fir.sli.number", "Number of MBs", bits(u32, 0x0007FFC0)};
  Field slice_picture{"rtcp.psfb.fir.sli.picture_id", "Picture ID", bits(u32, 0x0000003F)};
  Field intra_source{"rtcp.psfb.fir.fci.ssrc", "SSRC", hex_dec32};
  Field intra_sequence{"rtcp.psfb.fir.fci.csn", "Command Sequence Number", u8};
  Field intra_reserved{"rtcp.psfb.fir.fci.reserved", "Reserved", u24};
  Field remb{"rtcp.psfb.remb.identifier", "Unique Identifier", plain_text};
  Field remb_sources{"rtcp.psfb.remb.fci.number_ssrcs", "Number of Ssrcs", u8};
  Field remb_exponent{"rtcp.psfb.remb.fci.br_exp", "BR Exp", bits(u8, 0xFC)};
  Field remb_mantissa{"rtcp.psfb.remb.fci.br_mantissa", "Br Mantissa", bits(u24, 0x03FFFF, 32)};
  Field remb_rate{"rtcp.psfb.remb.fci.bitrate", "Maximum bit rate", u64};
  Field remb_source{"rtcp.psfb.remb.fci.ssrc", "SSRC", hex_dec32};
  Field block_type{"rtcp.xr.bt", "Type", u8, kBlocks};
  Field block_specific{"rtcp.xr.bs", "Type Specific", u8};
  Field block_thinning{"rtcp.xr.tf", "Thinning factor", bits(u8, 0x0F)};
  Field block_length{"rtcp.xr.bl", "Length", u16};
  Field has_losses{"rtcp.xr.stats.lrflag", "Loss Report Flag", flag(u8, 0x80)};
  Field has_duplicates{"rtcp.xr.stats.dupflag", "Duplicates Report Flag", flag(u8, 0x40)};
  Field has_jitter{"rtcp.xr.stats.jitterflag", "Jitter Report Flag", flag(u8, 0x20)};
  Field hops{"rtcp.xr.stats.ttl", "TTL or Hop Limit Flag", bits(u8, 0x18), kHops};
  Field receiver_time{"rtcp.xr.timestamp", "Timestamp", utc_ns};
  Field last_receiver{"rtcp.xr.lrr", "Last RR timestamp", u32};
  Field since_receiver{"rtcp.xr.dlrr", "Delay since last RR timestamp", u32};
  Field first_number{"rtcp.xr.beginseq", "Begin Sequence Number", u16};
  Field last_number{"rtcp.xr.endseq", "End Sequence Number", u16};
  Field lost_packets{"rtcp.xr.stats.lost", "Lost Packets", u32};
  Field duplicates{"rtcp.xr.stats.dups", "Duplicate Packets", u32};
  Field least_jitter{"rtcp.xr.stats.minjitter", "Minimum Jitter", u32};
  Field most_jitter{"rtcp.xr.stats.maxjitter", "Maximum Jitter", u32};
  Field mean_jitter{"rtcp.xr.stats.meanjitter", "Mean Jitter", u32};
  Field jitter_deviation{"rtcp.xr.stats.devjitter", "Standard Deviation of Jitter", u32};
  Field least_hops{"rtcp.xr.stats.minttl", "Minimum TTL or Hop Limit", u8};
  Field most_hops{"rtcp.xr.stats.maxttl", "Maximum TTL or Hop Limit", u8};
  Field mean_hops{"rtcp.xr.stats.meanttl", "Mean TTL or Hop Limit", u8};
  Field hops_deviation{"rtcp.xr.stats.devttl", "Standard Deviation of TTL", u8};
  Field discarded{"rtcp.ssrc.discarded", "Fraction discarded", u8};
  Field burst_density{"rtcp.xr.voipmetrics.burstdensity", "Burst Density", u8};
  Field gap_density{"rtcp.xr.voipmetrics.gapdensity", "Gap Density", u8};
  Field burst_duration{"rtcp.xr.voipmetrics.burstduration", "Burst Duration(ms)", u16};
  Field gap_duration{"rtcp.xr.voipmetrics.gapduration", "Gap Duration(ms)", u16};
  Field round_trip{"rtcp.xr.voipmetrics.rtdelay", "Round Trip Delay(ms)", u16};
  Field end_system{"rtcp.xr.voipmetrics.esdelay", "End System Delay(ms)", u16};
  Field signal_level{"rtcp.xr.voipmetrics.signallevel", "Signal Level", s8};
  Field noise_level{"rtcp.xr.voipmetrics.noiselevel", "Noise Level", s8};
  Field echo_loss{"rtcp.xr.voipmetrics.rerl", "Residual Echo Return Loss", u8};
  Field gap_minimum{"rtcp.xr.voipmetrics.gmin", "Gmin", u8};
  Field r_factor{"rtcp.xr.voipmetrics.rfactor", "R Factor", u8};
  Field external_r_factor{"rtcp.xr.voipmetrics.extrfactor", "External R Factor", u8};
  Field listening{"rtcp.xr.voipmetrics.moslq", "MOS - Listening Quality", u8};
  Field conversational{"rtcp.xr.voipmetrics.moscq", "MOS - Conversational Quality", u8};
  Field concealment{"rtcp.xr.voipmetrics.plc", "Packet Loss Concealment Algorithm", bits(u8, 0xC0), kConcealments};
  Field buffer{"rtcp.xr.voipmetrics.jba", "Adaptive Jitter Buffer Algorithm", bits(u8, 0x30), kBuffers};
  Field buffer_rate{"rtcp.xr.voipmetrics.jbrate", "Jitter Buffer Rate", bits(u8, 0x0F)};
  Field buffer_nominal{"rtcp.xr.voipmetrics.jbnominal", "Nominal Jitter Buffer Size", u16};
  Field buffer_most{"rtcp.xr.voipmetrics.jbmax", "Maximum Jitter Buffer Size", u16};
  Field buffer_absolute{"rtcp.xr.voipmetrics.jbabsmax", "Absolute Maximum Jitter Buffer Size", u16};
  Field length_check{"rtcp.length_check", "RTCP frame length check", boolean};
  Field length_bad{"rtcp.length_check.bad", "Incorrect RTCP packet length information"};
  Field block_invalid{"rtcp.block_length.invalid", "Block length is greater than packet length"};
  Field not_text{"rtcp.appl.not_ascii", "Application name is not a string"};
  Field not_implemented{"rtcp.rtpfb.fmt_not_implemented",
                        "RTPFB FMT not dissected, contact Wireshark developers if you want this to be supported"};
};
inline constexpr Fields f;

struct SecureFields {
  Field encrypted{"srtcp.encrypted_payload", "Encrypted RTCP Payload - not dissected"};
  Field is_encrypted{"srtcp.e", "SRTCP E flag", flag(u32, 0x80000000)};
  Field index{"srtcp.index", "SRTCP Index", bits(dec_hex32, 0x7FFFFFFF)};
  Field tag{"srtcp.auth_tag", "SRTCP Auth Tag", raw_bytes};
};
inline constexpr SecureFields s;

}  // namespace tracedrop::dissect::rtcp
