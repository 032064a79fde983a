// Which interface carries traffic? A live table of all of them, as Wireshark's first screen shows.
#pragma once

#include <chrono>

namespace tracedrop::native_capture {

/// Shows packets and bytes a second of each interface, once a second, until Ctrl-C or (if not 0) for `duration`; needs
/// no rights.
void watch_interfaces(std::chrono::nanoseconds duration);

}  // namespace tracedrop::native_capture
