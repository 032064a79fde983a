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

bool Context::call(const Table& table, uint64_t value, Bytes bytes) {
  const Protocol* protocol = table.find(value);
  if (protocol == nullptr || protocol->dissect == nullptr) return false;
  call(*protocol, bytes);
  return true;
}

void Context::quote(const Protocol& protocol, Bytes bytes) {
  Row quoted;
  quoted.flow = UINT32_MAX;
  quoted.ts_ns = row.ts_ns;
  Context inner(findings, nullptr, quoted, index, nullptr);
  inner.is_quoted = true;
  inner.quoting_state_ = tree_state();
  inner.tree_ = tree_;
  inner.depth = depth;
  const uint32_t before = tree_ == nullptr ? 0 : tree_->nest();
  inner.call(protocol, bytes);
  if (tree_ != nullptr) tree_->unnest(before);
  for (const Protocol* layer : inner.layers()) enter_layer(*layer);
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
