// Times as the detail tree shows them.
#pragma once

#include <cstdint>
#include <string>

namespace tracedrop::dissect {

/// "1 minute, 40.030000000 seconds", "10.000000 milliseconds".
void append_relative_time(std::string& out, int64_t ns);

/// "2023-11-14T22:15:00.040000000", without a zone.
void append_iso_time(std::string& out, int64_t ns);

/// "15 minutes, 17 seconds", of a number of seconds; "0 seconds".
void append_duration(std::string& out, uint64_t seconds);

/// "3 hours, 26 minutes, 16.289 seconds", of a number of milliseconds.
void append_duration_ms(std::string& out, uint64_t ms);

/// "Nov 14, 2023 22:15:00.040000000 UTC".
void append_absolute_time(std::string& out, int64_t ns);

}  // namespace tracedrop::dissect
