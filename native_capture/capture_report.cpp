#include <fmt/format.h>

#include "figures.h"
#include "message.h"
#include "report.h"

namespace tracedrop::native_capture {
namespace {

std::string count_text(const std::optional<uint64_t>& count) {
  return count ? with_commas(*count) : "not reported by this system";
}

std::string dropped_text(const std::optional<uint64_t>& dropped, const std::optional<uint64_t>& received) {
  if (!dropped || *dropped == 0 || !received || *received == 0) return count_text(dropped);
  return fmt::format("{} ({:.2g} %)", with_commas(*dropped),
                     100 * static_cast<double>(*dropped) / static_cast<double>(*received));
}

}  // namespace

std::string capture_text(const CaptureReport& report) {
  const uint64_t packets = report.output.packets();
  std::string text = fmt::format("Stopped: {}. {} packet{}, {}", report.reason, with_commas(packets),
                                 packets == 1 ? "" : "s", size_text(report.output.bytes()));
  const size_t files = report.output.ring_files().size();
  if (report.output.ring_lost_files()) text += ", the last ones";
  if (files > 1)
    text += fmt::format(" in {} files up to {}", files, shown(report.output.path()));
  else if (report.output.path() != "-")
    text += fmt::format(" in {}", shown(report.output.path()));
  text += ".\n";
  if (report.left_out > 0)
    text += fmt::format("Left out: {} packet{} of the idle tail, which brought no new data.\n",
                        with_commas(report.left_out), report.left_out == 1 ? "" : "s");
  if (packets == 0)
    text += "Nothing came. Is it the right interface (see --watch), and was the page loaded meanwhile?\n";
  for (size_t i = 0; i < report.devices.size(); ++i) {
    const CaptureCounters& counters = report.counters[i];
    text += fmt::format("{}: received by the filter: {}; dropped by the kernel: {}; dropped by the interface: {}\n",
                        report.devices[i].name(), count_text(counters.received),
                        dropped_text(counters.dropped_by_kernel, counters.received),
                        count_text(counters.dropped_by_interface));
    if (counters.dropped_by_kernel.value_or(0) > 0)
      text +=
          "The kernel had no room for the dropped ones: try a larger --buffer, a smaller --snaplen or a narrower "
          "filter.\n";
  }
  text.pop_back();
  return text;
}

}  // namespace tracedrop::native_capture
