// What each figure means, and the pandas lines that compute the same from the open file's csv: the page shows both
// beside the figure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "export/pandas_file.h"
#include "trace/trace.h"

namespace tracedrop::exporting {

struct Definition {
  std::string_view name;   ///< as in analysis::figures() and analysis::evidence()
  std::string_view title;  ///< "Median packet size"
  std::string_view unit;   ///< "B", "s", "ms", or empty for a count
  std::string_view text;   ///< the definition, in sentences
};

std::span<const Definition> definitions();

/// {"preamble": "import pandas as pd…", "figures": {NAME: {"title", "unit", "definition", "pandas"}, …}}
///
/// The lines are made for what is open (pandas_figures.h): they speak of the whole file, and run as they are behind the
/// preamble. "pandas" is empty where the csv does not hold what a figure takes; "definition" then ends with why.
std::string definitions_json(const trace::Trace& trace, const OpenFile& open);

}  // namespace tracedrop::exporting
