// What may have been meant by a word that is not known.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tracedrop::native_capture {

/// Levenshtein's distance, with a swap of neighbours as one step.
size_t edit_distance(std::string_view a, std::string_view b);

/// The option that was probably meant by `option` ("--sumary" by "--summary", "--list" by "--list-interfaces"), or
/// empty. `known` holds names with their dashes.
std::string nearest_option(std::string_view option, const std::vector<std::string>& known);

/// What is said of arguments that nothing can be made of, in the order in which they were given.
std::string unknown_arguments_text(const std::vector<std::string>& arguments, const std::vector<std::string>& known);

}  // namespace tracedrop::native_capture
