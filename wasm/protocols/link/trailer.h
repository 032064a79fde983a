// What follows a packet in the frame that carries it: padding up to the least length of an Ethernet frame, a trailer,
// and perhaps the frame check sequence.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect {

enum class CheckSequence : uint8_t { none, guessed };

struct Trailer {
  const Field& field;
  CheckSequence check = CheckSequence::none;
  /// Who Wireshark says finds the frame cut short.
  const Protocol& reader;
};

/// Reports what follows the first `used` bytes of `payload`, below the layer that carries it, and finds it cut short or
/// malformed. `in` has been read up to the payload.
void dissect_trailer(Layer& in, const Trailer& trailer, Bytes payload, size_t used);

}  // namespace tracedrop::dissect
