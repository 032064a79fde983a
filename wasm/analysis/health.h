// What is wrong with the capture itself, told from its packets: each a sentence and the packets it concerns.
//
// code               severity  what
// link-type          warning   packets whose link type is not dissected
// snap-length        note      packets of which the capture kept only a part
// segmentation-offload warning frames larger than an Ethernet frame: sizes and gaps are not those of the wire
// time-backwards     warning   a packet's time lies before that of the packet before it
// doubled-packets    warning   packets that stand twice in the capture, and so look like retransmissions
// no-handshake       note      TCP connections whose beginning is not in the capture
// capture-dropped    warning   packets that the capturing system reports to have dropped
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/warning.h"
#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::analysis {

using trace::PacketIndex;
using trace::Selection;
using trace::Trace;

struct HealthNote {
  Severity severity = Severity::warning;
  /// Stable; also the name of its evidence.
  std::string_view code;
  std::string text;
  /// Packets concerned (no-handshake: connections; capture-dropped: packets that are not there).
  uint64_t count = 0;
  /// The first packet concerned, kNoPacket when there is none to show.
  PacketIndex first = dissect::kNoPacket;
};

/// The largest Ethernet frame without tags and check sequence: 14 bytes of header and 1500 of payload.
inline constexpr uint32_t kEthernetFrame = 1514;

std::vector<HealthNote> health(const Trace& trace, const Selection& selection);

/// The packets that a note of this code concerns.
Selection health_packets(const Trace& trace, const Selection& selection, std::string_view code);

}  // namespace tracedrop::analysis
