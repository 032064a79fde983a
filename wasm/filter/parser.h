// From a filter's text to its tree.
#pragma once

#include <string_view>
#include <vector>

#include "filter/syntax.h"

namespace tracedrop::filter {

/// Null, with `problem` told, when it is none. What can be read in two ways adds to `warnings`.
NodeRef parse(std::string_view filter, Problem& problem, std::vector<Problem>& warnings);

}  // namespace tracedrop::filter
