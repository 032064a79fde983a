// How the capture readers word what is wrong with a file.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/warning.h"

namespace tracedrop::capture {

/// "damaged", an error: what stands at `offset` cannot be, and nothing behind it can be trusted.
Warning damaged(uint64_t offset, std::string_view what);

/// "unsupported", an error: the file is sound as far as one can tell, but of a kind that is not read.
Warning unsupported(uint64_t offset, std::string_view what);

/// "truncated", a warning: the file ends in the middle of `what` (a packet, a block), which began at `offset`.
Warning truncated(uint64_t offset, std::string_view what, uint64_t bytes_there);

}  // namespace tracedrop::capture
