// A csv that is being made: it gets its name, or replaces an older one, only when it is whole.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "output_file.h"

namespace tracedrop::native_capture {

struct RowsWritten {
  bool stopped = false;  ///< platform::stop_request() has ended it: then there is no file
  uint32_t rows = 0;
  std::string why_not_all{};  ///< a sentence's part; empty when every row was written
  std::string place{};        ///< where they are
};

/// False when the file takes nothing more.
bool hand_over(std::string_view lines, OutputFile& file);

/// Has `write` fill the file at `path` ("-": standard output), over an existing file only with `replace`, and only when
/// `whole` (the trace is all of its file) and every row could be had. Throws Failure when it cannot be done.
RowsWritten write_table(const std::string& path, bool replace, bool whole,
                        const std::function<RowsWritten(OutputFile&)>& write);

}  // namespace tracedrop::native_capture
