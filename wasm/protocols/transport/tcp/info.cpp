#include "protocols/transport/tcp/info.h"

#include <algorithm>

#include "base/text.h"

namespace tracedrop::dissect::tcp {

namespace {

struct NoteText {
  uint16_t note;
  uint16_t unless;  // a more exact note that is shown instead
  std::string_view text;
};

// Wireshark prepends each note to Info, so what it finds last stands first.
constexpr NoteText kNoteTexts[] = {
    {kZeroWindowProbeAck, 0, "[TCP ZeroWindowProbeAck] "},
    {kZeroWindow, 0, "[TCP ZeroWindow] "},
    {kZeroWindowProbe, 0, "[TCP ZeroWindowProbe] "},
    {kDuplicateAck, 0, ""},
    {kKeepAliveAck, 0, "[TCP Keep-Alive ACK] "},
    {kKeepAlive, 0, "[TCP Keep-Alive] "},
    {kWindowFull, 0, "[TCP Window Full] "},
    {kWindowUpdate, 0, "[TCP Window Update] "},
    {kAckedLostSegment, 0, "[TCP ACKed unseen segment] "},
    {kLostSegment, 0, "[TCP Previous segment not captured] "},
    {kOutOfOrder, 0, "[TCP Out-Of-Order] "},
    {kSpuriousRetransmission, 0, "[TCP Spurious Retransmission] "},
    {kFastRetransmission, 0, "[TCP Fast Retransmission] "},
    {kRetransmission, kSpuriousRetransmission | kFastRetransmission, "[TCP Retransmission] "},
    {kReusedPorts, 0, "[TCP Port numbers reused] "},
};

void append_duplicate_ack(std::string& out, const Findings& findings, PacketIndex index) {
  const auto& all = findings.duplicate_acks;
  const auto found = std::lower_bound(all.begin(), all.end(), index,
                                      [](const DuplicateAck& ack, PacketIndex i) { return ack.packet < i; });
  if (found == all.end() || found->packet != index) return;
  out += "[TCP Dup ACK ";
  append_number(out, found->original + 1);
  out += '#';
  append_number(out, found->number);
  out += "] ";
}

void append_named(std::string& out, std::string_view name, uint32_t value) {
  out += name;
  append_number(out, value);
}

void append_sack(std::string& out, const Findings& findings, const Row& row, Bytes value) {
  const uint32_t base = findings.conversations[row.flow >> 1].base_seq[1 - (row.flow & 1)];
  for (size_t at = 0; value.has(at, 8); at += 8) {
    append_named(out, " SLE=", value.be32(at) - base);
    append_named(out, " SRE=", value.be32(at + 4) - base);
  }
}

void append_option(std::string& out, const Findings& findings, const Row& row, const Option& option) {
  const Bytes value = option.value;
  switch (option.kind) {
    case kMaximumSegmentSize:
      if (value.size() == 2) append_named(out, " MSS=", value.be16(0));
      return;
    case kWindowScale:
      if (value.size() == 1) append_named(out, " WS=", uint32_t{1} << std::min<int>(value.u8(0), 14));
      return;
    case kSackPermitted:
      if (value.empty()) out += " SACK_PERM";
      return;
    case kSack: return append_sack(out, findings, row, value);
    case kEcho:
      if (value.size() == 4) append_named(out, " ECHO=", value.be32(0));
      return;
    case kEchoReply:
      if (value.size() == 4) append_named(out, " ECHOREPLY=", value.be32(0));
      return;
    case kTimestamps:
      if (value.size() != 8) return;
      append_named(out, " TSval=", value.be32(0));
      append_named(out, " TSecr=", value.be32(4));
      return;
    case kMd5: out += " MD5"; return;
    case kUserTimeout:
      if (value.size() == 2) append_named(out, " USER_TO=", value.be16(0));
      return;
    case kAuthentication: out += " AO"; return;
    case kFastOpen: out += value.empty() ? " TFO=R" : " TFO=C"; return;
    case kExperiment1:
    case kExperiment2:
      if (value.size() < 2) return;
      out += " ExID=";
      append_hex(out, value.be16(0), 4);
      return;
    default: return;
  }
}

}  // namespace

void append_notes(std::string& out, const Findings& findings, const Row& row, PacketIndex index) {
  if ((row.notes & ~kPayloadCut) == 0 || (row.flags & kOptionsCut) != 0) return;
  for (const NoteText& known : kNoteTexts) {
    if ((row.notes & known.note) == 0 || (row.notes & known.unless) != 0) continue;
    if (known.note == kDuplicateAck) {
      append_duplicate_ack(out, findings, index);
    } else {
      out += known.text;
    }
  }
}

void append_flags(ShortText<kMostHeaderText>& out, uint16_t flags) {
  static constexpr std::string_view kNames[] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"};
  if (flags == kAck) return out += "ACK";
  bool any = false;
  for (size_t bit = 0; bit < std::size(kNames); ++bit) {
    if ((flags >> bit & 1) == 0) continue;
    if (any) out += ", ";
    out += kNames[bit];
    any = true;
  }
  if (!any) out += "<None>";
}

void append_options(std::string& out, const Findings& findings, const Row& row, Bytes options) {
  for_each_option(options, [&](const Option& option) {
    if (!option.cut_short) append_option(out, findings, row, option);
  });
}

uint8_t completeness_of(const Segment& segment, uint32_t payload_len) {
  enum : uint8_t { kSynSeen = 1, kSynAckSeen = 2, kAckSeen = 4, kDataSeen = 8, kFinSeen = 16, kRstSeen = 32 };
  uint8_t seen = 0;
  if (segment.has(kSyn)) {
    seen = segment.has(kAck) ? kSynAckSeen : kSynSeen;
  } else if (segment.has(kAck)) {
    seen = payload_len > 0 ? kDataSeen : kAckSeen;
  }
  if (segment.has(kFin) && segment.has(kAck)) seen |= kFinSeen;
  if (segment.has(kRst)) seen |= kRstSeen;
  return seen;
}

uint32_t window_factor(const Conversation& conversation, const Row& row) {
  const int8_t shift = conversation.window_shift[row.flow & 1];
  return shift > 0 && (row.flags & kSyn) == 0 ? uint32_t{1} << shift : 1;
}

}  // namespace tracedrop::dissect::tcp
