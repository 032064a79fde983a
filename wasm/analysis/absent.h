// Why nothing is there: a file without packets, a selection without any, packets of a kind that is not dissected.
#pragma once

#include <cstdint>
#include <string>

#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::analysis {

/// Why no packet is selected: "The capture holds no packets: …", "No packets are selected."
std::string no_packets_text(const trace::Trace& trace);

/// Is this packet's link type one that is not dissected? (A csv has none.)
bool is_undissected(const trace::Trace& trace, trace::PacketIndex i);
/// "USBPcap", "USBPcap and Linux USB", "link type 4711": the link types of the trace that are not dissected, each once.
std::string undissected_names(const trace::Trace& trace);
/// Why no connection is seen in a selection in which every packet has such a link type; empty of any other.
std::string undissected_text(const trace::Trace& trace, const trace::Selection& selection);

}  // namespace tracedrop::analysis
