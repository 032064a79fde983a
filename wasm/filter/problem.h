// What is wrong with a filter, or old about it, and where: told in words to whoever typed it.
#pragma once

#include <cstdint>
#include <string>

namespace tracedrop::filter {

/// Bytes [begin, end) of the filter's text.
struct Place {
  uint32_t begin = 0, end = 0;
};

struct Problem {
  Place place;
  std::string text;
};

/// The filter's text with the place marked below it:
///     tcp.prt == 80
///     ^~~~~~~
std::string marked(const std::string& filter, Place place);

}  // namespace tracedrop::filter
