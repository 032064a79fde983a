// An engine that is fed while packets are captured: its bytes cannot be read again, and how much memory it takes is
// told, because a capture may run for weeks.
#pragma once

#include <cstdint>

#include "engine/engine.h"

namespace tracedrop::native_capture {

class LiveEngine {
 public:
  LiveEngine() : engine_(source_) {}

  void push(Bytes bytes) { engine_.push(bytes); }
  void finish() { engine_.finish(); }
  const trace::Trace& trace() const { return engine_.trace(); }

  /// About how many bytes of memory it takes.
  uint64_t memory() {
    const dissect::Findings& findings = trace().findings;
    for (; counted_ < findings.reassembled.size(); ++counted_)
      reassembled_bytes_ += findings.reassembled[counted_].payload.size();
    return trace().size() * kRowBytes + findings.conversations.size() * kConversationBytes + reassembled_bytes_;
  }

 private:
  // Measured over five million datagrams of one conversation, and over half a million handshakes.
  static constexpr uint64_t kRowBytes = 56, kConversationBytes = 300;

  class NoSource : public engine::ByteSource {
    Bytes read(uint64_t, size_t) override { return {}; }
  };

  NoSource source_;
  engine::Engine engine_;
  size_t counted_ = 0;
  uint64_t reassembled_bytes_ = 0;
};

}  // namespace tracedrop::native_capture
