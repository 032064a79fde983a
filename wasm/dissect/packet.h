// A captured packet as dissection needs it.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "dissect/frame.h"
#include "dissect/row.h"

namespace tracedrop::dissect {

/// When the packets of the finished trace were captured, later ones included.
class Times {
 public:
  virtual int64_t ts_ns(PacketIndex packet) const = 0;

 protected:
  ~Times() = default;
};

struct Packet {
  Bytes bytes;
  uint16_t link_type = 0;  ///< LINKTYPE_ value
  uint8_t fcs_bytes = 0;   ///< frame check sequence at its end
  /// For the tree; null when nobody asks for it.
  const Frame* frame = nullptr;
  const Times* times = nullptr;
};

}  // namespace tracedrop::dissect
