#include "protocols/transport/tcp/header_tree.h"

#include "base/text.h"
#include "protocols/transport/tcp/fields.h"
#include "protocols/transport/tcp/info.h"
#include "protocols/transport/tcp/option_tree.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr const HeaderFields& h = f.header;
constexpr std::string_view kRelativeSeq = "    (relative sequence number)", kRelativeAck = "    (relative ack number)";
constexpr std::string_view kDot = "\xC2\xB7";

/// "·FDASS", "··········S·": a letter for each bit that is set, the highest first.
std::string letters(std::string_view all, uint32_t bits) {
  std::string text;
  for (size_t i = 0; i < all.size(); ++i) {
    if ((bits >> (all.size() - 1 - i) & 1) != 0) {
      text += all[i];
    } else {
      text += kDot;
    }
  }
  return text;
}

void expert(Layer& in, const Field& field, Severity severity, ExpertGroup group) {
  in.expert(field, severity, group, field.title);
}

void report_completeness(const Report& report) {
  constexpr const CompletenessFields& c = h.completeness;
  Layer& in = report.in;
  const Conversation* const conversation = report.conversation();
  const uint8_t bits = conversation != nullptr ? conversation->completeness : completeness_of(report.header.segment, 0);
  in.conclude(c.all, bits, 0);
  const auto below = in.below();
  for (const Field* field : {&c.rst, &c.fin, &c.data, &c.ack, &c.syn_ack, &c.syn})
    in.add(*field, masked(field->format, bits), 0, 0);
  if (in.wants(c.text)) in.conclude_text(c.text, letters("RFDASS", bits), 0);
}

void report_short(Layer& in) {
  constexpr std::string_view kText =
      "Short segment. Segment/fragment does not contain a full TCP header (might be NMAP or someone else deliberately "
      "sending unusual packets)";
  in.line(0, 0, kText);
  in.expert(h.short_segment, Severity::warning, ExpertGroup::malformed, kText);
}

void report_stream(const Report& report) {
  Layer& in = report.in;
  in.conclude(h.stream, report.stream, 0);
  if (report.history != nullptr) in.conclude(h.packet_in_stream, report.history->packets, 0);
  report_completeness(report);
}

/// ICMP's errors tell of the raw number alone; those of ICMPv6 count as packets of the stream, whose first they are.
void report_quoted_sequence(const Report& report) {
  Layer& in = report.in;
  const uint32_t seq = report.header.segment.seq;
  if (report.is_in_ipv6() && report.header.there < kUpToFlags) return;
  in.add(h.seq, seq, 4, 4);
  if (report.header.there >= kUpToFlags) in.append_title(", Seq: ", seq);
  if (!report.is_in_ipv6()) return;
  in.append(kRelativeSeq);
  in.add(h.raw_seq, seq, 4, 4);
}

/// Sequence space begins where the segment does; SYN and FIN take a byte of it each.
void report_sequence(const Report& report) {
  Layer& in = report.in;
  const Header& header = report.header;
  const Segment& segment = header.segment;
  if (report.context().is_quoted) return report_quoted_sequence(report);
  const bool is_short = header.there < kMinHeader || (header.has_fixed_part() && !header.is_sound());
  if (is_short) {
    report_short(in);
  } else {
    in.conclude(h.length, segment.payload_len, 0);
  }
  const uint32_t seq = segment.seq - header.own_base;
  in.add(h.seq, seq, 4, 4);
  in.append(kRelativeSeq);
  in.append_title(", Seq: ", seq);
  in.add(h.raw_seq, segment.seq, 4, 4);
  if (!header.is_sound()) return;
  in.conclude(h.next_seq, seq + segment.payload_len + (segment.has(kSyn | kFin) ? 1 : 0), 0);
  in.append(kRelativeSeq);
}

void report_acknowledgment(const Report& report) {
  Layer& in = report.in;
  const Segment& segment = report.header.segment;
  if (segment.has(kAck)) {
    const uint32_t ack = segment.ack - report.header.other_base;
    in.add(h.ack, ack, 8, 4);
    in.append(kRelativeAck);
    in.append_title(", Ack: ", ack);
  } else {
    in.add(h.ack, segment.ack, 8, 4);
    if (segment.ack != 0) expert(in, h.ack_not_zero, Severity::note, ExpertGroup::protocol);
  }
  in.add(h.raw_ack, segment.ack, 8, 4);
}

void replace_header_len(Layer& in, size_t length) {
  std::string picture;
  for (size_t bit = 8; bit > 0; bit /= 2) picture += (length / 4 & bit) != 0 ? '1' : '0';
  in.replace(picture, " .... = Header Length: ", length, " bytes (", length / 4, ')');
}

/// False when the header cannot be read on.
bool report_header_len(const Report& report) {
  Layer& in = report.in;
  const size_t length = report.header.header_len;
  in.add(h.header_len, length, 12, 1);
  if (in.wants_texts()) replace_header_len(in, length);
  if (length >= kMinHeader) return true;
  in.expert(h.bogus_length, Severity::error, ExpertGroup::protocol, "Bogus TCP header length (", length,
            ", must be at least 20)");
  return false;
}

void report_flag_experts(const Report& report, const Field& flag) {
  Layer& in = report.in;
  constexpr const FlagFields& b = h.flags;
  const bool is_answer = report.header.segment.has(kAck);
  if (&flag == &b.rst) expert(in, h.rst_seen, Severity::warning, ExpertGroup::sequence);
  if (&flag == &b.fin) expert(in, h.fin_seen, Severity::chat, ExpertGroup::sequence);
  if (&flag != &b.syn) return;
  const Field& seen = is_answer ? h.syn_ack_seen : h.syn_seen;
  in.expert(seen, Severity::chat, ExpertGroup::sequence, seen.title, ": server port ",
            is_answer ? report.context().source_port : report.context().destination_port);
}

void replace_flags(Layer& in, uint16_t flags) {
  ShortText<kMostHeaderText> names;
  append_flags(names, flags);
  in.replace("Flags: ", Hex{flags, 3}, " (", names.view(), (flags & 0xE00) != 0 ? ", Reserved)" : ")");
}

void report_flags(const Report& report) {
  Layer& in = report.in;
  constexpr const FlagFields& b = h.flags;
  const uint16_t flags = report.header.segment.flags;
  in.add(b.all, flags, 12, 2);
  if (in.wants_texts()) replace_flags(in, flags);
  const auto below = in.below();
  for (const Field* field : {&b.reserved, &b.ae, &b.cwr, &b.ece, &b.urg, &b.ack, &b.psh, &b.rst, &b.syn, &b.fin}) {
    const bool is_set = (flags & field->format.mask) != 0;
    in.add(*field, masked(field->format, flags), field->format.mask > 0xFF ? 12 : 13, 1);
    if (is_set) report_flag_experts(report, *field);
  }
  if (in.wants(b.text)) in.conclude_text(b.text, letters("RRRACEUAPRSF", flags), 12, 2);
  if (!report.header.segment.has(kFin) || report.history == nullptr) return;
  expert(in, report.history->closing == report.way() ? h.fin_active : h.fin_passive, Severity::note,
         ExpertGroup::sequence);
}

void report_window(const Report& report) {
  Layer& in = report.in;
  const Segment& segment = report.header.segment;
  in.add(h.window, segment.window, 14, 2);
  const Conversation* const conversation = report.conversation();
  const int8_t shift = conversation == nullptr ? Conversation::kScaleUnknown : conversation->window_shift[report.way()];
  in.conclude(h.window_size, segment.has(kSyn) || shift < 0 ? segment.window : uint64_t{segment.window} << shift, 14,
              2);
  if (segment.has(kSyn) || report.history == nullptr) return;
  const int64_t factor = shift >= 0 ? int64_t{1} << shift : shift;
  in.conclude(h.scale_factor, static_cast<uint64_t>(factor), 14, 2);
}

void report_checksum(const Report& report) {
  constexpr uint64_t kUnverified = 2;
  Layer& in = report.in;
  in.add(h.checksum, report.header.checksum, 16, 2);
  in.append(" [unverified]");
  in.conclude(h.checksum_status, kUnverified, 16);
  in.replace("Checksum Status: Unverified");
}

void report_urgent_pointer(const Report& report) {
  Layer& in = report.in;
  in.add(h.urgent_pointer, report.header.urgent_pointer, 18, 2);
  if (report.header.urgent_pointer == 0 || report.header.segment.has(kUrg)) return;
  expert(in, h.urgent_not_zero, Severity::note, ExpertGroup::protocol);
}

void report_times(const Report& report) {
  Layer& in = report.in;
  const History& history = *report.history;
  in.line(0, 0, "Timestamps");
  in.generated();
  const auto below = in.below();
  in.conclude(h.since_first, static_cast<uint64_t>(history.last_ts_ns - history.first_ts_ns), 0);
  in.conclude(h.since_previous, static_cast<uint64_t>(history.since_previous_ns), 0);
}

void report_pieces(const Report& report) {
  const FinishedTrace* const trace = report.context().packet->trace;
  if (trace == nullptr) return;
  // The sender of the packet at hand counts as the server, whoever that is.
  const bool is_known = report.flow != UINT32_MAX;
  report.in.conclude(h.client_pieces, is_known ? trace->pieces_of(report.flow ^ 1) : 0, 0);
  report.in.conclude(h.server_pieces, is_known ? trace->pieces_of(report.flow) : 0, 0);
}

}  // namespace

void write_completeness(std::string& out, uint64_t completeness) {
  constexpr uint64_t kSynAndAck = 7, kWithData = 15, kEnd = 0x30;
  const uint64_t beginning = completeness & kWithData;
  const bool has_end = (completeness & kEnd) != 0;
  std::string_view name = "Incomplete";
  if (has_end) {
    if (beginning == kWithData) name = "Complete, WITH_DATA";
    if (beginning == kSynAndAck) name = "Complete, NO_DATA";
  } else {
    if (beginning == kWithData) name = "Incomplete, DATA";
    if (beginning == kSynAndAck) name = "Incomplete, ESTABLISHED";
    if (beginning == 3) name = "Incomplete, CLIENT_ESTABLISHED";
    if (beginning == 1) name = "Incomplete, SYN_SENT";
  }
  append(out, name, " (", completeness, ')');
}

void write_scale_factor(std::string& out, uint64_t factor) {
  const auto value = static_cast<int64_t>(factor);
  append(out, value);
  if (value == Conversation::kScaleUnknown) out += " (unknown)";
  if (value == Conversation::kNoScaling) out += " (no window scaling used)";
}

void report_header(const Report& report) {
  Layer& in = report.in;
  const Header& header = report.header;
  in.add(h.source_port, report.context().source_port, 0, 2);
  in.add(h.destination_port, report.context().destination_port, 2, 2);
  in.append_title(", Src Port: ", report.context().source_port, ", Dst Port: ", report.context().destination_port);
  const bool is_quoted = report.context().is_quoted;
  const bool has_late_stream = is_quoted && !report.is_in_ipv6();
  if (report.history != nullptr && !has_late_stream) report_stream(report);
  if (header.there >= 8) report_sequence(report);
  if (report.history != nullptr && has_late_stream) report_stream(report);
  if (header.there < kUpToFlags) return;
  if (header.header_len >= kMinHeader) report_acknowledgment(report);
  if (!report_header_len(report)) return;
  if (header.is_sound() && !is_quoted) in.append_title(", Len: ", header.segment.payload_len);
  report_flags(report);
  if (header.there >= kUpToWindow) report_window(report);
  if (header.there >= kUpToChecksum) report_checksum(report);
  if (header.there < kMinHeader) return;
  report_urgent_pointer(report);
  report_options(in, header, report.options);
  if (header.options == Shortage::snapped || report.history == nullptr) return;
  report_times(report);
  if (!header.is_sound()) return;
  report_analysis(report);
  report_pieces(report);
}

void report_payload(const Report& report, Bytes payload) {
  if (payload.empty()) return;
  Layer& in = report.in;
  const size_t at = report.header.header_len;
  if (report.header.segment.has(kRst)) return in.add_text(h.reset_cause, payload.text(), at, payload.size());
  in.add_bytes(h.payload, at, payload.size());
  in.replace("TCP payload (", Counted{payload.size(), "byte", "bytes"}, ')');
}

}  // namespace tracedrop::dissect::tcp
