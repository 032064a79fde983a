#include "protocols/transport/tcp/options.h"

#include <algorithm>

namespace tracedrop::dissect::tcp {

Options parse_options(Bytes options) {
  Options found;
  // Nearly every data segment carries exactly NOP, NOP, timestamps: nothing of that is analysed.
  if (options.size() == 12 && options.be32(0) == 0x0101080A) return found;
  for_each_option(options, [&](const Option& option) {
    if (option.cut_short) return;
    if (option.kind == kWindowScale && option.value.size() == 1) {
      found.window_shift = static_cast<int8_t>(std::min<int>(option.value.u8(0), 14));
    } else if (option.kind == kMultipath) {
      found.is_mptcp = true;
    } else if (option.kind == kSack) {
      for (size_t at = 0; option.value.has(at, 8) && found.sack_count < Options::kMaxBlocks; at += 8)
        found.sack[found.sack_count++] = {option.value.be32(at), option.value.be32(at + 4)};
    }
  });
  return found;
}

}  // namespace tracedrop::dissect::tcp
