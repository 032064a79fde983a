#include "progress.h"

#include <fmt/format.h>

#include <cstdio>

#include "figures.h"
#include "platform.h"

namespace tracedrop::native_capture {

Progress::Progress(bool shown)
    : shown_(shown && platform::stderr_is_terminal()), start_(Clock::now()), next_(start_), last_(start_) {}

void Progress::show(Clock::time_point now, uint64_t packets, uint64_t bytes, uint64_t dropped) {
  const double seconds = std::chrono::duration<double>(now - last_).count();
  const double rate = seconds > 0 ? static_cast<double>(packets - last_packets_) / seconds : 0;
  std::string line =
      fmt::format("{} packets, {}, {} packets/s, {} dropped, {} s", with_commas(packets), size_text(bytes),
                  with_commas(static_cast<uint64_t>(rate + 0.5)), dropped == UINT64_MAX ? "? " : with_commas(dropped),
                  std::chrono::duration_cast<std::chrono::seconds>(now - start_).count());
  // A line that wraps could not be written over.
  const auto columns = static_cast<size_t>(platform::terminal_columns());
  if (line.size() >= columns) line.resize(columns - 1);
  std::fputs(fmt::format("\r{}\033[K", line).c_str(), stderr);
  on_screen_ = true;
  last_ = now;
  last_packets_ = packets;
  next_ = now + std::chrono::seconds(1);
}

void Progress::clear() {
  if (on_screen_) std::fputs("\r\033[K", stderr);
  on_screen_ = false;
}

}  // namespace tracedrop::native_capture
