// What UDP does for protocols that find a datagram in their conversation that is not their own.
#pragma once

#include "base/bytes.h"

namespace tracedrop::dissect {

class Context;

/// Hands a datagram's payload to whoever recognises it; else it is data.
void call_whoever_recognises(Context& context, Bytes payload);

}  // namespace tracedrop::dissect
