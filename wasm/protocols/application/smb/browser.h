// Mailslots, and the browser protocol in them.
#pragma once

#include <string_view>

#include "dissect/context.h"

namespace tracedrop::dissect::smb {

/// A transaction to a mailslot: its setup words and its name stand in `bytes`, from where on the layer is shown.
void dissect_mailslot(Context& context, Bytes bytes, size_t name_at, size_t name_size, std::string_view name,
                      Bytes data);

}  // namespace tracedrop::dissect::smb
