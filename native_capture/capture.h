// The capture command from its options to its last word.
#pragma once

#include "failure.h"
#include "options.h"

namespace tracedrop::native_capture {

/// Captures as asked, writes the files and says what was captured. Throws Failure when it cannot begin.
ExitStatus capture(const CaptureOptions& options);

}  // namespace tracedrop::native_capture
