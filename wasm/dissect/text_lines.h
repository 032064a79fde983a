// Lines of text protocols: they end with CR LF, and with either alone where somebody writes that.
#pragma once

#include <string_view>

namespace tracedrop::dissect {

struct TextLine {
  std::string_view text;  ///< without its end
  size_t whole = 0;       ///< its length with the end
  bool is_complete = false;
};

/// The first line of `text`, or all of it when no line ends.
inline TextLine first_text_line(std::string_view text) {
  const size_t end = text.find_first_of("\r\n");
  if (end == std::string_view::npos) return {text, text.size(), false};
  const bool is_pair = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
  return {text.substr(0, end), end + (is_pair ? 2 : 1), true};
}

}  // namespace tracedrop::dissect
