#include "dissect/dissector.h"

#include "base/text.h"
#include "dissect/context.h"
#include "dissect/registry.h"
#include "dissect/state.h"
#include "dissect/tcp/info.h"
#include "dissect/tls/tls.h"

namespace tracedrop::dissect {

namespace {

void run_layers(Context& context, const Packet& packet) {
  const size_t wire = packet.bytes.wire_size();
  const Bytes frame =
      packet.fcs_bytes > 0 && wire > packet.fcs_bytes ? packet.bytes.first(wire - packet.fcs_bytes) : packet.bytes;
  if (context.call(Table::link_type, packet.link_type, frame)) return;
  context.set_protocol("Unknown");
  if (context.info() == nullptr) return;
  *context.info() += "WTAP_ENCAP = ";
  append_number(*context.info(), packet.link_type);
}

void append_shortage(std::string& info, Shortage shortage) {
  if (shortage == Shortage::snapped) info += "[Packet size limited during capture]";
  if (shortage == Shortage::malformed) info += "[Malformed Packet]";
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

/// Layers replace each other's texts, so the notes are put before what the last one left.
void prepend_notes(std::string& info, const Findings& findings, const Row& row, PacketIndex index) {
  if (row.notes == 0) return;
  std::string notes;
  tcp::append_notes(notes, findings, row, index);
  info.insert(0, notes);
}

}  // namespace

Dissector::Dissector(Findings& findings) : state_(std::make_unique<State>(findings)) {}
Dissector::~Dissector() = default;

const std::vector<std::pair<PacketIndex, uint32_t>>& Dissector::links() const { return state_->links; }
void Dissector::clear_links() { state_->links.clear(); }

void Dissector::dissect(const Packet& packet, PacketIndex index, Row& row, std::string* info) {
  Findings& findings = state_->findings;
  row.flow = UINT32_MAX;
  Context context(findings, state_.get(), row, index);
  context.want_info(info);
  run_layers(context, packet);
  if (row.flow == UINT32_MAX)
    row.flow = state_->flows.find(Transport::none, context.source, 0, context.destination, 0).id();
  note_copy(*state_, context, row, index);
  row.protocol = state_->protocol_id(context.protocol_name());
  if (context.keeps_info()) {
    append_shortage(context.keep_info(), context.shortage);
    limit_info(context.keep_info());
    row.text = findings.texts.intern(context.keep_info());
  }
  if (info == nullptr) return;
  if (row.text != 0) {
    info->clear();
    tcp::append_notes(*info, findings, row, index);
    *info += findings.texts.text(row.text);
    return;
  }
  append_shortage(*info, context.shortage);
  prepend_notes(*info, findings, row, index);
  limit_info(*info);
}

void render_info(const Findings& findings, const Row& row, PacketIndex index, const Packet& packet, std::string& out) {
  if (row.text != 0) {
    tcp::append_notes(out, findings, row, index);
    out += findings.texts.text(row.text);
    return;
  }
  Row copy = row;
  Context context(findings, nullptr, copy, index);
  context.want_info(&out);
  run_layers(context, packet);
  append_shortage(out, context.shortage);
  prepend_notes(out, findings, row, index);
  limit_info(out);
}

void report_fields(const Findings& findings, const Row& row, PacketIndex index, const Packet& packet, FieldSink& sink) {
  Row copy = row;
  Context context(findings, nullptr, copy, index);
  context.want_fields(&sink);
  run_layers(context, packet);
}

std::string_view final_protocol_name(std::string_view name, const Conversation& conversation) {
  return conversation.tls_version != 0 && tls::is_version_name(name) ? tls::version_name(conversation.tls_version)
                                                                     : name;
}

}  // namespace tracedrop::dissect
