// What goes over a named pipe that SMB shares.
#pragma once

#include "dissect/context.h"

namespace tracedrop::dissect::smb {

/// The layer of what a transaction does with a pipe: function (2) · FID (2).
void show_pipe(Context& context, Bytes bytes, uint16_t function, bool is_response);

/// Dissects bytes of the pipe `key`; false when they are of no protocol that is known there.
bool dissect_pipe(Context& context, Bytes bytes, uint64_t key, bool is_from_server);

}  // namespace tracedrop::dissect::smb
