// The command line, checked: what main() hands to the part that does the work.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tracedrop::native_capture {

enum class SummaryKind : uint8_t { none, text, json };

/// --read FILE …
struct ReadOptions {
  std::string file;  ///< "-" is standard input
  std::string csv;   ///< empty: none; "-": standard output
  SummaryKind summary = SummaryKind::none;
  bool force = false;  ///< over a csv that exists
  /// The packets were captured just now: their answers come first, before anything can be wrong with the csv.
  bool answers_first = false;
  std::string fields{};          ///< written in place of the columns, joined by commas; empty: the columns
  std::string display_filter{};  ///< which packets; empty: all
  std::string details{};         ///< packets whose trees are printed (packet_list.h); empty: none
};

/// libpcap's and Wireshark's largest; a longer packet would look like a damaged file.
inline constexpr uint32_t kMostSnapLen = 262144;

/// How an interface is opened.
struct DeviceOptions {
  bool promiscuous = false;
  bool monitor = false;
  bool immediate = false;
  bool nanoseconds = false;
  uint32_t snap_len = kMostSnapLen;
  uint32_t buffer_bytes = 0;  ///< kernel's buffer for one interface; 0: kDefaultBufferBytes
};

/// --ring files=N,size=BYTES
struct RingOptions {
  uint32_t files = 0;
  uint64_t file_bytes = 0;
};

struct StopOptions {
  uint64_t packets = 0;  ///< 0: any number
  std::chrono::nanoseconds duration{0};
  uint64_t bytes = 0;
  std::chrono::nanoseconds until_idle{0};
  std::vector<std::string> command;
};

struct CaptureOptions {
  std::vector<std::string> hosts;
  std::string filter;
  std::vector<std::string> interfaces;
  DeviceOptions device;
  StopOptions stop;
  std::string output;  ///< "-": standard output
  bool pcapng = false;
  bool force = false;
  std::optional<RingOptions> ring;
  std::string csv;
  SummaryKind summary = SummaryKind::text;
  bool quiet = false;
};

/// --list-interfaces
struct ListOptions {
  bool json = false;
  bool all = false;  ///< also those that are down
};

enum class Task : uint8_t { capture, read, list_interfaces, watch, usage, nothing };

struct Options {
  Task task = Task::nothing;
  ReadOptions read;
  CaptureOptions capture;
  ListOptions list;
};

/// Reads the command line. Prints -h, --help and --version itself (task nothing); without any argument the task is
/// to tell the usage. Throws Failure.
Options parse_options(int argc, const char* const* argv);

}  // namespace tracedrop::native_capture
