#include "dissect/state.h"

namespace tracedrop::dissect {

State::State(Findings& findings_) : findings(findings_), flows(findings_) {}

tcp::Connection& State::tcp_of(uint32_t conversation) {
  if (conversation >= tcp_index_.size()) tcp_index_.resize(findings.conversations.size());
  uint32_t& index = tcp_index_[conversation];
  if (index == 0) {
    connections_.emplace_back();
    index = static_cast<uint32_t>(connections_.size());
  }
  return connections_[index - 1];
}

}  // namespace tracedrop::dissect
