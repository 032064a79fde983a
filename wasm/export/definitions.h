// What each figure means, and the pandas line that computes the same from the csv: the page shows both beside the
// figure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tracedrop::exporting {

struct Definition {
  std::string_view name;   ///< as in analysis::figures() and analysis::evidence()
  std::string_view title;  ///< "Median packet size"
  std::string_view unit;   ///< "B", "s", "ms", or empty for a count
  std::string_view text;   ///< the definition, in sentences
  /// Lines that end in the expression; empty when the csv does not hold what it takes.
  std::string_view pandas;
};

/// Comes before each of the pandas lines: reads the csv that TraceDrop saves, whose times are seconds since the first
/// packet.
extern const std::string_view kPandasPreamble;

std::span<const Definition> definitions();

/// {"preamble": "import pandas as pd…", "figures": {NAME: {"title", "unit", "definition", "pandas"}, …}}
std::string definitions_json();

}  // namespace tracedrop::exporting
