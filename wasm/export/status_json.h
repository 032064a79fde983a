// How the reading of a file stands, as one JSON object:
//
//   { "state": "reading" | "ready" | "failed", "kind": "pcap" | "pcapng" | "csv" | "none", "compressed", "failure",
//     "packets", "bytesRead", "timeBase": "absolute" | "relative" | "of_day", "extraColumns": [name],
//     "interfaces": [{"link", "name", "snapLen"}],
//     "warnings": [{"severity": "note" | "warning" | "error", "code", "text", "offset": number or null, "count"}],
//     "memory" }
#pragma once

#include <string>
#include <string_view>

#include "trace/trace.h"

namespace tracedrop::exporting {

struct Reading {
  std::string_view state;
  std::string_view failure;
  bool compressed = false;
  /// Bytes of memory that the engine has.
  size_t memory = 0;
};

std::string status_json(const trace::Trace& trace, const Reading& reading);

}  // namespace tracedrop::exporting
