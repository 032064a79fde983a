// The fields of TCP's options.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::tcp {

inline constexpr ValueName kOptionKinds[] = {{0, "End of Option List"},
                                             {1, "No-Operation"},
                                             {2, "Maximum Segment Size"},
                                             {3, "Window Scale"},
                                             {4, "SACK Permitted"},
                                             {5, "SACK"},
                                             {6, "Echo"},
                                             {7, "Echo Reply"},
                                             {8, "Time Stamp Option"},
                                             {9, "Partial Order Connection Permitted"},
                                             {10, "Partial Order Service Profile"},
                                             {11, "CC"},
                                             {12, "CC.NEW"},
                                             {13, "CC.ECHO"},
                                             {14, "TCP Alternate Checksum Request"},
                                             {15, "TCP Alternate Checksum Data"},
                                             {16, "Skeeter"},
                                             {17, "Bubba"},
                                             {18, "Trailer Checksum Option"},
                                             {19, "MD5 Signature Option"},
                                             {20, "SCPS Capabilities"},
                                             {21, "Selective Negative Acknowledgements"},
                                             {22, "Record Boundaries"},
                                             {23, "Corruption experienced"},
                                             {24, "SNAP"},
                                             {25, "Unassigned"},
                                             {26, "TCP Compression Filter"},
                                             {27, "Quick-Start Response"},
                                             {28, "User Timeout Option"},
                                             {29, "The TCP Authentication Option"},
                                             {30, "Multipath TCP"},
                                             {34, "TCP Fast Open Cookie"},
                                             {76, "Riverbed Probe"},
                                             {78, "Riverbed Transparency"},
                                             {172, "Accurate ECN Order 0"},
                                             {174, "Accurate ECN Order 1"},
                                             {253, "RFC3692-style Experiment 1"},
                                             {254, "RFC3692-style Experiment 2"}};

inline constexpr ValueName kExperiments[] = {{0x00AC, "TCP ACK Rate Request"},
                                             {0x0348, "Host ID"},
                                             {0x0A0D, "Autonomous System Compensation"},
                                             {0x0CA0, "Capability Option"},
                                             {0x0ED0, "Extended Data Offset"},
                                             {0x454E, "Encryption Negotiation"},
                                             {0x5323, "Service Number"},
                                             {0x75EC, "Timestamp Interval"},
                                             {0xACC0, "Accurate ECN - Order 0"},
                                             {0xACC1, "Accurate ECN - Order 1"},
                                             {0xACCE, "Accurate ECN"},
                                             {0xE2D4, "Shared Memory communications over RMDA protocol"},
                                             {0xF989, "Fast Open"},
                                             {0xF990, "Low Latency"}};

inline constexpr ValueName kMultipathSubtypes[] = {
    {0, "Multipath Capable"}, {1, "Join Connection"}, {2, "Data Sequence Signal"},
    {3, "Add Address"},       {4, "Remove Address"},  {5, "Change Subflow Priority"},
    {6, "TCP Fallback"},      {7, "Fast Close"},      {8, "TCP Reset"}};

inline constexpr ValueName kMultipathResets[] = {{0, "Unspecified error"},         {1, "MPTCP-specific error"},
                                                 {2, "Lack of resources"},         {3, "Administratively prohibited"},
                                                 {4, "Too much outstanding data"}, {5, "Unacceptable performance"},
                                                 {6, "Middlebox interference"}};

inline constexpr ValueName kQuickStartRates[] = {
    {0, "0 bit/s"},        {1, "80 Kbit/s"},      {2, "160 Kbit/s"},     {3, "320 Kbit/s"},
    {4, "640 Kbit/s"},     {5, "1.28 Mbit/s"},    {6, "2.56 Mbit/s"},    {7, "5.12 Mbit/s"},
    {8, "10.24 Mbit/s"},   {9, "20.48 Mbit/s"},   {10, "40.96 Mbit/s"},  {11, "81.92 Mbit/s"},
    {12, "163.84 Mbit/s"}, {13, "327.68 Mbit/s"}, {14, "655.36 Mbit/s"}, {15, "1.31072 Gbit/s"}};

/// The line of each option, whose text is its title and what its lines say.
struct OptionLines {
  Field end{"tcp.options.eol", "TCP Option - End of Option List (EOL)"};
  Field no_operation{"tcp.options.nop", "TCP Option - No-Operation (NOP)"};
  Field maximum_segment_size{"tcp.options.mss", "TCP Option - Maximum segment size"};
  Field window_scale{"tcp.options.wscale", "TCP Option - Window scale"};
  Field sack_permitted{"tcp.options.sack_perm", "TCP Option - SACK permitted"};
  Field sack{"tcp.options.sack", "TCP Option - SACK"};
  Field echo{"tcp.options.echo", "TCP Option - Echo"};
  Field timestamps{"tcp.options.timestamp", "TCP Option - Timestamps"};
  Field connection_count{"tcp.options.cc", "TCP Option - CC"};
  Field md5{"tcp.options.md5", "TCP Option - TCP MD5 signature"};
  Field scps{"tcp.options.scps", "TCP Option - SCPS capabilities"};
  Field snack{"tcp.options.snack", "TCP Option - Selective Negative Acknowledgment"};
  Field record_boundary{"tcp.options.scpsrec", "TCP Option - SCPS record boundary"};
  Field corruption{"tcp.options.scpscor", "TCP Option - SCPS corruption experienced"};
  Field quick_start{"tcp.options.qs", "TCP Option - Quick-Start"};
  Field user_timeout{"tcp.options.user_to", "TCP Option - User Timeout"};
  Field authentication{"tcp.options.ao", "TCP Option - TCP AO"};
  Field multipath{"mptcp", "Multipath Transmission Control Protocol"};
  Field fast_open{"tcp.options.tfo", "TCP Option - TCP Fast Open"};
  Field accurate_ecn{"tcp.options.acc_ecn", "TCP Option - Accurate ECN"};
  Field experimental{"tcp.options.experimental", "TCP Option - Experimental"};
  Field unknown{"tcp.options.unknown", "TCP Option - Unknown"};
};

struct MultipathFields {
  Field subtype{"tcp.options.mptcp.subtype", "Multipath TCP subtype", bits(u8, 0xF0), kMultipathSubtypes};
  Field version{"tcp.options.mptcp.version", "Multipath TCP version", bits(u8, 0x0F)};
  Field reserved{"tcp.options.mptcp.reserved", "Reserved", bits(x16, 0x0FFF)};
  Field flags{"tcp.options.mptcp.flags", "Multipath TCP flags", x8};
  Field backup{"tcp.options.mptcp.backup.flag", "Backup flag", bits(u8, 0x01)};
  Field checksum_required{"tcp.options.mptcp.checksumreq.flags", "Checksum required", bits(u8, 0x80)};
  Field extensibility{"tcp.options.mptcp.extensibility.flag", "Extensibility", bits(u8, 0x40)};
  Field no_more_subflows{"tcp.options.mptcp.nomoresubflows.flag",
                         "Do not attempt to establish new subflows to this address and port", bits(u8, 0x20)};
  Field sha1{"tcp.options.mptcp.sha1.flag", "Use HMAC-SHA1", bits(u8, 0x01)};
  Field sha256{"tcp.options.mptcp.sha256.flag", "Use HMAC-SHA256", bits(u8, 0x01)};
  Field reserved_bits{"tcp.options.mptcp.reserved.flag", "Reserved", bits(x8, 0x3E)};
  Field reserved_bits_v1{"tcp.options.mptcp.reserved.flag", "Reserved", bits(x8, 0x1E)};
  Field data_fin{"tcp.options.mptcp.datafin.flag", "DATA_FIN", bits(u8, 0x10)};
  Field long_seq{"tcp.options.mptcp.dseqn8.flag", "Data Sequence Number is 8 octets", bits(u8, 0x08)};
  Field has_seq{"tcp.options.mptcp.dseqnpresent.flag",
                "Data Sequence Number, Subflow Sequence Number, Data-level Length, Checksum present", bits(u8, 0x04)};
  Field long_ack{"tcp.options.mptcp.dataack8.flag", "Data ACK is 8 octets", bits(u8, 0x02)};
  Field has_ack{"tcp.options.mptcp.dataackpresent.flag", "Data ACK is present", bits(u8, 0x01)};
  Field flag_u{"tcp.options.mptcp.flag_U.flag", "Flag U", flag(u8, 0x08, 4), kSet};
  Field flag_v{"tcp.options.mptcp.flag_V.flag", "Flag V", flag(u8, 0x04, 4), kSet};
  Field flag_w{"tcp.options.mptcp.flag_W.flag", "Flag W", flag(u8, 0x02, 4), kSet};
  Field transient{"tcp.options.mptcp.flag_T.flag", "Transient", flag(u8, 0x01, 4), kSet};
  Field reset_reason{"tcp.options.mptcp.rst_reason", "TCPRST Reason", x8, kMultipathResets};
  Field address_id{"tcp.options.mptcp.addrid", "Address ID", u8};
  Field sender_key{"tcp.options.mptcp.sendkey", "Sender's Key", u64};
  Field receiver_key{"tcp.options.mptcp.recvkey", "Receiver's Key", u64};
  Field receiver_token{"tcp.options.mptcp.recvtok", "Receiver's Token", u32};
  Field sender_random{"tcp.options.mptcp.sendrand", "Sender's Random Number", u32};
  Field sender_cut_hmac{"tcp.options.mptcp.sendtrunchmac", "Sender's Truncated HMAC", u64};
  Field sender_hmac{"tcp.options.mptcp.sendhmac", "Sender's HMAC", raw_bytes};
  Field address_cut_hmac{"tcp.options.mptcp.addaddrtrunchmac", "Truncated HMAC", u64};
  Field data_ack{"tcp.options.mptcp.rawdataack", "Original MPTCP Data ACK", u64};
  Field data_seq{"tcp.options.mptcp.rawdataseqno", "Data Sequence Number", u64};
  Field subflow_seq{"tcp.options.mptcp.subflowseqno", "Subflow Sequence Number", u32};
  Field data_length{"tcp.options.mptcp.datalvllen", "Data-level Length", u16};
  Field checksum{"tcp.options.mptcp.checksum", "Checksum", x16};
  Field ip_version{"tcp.options.mptcp.ipver", "IP version", bits(u8, 0x0F)};
  Field echo{"tcp.options.mptcp.echo", "Echo", bits(u8, 0x01)};
  Field ipv4{"tcp.options.mptcp.ipv4", "Advertised IPv4 Address", ipv4_32};
  Field ipv6{"tcp.options.mptcp.ipv6", "Advertised IPv6 Address", ipv6_128};
  Field port{"tcp.options.mptcp.port", "Advertised port", u16};
  Field removed_count{"mptcp.rm_addr.count", "Number of removed addresses", u8};
};

struct OptionFields {
  OptionLines line;
  MultipathFields multipath;
  Field kind{"tcp.option_kind", "Kind", u8, kOptionKinds};
  Field length{"tcp.option_len", "Length", u8};
  Field segment_size{"tcp.options.mss_val", "MSS Value", u16};
  Field shift{"tcp.options.wscale.shift", "Shift count", u8};
  Field multiplier{"tcp.options.wscale.multiplier", "Multiplier", u16};
  Field sack_left{"tcp.options.sack_le", "TCP SACK Left Edge", u32};
  Field sack_right{"tcp.options.sack_re", "TCP SACK Right Edge", u32};
  Field sack_count{"tcp.options.sack.count", "TCP SACK Count", u8};
  Field duplicate_left{"tcp.options.sack.dsack_le", "TCP D-SACK Left Edge", u32};
  Field duplicate_right{"tcp.options.sack.dsack_re", "TCP D-SACK Right Edge", u32};
  Field echo_value{"tcp.options.echo_value", "TCP Echo Option", u32};
  Field timestamp_value{"tcp.options.timestamp.tsval", "Timestamp value", u32};
  Field timestamp_echo{"tcp.options.timestamp.tsecr", "Timestamp echo reply", u32};
  Field connection_count{"tcp.options.cc_value", "TCP CC Option", u32};
  Field md5_digest{"tcp.options.md5.digest", "MD5 digest", raw_bytes};
  Field key_id{"tcp.options.ao.keyid", "AO KeyID", u8};
  Field next_key_id{"tcp.options.ao.rnextkeyid", "AO RNextKeyID", u8};
  Field mac{"tcp.options.ao.mac", "AO MAC", raw_bytes};
  Field quick_start_rate{"tcp.options.qs.rate", "QS Rate", bits(u8, 0x0F), kQuickStartRates};
  Field quick_start_ttl{"tcp.options.qs.ttl_diff", "QS Rate", u8};
  Field timeout_unit{"tcp.options.user_to_granularity", "Granularity", flag(u16, 0x8000),
                     TrueFalse{"Minutes", "Seconds"}};
  Field timeout{"tcp.options.user_to_val", "User Timeout", bits(u16, 0x7FFF)};
  Field fast_open_request{"tcp.options.tfo.request", "Fast Open Cookie Request"};
  Field fast_open_cookie{"tcp.options.tfo.cookie", "Fast Open Cookie", raw_bytes};
  Field ect0_bytes{"tcp.options.acc_ecn.ee0b", "Accurate ECN Echo ECT(0) Byte Counter", u24};
  Field ce_bytes{"tcp.options.acc_ecn.eceb", "Accurate ECN Echo CE Byte Counter", u24};
  Field ect1_bytes{"tcp.options.acc_ecn.ee1b", "Accurate ECN Echo ECT(1) Byte Counter", u24};
  Field experiment{"tcp.options.experimental.exid", "Experiment Identifier", x16, kExperiments};
  Field experiment_data{"tcp.options.experimental.data", "Data", raw_bytes};
  Field ack_rate{"tcp.options.tarr.rate", "TARR Rate", bits(u8, 0xFE)};
  Field ack_rate_reserved{"tcp.options.tar.reserved", "TARR Reserved", bits(u8, 0x01)};
  Field unknown_payload{"tcp.options.unknown.payload", "Payload", raw_bytes};
  Field scps_vector{"tcp.options.scps.vector", "TCP SCPS Capabilities Vector", x8};
  Field scps_bets{"tcp.options.scpsflags.bets", "Partial Reliability Capable (BETS)", flag(u8, 0x80), kSet};
  Field scps_snack1{"tcp.options.scpsflags.snack1", "Short Form SNACK Capable (SNACK1)", flag(u8, 0x40), kSet};
  Field scps_snack2{"tcp.options.scpsflags.snack2", "Long Form SNACK Capable (SNACK2)", flag(u8, 0x20), kSet};
  Field scps_compress{"tcp.options.scpsflags.compress", "Lossless Header Compression (COMP)", flag(u8, 0x10), kSet};
  Field scps_nlts{"tcp.options.scpsflags.nlts", "Network Layer Timestamp (NLTS)", flag(u8, 0x08), kSet};
  Field scps_reserved{"tcp.options.scpsflags.reserved", "Reserved", bits(u8, 0x07)};
  Field scps_connection{"tcp.options.scps.binding", "Connection ID", u8};
  Field snack_offset{"tcp.options.snack.offset", "TCP SNACK Offset", u16};
  Field snack_size{"tcp.options.snack.size", "TCP SNACK Size", u16};

  // What the expert says of them.
  Field bad_length{"tcp.option.len.invalid", "Invalid length for option"};
  Field beyond_end{"tcp.suboption_malformed", "suboption would go past end of option"};
  Field segment_size_absent{"tcp.options.mss.absent", "The SYN packet does not contain a MSS option"};
  Field segment_size_present{"tcp.options.mss.present", "The non-SYN packet does contain a MSS option"};
  Field sack_absent{"tcp.options.sack_perm.absent", "The SYN packet does not contain a SACK PERM option"};
  Field sack_present{"tcp.options.sack_perm.present", "The non-SYN packet does contain a SACK PERM option"};
  Field shift_too_large{"tcp.options.wscale.shift.invalid", "Window scale shift exceeds 14"};
  Field duplicate_sack{"tcp.options.sack.dsack", "D-SACK Sequence"};
  Field four_no_operations{"tcp.nop", "4 NOP in a row - a router may have removed some options"};
  Field not_zero_behind_end{"tcp.non_zero_bytes_after_eol", "Non-zero header padding"};
};

}  // namespace tracedrop::dissect::tcp
