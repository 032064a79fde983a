#include "export/timeline_json.h"

#include <optional>

#include "analysis/exact.h"
#include "analysis/timeline.h"
#include "export/json.h"

namespace tracedrop::exporting {

std::string timeline_json(const trace::Trace& trace, const trace::Selection& selection, uint32_t bins) {
  Json json;
  json.begin_object();
  const auto range = trace.unknown.span.empty() ? analysis::time_range(trace, selection) : std::nullopt;
  if (range) {
    const int64_t start_ns = trace.columns.ts_ns(0);
    const analysis::Timeline line = analysis::timeline(trace, selection, range->first_ns, range->last_ns, bins);
    json.number("from_s", analysis::seconds(analysis::difference_ns(range->first_ns, start_ns)));
    json.number("to_s", analysis::seconds(analysis::difference_ns(range->last_ns, start_ns)));
    json.begin_array("packets");
    for (const uint32_t count : line.packets) json.count(count);
    json.end_array();
    json.begin_array("bytes");
    for (const uint64_t bytes : line.bytes) json.count(bytes);
    json.end_array();
  }
  json.end_object();
  return json.take();
}

}  // namespace tracedrop::exporting
