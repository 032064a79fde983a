// Times as the detail tree shows them.
#pragma once

#include <cstdint>
#include <string>

namespace tracedrop::dissect {

/// "1 minute, 40.030000000 seconds", "10.000000 milliseconds".
void append_relative_time(std::string& out, int64_t ns);

/// "2023-11-14T22:15:00.040000000", without a zone.
void append_iso_time(std::string& out, int64_t ns);

/// "Nov 14, 2023 22:15:00.040000000 UTC".
void append_absolute_time(std::string& out, int64_t ns);

}  // namespace tracedrop::dissect
