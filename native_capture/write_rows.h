// A trace's packets as csv, formatted by as many threads as the machine has.
#pragma once

#include <cstdint>
#include <string>

#include "engine/engine.h"
#include "input.h"
#include "table_file.h"
#include "trace/selection.h"

namespace tracedrop::native_capture {

/// Writes the rows of `packets` of a finished engine, the header first, to `path` ("-": standard output), over an
/// existing file only with `replace`, and only when `whole` (the trace is all of its file) and every row could be had.
/// A row is what its packet's bytes say, or it is not written. Throws Failure when it cannot be done.
RowsWritten write_rows(const engine::Engine& engine, const trace::Selection& packets, Input& input,
                       const std::string& path, bool replace, bool whole);

}  // namespace tracedrop::native_capture
