// A piece of data inflated at once: gzip (RFC 1952), zlib (RFC 1950), or deflate alone (RFC 1951).
#pragma once

#include <string>

#include "base/bytes.h"

namespace tracedrop::inflate {

/// What `compressed` holds, or its first `most` bytes; what could be had when it is damaged or cut short, and nothing
/// when it is none of the three.
std::string inflate_whole(Bytes compressed, size_t most);

}  // namespace tracedrop::inflate
