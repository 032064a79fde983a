// The options that there are, with their help; and what stands in them before they are checked against each other.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace tracedrop::native_capture {

struct RawOptions {
  std::string read, display_filter, summary, csv, details, fields, output, filter, duration, size, until_idle, ring,
      buffer, packets, snap_len;
  std::vector<std::string> hosts, interfaces;
  bool list = false, watch = false, json = false, all = false;
  bool nanoseconds = false, pcapng = false, force = false, quiet = false;
  bool promiscuous = false, monitor = false, immediate = false;
};

/// Declares every option of the program, each to be stored into `raw`. A description's first line is all that -h shows;
/// the lines after it are for --help.
void declare_options(CLI::App& app, RawOptions& raw);

}  // namespace tracedrop::native_capture
