// A captured packet as dissection needs it.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "dissect/frame.h"

namespace tracedrop::dissect {

struct Packet {
  Bytes bytes;
  uint16_t link_type = 0;  ///< LINKTYPE_ value
  uint8_t fcs_bytes = 0;   ///< frame check sequence at its end
  /// For the tree; null when nobody asks for it.
  const Frame* frame = nullptr;
};

}  // namespace tracedrop::dissect
