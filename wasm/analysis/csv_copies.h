// Packets that stand twice in a csv. It does not tell the identification, so that much less is known than of a capture
// (dissect/copies.h): a row that Wireshark marked as a retransmission counts as a copy when it shows the same segment
// as a row of microseconds before, and no duplicate ACK came in between.
#pragma once

#include "trace/trace.h"

namespace tracedrop::analysis {

/// Two rows of one segment within this time were captured twice: no retransmission is that quick.
inline constexpr int64_t kDoubledNs = 20'000;

/// The row that retransmission `i` of a csv repeats; kNoPacket when none is known, as where times are too coarse.
trace::PacketIndex copied_row(const trace::Trace& trace, trace::PacketIndex i);

}  // namespace tracedrop::analysis
