// "Data": a payload that nobody knows.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect {

/// A layer of its own, for a protocol whose payload nobody claims. Nothing for no bytes.
void dissect_data(Context& context, Bytes bytes);

/// The same below the last line of a layer that is open, as HTTP shows a body of unknown type.
void report_data(Tree& tree, Bytes bytes);

}  // namespace tracedrop::dissect
