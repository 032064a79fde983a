#include "message.h"

#include <algorithm>
#include <cstdio>

#include "base/text.h"

namespace tracedrop::native_capture {

std::string shown(std::string_view name) {
  std::string text;
  append_printable(text, name);
  return text;
}

void say(std::string_view text) {
  std::string lines;
  while (true) {
    const size_t end = std::min(text.find('\n'), text.size());
    append_printable(lines, text.substr(0, end));
    lines += '\n';
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  std::fputs(lines.c_str(), stderr);
}

}  // namespace tracedrop::native_capture
