// Round trips of data: a segment to the ACK that covers it, by direction.
#pragma once

#include "analysis/round_trip.h"

namespace tracedrop::analysis {

/// The round trips of data that cross the network, all directions together.
struct NetworkRtt {
  uint32_t samples = 0;
  double median_ms = 0;
};

/// Fills in `result.data`. `wants_network`: the median of the result is wanted, too.
NetworkRtt measure_data(const Trace& trace, const Selection& selection, const CapturePoint& capture_point,
                        bool wants_network, RoundTrip& result);

}  // namespace tracedrop::analysis
