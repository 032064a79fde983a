#include "dissect/dissector.h"

#include "base/text.h"
#include "dissect/context.h"
#include "dissect/state.h"

namespace tracedrop::dissect {

namespace {

void run_layers(Context& context, const Packet& packet) {
  context.packet = &packet;
  context.call(first_protocol(), packet.bytes);
}

void append_shortage(std::string& info, Shortage shortage) {
  if (shortage == Shortage::snapped) info += "[Packet size limited during capture]";
  if (shortage == Shortage::malformed) info += "[Malformed Packet]";
  if (shortage == Shortage::contained)
    info += "[Malformed Packet: length of contained item exceeds length of containing item]";
}

/// Of other protocols, the identification alone tells a copy from a packet that was sent again; TCP knows more.
void note_copy(State& state, const Context& context, Row& row, PacketIndex index) {
  if ((row.flags & kIsTcp) != 0 || context.network.empty()) return;
  if (state.copies.find(context.network, row.flow, row.ts_ns, index).same_id) row.flags |= kIsCopy;
}

/// Wireshark's column holds this much, and a packet must not make a text of any length.
void limit_info(std::string& info) {
  constexpr size_t kMaxInfo = 4095;
  if (info.size() <= kMaxInfo) return;
  size_t end = kMaxInfo;
  while (end > 0 && (static_cast<uint8_t>(info[end]) & 0xC0) == 0x80) --end;  // not within a UTF-8 sequence
  info.resize(end);
}

/// What notes say is the same for all layers: the protocol that takes them also writes them.
void append_notes(std::string& out, const Findings& findings, const Row& row, PacketIndex index) {
  if (row.notes == 0) return;
  static const Protocol* const noting = [] {
    for (const Protocol* protocol : all_protocols())
      if (protocol->append_notes != nullptr) return protocol;
    return static_cast<const Protocol*>(nullptr);
  }();
  if (noting != nullptr) noting->append_notes(out, findings, row, index);
}

/// Layers replace each other's texts, so the notes are put before what the last one left.
void prepend_notes(std::string& info, const Findings& findings, const Row& row, PacketIndex index) {
  if (row.notes == 0) return;
  std::string notes;
  append_notes(notes, findings, row, index);
  info.insert(0, notes);
}

/// A kept text with the numbers that it leaves open.
void append_kept(std::string& out, const Findings& findings, const Row& row, std::string_view kept) {
  for (size_t mark; (mark = kept.find(Findings::kCountMark)) != std::string_view::npos; kept.remove_prefix(mark + 1)) {
    const auto found = findings.result_counts.find(row.flow >> 1);
    const uint32_t count = found == findings.result_counts.end() ? 0 : found->second;
    append(out, kept.substr(0, mark), Counted{count, "result", "results"});
  }
  out += kept;
}

/// Info as it is shown: what was kept of it, or else what the layers wrote.
void complete_info(std::string& info, State& state, const Context& context, const Row& row) {
  if (context.keeps_info()) {
    info.clear();
    append_notes(info, context.findings, row, context.index);
    append_kept(info, context.findings, row, state.kept_info);
    return;
  }
  append_shortage(info, context.shortage);
  prepend_notes(info, context.findings, row, context.index);
  limit_info(info);
}

/// Everything but the texts.
void run_in_order(Context& context, State& state, const Packet& packet) {
  Row& row = context.row;
  row.flow = UINT32_MAX;
  run_layers(context, packet);
  if (row.flow == UINT32_MAX)
    row.flow = state.flows.find(Transport::none, context.source, 0, context.destination, 0).id();
  note_copy(state, context, row, context.index);
  if (!context.keeps_info()) return;
  append_shortage(context.keep_info(), context.shortage);
  limit_info(context.keep_info());
}

}  // namespace

constinit Table link_types{"wtap_encap"};

Dissector::Dissector(Findings& findings) : state_(std::make_unique<State>(findings)) {}
Dissector::~Dissector() = default;

const std::vector<std::pair<PacketIndex, uint32_t>>& Dissector::links() const { return state_->links; }
void Dissector::clear_links() { state_->links.clear(); }

void Dissector::dissect(const Packet& packet, PacketIndex index, Row& row, std::string* info) {
  Findings& findings = state_->findings;
  Context context(findings, state_.get(), row, index, nullptr);
  context.want_info(info);
  run_in_order(context, *state_, packet);
  row.protocol = findings.protocols.intern(context.protocol_name(), context.layers(), context.is_provisional());
  if (context.keeps_info()) row.text = findings.texts.intern(context.keep_info());
  if (info != nullptr) complete_info(*info, *state_, context, row);
}

void render_info(const Findings& findings, const Row& row, PacketIndex index, const Packet& packet, std::string& out) {
  if (row.text != 0) {
    append_notes(out, findings, row, index);
    append_kept(out, findings, row, findings.texts.text(row.text));
    return;
  }
  Row copy = row;
  Context context(findings, nullptr, copy, index, &row);
  context.want_info(&out);
  run_layers(context, packet);
  append_shortage(out, context.shortage);
  prepend_notes(out, findings, row, index);
  limit_info(out);
}

Replay::Replay(const Findings& facts) : facts_(facts), state_(std::make_unique<State>(scratch_)) {}
Replay::~Replay() = default;

void Replay::dissect(const Packet& packet, PacketIndex index, const Row& known, const Wanted& wanted) {
  Row row;
  row.ts_ns = known.ts_ns;
  row.offset = known.offset;
  row.cap_len = known.cap_len;
  row.wire_len = known.wire_len;
  Context context(facts_, state_.get(), row, index, &known);
  context.want_info(wanted.info);
  context.want_tree(wanted.tree);
  if (wanted.tree != nullptr) wanted.tree->begin(packet.bytes);
  run_in_order(context, *state_, packet);
  state_->links.clear();
  scratch_.reassembled.clear();
  if (wanted.info != nullptr) complete_info(*wanted.info, *state_, context, row);
  if (wanted.protocol == nullptr) return;
  const std::string_view agreed = context.is_provisional() ? context.connection_column() : std::string_view{};
  *wanted.protocol = agreed.empty() ? context.protocol_name() : agreed;
}

}  // namespace tracedrop::dissect
