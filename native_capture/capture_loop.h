// Takes packets from the kernel until something ends the capture.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "capture_output.h"
#include "device.h"
#include "idle_tail.h"
#include "options.h"
#include "platform.h"
#include "progress.h"
#include "recorder.h"
#include "time_merger.h"

struct pcap_pkthdr;

namespace tracedrop::native_capture {

class CaptureLoop {
 public:
  using Clock = std::chrono::steady_clock;

  /// All are borrowed. `idle_tail` and `command` may be null.
  CaptureLoop(std::vector<Device>& devices, const CaptureOptions& options, CaptureOutput& output, Recorder& recorder,
              IdleTail* idle_tail, platform::Command* command);

  /// Captures; returns why it ended ("Ctrl-C", "100 packets", …). Every packet that came until then has been recorded.
  std::string run();
  /// What went wrong with interfaces meanwhile, a sentence each.
  const std::vector<std::string>& problems() const { return problems_; }
  /// Each interface's counts.
  std::vector<CaptureCounters> counters() const;

 private:
  struct Source {
    CaptureLoop* loop = nullptr;
    uint32_t interface = 0;
    bool alive = true;
    CaptureCounters last_counters;
  };
  static void on_packet(unsigned char* source, const pcap_pkthdr* header, const unsigned char* data);

  bool take_packets();
  void release_merged(int64_t before_ns);
  void lose(Source& source);
  std::optional<std::string> reason_to_stop(Clock::time_point now);
  std::optional<std::string> command_quiet(Clock::time_point now);
  std::chrono::milliseconds patience(Clock::time_point now) const;
  void keep_up(Clock::time_point now);
  void drain();
  uint64_t dropped() const;

  std::vector<Device>& devices_;
  const CaptureOptions& options_;
  CaptureOutput& output_;
  Recorder& recorder_;
  IdleTail* idle_tail_;
  platform::Command* command_;
  std::vector<Source> sources_;
  std::vector<pcap_t*> handles_;  ///< of the living ones
  std::vector<std::string> problems_;
  std::optional<TimeMerger> merger_;  ///< with several interfaces
  Progress progress_;
  Clock::time_point start_, last_flush_;
  std::optional<Clock::time_point> command_ended_;
};

}  // namespace tracedrop::native_capture
