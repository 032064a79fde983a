// What a name in the Protocol column tells of the transport below it.
#pragma once

#include <cstdint>
#include <string_view>

#include "dissect/conversation.h"

namespace tracedrop::trace {

/// The transport over which captures usually carry the protocol of this name; none when that is not certain.
dissect::Transport transport_of_protocol(std::string_view name);

}  // namespace tracedrop::trace
