// What a capture file format's parser is to capture_reader.h, which owns the bytes and may call several in turn.
#pragma once

#include <cstdint>

#include "capture/record.h"
#include "capture/window.h"

namespace tracedrop::capture {

/// Why a parser stopped.
enum class Outcome : uint8_t {
  hungry,        ///< what is at hand is used, or not enough to go on
  another_file,  ///< another capture file begins at the window's next byte
  failed,        ///< damage: nothing behind it can be read
};

/// Bytes by which a capture file is told for sure.
inline constexpr size_t kToTellCapture = 12;
/// Does another capture file begin here, in the place of a record or a block? False of fewer than kToTellCapture bytes.
bool begins_capture(Bytes bytes);

/// Where the next capture file begins in these bytes, behind their first; 0 when none does.
size_t find_capture(Bytes bytes);

class Parser {
 public:
  virtual ~Parser() = default;
  /// Uses as many of the window's bytes as it can. `at_end`: no more will come; what was cut off is reported.
  virtual Outcome parse(Window& window, RecordSink& sink, bool at_end) = 0;
};

}  // namespace tracedrop::capture
