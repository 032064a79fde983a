#include "protocols/application/smb/pipe.h"

namespace tracedrop::dissect::smb {

bool dissect_pipe(Context&, Bytes, uint64_t, bool) { return false; }

}  // namespace tracedrop::dissect::smb
