// The attributes of a STUN message: type (2), length (2), value, padding to four bytes.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect::stun {

/// Reads all attributes of the message `in`, which begins at the layer's first byte and of which the head was read.
void read_attributes(Layer& in);

/// What a relay carries for others is dissected when somebody recognises it, else it is data.
void dissect_relayed(Context& context, Bytes bytes);

}  // namespace tracedrop::dissect::stun
