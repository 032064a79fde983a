#include "filter/problem.h"

#include <algorithm>

namespace tracedrop::filter {

namespace {

/// Characters, not bytes: what continues a character of UTF-8 takes no room.
size_t width_of(const std::string& text, size_t begin, size_t end) {
  return static_cast<size_t>(std::count_if(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                           text.begin() + static_cast<std::ptrdiff_t>(end),
                                           [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string marked(const std::string& filter, Place place) {
  const size_t begin = std::min<size_t>(place.begin, filter.size());
  const size_t end = std::clamp<size_t>(place.end, begin, filter.size());
  std::string shown = filter;
  for (char& c : shown)
    if (static_cast<uint8_t>(c) < 0x20 || c == 0x7F) c = ' ';
  const size_t width = width_of(filter, begin, end);
  return "    " + shown + "\n    " + std::string(width_of(filter, 0, begin), ' ') + '^' +
         std::string(width > 1 ? width - 1 : 0, '~');
}

}  // namespace tracedrop::filter
