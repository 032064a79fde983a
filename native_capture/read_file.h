// The read command: a file through the engine into columns and answers. A finished capture is read back the same way.
#pragma once

#include <cstdio>
#include <string>

#include "failure.h"
#include "options.h"
#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::native_capture {

/// Reads options.file and writes what was asked for; the summary goes to `summary_to` (stdout or stderr). Warnings go
/// to standard error. Ends early when platform::stop_request() says so, and tells what was left out. Throws Failure
/// when nothing could be read or written.
ExitStatus read_file(const ReadOptions& options, std::FILE* summary_to);

/// Prints the answers about `packets`: JSON to standard output, text to `text_to`. Throws Failure when they cannot be
/// written.
void print_answers(const trace::Trace& trace, const trace::Selection& packets, SummaryKind summary, std::FILE* text_to);

}  // namespace tracedrop::native_capture
