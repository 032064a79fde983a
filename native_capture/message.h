// What is said on standard error. A file's or an interface's name, and text of a file, may be in it: whatever could be
// a command to the terminal is shown as an escape.
#pragma once

#include <string>
#include <string_view>

namespace tracedrop::native_capture {

/// Lines, without the last one's end, to standard error.
void say(std::string_view text);
/// A name as it may be shown on one line.
std::string shown(std::string_view name);

}  // namespace tracedrop::native_capture
