// The read command: a file through the engine into columns and answers. A finished capture is read back the same way.
#pragma once

#include <string>

#include "failure.h"
#include "options.h"

namespace tracedrop::native_capture {

/// Reads options.file and writes what was asked for; the summary goes to `summary_to` (stdout or stderr). Warnings go
/// to standard error. Throws Failure when nothing could be read or written.
ExitStatus read_file(const ReadOptions& options, std::FILE* summary_to);

}  // namespace tracedrop::native_capture
