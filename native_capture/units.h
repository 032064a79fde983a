// Durations, sizes and counts as they are typed and as they are shown.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tracedrop::native_capture {

/// "5s", "500ms", "1.5", "2m", "1h": a number of seconds unless a unit says otherwise. Nothing for anything else, for 0
/// and for more than a year.
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);

/// "100MB", "64KiB", "2G", "4096": bytes; K, M, G, T count in thousands, Ki, Mi, Gi, Ti in 1024s. Nothing for anything
/// else, for 0 and for what does not fit.
std::optional<uint64_t> parse_size(std::string_view text);

/// 1234567 as "1,234,567".
std::string with_commas(uint64_t count);

/// "512 B", "3.2 MB": three digits, counting in thousands.
std::string size_text(uint64_t bytes);

/// "5 s", "250 ms", "1.5 s".
std::string duration_text(std::chrono::nanoseconds duration);

}  // namespace tracedrop::native_capture
