// A captured packet as dissection needs it.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "dissect/frame.h"
#include "dissect/row.h"

namespace tracedrop::dissect {

/// What the rows of the finished trace tell, those of later packets included.
class FinishedTrace {
 public:
  virtual int64_t ts_ns(PacketIndex packet) const = 0;
  /// Of what a flow's TCP sender sent, how many pieces without a gap there are.
  virtual uint32_t pieces_of(uint32_t flow) const = 0;
  /// From a conversation's SYN to the first ACK without one; 0 when it is not known.
  virtual int64_t initial_rtt_ns_of(uint32_t conversation) const = 0;

 protected:
  ~FinishedTrace() = default;
};

struct Packet {
  Bytes bytes;
  uint16_t link_type = 0;  ///< LINKTYPE_ value
  uint8_t fcs_bytes = 0;   ///< frame check sequence at its end
  /// For the tree; null when nobody asks for it.
  const Frame* frame = nullptr;
  const FinishedTrace* trace = nullptr;
};

}  // namespace tracedrop::dissect
