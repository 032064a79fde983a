// The fields of TCP's header, of its analysis and of reassembly. (Those of its options: option_fields.h.)
#pragma once

#include "dissect/field.h"
#include "protocols/transport/tcp/option_fields.h"

namespace tracedrop::dissect::tcp {

void write_completeness(std::string& out, uint64_t completeness);
void write_scale_factor(std::string& out, uint64_t factor);

inline constexpr TrueFalse kPresent{"Present", "Absent"};
inline constexpr ValueName kChecksumStatus[] = {
    {0, "Bad"}, {1, "Good"}, {2, "Unverified"}, {3, "Not present"}, {4, "Illegal"}};

struct CompletenessFields {
  Field all{"tcp.completeness", "Conversation completeness", u8, write_completeness};
  Field rst{"tcp.completeness.rst", "RST", flag(u8, 0x20), kPresent};
  Field fin{"tcp.completeness.fin", "FIN", flag(u8, 0x10), kPresent};
  Field data{"tcp.completeness.data", "Data", flag(u8, 0x08), kPresent};
  Field ack{"tcp.completeness.ack", "ACK", flag(u8, 0x04), kPresent};
  Field syn_ack{"tcp.completeness.syn-ack", "SYN-ACK", flag(u8, 0x02), kPresent};
  Field syn{"tcp.completeness.syn", "SYN", flag(u8, 0x01), kPresent};
  Field text{"tcp.completeness.str", "Completeness Flags", plain_text};
};

struct FlagFields {
  Field all{"tcp.flags", "Flags", x16};
  Field reserved{"tcp.flags.res", "Reserved", flag(u16, 0xE00, 12), kSet};
  Field ae{"tcp.flags.ae", "Accurate ECN", flag(u16, 0x100, 12), kSet};
  Field cwr{"tcp.flags.cwr", "Congestion Window Reduced", flag(u16, 0x080, 12), kSet};
  Field ece{"tcp.flags.ece", "ECN-Echo", flag(u16, 0x040, 12), kSet};
  Field urg{"tcp.flags.urg", "Urgent", flag(u16, 0x020, 12), kSet};
  Field ack{"tcp.flags.ack", "Acknowledgment", flag(u16, 0x010, 12), kSet};
  Field psh{"tcp.flags.push", "Push", flag(u16, 0x008, 12), kSet};
  Field rst{"tcp.flags.reset", "Reset", flag(u16, 0x004, 12), kSet};
  Field syn{"tcp.flags.syn", "Syn", flag(u16, 0x002, 12), kSet};
  Field fin{"tcp.flags.fin", "Fin", flag(u16, 0x001, 12), kSet};
  Field text{"tcp.flags.str", "TCP Flags", plain_text};
};

struct HeaderFields {
  Field source_port{"tcp.srcport", "Source Port", u16, {}, "tcp.port"};
  Field destination_port{"tcp.dstport", "Destination Port", u16, {}, "tcp.port"};
  Field stream{"tcp.stream", "Stream index", u32};
  Field packet_in_stream{"tcp.stream.pnum", "Stream Packet Number", u32};
  CompletenessFields completeness;
  Field length{"tcp.len", "TCP Segment Len", u32};
  Field seq{"tcp.seq", "Sequence Number", u32};
  Field raw_seq{"tcp.seq_raw", "Sequence Number (raw)", u32};
  Field next_seq{"tcp.nxtseq", "Next Sequence Number", u32};
  Field ack{"tcp.ack", "Acknowledgment Number", u32};
  Field raw_ack{"tcp.ack_raw", "Acknowledgment number (raw)", u32};
  Field header_len{"tcp.hdr_len", "Header Length", u8};
  FlagFields flags;
  Field window{"tcp.window_size_value", "Window", u16};
  Field window_size{"tcp.window_size", "Calculated window size", u32};
  Field scale_factor{"tcp.window_size_scalefactor", "Window size scaling factor", s32, write_scale_factor};
  Field checksum{"tcp.checksum", "Checksum", x16};
  Field checksum_status{"tcp.checksum.status", "Checksum Status", u8, kChecksumStatus};
  Field urgent_pointer{"tcp.urgent_pointer", "Urgent Pointer", u16};
  Field options{"tcp.options", "Options", raw_bytes};
  Field since_first{"tcp.time_relative", "Time since first frame in this TCP stream", relative_ns};
  Field since_previous{"tcp.time_delta", "Time since previous frame in this TCP stream", relative_ns};
  Field client_pieces{"tcp.stream.client.contiguity_count", "Client Contiguous Streams", u32};
  Field server_pieces{"tcp.stream.server.contiguity_count", "Server Contiguous Streams", u32};
  Field payload{"tcp.payload", "TCP payload", raw_bytes};
  Field reset_cause{"tcp.reset_cause", "Reset cause", plain_text};

  // What the expert says of them.
  Field short_segment{"tcp.short_segment", "Short segment"};
  Field bogus_length{"tcp.bogus_header_length", "Bogus TCP Header length"};
  Field syn_seen{"tcp.connection.syn", "Connection establish request (SYN)"};
  Field syn_ack_seen{"tcp.connection.synack", "Connection establish acknowledge (SYN+ACK)"};
  Field fin_seen{"tcp.connection.fin", "Connection finish (FIN)"};
  Field rst_seen{"tcp.connection.rst", "Connection reset (RST)"};
  Field fin_active{"tcp.connection.fin_active", "This frame initiates the connection closing"};
  Field fin_passive{"tcp.connection.fin_passive", "This frame undergoes the connection closing"};
  Field ack_not_zero{"tcp.ack.nonzero", "The acknowledgment number field is nonzero while the ACK flag is not set"};
  Field urgent_not_zero{"tcp.urgent_pointer.non_zero",
                        "The urgent pointer field is nonzero while the URG flag is not set"};
};

struct AnalysisFields {
  Field all{"tcp.analysis", "SEQ/ACK analysis"};
  Field acks_frame{"tcp.analysis.acks_frame", "This is an ACK to the segment in frame", packet_number};
  Field ack_rtt{"tcp.analysis.ack_rtt", "The RTT to ACK the segment was", relative_ns};
  Field initial_rtt{"tcp.analysis.initial_rtt", "iRTT", relative_ns};
  Field bytes_in_flight{"tcp.analysis.bytes_in_flight", "Bytes in flight", u32};
  Field push_bytes{"tcp.analysis.push_bytes_sent", "Bytes sent since last PSH flag", u32};
  Field flags{"tcp.analysis.flags", "TCP Analysis Flags"};
  Field rto{"tcp.analysis.rto", "The RTO for this segment was", relative_ns};
  Field rto_frame{"tcp.analysis.rto_frame", "RTO based on delta from frame", packet_number};
  Field duplicate_ack{"tcp.analysis.duplicate_ack", "Duplicate ACK"};
  Field duplicate_ack_number{"tcp.analysis.duplicate_ack_num", "Duplicate ACK #", u32};
  Field duplicate_ack_frame{"tcp.analysis.duplicate_ack_frame", "Duplicate to the ACK in frame", packet_number};
  Field retransmission{"tcp.analysis.retransmission", "This frame is a (suspected) retransmission"};
  Field fast_retransmission{"tcp.analysis.fast_retransmission", "This frame is a (suspected) fast retransmission"};
  Field spurious_retransmission{"tcp.analysis.spurious_retransmission",
                                "This frame is a (suspected) spurious retransmission"};
  Field out_of_order{"tcp.analysis.out_of_order", "This frame is a (suspected) out-of-order segment"};
  Field lost_segment{"tcp.analysis.lost_segment", "Previous segment(s) not captured (common at capture start)"};
  Field ack_lost_segment{"tcp.analysis.ack_lost_segment",
                         "ACKed segment that wasn't captured (common at capture start)"};
  Field ambiguous_ack{"tcp.analysis.ambiguous_ack", "Ambiguous ACK following Karn's definition"};
  Field keep_alive{"tcp.analysis.keep_alive", "TCP keep-alive segment"};
  Field keep_alive_ack{"tcp.analysis.keep_alive_ack", "ACK to a TCP keep-alive segment"};
  Field window_update{"tcp.analysis.window_update", "TCP window update"};
  Field window_full{"tcp.analysis.window_full", "TCP window specified by the receiver is now completely full"};
  Field zero_window{"tcp.analysis.zero_window", "TCP Zero Window segment"};
  Field zero_window_probe{"tcp.analysis.zero_window_probe", "TCP Zero Window Probe"};
  Field zero_window_probe_ack{"tcp.analysis.zero_window_probe_ack", "ACK to a TCP Zero Window Probe"};
  Field reused_ports{"tcp.analysis.reused_ports",
                     "A new tcp session is started with the same ports as an earlier session in this trace"};
};

struct SegmentFields {
  Field reassembled_in{"tcp.reassembled_in", "Reassembled PDU in frame", packet_number};
  Field pdu_size{"tcp.pdu.size", "PDU Size", u32};
  Field data{"tcp.segment_data", "TCP segment data", raw_bytes};
  Field all{"tcp.segments", "Reassembled TCP Segments"};
  Field segment{"tcp.segment", "TCP Segment", packet_number};
  Field overlap{"tcp.segment.overlap", "Segment overlap", boolean};
  Field count{"tcp.segment.count", "Segment count", u32};
  Field length{"tcp.reassembled.length", "Reassembled TCP length", u32};
  Field whole{"tcp.reassembled.data", "Reassembled TCP Data", raw_bytes};
};

struct Fields {
  HeaderFields header;
  OptionFields option;
  AnalysisFields analysis;
  SegmentFields segment;
};
inline constexpr Fields f;

}  // namespace tracedrop::dissect::tcp
