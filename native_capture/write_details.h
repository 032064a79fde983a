// Packets' detail trees as JSON on standard output.
#pragma once

#include <string>

#include "engine/engine.h"
#include "failure.h"
#include "input.h"
#include "trace/selection.h"

namespace tracedrop::native_capture {

/// Prints the trees of those of `packets` that `list` names (packet_list.h): of a single one its layers as an array, of
/// a list one object a line. Throws Failure when the list is none, or names a single packet that the file does not
/// hold.
ExitStatus write_details(const engine::Engine& engine, const trace::Selection& packets, Input& input,
                         const std::string& list);

}  // namespace tracedrop::native_capture
