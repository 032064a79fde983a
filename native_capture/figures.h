// Figures as texts, with the digits that the page gives them (web/src/format.js): who compares the two finds the same.
// tests/unit/figures.tsv holds both to it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace tracedrop::native_capture {

/// 1234567 as "1,234,567".
std::string with_commas(uint64_t count);

/// "1 packet", "2,544 packets", "0 packets".
std::string counted(uint64_t count, const std::string& noun);

/// With at most so many decimals: "1440", "1239.72".
std::string at_most_decimals(double value, int decimals);

/// "512 B", "3.15 MB": three significant digits, counting in thousands.
std::string size_text(uint64_t bytes);

/// "5 s", "250 ms", "36.18 ms": significant digits in ns, µs, ms or s; from an hour on "2 h 59 min 58 s", "3 days 4 h".
std::string duration_text(double seconds, int digits = 4);

inline std::string duration_text(std::chrono::nanoseconds duration) {
  return duration_text(std::chrono::duration<double>(duration).count());
}

/// A length of the trace, in seconds from one second up to an hour: "92.002 s", "180.40 s", "1,080.3 s".
std::string span_text(double seconds);

}  // namespace tracedrop::native_capture
