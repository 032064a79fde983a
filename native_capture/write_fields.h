// Chosen fields of every packet as csv.
#pragma once

#include <string>

#include "engine/engine.h"
#include "input.h"
#include "table_file.h"

namespace tracedrop::native_capture {

/// Writes a header of the fields' names and a row a packet to `path` ("-": standard output), over an existing file only
/// with `replace`, and only when `whole` (the trace is all of its file). `fields`: names joined by commas. Throws
/// Failure.
RowsWritten write_fields(const engine::Engine& engine, const trace::Selection& packets, Input& input,
                         const std::string& fields, const std::string& path, bool replace, bool whole);

}  // namespace tracedrop::native_capture
