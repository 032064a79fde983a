// Action frames of IEEE 802.11.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect::wlan {

/// The body of an action frame: category, action, what it needs, elements.
void dissect_action(Layer& in);
/// The branch of all elements from here on.
void dissect_tagged(Layer& in, uint16_t kind);

}  // namespace tracedrop::dissect::wlan
