// What -h, --help and a call without arguments print: at most 80 columns wide.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace tracedrop::native_capture {

/// Three lines: how to capture, to read, to list the interfaces.
std::string usage_text();

/// The usage and every option in a line; with `details`, all that is to be said of each, and examples.
std::string help_text(const CLI::App& app, bool details);

}  // namespace tracedrop::native_capture
