#include "capture/parser.h"

#include "capture/pcap_dialect.h"
#include "capture/pcapng.h"

namespace tracedrop::capture {

bool begins_capture(Bytes bytes) {
  return bytes.size() >= kToTellCapture && (is_pcap_header(bytes) || is_pcapng_start(bytes));
}

size_t find_capture(Bytes bytes) {
  for (size_t at = 1; at + kToTellCapture <= bytes.size(); ++at)
    if (begins_capture(bytes.from(at))) return at;
  return 0;
}

}  // namespace tracedrop::capture
