// The address that a text writes, when it writes one and not a name.
#pragma once

#include <string_view>

#include "base/address.h"

namespace tracedrop {

/// An IPv4 address (dotted, no leading zeros), IPv6 (RFC 4291, section 2.2) or MAC address (six pairs of hexadecimal
/// digits with colons); any other text is itself, borrowed; an empty one is no address.
Address parse_address(std::string_view text);

}  // namespace tracedrop
