// A finished capture's packets once more, in file order, each with its tree: for details, exports of fields and
// filters.
//
//   PacketReplay replay(engine.trace(), source);
//   while (replay.next() < end) {
//     if (!replay.step(wanted ? &tree : nullptr)) break;   // the file does not hold the packet any more
//   }
//
// It goes packet by packet, so that whoever calls can do so in slices, tell how far it is, and stop.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "dissect/dissector.h"
#include "engine/connection_facts.h"
#include "engine/row_reader.h"
#include "trace/trace.h"

namespace tracedrop::engine {

class PacketReplay final : private dissect::FinishedTrace {
 public:
  /// Both are borrowed. The trace is complete, and of a capture: a csv has rows and no packets.
  PacketReplay(const trace::Trace& trace, ByteSource& source);

  /// The packet that step() takes next.
  trace::PacketIndex next() const { return next_; }
  /// Dissects it; with `tree`, reports its lines. False when there is none, or its bytes are not to be had any more.
  bool step(dissect::Tree* tree, std::string* info = nullptr, std::string* protocol = nullptr);

 private:
  int64_t ts_ns(trace::PacketIndex i) const override { return trace_.columns.ts_ns(i); }
  uint32_t pieces_of(uint32_t flow) const override { return connections().pieces_of(flow); }
  int64_t initial_rtt_ns_of(uint32_t conversation) const override {
    return connections().initial_rtt_ns_of(conversation);
  }
  const ConnectionFacts& connections() const;
  bool read(trace::PacketIndex i, Bytes& out);
  dissect::Frame frame_of(trace::PacketIndex i) const;

  const trace::Trace& trace_;
  ByteSource& source_;
  dissect::Replay replay_;
  trace::PacketIndex next_ = 0;
  uint64_t window_at_ = 0;
  Bytes window_;
  mutable std::unique_ptr<ConnectionFacts> connections_;  ///< made when it is first asked for
};

}  // namespace tracedrop::engine
