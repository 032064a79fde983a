// What becomes of each captured packet: written, held back as part of a possible idle tail, or beyond a limit.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>

#include "capture_output.h"
#include "idle_tail.h"
#include "options.h"

namespace tracedrop::native_capture {

class Recorder {
 public:
  /// With `idle_tail`, packets after the last new data stay out of the file; else every packet is written.
  Recorder(CaptureOutput& output, const CaptureOptions& options, IdleTail* idle_tail);

  /// Takes a packet; ignores it once a limit is reached or the output has failed.
  void packet(const Packet& packet) {
    if (done_ || later_than_end(packet)) return;
    if (idle_tail_ != nullptr)
      idle_tail_->packet(packet, *this);
    else
      write(packet);
  }
  /// Writes a packet to the output, unless a limit is reached.
  void write(const Packet& packet) {
    if (done_) return;
    output_.packet(packet);
    done_ = --packets_left_ == 0 || output_.file_bytes() >= max_bytes_ || output_.failed();
  }
  /// A limit is reached or the output has failed: no packet is taken any more.
  bool done() const { return done_; }
  bool reached_packets() const { return packets_left_ == 0; }
  /// Packets with later times than this are no longer wanted.
  void end_at(int64_t ts_ns) { end_ns_ = ts_ns; }

 private:
  bool later_than_end(const Packet& packet) const {
    return int64_t{packet.seconds} * 1000000000 + int64_t{packet.fraction} * fraction_ns_ > end_ns_;
  }

  CaptureOutput& output_;
  IdleTail* idle_tail_;
  uint64_t packets_left_;
  uint64_t max_bytes_;
  int64_t fraction_ns_;
  int64_t end_ns_ = std::numeric_limits<int64_t>::max();
  bool done_ = false;
};

}  // namespace tracedrop::native_capture
