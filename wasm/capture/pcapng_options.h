// Options, which may end every pcapng block (draft-ietf-opsawg-pcapng, section 3.5):
//
//   code 2 · length 2 · value, padded to a multiple of 4      … until code 0 or the end of the block
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "capture/byte_order.h"

namespace tracedrop::capture {

/// Calls visit(code, value) for each option. False when an option does not end within the block; those before were
/// visited.
template <typename Visit>
bool for_each_option(ByteOrder order, Bytes options, Visit&& visit) {
  while (options.size() >= 4) {
    const uint16_t code = order.u16(options, 0);
    const uint16_t length = order.u16(options, 2);
    if (code == 0) return true;
    if (!options.has(4, length)) return false;
    visit(code, options.sub(4, length));
    options = options.from(4 + ((size_t{length} + 3) & ~size_t{3}));
  }
  return options.empty();
}

}  // namespace tracedrop::capture
