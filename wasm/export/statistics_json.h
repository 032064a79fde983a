// Statistics as members of a JSON object.
#pragma once

#include "analysis/statistics.h"
#include "export/json.h"

namespace tracedrop::exporting {

/// "count", "mean", "std", "min", "q25", "median", "q75", "p90", "max", "sum" into the object that is open.
inline void write_statistics(Json& json, const analysis::Statistics& s) {
  json.count("count", s.count);
  json.number("mean", s.mean);
  json.number("std", s.std);
  json.number("min", s.min);
  json.number("q25", s.q25);
  json.number("median", s.median);
  json.number("q75", s.q75);
  json.number("p90", s.p90);
  json.number("max", s.max);
  json.number("sum", s.sum);
}

}  // namespace tracedrop::exporting
