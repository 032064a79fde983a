#include "dissect/context.h"

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
  if (state_ != nullptr) protocol_name_ = findings.protocols.text(state_->findings.protocols.intern(made));
}

bool Context::call(Table table, uint32_t value, Bytes bytes) {
  const Protocol* protocol = find_protocol(table, value);
  if (protocol == nullptr || protocol->dissect == nullptr) return false;
  call(*protocol, bytes);
  return true;
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

uint64_t Layer::masked(const Field& field, uint64_t value) {
  if (field.mask == 0) return value;
  uint64_t mask = field.mask;
  value &= mask;
  for (; (mask & 1) == 0; mask >>= 1) value >>= 1;
  return value;
}

void Layer::report_number(const Field& field, size_t length, uint64_t value) const {
  if (ok()) sink()->number(field, behind(length), masked(field, value));
}

}  // namespace tracedrop::dissect
