#include "dissect/layer.h"

#include "dissect/state.h"

namespace tracedrop::dissect {

std::string& Context::keep_info() {
  std::string& kept = state_->kept_info;
  if (!keeps_info_) kept.clear();
  keeps_info_ = true;
  return kept;
}

void Context::keep_info(std::string_view text) {
  std::string& kept = keep_info();
  if (!kept.empty() || row.notes != 0) kept += ", ";
  kept += text;
}

void Context::set_protocol_text(std::string_view made) {
  if (state_ == nullptr) return;
  set_protocol(state_->findings.protocols.keep_text(made));
}

void Context::connection_is(std::string_view literal) {
  Findings& findings_so_far = state_->findings;
  findings_so_far.conversations[row.flow >> 1].column = findings_so_far.protocols.intern(literal);
}

std::string_view Context::connection_column_so_far() const {
  const Findings& so_far = state_->findings;
  return so_far.protocols.text(so_far.conversations[row.flow >> 1].column);
}

std::string_view Context::connection_column() const {
  return findings.protocols.text(findings.conversations[row.flow >> 1].column);
}

void Context::tell(std::string_view text) {
  if (!is_reading() || !has_memory()) return;
  state_->findings.told[row.flow >> 1] = state_->findings.texts.intern(text);
}

std::string_view Context::told() const {
  if (is_reading() || !has_conversation()) return {};
  const auto found = findings.told.find(row.flow >> 1);
  return found == findings.told.end() ? std::string_view{} : findings.texts.text(found->second);
}

uint64_t& Context::fact(PacketIndex earlier, uint8_t what) {
  return state_->findings.facts[uint64_t{earlier} << 8 | what];
}

uint64_t Context::fact(uint8_t what) const {
  if (is_reading()) return 0;
  const auto found = findings.facts.find(uint64_t{index} << 8 | what);
  return found == findings.facts.end() ? 0 : found->second;
}

void Context::report_pdu(Bytes pdu) {
  if (tree_ == nullptr || pdu_line.field == nullptr) return;
  tree_->open(pdu_line.layer);
  tree_->line(tree_->add(*pdu_line.field, pdu, pdu.wire_size())).is_generated = true;
  tree_->close(pdu_line.layer);
}

bool Context::call(const Table& table, uint64_t value, Bytes bytes) {
  const Protocol* protocol = table.find(value);
  if (protocol == nullptr || protocol->dissect == nullptr) return false;
  call(*protocol, bytes);
  return true;
}

void Context::keep_texts() {
  if (state_ == nullptr) return;
  keep_info();
  info_ = &state_->kept_info;
}

const Protocol* Context::next_known_layer() const {
  if (known_ == nullptr) return nullptr;
  const Layers chain = findings.protocols.layers(known_->protocol);
  if (chain.size() <= layer_count_ || !std::equal(layers_, layers_ + layer_count_, chain.begin())) return nullptr;
  return chain[layer_count_];
}

void Context::expect(const Protocol& protocol, Transport transport, const AddressBytes& host, uint16_t port,
                     bool is_both_ways) {
  state_->announcements.add({&protocol, is_both_ways || transport == Transport::tcp}, transport, host, port);
}

void Context::claim_conversation(const Protocol& protocol) { state_->announcements.claim(protocol, row.flow >> 1); }

const Protocol* Context::announced(Transport transport) {
  if (state_ == nullptr) return next_known_layer();
  const Announcements& all = state_->announcements;
  if (transport == Transport::udp && all.has_claims())
    if (const Protocol* claimed = all.find(row.flow >> 1)) return claimed;
  if (all.empty()) return nullptr;
  const Protocol* const found = all.find(transport, destination, destination_port).protocol;
  if (found != nullptr) return found;
  const Announcements::Announced back = all.find(transport, source, source_port);
  return back.is_both_ways ? back.protocol : nullptr;
}

namespace {

uint64_t request_key(const Row& row, uint64_t key) { return hash_mix(hash_mix(row.flow >> 1, key), 71); }

}  // namespace

std::optional<Context::Asked> Context::ask(uint64_t key) {
  Pending& pending = state_->pending[request_key(row, key)];
  if (pending.packet != kNoPacket) return Asked{pending.packet, pending.ts_ns};
  pending = {index, static_cast<uint32_t>(row.ts_ns >> 20), row.ts_ns};
  return std::nullopt;
}

std::optional<Context::Asked> Context::answer(uint64_t key) {
  const auto found = state_->pending.find(request_key(row, key));
  if (found == state_->pending.end()) return std::nullopt;
  const Asked asked{found->second.packet, found->second.ts_ns};
  state_->pending.erase(found);
  if (is_reading()) state_->findings.exchanges.push_back({asked.packet, index, static_cast<uint32_t>(key), 0});
  return asked;
}

const Exchange* Context::find_exchange(uint64_t key, PacketIndex request) const {
  if (is_reading()) return nullptr;
  const std::vector<Exchange>& all = findings.exchanges;
  const std::pair wanted(request, static_cast<uint32_t>(key));
  const auto found = std::lower_bound(all.begin(), all.end(), wanted,
                                      [](const Exchange& e, const auto& w) { return std::pair(e.request, e.key) < w; });
  return found != all.end() && std::pair(found->request, found->key) == wanted ? &*found : nullptr;
}

uint32_t Context::answered_in(uint64_t key, PacketIndex request) const {
  const Exchange* const found = find_exchange(key, request);
  return found != nullptr ? found->answer + 1 : 0;
}

void Context::tell(PacketIndex earlier, uint64_t key, std::string_view text) {
  if (!is_reading()) return;
  Findings& all = state_->findings;
  all.exchanges.push_back({earlier, index, static_cast<uint32_t>(key), text.empty() ? 0 : all.texts.intern(text)});
}

std::string_view Context::told_later(uint64_t key) const {
  const Exchange* const found = find_exchange(key, index);
  return found != nullptr ? findings.texts.text(found->text) : std::string_view{};
}

void Context::quote(const Protocol& protocol, Bytes bytes) {
  Row quoted;
  quoted.flow = UINT32_MAX;
  quoted.ts_ns = row.ts_ns;
  Context inner(findings, nullptr, quoted, index, nullptr);
  inner.is_quoted = true;
  inner.quoting_state_ = is_quoted ? quoting_state_ : state_;
  inner.quoting_is_reading_ = is_quoted ? quoting_is_reading_ : is_reading();
  inner.packet = packet;
  inner.tree_ = tree_;
  inner.depth = depth;
  const uint32_t before = tree_ == nullptr ? 0 : tree_->nest();
  inner.call(protocol, bytes);
  if (tree_ != nullptr) tree_->unnest(before);
  for (const Protocol* layer : inner.layers()) enter_layer(*layer);
}

std::optional<Context::QuotedStream> Context::quoted_stream(Transport transport) const {
  if (quoting_state_ == nullptr) return std::nullopt;
  FlowTable& flows = quoting_state_->flows;
  const std::optional<Flow> flow = flows.find_known(transport, source, source_port, destination, destination_port);
  if (flow) return QuotedStream{quoting_state_->findings.conversations[flow->conversation].stream, flow->id()};
  return QuotedStream{flows.number_quoted(transport, source, source_port, destination, destination_port), UINT32_MAX};
}

void Context::call(const Protocol& protocol, Bytes bytes) {
  if (depth >= kMaxDepth) {
    if (shortage == Shortage::none) shortage = Shortage::malformed;
    return;
  }
  ++depth;
  protocol.dissect(*this, bytes);
  --depth;
}

}  // namespace tracedrop::dissect
