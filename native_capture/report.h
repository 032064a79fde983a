// What is said at the end: what was captured, and the lab's answers, each with its basis.
#pragma once

#include <string>
#include <vector>

#include "analysis/answers.h"
#include "capture_output.h"
#include "device.h"
#include "trace/trace.h"

namespace tracedrop::native_capture {

struct CaptureReport {
  const std::string& reason;  ///< why the capture ended
  const std::vector<Device>& devices;
  const std::vector<CaptureCounters>& counters;  ///< one a device
  const CaptureOutput& output;
  uint64_t left_out;  ///< packets of the idle tail that are not in the file
};

/// Packets, place and drop counters, without a line end.
std::string capture_text(const CaptureReport& report);

/// The lab's answers, a line each.
std::string summary_text(const trace::Trace& trace, const analysis::Answers& answers);

}  // namespace tracedrop::native_capture
