// Transmission Control Protocol, RFC 9293, section 3.1:
//
//    0                   1                   2                   3
//   |          Source Port          |       Destination Port        |
//   |                        Sequence Number                        |
//   |                    Acknowledgment Number                      |
//   | Offset| Rsrvd |A|C|E|U|A|P|R|S|F|            Window             |
//   |           Checksum            |         Urgent Pointer        |
//   |                  Options, up to Offset * 4                    |
#include "base/text.h"
#include "dissect/state.h"
#include "protocols/application/data.h"
#include "protocols/list.h"
#include "protocols/transport/tcp/analysis.h"
#include "protocols/transport/tcp/connections.h"
#include "protocols/transport/tcp/fields.h"
#include "protocols/transport/tcp/header_tree.h"
#include "protocols/transport/tcp/info.h"
#include "protocols/transport/tcp/stream.h"

namespace tracedrop::dissect {

namespace tcp {
namespace {

constexpr size_t kPorts = 4;
constexpr Claim kClaims[] = {{ip_protocols, 6}};

Header read_header(Layer& in) {
  Header header;
  Segment& segment = header.segment;
  Context& context = in.context();
  context.source_port = in.Cursor::be16();
  context.destination_port = in.Cursor::be16();
  segment.seq = in.Cursor::be32();
  segment.ack = in.Cursor::be32();
  const uint16_t offset_and_flags = in.Cursor::be16();
  header.header_len = size_t{static_cast<uint8_t>(offset_and_flags >> 12)} * 4;
  segment.flags = offset_and_flags & 0x0FFF;
  segment.window = in.Cursor::be16();
  header.checksum = in.Cursor::be16();
  header.urgent_pointer = in.Cursor::be16();
  return header;
}

void append_window(ShortText<kMostHeaderText>& text, uint32_t size) {
  text += " Win=";
  text += size;
}

/// "443 \u2192 50000 [ACK] Seq=1 Ack=1 Win=65535 Len=0", as far as it is there; whether options may follow.
bool append_header(Context& context, const Header& header) {
  const Row& row = context.row;
  const Conversation& conversation = context.findings.conversations[row.flow >> 1];
  const uint32_t way = row.flow & 1;
  ShortText<kMostHeaderText> text;
  text += context.source_port;
  text += " \xE2\x86\x92 ";
  text += context.destination_port;
  text += " [";
  append_flags(text, header.segment.flags);
  text += "] Seq=";
  text += row.seq - conversation.base_seq[way];
  if (header.segment.has(kAck)) {
    text += " Ack=";
    text += row.ack - conversation.base_seq[1 - way];
  }
  const bool has_header = header.has_fixed_part();
  if (header.there < kMinHeader) {
    if (header.there >= kUpToWindow) append_window(text, header.segment.window * window_factor(conversation, row));
  } else if (has_header) {
    append_window(text, header.segment.window * window_factor(conversation, row));
  } else {
    text += ", bogus TCP header length (";
    text += static_cast<uint32_t>(header.header_len);
    text += ", must be at least 20)";
  }
  if (has_header && header.segment.has(kUrg)) {
    text += " Urg=";
    text += header.urgent_pointer;
  }
  if (header.is_sound()) {
    text += " Len=";
    text += static_cast<uint32_t>(header.segment.payload_len);
  }
  *context.info() += text.view();
  return header.is_sound();
}

void append_info(Context& context, const Header& header, Bytes options) {
  if (!append_header(context, header)) return;
  std::string& out = *context.info();
  append_options(out, context.findings, context.row, options);
  if (context.link() == 0) return;
  out += " [TCP PDU reassembled in ";
  append_number(out, context.link());
  out += ']';
}

/// First pass: whether the capture holds this packet already (dissect/copies.h).
void note_copy(Context& context, const Connection& connection, Segment& segment) {
  if (context.network.empty()) return;
  Row& row = context.row;
  const Copies::Found found = context.state()->copies.find(context.network, row.flow, row.ts_ns, context.index);
  if (found.original == kNoPacket) return;
  const PacketIndex complaint = connection.direction[1 - (row.flow & 1)].last_complaint;
  const bool nobody_complained = complaint == kNoPacket || complaint < found.original;
  if (!found.same_id && !nobody_complained) return;
  row.flags |= kIsCopy;
  segment.copy_of = found.original;
}

/// First pass: finds the connection and analyses the segment, when its header is whole.
Connection& enter(Context& context, Segment& segment, bool whole, Analysed* analysed) {
  State& state = *context.state();
  auto& connections = state.of<Connections>();
  Row& row = context.row;
  Flow flow = state.flows.find(Transport::tcp, context.source, context.source_port, context.destination,
                               context.destination_port);
  bool reused = false;
  if (segment.has(kSyn) && !flow.is_new) {
    const Connection& old = connections.of(flow.conversation);
    const uint32_t base = context.findings.conversations[flow.conversation].base_seq[flow.direction];
    reused = old.direction[flow.direction].has_base_seq && (segment.seq != base || old.saw_end);
    if (reused) {
      connections.forget(flow.conversation);
      flow = state.flows.renew(flow);
    }
  }
  row.flow = flow.id();
  row.seq = segment.seq;
  row.ack = segment.ack;
  row.flags = static_cast<uint16_t>((segment.flags & kTcpFlags) | kIsTcp);
  if (!whole) row.flags |= kHeaderDamaged;
  row.payload_len = static_cast<uint16_t>(std::min<uint32_t>(segment.payload_len, UINT16_MAX));
  Connection& connection = connections.of(flow.conversation);
  note_copy(context, connection, segment);
  if (segment.has(kSyn)) connection.saw_end = false;  // it begins, whoever ended what was before
  connection.saw_end |= segment.has(kFin | kRst);
  if (whole) {
    state.findings.conversations[flow.conversation].completeness |= completeness_of(segment, segment.payload_len);
    row.notes = analyse(context, connection, segment, analysed);
  } else {
    note_base_numbers(state.findings.conversations[flow.conversation], connection, flow.direction, segment);
  }
  if (reused) row.notes |= kReusedPorts;
  return connection;
}

/// First pass: hands the payload to the stream.
void pass_on(Context& context, Connection& connection, const Segment& segment, Bytes payload) {
  // A reset's payload is a message to people (RFC 9293, section 3.5.3), not part of the stream.
  if (segment.has(kRst) || (payload.empty() && !segment.has(kFin))) return;
  const Shortage shortage = context.shortage;
  deliver(context, connection, segment, payload);
  if (context.keeps_info()) return;
  // What the stream's protocol lacked is its own affair where the row shows the segment alone, unless the capture cut
  // it off: then the row says so.
  if (payload.size() < payload.wire_size() && context.shortage == Shortage::snapped) {
    context.row.notes |= kPayloadCut;
  } else {
    context.shortage = shortage;
  }
}

/// First pass: whether the connection, which the segment was analysed for, is what after_syn() makes of it again.
bool is_lone_syn(const Context& context, const Connection& connection, const Segment& segment) {
  if ((segment.flags & (kSyn | kAck | kFin | kRst)) != kSyn || (context.row.flow & 1) != 0) return false;
  if (segment.payload_len != 0 || segment.ack != 0 || segment.options.sack_count != 0 || segment.seq + 1 == 0)
    return false;
  const Direction& sender = connection.direction[0];
  const bool is_all = sender.unacked.size() == 1 && sender.next_seq == segment.seq + 1 && sender.last_new_ack == 0 &&
                      sender.last_complaint == kNoPacket && !sender.has_sent_data && sender.known() == nullptr;
  return is_all && !connection.direction[1].has_base_seq && connection.protocol == nullptr &&
         context.findings.conversations[context.row.flow >> 1].syn == context.index;
}

/// What an error quotes of a stream is no part of it: only what nobody claims is shown.
void report_quoted(Context& context, const Segment& segment, Bytes payload) {
  if (!segment.has(kRst) && !has_claim(context)) dissect_data(context, payload);
}

/// First pass over a segment whose header tells at least its flags.
Connection& take_in(Context& context, Header& header, Bytes options, Analysed* analysed) {
  Segment& segment = header.segment;
  segment.options = parse_options(options);
  segment.options.are_cut = header.options == Shortage::snapped;
  Connection& connection = enter(context, segment, header.is_sound(), analysed);
  if (segment.options.are_cut) context.row.flags |= kOptionsCut;
  return connection;
}

/// First pass: what the segment brings.
void take_payload(Context& context, Connection& connection, const Segment& segment, Bytes payload) {
  const bool is_lone = is_lone_syn(context, connection, segment);
  pass_on(context, connection, segment, payload);
  if (is_lone) {
    const LoneSyn syn{context.row.ts_ns, segment.seq, context.index, segment.window};
    context.state()->of<Connections>().keep_lone_syn(context.row.flow >> 1, syn);
  } else if (connection.saw_end) {
    for (Direction& direction : connection.direction) direction.shrink();
  }
}

/// Replay: what the tree tells of the packets before.
History& remember(State& state, uint32_t stream, const Context& context) {
  const int64_t ts_ns = context.row.ts_ns;
  History& history = state.of<Histories>().of(stream);
  if (history.packets++ == 0) history.first_ts_ns = history.last_ts_ns = ts_ns;
  history.since_previous_ns = ts_ns - history.last_ts_ns;
  history.last_ts_ns = ts_ns;
  return history;
}

/// Whether nothing is missing between what is not acknowledged.
bool is_gapless(const Direction& direction) {
  const DirectionMore* const more = direction.known();
  return is_contiguous(direction.unacked, more == nullptr ? nullptr : &more->unacked);
}

void remember_sent(History& history, const Context& context, const Connection& connection, const Segment& segment) {
  const Row& row = context.row;
  const uint32_t way = row.flow & 1;
  if (history.next_seq[way] != connection.direction[way].next_seq) {
    history.next_seq[way] = connection.direction[way].next_seq;
    history.furthest[way] = context.index;
  }
  if (connection.direction[1 - way].count_unacked() == 0) history.has_lost[1 - way] = false;
  history.has_lost[way] |= (row.notes & kLostSegment) != 0;
  if ((row.notes & kOutOfOrder) != 0 && history.has_lost[way] && is_gapless(connection.direction[way]))
    history.has_lost[way] = false;
  if (segment.payload_len == 0 || history.has_lost[way]) return;
  if (history.has_pushed[way]) history.push_bytes[way] = 0;
  history.push_bytes[way] += segment.payload_len;
  history.has_pushed[way] = segment.has(kPsh);
}

void report(Layer& in, Header& header, Bytes options, Bytes payload, const Connection* connection,
            const Analysed& analysed) {
  const Context& context = in.context();
  History* history = nullptr;
  Context::QuotedStream stream;
  if (context.is_quoted) {
    const auto quoted = header.there >= kUpToFlags ? context.quoted_stream(Transport::tcp) : std::nullopt;
    State* const state = context.tree_state();
    if (quoted) stream = *quoted;
    if (quoted && state != nullptr) history = &remember(*state, stream.number, context);
  } else if (connection != nullptr) {
    const Conversation& conversation = context.findings.conversations[context.row.flow >> 1];
    stream = {conversation.stream, context.row.flow};
    header.own_base = conversation.base_seq[context.row.flow & 1];
    header.other_base = conversation.base_seq[1 - (context.row.flow & 1)];
    history = &remember(*context.state(), stream.number, context);
    remember_sent(*history, context, *connection, header.segment);
  }
  if (history != nullptr && header.segment.has(kFin) && history->closing == History::kNobody)
    history->closing = static_cast<uint8_t>(stream.flow & 1);
  if (in.tree() == nullptr) return;
  const Report all{in, header, options, connection, history, analysed, stream.number, stream.flow};
  report_header(all);
  if (!header.is_whole()) return;
  report_payload(all, payload);
}

/// Info of a segment whose header was cut off: the ports, when they are there.
void append_ports_only(Context& context) {
  context.append_info(context.source_port, " \xE2\x86\x92 ", context.destination_port);
}

void dissect(Context& context, Bytes bytes) {
  if (bytes.size() < kPorts) {
    context.shortage = bytes.wire_size() < kPorts ? Shortage::malformed : Shortage::snapped;
    return;
  }
  Layer in(context, tcp_protocol, bytes);
  context.set_protocol(tcp_protocol);
  Header header = read_header(in);
  header.there = std::min(bytes.size(), kMinHeader);
  const bool has_flags = header.there >= kUpToFlags;
  Bytes options, payload;
  if (in.ok()) {
    options = in.Cursor::bytes(std::max(header.header_len, kMinHeader) - kMinHeader);
    header.options = in.shortage();
  }
  if (header.is_sound()) payload = bytes.from(header.header_len);
  header.segment.payload_len = static_cast<uint32_t>(payload.wire_size());
  Connection* connection = nullptr;
  Analysed analysed;
  if (has_flags && context.has_memory()) {
    connection = &take_in(context, header, options, context.is_reading() ? nullptr : &analysed);
  } else if (has_flags && (context.row.notes & kPayloadCut) != 0) {
    context.shortage = Shortage::snapped;
  }
  if (!context.is_reading() || context.is_quoted || in.tree() != nullptr)
    report(in, header, options, payload, connection, analysed);
  if (!has_flags) return append_ports_only(context);
  context.pdu_line = {in.line(), &f.segment.pdu_size};
  if (connection != nullptr && header.is_whole()) take_payload(context, *connection, header.segment, payload);
  if (context.is_quoted && header.is_whole()) report_quoted(context, header.segment, payload);
  if (context.info() != nullptr) append_info(context, header, options);
}

}  // namespace
}  // namespace tcp

const Protocol tcp_protocol{.filter_name = "tcp",
                            .column_name = "TCP",
                            .title = "Transmission Control Protocol",
                            .fields = listed<tcp::f>,
                            .claims = tcp::kClaims,
                            .dissect = tcp::dissect,
                            .append_notes = tcp::append_notes,
                            .holds_own_fields_only = true};

}  // namespace tracedrop::dissect
