// Where was the capture made? A round trip is only the network's when the far end answers: what the capturing host
// answers itself took it microseconds, and measures that host.
//
// In this order:
//  1. The capture says it: a Linux cooked packet type tells which packets the host sent
//  (Conversation::sent_by_capturer).
//  2. Timing tells it: nobody answers faster than the way to him takes. So the quickest answer of each endpoint
//  (SYN/ACK to
//     SYN, ACK to SYN/ACK, ACK to data) bounds how far away it is, and one that is kNearFactor times as quick, and by
//     kNearMarginNs, is the capturing host.
//  3. All connections together decide: one host captures them all. The capturing host is the endpoint that is near in
//  most of
//     its connections, opposite one that is not. So a connection with too few answers follows the others, and a single
//     slow answer is outvoted; where connections contradict each other, nothing is claimed.
//  4. Several servers of one client cannot all be the capturing host: something half way answers for them (a proxy, a
//  VPN on
//     the phone itself), and nothing is claimed.
// Otherwise it cannot be told: a loopback, a capture half way, or connections with too few answers.
#pragma once

#include <cstdint>
#include <vector>

#include "trace/trace.h"

namespace tracedrop::analysis {

class CapturePoint {
 public:
  static constexpr int64_t kNearFactor = 4;
  static constexpr int64_t kNearMarginNs = 100'000;

  explicit CapturePoint(const trace::Trace& trace);

  /// The direction (0 or 1) of a conversation that the capturing host sends, or Conversation::kUnknownDirection.
  uint8_t near_direction(uint32_t conversation) const { return near_[conversation]; }

 private:
  std::vector<uint8_t> near_;
};

}  // namespace tracedrop::analysis
