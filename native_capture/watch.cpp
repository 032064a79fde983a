#include "watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "failure.h"
#include "figures.h"
#include "message.h"
#include "platform.h"
#include "standard_output.h"

namespace tracedrop::native_capture {
namespace {

using Clock = std::chrono::steady_clock;
using platform::InterfaceCounters;

constexpr size_t kBarColumns = 30;

struct Rate {
  std::string name;
  double packets = 0, bytes = 0;  ///< a second
};

std::vector<Rate> rates(const std::vector<InterfaceCounters>& before, const std::vector<InterfaceCounters>& after,
                        double seconds) {
  std::vector<Rate> all;
  for (const InterfaceCounters& now : after) {
    const auto then = std::find_if(before.begin(), before.end(),
                                   [&](const InterfaceCounters& other) { return other.name == now.name; });
    Rate rate{shown(now.name)};
    // Counters start again when an interface is made anew.
    if (then != before.end() && now.packets >= then->packets && now.bytes >= then->bytes) {
      rate.packets = static_cast<double>(now.packets - then->packets) / seconds;
      rate.bytes = static_cast<double>(now.bytes - then->bytes) / seconds;
    }
    all.push_back(rate);
  }
  return all;
}

std::string bar(double share) {
  const auto filled = static_cast<size_t>(share * static_cast<double>(kBarColumns) + 0.5);
  // What is not nothing shows.
  const size_t columns = share > 0 ? std::clamp<size_t>(filled, 1, kBarColumns) : 0;
  std::string text;
  for (size_t i = 0; i < columns; ++i) text += "█";
  return text;
}

std::vector<std::string> table(const std::vector<Rate>& all) {
  size_t width = 9;
  double most = 0;
  for (const Rate& rate : all) {
    width = std::max(width, rate.name.size());
    most = std::max(most, rate.bytes);
  }
  std::vector<std::string> lines{fmt::format("{:{}}  {:>12}  {:>12}", "interface", width, "packets/s", "bytes/s")};
  for (const Rate& rate : all) {
    std::string& line = lines.emplace_back(fmt::format("{:{}}  {:>12}  {:>12}", rate.name, width,
                                                       with_commas(static_cast<uint64_t>(rate.packets + 0.5)),
                                                       size_text(static_cast<uint64_t>(rate.bytes + 0.5))));
    if (rate.bytes > 0) line += "  " + bar(rate.bytes / most);
  }
  return lines;
}

/// Over the lines before on a terminal; one table after the other elsewhere. False when nobody reads it any more.
bool show(const std::vector<std::string>& lines, size_t lines_before) {
  const bool terminal = platform::stdout_is_terminal();
  std::string text;
  if (terminal && lines_before > 0) text = fmt::format("\033[{}A", lines_before);
  for (const std::string& line : lines) text += line + (terminal ? "\033[K\n" : "\n");
  if (terminal) text += "\033[J";
  return print(text);
}

}  // namespace

void watch_interfaces(std::chrono::nanoseconds duration) {
  platform::drop_rights();
  platform::catch_stop_requests();
  const auto start = Clock::now();
  auto last = start;
  std::vector<InterfaceCounters> before = platform::read_counters();
  if (before.empty()) throw failed("this system does not tell what its interfaces count");
  for (size_t lines_before = 0; platform::stop_request() == nullptr;) {
    const auto left = last + std::chrono::seconds(1) - Clock::now();
    if (left > Clock::duration::zero()) {
      platform::wait_for_packets({}, std::chrono::ceil<std::chrono::milliseconds>(left));
      continue;
    }
    const auto now = Clock::now();
    const std::vector<InterfaceCounters> after = platform::read_counters();
    const auto lines = table(rates(before, after, std::chrono::duration<double>(now - last).count()));
    if (!show(lines, lines_before)) return;
    lines_before = lines.size();
    before = after;
    last = now;
    if (duration.count() != 0 && now - start >= duration) return;
  }
}

}  // namespace tracedrop::native_capture
