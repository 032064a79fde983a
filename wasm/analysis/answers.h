// Everything the hands-on asks, for any selection of packets, and the packets that prove each figure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/distribution.h"
#include "analysis/health.h"
#include "analysis/idle_tail.h"
#include "analysis/loss.h"
#include "analysis/round_trip.h"
#include "analysis/statistics.h"
#include "analysis/timeline.h"

namespace tracedrop::analysis {

struct Answers {
  /// Why no packet is selected; empty when some are.
  std::string no_packets;
  uint32_t packets = 0;
  /// On the wire; absent where sizes are not known.
  std::optional<uint64_t> bytes;
  /// Conversations, and TCP connections among them, with a selected packet.
  uint32_t conversations = 0;
  uint32_t tcp_connections = 0;
  /// Absent without packets, and where Trace::unknown says why.
  std::optional<TimeRange> time;
  Activity activity;
  RoundTrip round_trip;
  Loss loss;
  /// Kept for percentiles, readouts and both curves.
  Distributions distributions;
  std::optional<Statistics> size;
  std::optional<Statistics> interarrival;
  std::vector<HealthNote> health;
  /// What the file itself leaves unknown.
  trace::Unknown unknown;
};

Answers answer(const Trace& trace, const Selection& selection);
/// The same for who asks about many selections of one trace: the capture point is that of the whole trace.
Answers answer(const Trace& trace, const Selection& selection, const CapturePoint& capture_point);

/// One figure under its contract name: a number, or why it cannot be known.
struct Figure {
  std::string_view name;
  std::optional<double> value;
  bool whole = false;      ///< a count
  std::string why_absent;  ///< a sentence; empty when there is a value
};

/// packets, total_time_s, active_time_s, rtt_ms, retransmissions, lost, size_* and iat_*.
std::vector<Figure> figures(const Answers& answers);

}  // namespace tracedrop::analysis
