#include "engine/packet_replay.h"

#include <algorithm>

#include "trace/capture_builder.h"

namespace tracedrop::engine {

namespace {

using trace::PacketIndex;

/// So much of the file is read at a time.
constexpr size_t kWindowBytes = 1 << 20;

int64_t difference_ns(int64_t later, int64_t earlier) {
  return static_cast<int64_t>(static_cast<uint64_t>(later) - static_cast<uint64_t>(earlier));
}

}  // namespace

PacketReplay::PacketReplay(const trace::Trace& trace, ByteSource& source)
    : trace_(trace), source_(source), replay_(trace.findings) {}

const ConnectionFacts& PacketReplay::connections() const {
  if (connections_ == nullptr) connections_ = std::make_unique<ConnectionFacts>(trace_.columns);
  return *connections_;
}

bool PacketReplay::read(PacketIndex i, Bytes& out) {
  const uint64_t at = trace_.columns.offset(i);
  const size_t length = trace_.columns.block_of(i).cap_len[i % trace::kBlockRows];
  const bool is_inside = at >= window_at_ && at - window_at_ <= window_.size() &&
                         window_.has(static_cast<size_t>(at - window_at_), length);
  if (!is_inside) {
    window_ = source_.read(at, std::max(length, kWindowBytes));
    window_at_ = at;
  }
  out = window_.sub(static_cast<size_t>(at - window_at_), length);
  return out.size() == length;
}

dissect::Frame PacketReplay::frame_of(PacketIndex i) const {
  const trace::Columns& columns = trace_.columns;
  dissect::Frame frame;
  frame.number = i + 1;
  frame.ts_ns = columns.ts_ns(i);
  frame.has_time = (columns.flags(i) & dissect::kHasNoTime) == 0;
  if (i > 0) frame.since_previous_ns = difference_ns(frame.ts_ns, columns.ts_ns(i - 1));
  frame.since_first_ns = difference_ns(frame.ts_ns, columns.ts_ns(0));
  frame.wire_len = columns.wire_len(i);
  frame.cap_len = columns.block_of(i).cap_len[i % trace::kBlockRows];
  const capture::Interface* interface = trace_.interface_of(i);
  if (interface == nullptr || interface->section == 0) return frame;
  frame.section = interface->section;
  frame.interface = static_cast<uint32_t>(interface - trace_.interfaces.data());
  frame.interface_name = interface->name;
  frame.interface_description = interface->description;
  return frame;
}

bool PacketReplay::step(dissect::Tree* tree, std::string* info, std::string* protocol) {
  if (next_ >= trace_.size()) return false;
  Bytes bytes;
  if (!read(next_, bytes)) return false;
  dissect::Packet packet = trace::packet_of(trace_, next_, bytes);
  const dissect::Frame frame = frame_of(next_);
  packet.frame = &frame;
  packet.trace = this;
  replay_.dissect(packet, next_, trace_.columns.row(next_), {tree, info, protocol});
  ++next_;
  return true;
}

}  // namespace tracedrop::engine
