// What goes over a named pipe that SMB shares.
#pragma once

#include "dissect/context.h"

namespace tracedrop::dissect::smb {

/// Dissects bytes of the pipe `key`; false when they are of no protocol that is known there.
bool dissect_pipe(Context& context, Bytes bytes, uint64_t key, bool is_from_server);

}  // namespace tracedrop::dissect::smb
