// A trace's packets as csv, formatted by as many threads as the machine has.
#pragma once

#include <string>

#include "engine/engine.h"
#include "input.h"

namespace tracedrop::native_capture {

/// Writes the rows of a finished engine, the header first, to `path` ("-": standard output), over an existing
/// file only with `replace`. False when platform::stop_request() has ended that: then there is no file. Throws Failure
/// when it cannot be done.
bool write_rows(const engine::Engine& engine, Input& input, const std::string& path, bool replace);

}  // namespace tracedrop::native_capture
