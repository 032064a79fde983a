// Texts in quotes and what a backslash stands for in them.
#pragma once

#include <string>
#include <string_view>

#include "filter/problem.h"

namespace tracedrop::filter {

/// Reads what is in quotes from `at`, which is behind the first one, and moves `at` behind the last one. False, with
/// `problem` told, when it has no end or a backslash stands for nothing.
bool read_quoted(std::string_view filter, size_t& at, char quote, bool is_raw, std::string& out, Problem& problem);

}  // namespace tracedrop::filter
