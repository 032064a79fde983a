#include "fuzz_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return tracedrop::fuzz::check_reader(tracedrop::capture::FileKind::pcap, data, size);
}
