// Packets and bytes per time bin as JSON: {"from_s":0,"to_s":12.5,"packets":[…],"bytes":[…]}, times since the first
// packet;
// {} when nothing is selected.
#pragma once

#include <cstdint>
#include <string>

#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::exporting {

/// Of the selected packets, from the first of them to the last, in `bins` bins.
std::string timeline_json(const trace::Trace& trace, const trace::Selection& selection, uint32_t bins);

}  // namespace tracedrop::exporting
