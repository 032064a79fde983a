// Keeps the idle tail out of a capture: packets that come more than a second after everything before them and bring no
// new data (keep-alives, late FINs and RSTs) are held back until new data shows that the trace goes on.
//
// Whether a packet brings new data a thread finds out (judged_packets.h). When that cannot keep up, packets that nobody
// has judged count as new data: they are in the file, and the capture is not idle.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "capture_format.h"
#include "judged_packets.h"

namespace tracedrop::native_capture {

class Recorder;

class IdleTail {
 public:
  using Clock = std::chrono::steady_clock;

  /// For packets of these interfaces.
  explicit IdleTail(const std::vector<FileInterface>& interfaces);

  /// Takes the packet: it, and those before it, come to `recorder` later, unless they are held back.
  void packet(const Packet& packet, Recorder& recorder);
  /// Passes on what has been judged; to be called often.
  void release(Recorder& recorder);
  /// Passes everything on, but for the idle tail: the capture ends here.
  void finish(Recorder& recorder);
  /// When the last packet came that brought new data, or may have; nothing before the first one.
  std::optional<Clock::time_point> last_new_data() const;
  /// Packets held back now: the idle tail, when the capture ends here.
  uint64_t held() const { return held_.size(); }

 private:
  struct Held {
    Packet packet;
    std::vector<uint8_t> bytes;
  };

  JudgedPackets::Take into(Recorder& recorder);
  void judged(const Packet& packet, bool new_data, Clock::time_point came, Recorder& recorder);
  bool hold(const Packet& packet);

  JudgedPackets packets_;
  std::vector<Held> held_;
  uint64_t held_bytes_ = 0;
  std::optional<Clock::time_point> last_new_data_;
  std::optional<int64_t> previous_ns_;
  int64_t fraction_ns_;
};

}  // namespace tracedrop::native_capture
