#include "capture/parser.h"

#include "capture/pcap_dialect.h"
#include "capture/pcapng.h"

namespace tracedrop::capture {

bool begins_capture(Bytes bytes) {
  return bytes.size() >= kToTellCapture && (is_pcap_header(bytes) || is_pcapng_start(bytes));
}

}  // namespace tracedrop::capture
