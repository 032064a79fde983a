#include "protocols/transport/tcp/details.h"

#include <algorithm>

#include "base/text.h"
#include "protocols/transport/tcp/info.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr Field options_group{"tcp.options", "Options", raw_bytes};
constexpr Field option_kind{"tcp.option_kind", "Kind", u8};
constexpr Field option_len{"tcp.option_len", "Length", u8};
constexpr Field mss_value{"tcp.options.mss_val", "MSS Value", u16};
constexpr Field window_shift{"tcp.options.wscale.shift", "Shift count", u8};
constexpr Field window_multiplier{"tcp.options.wscale.multiplier", "Multiplier", u16};
constexpr Field sack_permitted{"tcp.options.sack_perm", "SACK permitted", raw_bytes};
constexpr Field sack_left{"tcp.options.sack_le", "TCP SACK Left Edge", u32};
constexpr Field sack_right{"tcp.options.sack_re", "TCP SACK Right Edge", u32};
constexpr Field timestamp_value{"tcp.options.timestamp.tsval", "Timestamp value", u32};
constexpr Field timestamp_echo{"tcp.options.timestamp.tsecr", "Timestamp echo reply", u32};

constexpr Field stream{"tcp.stream", "Stream index", u32};
constexpr Field length{"tcp.len", "TCP Segment Len", u32};
constexpr Field seq{"tcp.seq", "Sequence Number", u32};
constexpr Field next_seq{"tcp.nxtseq", "Next Sequence Number", u32};
constexpr Field ack{"tcp.ack", "Acknowledgment Number", u32};
constexpr Field window_size{"tcp.window_size", "Calculated window size", u32};
constexpr Field scale_factor{"tcp.window_size_scalefactor", "Window size scaling factor", u32};
constexpr Field reassembled_in{"tcp.reassembled_in", "Reassembled PDU in frame", packet_number};
constexpr Field analysis{"tcp.analysis", "SEQ/ACK analysis", label};
constexpr Field analysis_flags{"tcp.analysis.flags", "TCP Analysis Flags", label};
constexpr Field acks_frame{"tcp.analysis.acks_frame", "This is an ACK to the segment in frame", packet_number};
constexpr Field duplicate_ack_number{"tcp.analysis.duplicate_ack_num", "Duplicate ACK #", u32};
constexpr Field duplicate_ack_frame{"tcp.analysis.duplicate_ack_frame", "Duplicate to the ACK in frame", packet_number};

constexpr Field retransmission{"tcp.analysis.retransmission", "This frame is a (suspected) retransmission", label};
constexpr Field fast_retransmission{"tcp.analysis.fast_retransmission",
                                    "This frame is a (suspected) fast retransmission", label};
constexpr Field spurious_retransmission{"tcp.analysis.spurious_retransmission",
                                        "This frame is a (suspected) spurious retransmission", label};
constexpr Field out_of_order{"tcp.analysis.out_of_order", "This frame is a (suspected) out-of-order segment", label};
constexpr Field lost_segment{"tcp.analysis.lost_segment", "Previous segment(s) not captured (common at capture start)",
                             label};
constexpr Field ack_lost_segment{"tcp.analysis.ack_lost_segment",
                                 "ACKed segment that wasn't captured (common at capture start)", label};
constexpr Field duplicate_ack{"tcp.analysis.duplicate_ack", "Duplicate ACK", label};
constexpr Field keep_alive{"tcp.analysis.keep_alive", "TCP keep-alive segment", label};
constexpr Field keep_alive_ack{"tcp.analysis.keep_alive_ack", "ACK to a TCP keep-alive segment", label};
constexpr Field window_update{"tcp.analysis.window_update", "TCP window update", label};
constexpr Field zero_window{"tcp.analysis.zero_window", "TCP Zero Window segment", label};
constexpr Field zero_window_probe{"tcp.analysis.zero_window_probe", "TCP Zero Window Probe", label};
constexpr Field zero_window_probe_ack{"tcp.analysis.zero_window_probe_ack", "ACK to a TCP Zero Window Probe", label};
constexpr Field window_full{"tcp.analysis.window_full", "TCP window specified by the receiver is now completely full",
                            label};
constexpr Field reused_ports{"tcp.analysis.reused_ports",
                             "A new tcp session is started with the same ports as an earlier session in this trace",
                             label};

struct NoteField {
  uint16_t note;
  const Field* field;
};
constexpr NoteField kNoteFields[] = {
    {kReusedPorts, &reused_ports},
    {kRetransmission, &retransmission},
    {kFastRetransmission, &fast_retransmission},
    {kSpuriousRetransmission, &spurious_retransmission},
    {kOutOfOrder, &out_of_order},
    {kLostSegment, &lost_segment},
    {kAckedLostSegment, &ack_lost_segment},
    {kWindowUpdate, &window_update},
    {kWindowFull, &window_full},
    {kKeepAlive, &keep_alive},
    {kKeepAliveAck, &keep_alive_ack},
    {kDuplicateAck, &duplicate_ack},
    {kZeroWindowProbe, &zero_window_probe},
    {kZeroWindow, &zero_window},
    {kZeroWindowProbeAck, &zero_window_probe_ack},
};

constexpr const Field* kFields[] = {&options_group,
                                    &option_kind,
                                    &option_len,
                                    &mss_value,
                                    &window_shift,
                                    &window_multiplier,
                                    &sack_permitted,
                                    &sack_left,
                                    &sack_right,
                                    &timestamp_value,
                                    &timestamp_echo,
                                    &stream,
                                    &length,
                                    &seq,
                                    &next_seq,
                                    &ack,
                                    &window_size,
                                    &scale_factor,
                                    &reassembled_in,
                                    &analysis,
                                    &analysis_flags,
                                    &acks_frame,
                                    &duplicate_ack_number,
                                    &duplicate_ack_frame,
                                    &retransmission,
                                    &fast_retransmission,
                                    &spurious_retransmission,
                                    &out_of_order,
                                    &lost_segment,
                                    &ack_lost_segment,
                                    &duplicate_ack,
                                    &keep_alive,
                                    &keep_alive_ack,
                                    &window_update,
                                    &zero_window,
                                    &zero_window_probe,
                                    &zero_window_probe_ack,
                                    &window_full,
                                    &reused_ports};

void report_sack(Tree& tree, const Context& context, Bytes value) {
  const uint32_t base =
      !context.has_conversation()
          ? 0
          : context.findings.conversations[context.row.flow >> 1].base_seq[1 - (context.row.flow & 1)];
  for (size_t at = 0; value.has(at, 8); at += 8) {
    tree.add(sack_left, value.sub(at, 4), value.be32(at) - base);
    tree.add(sack_right, value.sub(at + 4, 4), value.be32(at + 4) - base);
  }
}

void report_option(Tree& tree, const Context& context, const Option& option) {
  const Bytes value = option.value;
  tree.add(option_kind, option.whole.first(1), option.kind);
  if (option.kind <= kNoOperation || option.cut_short) return;
  tree.add(option_len, option.whole.sub(1, 1), option.whole.size());
  if (option.kind == kMaximumSegmentSize && value.size() == 2) tree.add(mss_value, value, value.be16(0));
  if (option.kind == kWindowScale && value.size() == 1) {
    tree.add(window_shift, value, value.u8(0));
    tree.add(window_multiplier, value, uint64_t{1} << std::min<int>(value.u8(0), 14));
  }
  if (option.kind == kSackPermitted) tree.add(sack_permitted, option.whole);
  if (option.kind == kSack) report_sack(tree, context, value);
  if (option.kind == kTimestamps && value.size() == 8) {
    tree.add(timestamp_value, value.first(4), value.be32(0));
    tree.add(timestamp_echo, value.from(4), value.be32(4));
  }
}

void report_notes(Layer& in, const Row& row) {
  if ((row.notes & ~kPayloadCut) == 0) return;
  const auto branch = in.group(analysis_flags, 0, 0);
  for (const NoteField& known : kNoteFields)
    if ((row.notes & known.note) != 0) in.conclude(*known.field, 0, 0);
}

template <typename Entries, typename Member>
const typename Entries::value_type* find_entry(const Entries& sorted, PacketIndex index, Member member) {
  const auto found = std::lower_bound(sorted.begin(), sorted.end(), index,
                                      [&](const auto& e, PacketIndex i) { return e.*member < i; });
  return found != sorted.end() && (*found).*member == index ? &*found : nullptr;
}

void report_analysis(Layer& in, const Context& context) {
  const Findings& findings = context.findings;
  const RttSample* sample = find_entry(findings.rtt_samples, context.index, &RttSample::ack);
  const DuplicateAck* repeat = find_entry(findings.duplicate_acks, context.index, &DuplicateAck::packet);
  if (sample == nullptr && repeat == nullptr && (context.row.notes & ~kPayloadCut) == 0) return;
  const auto branch = in.group(analysis, 0, 0);
  if (sample != nullptr) in.conclude(acks_frame, sample->segment + 1, 0);
  report_notes(in, context.row);
  if (repeat == nullptr) return;
  in.conclude(duplicate_ack_number, repeat->number, 0);
  in.conclude(duplicate_ack_frame, repeat->original + 1, 0);
}

}  // namespace

void report_options(Layer& in, const Context& context, Bytes options) {
  if (options.empty()) return;
  const auto branch = in.group(options_group, in.at() - options.size(), options.size());
  for_each_option(options, [&](const Option& option) { report_option(*in.tree(), context, option); });
}

void report_conclusions(Layer& in, const Context& context, const Segment& segment) {
  const Row& row = context.row;
  const Conversation& conversation = context.findings.conversations[row.flow >> 1];
  const uint32_t way = row.flow & 1;
  const uint32_t relative = row.seq - conversation.base_seq[way];
  const uint32_t space = segment.payload_len + (segment.has(kSyn | kFin) ? 1 : 0);
  in.conclude(stream, conversation.stream, 0);
  in.conclude(length, segment.payload_len, 0);
  in.conclude(seq, relative, 0);
  in.conclude(next_seq, relative + space, 0);
  in.conclude(ack, segment.has(kAck) ? row.ack - conversation.base_seq[1 - way] : 0, 0);
  in.conclude(window_size, segment.window * window_factor(conversation, row), 0);
  if (!segment.has(kSyn)) {
    const int8_t shift = conversation.window_shift[way];
    in.conclude(scale_factor, shift >= 0 ? uint64_t{1} << shift : static_cast<uint64_t>(int64_t{shift}), 0);
  }
  report_analysis(in, context);
  if (context.link() != 0) in.conclude(reassembled_in, context.link(), 0);
}

std::span<const Field* const> detail_fields() { return kFields; }

void append_ports_only(Context& context) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  append_number(out, context.source_port);
  out += " \xE2\x86\x92 ";
  append_number(out, context.destination_port);
}

}  // namespace tracedrop::dissect::tcp
