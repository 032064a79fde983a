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
#include "protocols/list.h"
#include "protocols/transport/tcp/analysis.h"
#include "protocols/transport/tcp/connections.h"
#include "protocols/transport/tcp/details.h"
#include "protocols/transport/tcp/info.h"
#include "protocols/transport/tcp/stream.h"

namespace tracedrop::dissect {

namespace tcp {
namespace {

constexpr size_t kMinHeader = 20;
constexpr size_t kPorts = 4, kUpToFlags = 14, kUpToWindow = 16;

constexpr Field source_port{"tcp.srcport", "Source Port", u16};
constexpr Field destination_port{"tcp.dstport", "Destination Port", u16};
constexpr Field raw_seq{"tcp.seq_raw", "Sequence Number (raw)", u32};
constexpr Field raw_ack{"tcp.ack_raw", "Acknowledgment number (raw)", u32};
constexpr Field header_len{"tcp.hdr_len", "Header Length", u8};
constexpr Field flags{"tcp.flags", "Flags", bits(x16, 0x0FFF)};
constexpr Field flag_ae{"tcp.flags.ae", "Accurate ECN", flag(u8, kAccurateEcn)};
constexpr Field flag_cwr{"tcp.flags.cwr", "Congestion Window Reduced", flag(u8, kCwr)};
constexpr Field flag_ece{"tcp.flags.ece", "ECN-Echo", flag(u8, kEce)};
constexpr Field flag_urg{"tcp.flags.urg", "Urgent", flag(u8, kUrg)};
constexpr Field flag_ack{"tcp.flags.ack", "Acknowledgment", flag(u8, kAck)};
constexpr Field flag_psh{"tcp.flags.push", "Push", flag(u8, kPsh)};
constexpr Field flag_rst{"tcp.flags.reset", "Reset", flag(u8, kRst)};
constexpr Field flag_syn{"tcp.flags.syn", "Syn", flag(u8, kSyn)};
constexpr Field flag_fin{"tcp.flags.fin", "Fin", flag(u8, kFin)};
constexpr Field window{"tcp.window_size_value", "Window", u16};
constexpr Field checksum{"tcp.checksum", "Checksum", x16};
constexpr Field urgent_pointer{"tcp.urgent_pointer", "Urgent Pointer", u16};
constexpr Field payload_bytes{"tcp.payload", "TCP payload", raw_bytes};

constexpr const Field* kFlagBits[] = {&flag_ae,  &flag_cwr, &flag_ece, &flag_urg, &flag_ack,
                                      &flag_psh, &flag_rst, &flag_syn, &flag_fin};
constexpr const Field* kFields[] = {&source_port, &destination_port, &raw_seq,        &raw_ack,      &header_len,
                                    &flags,       &flag_ae,          &flag_cwr,       &flag_ece,     &flag_urg,
                                    &flag_ack,    &flag_psh,         &flag_rst,       &flag_syn,     &flag_fin,
                                    &window,      &checksum,         &urgent_pointer, &payload_bytes};
constexpr Claim kClaims[] = {{ip_protocols, 6}};

struct Header {
  Segment segment;
  size_t header_len = 0;
  uint16_t urgent_pointer = 0;
  size_t there = 0;    ///< bytes of the fixed part that are at hand
  Shortage options{};  ///< why the options that its length claims are not all there
  bool has_fixed_part() const { return there >= kMinHeader && header_len >= kMinHeader; }
  /// It tells where the payload begins, whether or not the capture kept all of the options.
  bool is_sound() const { return has_fixed_part() && options != Shortage::malformed; }
  bool is_whole() const { return has_fixed_part() && options == Shortage::none; }
};

Header read_header(Layer& in) {
  Header header;
  Segment& segment = header.segment;
  Context& context = in.context();
  context.source_port = in.be16(source_port);
  context.destination_port = in.be16(destination_port);
  segment.seq = in.be32(raw_seq);
  segment.ack = in.be32(raw_ack);
  const uint16_t offset_and_flags = in.be16();
  header.header_len = size_t{static_cast<uint8_t>(offset_and_flags >> 12)} * 4;
  segment.flags = offset_and_flags & 0x0FFF;
  in.note(tcp::header_len, header.header_len, 2);
  in.note(flags, segment.flags, 2);
  in.note_bits(kFlagBits, segment.flags, 2);
  segment.window = in.be16(window);
  in.be16(checksum);
  header.urgent_pointer = in.be16(urgent_pointer);
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
Connection& enter(Context& context, Segment& segment, bool whole) {
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
  row.payload_len = static_cast<uint16_t>(std::min<uint32_t>(segment.payload_len, UINT16_MAX));
  Connection& connection = connections.of(flow.conversation);
  note_copy(context, connection, segment);
  if (segment.has(kSyn)) connection.saw_end = false;  // it begins, whoever ended what was before
  connection.saw_end |= segment.has(kFin | kRst);
  if (whole) {
    row.notes = analyse(context, connection, segment);
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

/// First pass over a segment whose header tells at least its flags.
void take_in(Context& context, Header& header, Bytes options, Bytes payload) {
  Segment& segment = header.segment;
  segment.options = parse_options(options);
  segment.options.are_cut = header.options == Shortage::snapped;
  Connection& connection = enter(context, segment, header.is_sound());
  if (segment.options.are_cut) context.row.flags |= kOptionsCut;
  if (!header.is_whole()) return;
  const bool is_lone = is_lone_syn(context, connection, segment);
  pass_on(context, connection, segment, payload);
  if (is_lone) {
    const LoneSyn syn{context.row.ts_ns, segment.seq, context.index, segment.window};
    context.state()->of<Connections>().keep_lone_syn(context.row.flow >> 1, syn);
  } else if (connection.saw_end) {
    for (Direction& direction : connection.direction) direction.shrink();
  }
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
  if (header.there < kUpToFlags) {
    append_ports_only(context);
    return;
  }
  Bytes options, payload;
  if (in.ok()) {
    options = in.Cursor::bytes(std::max(header.header_len, kMinHeader) - kMinHeader);
    header.options = in.shortage();
  }
  if (header.is_sound()) payload = bytes.from(header.header_len);
  header.segment.payload_len = static_cast<uint32_t>(payload.wire_size());
  if (context.has_memory()) {
    take_in(context, header, options, payload);
  } else if ((context.row.notes & kPayloadCut) != 0) {
    context.shortage = Shortage::snapped;
  }
  if (context.info() != nullptr) append_info(context, header, options);
  if (context.tree() != nullptr && header.is_sound()) {
    report_options(in, context, options);
    if (context.has_conversation()) report_conclusions(in, context, header.segment);
    if (header.is_whole()) in.bytes(payload_bytes, payload.size());
  }
}

}  // namespace
}  // namespace tcp

const Protocol tcp_protocol{.filter_name = "tcp",
                            .column_name = "TCP",
                            .title = "Transmission Control Protocol",
                            .fields = tcp::kFields,
                            .claims = tcp::kClaims,
                            .dissect = tcp::dissect,
                            .append_notes = tcp::append_notes};

}  // namespace tracedrop::dissect
