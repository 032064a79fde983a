#include "engine/packet_details.h"

namespace tracedrop::engine {

bool PacketDetails::advance(trace::PacketIndex packet, uint32_t most) {
  if (shown_ == packet) return true;
  shown_ = kNone;
  if (trace_.kind == trace::SourceKind::csv || packet >= trace_.size()) return true;
  if (replay_ == nullptr || replay_->next() > packet) replay_ = std::make_unique<PacketReplay>(trace_, source_);
  for (; most > 0; --most) {
    const bool is_last = replay_->next() == packet;
    if (!replay_->step(is_last ? &tree_ : nullptr)) return true;
    if (!is_last) continue;
    shown_ = packet;
    return true;
  }
  return false;
}

}  // namespace tracedrop::engine
