// What analysis concluded of a segment, as lines of the tree.
#include <algorithm>

#include "protocols/transport/tcp/fields.h"
#include "protocols/transport/tcp/header_tree.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr const AnalysisFields& a = f.analysis;

struct NoteField {
  uint16_t note;
  const Field* field;
  Severity severity;
};
constexpr NoteField kNoteFields[] = {
    {kReusedPorts, &a.reused_ports, Severity::note},
    {kSpuriousRetransmission, &a.spurious_retransmission, Severity::note},
    {kFastRetransmission, &a.fast_retransmission, Severity::note},
    {kRetransmission, &a.retransmission, Severity::note},
    {kOutOfOrder, &a.out_of_order, Severity::warning},
    {kLostSegment, &a.lost_segment, Severity::warning},
    {kAckedLostSegment, &a.ack_lost_segment, Severity::warning},
    {kWindowUpdate, &a.window_update, Severity::chat},
    {kWindowFull, &a.window_full, Severity::warning},
    {kKeepAlive, &a.keep_alive, Severity::note},
    {kKeepAliveAck, &a.keep_alive_ack, Severity::note},
    {kZeroWindowProbe, &a.zero_window_probe, Severity::note},
    {kZeroWindow, &a.zero_window, Severity::warning},
    {kZeroWindowProbeAck, &a.zero_window_probe_ack, Severity::note},
};

class AnalysisReport {
 public:
  AnalysisReport(const Report& report, const FinishedTrace& trace)
      : in_(report.in),
        report_(report),
        analysed_(report.analysed),
        trace_(trace),
        context_(report.context()),
        notes_(context_.row.notes & static_cast<uint16_t>(~kPayloadCut)) {}

  void run() {
    const auto& repeats = context_.findings.duplicate_acks;
    const auto repeat = std::lower_bound(repeats.begin(), repeats.end(), context_.index,
                                         [](const DuplicateAck& ack, PacketIndex i) { return ack.packet < i; });
    const bool is_repeat = repeat != repeats.end() && repeat->packet == context_.index;
    const bool has_flight = analysed_.in_flight != 0 && !report_.history->has_lost[report_.way()];
    if (!analysed_.acked && !has_flight && notes_ == 0) return;
    in_.conclude(a.all, 0, 0);
    const auto below = in_.below();
    if (analysed_.acked) report_acked();
    report_initial_rtt();
    if (has_flight) {
      in_.conclude(a.bytes_in_flight, analysed_.in_flight, 0);
      in_.conclude(a.push_bytes, report_.history->push_bytes[report_.way()], 0);
    }
    if (notes_ != 0) report_notes();
    if (is_repeat) report_repeat(*repeat);
  }

 private:
  void report_acked() {
    in_.conclude(a.acks_frame, analysed_.acked->packet + 1, 0);
    if (analysed_.acked->repeated)
      in_.expert(a.ambiguous_ack, Severity::note, ExpertGroup::sequence, a.ambiguous_ack.title);
    const int64_t rtt = context_.row.ts_ns - trace_.ts_ns(analysed_.acked->packet);
    if (rtt > 0) in_.conclude(a.ack_rtt, static_cast<uint64_t>(rtt), 0);
  }

  void report_initial_rtt() {
    const int64_t rtt = trace_.initial_rtt_ns_of(context_.row.flow >> 1);
    if (rtt > 0) in_.conclude(a.initial_rtt, static_cast<uint64_t>(rtt), 0);
  }

  void report_notes() {
    in_.conclude(a.flags, 0, 0);
    const auto below = in_.below();
    Tree& tree = *in_.tree();
    const uint32_t flags = tree.last();
    for (const NoteField& known : kNoteFields) {
      if ((notes_ & known.note) == 0) continue;
      tree.set_last(flags);
      in_.expert(*known.field, known.severity, ExpertGroup::sequence, known.field->title);
      if (known.note == kRetransmission) report_timeout();
    }
    if ((notes_ & kDuplicateAck) == 0) return;
    in_.conclude(a.duplicate_ack, 0, 0);
    in_.replace("This is a TCP duplicate ack");
  }

  void report_timeout() {
    if (!analysed_.is_timeout) return;
    PacketIndex sent_before = analysed_.sent_before;
    if (sent_before == kNoPacket) sent_before = report_.history->furthest[report_.way()];
    if (sent_before == kNoPacket) return;
    const int64_t waited = context_.row.ts_ns - trace_.ts_ns(sent_before);
    if (waited <= 0) return;
    in_.conclude(a.rto, static_cast<uint64_t>(waited), 0);
    in_.conclude(a.rto_frame, sent_before + 1, 0);
  }

  void report_repeat(const DuplicateAck& repeat) {
    in_.conclude(a.duplicate_ack_number, repeat.number, 0);
    in_.conclude(a.duplicate_ack_frame, repeat.original + 1, 0);
    in_.expert(a.duplicate_ack, Severity::note, ExpertGroup::sequence, "Duplicate ACK (#", repeat.number, ')');
  }

  Layer& in_;
  const Report& report_;
  const Analysed& analysed_;
  const FinishedTrace& trace_;
  const Context& context_;
  const uint32_t notes_;
};

}  // namespace

void report_analysis(const Report& report) {
  const FinishedTrace* const trace = report.context().packet->trace;
  if (trace != nullptr && report.connection != nullptr) AnalysisReport(report, *trace).run();
}

}  // namespace tracedrop::dissect::tcp
