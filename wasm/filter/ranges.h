// "0:2", "3-5", ":4", "-4:", "12" and lists of them: parts of bytes, and numbers of layers.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "filter/problem.h"
#include "filter/syntax.h"

namespace tracedrop::filter {

/// `text` begins at byte `at` of the filter. Nothing, with `problem` told, when a part of it is none.
std::optional<std::vector<Range>> read_ranges(std::string_view text, uint32_t at, Problem& problem);

}  // namespace tracedrop::filter
