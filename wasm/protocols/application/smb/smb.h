// What the versions of SMB share: how they begin, and what they carry.
#pragma once

#include "dissect/context.h"

namespace tracedrop::dissect::smb {

/// Whether a message of some version of SMB begins here.
inline bool is_smb(Bytes bytes) {
  return bytes.size() >= 4 && bytes.text().substr(1, 3) == "SMB" && bytes.u8(0) >= 0xFC;
}

}  // namespace tracedrop::dissect::smb
