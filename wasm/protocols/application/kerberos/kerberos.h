// Kerberos within other protocols: what GSS-API and SPNEGO carry.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect::kerberos {

/// A message without a record mark, below the line of `outer` that is open; Info and the chain of layers do not know of
/// it.
void dissect_within(Layer& outer, Bytes bytes);

}  // namespace tracedrop::dissect::kerberos
