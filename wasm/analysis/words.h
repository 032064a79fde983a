// Figures in sentences: counts with their noun, durations in a fitting unit, packet numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tracedrop::analysis {

/// "1 packet", "2,544 packets", "no packets"; `plural` when it is not noun + "s".
std::string counted(uint64_t count, std::string_view noun, std::string_view plural = {});
/// "4.181 ms", "45.48 s", "1 µs": four significant digits in ns, µs, ms or s.
std::string duration(int64_t ns);
/// "packet 2541", the number on screen of packet index i.
std::string packet_number(uint32_t index);
/// "a", "a and b", "a, b and c": appends one more part to a list that has `total` of them; `index` counts from 0.
void append_part(std::string& out, std::string_view part, size_t index, size_t total);

}  // namespace tracedrop::analysis
