// Durations and sizes as they are typed.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tracedrop::native_capture {

/// "5s", "500ms", "1.5", "2m", "1h": a number of seconds unless a unit says otherwise. Nothing for anything else, for 0
/// and for more than a year.
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);

/// "100MB", "64KiB", "2G", "4096": bytes; K, M, G, T count in thousands, Ki, Mi, Gi, Ti in 1024s. Nothing for anything
/// else, for 0 and for what does not fit.
std::optional<uint64_t> parse_size(std::string_view text);

}  // namespace tracedrop::native_capture
