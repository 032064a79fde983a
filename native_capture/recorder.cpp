#include "recorder.h"

namespace tracedrop::native_capture {

Recorder::Recorder(CaptureOutput& output, const CaptureOptions& options, IdleTail* idle_tail)
    : output_(output),
      idle_tail_(idle_tail),
      packets_left_(options.stop.packets != 0 ? options.stop.packets : std::numeric_limits<uint64_t>::max()),
      max_bytes_(options.stop.bytes != 0 ? options.stop.bytes : std::numeric_limits<uint64_t>::max()),
      fraction_ns_(options.device.nanoseconds ? 1 : 1000) {}

}  // namespace tracedrop::native_capture
