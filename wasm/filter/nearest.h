// How many letters two names differ by.
#pragma once

#include <cstddef>
#include <string_view>

namespace tracedrop::filter {

/// Letters to insert, remove, replace or swap with their neighbor to come from one to the other; `most` + 1 when it is
/// more than that. Capitals count as small letters.
size_t distance(std::string_view a, std::string_view b, size_t most);

}  // namespace tracedrop::filter
