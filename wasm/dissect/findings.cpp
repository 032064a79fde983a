#include "dissect/findings.h"

#include <algorithm>

namespace tracedrop::dissect {

void Findings::set_pieces(uint32_t flow, uint32_t count) {
  uint8_t& pieces = conversations[flow >> 1].pieces;
  const unsigned shift = (flow & 1) * 4;
  const auto few = static_cast<uint8_t>(std::min<uint32_t>(count, Conversation::kManyPieces));
  pieces = static_cast<uint8_t>((pieces & ~(15u << shift)) | static_cast<unsigned>(few) << shift);
  if (few == Conversation::kManyPieces) {
    many_pieces[flow] = count;
  } else if (!many_pieces.empty()) {
    many_pieces.erase(flow);
  }
}

}  // namespace tracedrop::dissect
