// The detail tree of any packet of a finished capture. What a packet shows depends on those before it, so they are
// replayed up to it; a later packet goes on from there, an earlier one begins anew.
//
//   PacketDetails details(engine.trace(), source);
//   while (!details.advance(packet, 20'000)) …;        // in slices, so that whoever asks can do something else
//   if (details.tree() != nullptr) show(*details.tree());
#pragma once

#include <memory>

#include "dissect/tree.h"
#include "engine/packet_replay.h"

namespace tracedrop::engine {

class PacketDetails {
 public:
  /// Both are borrowed, as by PacketReplay.
  PacketDetails(const trace::Trace& trace, ByteSource& source) : trace_(trace), source_(source) {}

  /// Goes on towards a packet, over at most `most` of them. True when it is there, or nothing further is to be had.
  bool advance(trace::PacketIndex packet, uint32_t most);
  /// How many packets it has come past on its way.
  trace::PacketIndex reached() const { return replay_ == nullptr ? 0 : replay_->next(); }
  /// Of the packet that advance() has come to, until it is called again; null when its bytes are not to be had.
  const dissect::Tree* tree() const { return shown_ == kNone ? nullptr : &tree_; }

 private:
  static constexpr trace::PacketIndex kNone = UINT32_MAX;

  const trace::Trace& trace_;
  ByteSource& source_;
  std::unique_ptr<PacketReplay> replay_;
  dissect::Tree tree_;
  trace::PacketIndex shown_ = kNone;
};

}  // namespace tracedrop::engine
