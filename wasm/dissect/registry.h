// The registry: one line a protocol. Each line declares `NAME_protocol`, which the protocol's own file defines, and puts it
// into the tables by which layers find each other (registry.cpp).
#pragma once

#include "dissect/protocol.h"

#define TRACEDROP_PROTOCOLS(X) \
  X(ethernet)                  \
  X(ipv4)                      \
  X(udp)                       \
  X(tcp)                       \
  X(tls)

namespace tracedrop::dissect {

#define TRACEDROP_DECLARE(name) extern const Protocol name##_protocol;
TRACEDROP_PROTOCOLS(TRACEDROP_DECLARE)
#undef TRACEDROP_DECLARE

}  // namespace tracedrop::dissect
