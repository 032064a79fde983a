// What the texts of a row's Protocol and Info columns tell of the packet below them.
#pragma once

#include <cstdint>
#include <string_view>

#include "dissect/conversation.h"

namespace tracedrop::trace {

/// The transport over which captures usually carry the protocol of this name; none when that is not certain.
dissect::Transport transport_of_protocol(std::string_view name);

/// Whether a packet of the protocol `name` only finds neighbors: all of ARP, and some messages of ICMPv6, whose names
/// Info begins with.
bool finds_neighbors(std::string_view name, std::string_view info);

}  // namespace tracedrop::trace
