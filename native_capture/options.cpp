#include "options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstring>

#include "failure.h"
#include "units.h"

namespace tracedrop::native_capture {
namespace {

constexpr const char* kDescription =
    "Captures the packets of a host into a file that TraceDrop, Wireshark and tcpdump open, or reads such a file and\n"
    "answers the lab's questions.";

constexpr const char* kExamples =
    "A command after -- is run while capturing, which stops when it has ended and its traffic is quiet.\n"
    "\n"
    "Examples:\n"
    "  native_capture --host 128.135.24.72 -o trace.pcap --csv trace.csv\n"
    "  native_capture --host www.cs.uchicago.edu -o trace.pcap -- curl -s https://www.cs.uchicago.edu/\n"
    "  native_capture -i any -f 'udp port 53' --until-idle 5s -o dns.pcap\n"
    "  native_capture --read trace.pcap --summary\n"
    "  native_capture --list-interfaces\n"
    "\n"
    "Exit status: 0 done, 1 nothing (or not all) could be read or written, 2 unusable arguments or filter.";

/// The options as texts and numbers, before they are checked against each other.
struct Raw {
  std::string read, summary, csv, output, filter, duration, size, until_idle, ring, buffer, packets, snap_len;
  std::vector<std::string> hosts, interfaces;
  bool list = false, watch = false, json = false, nanoseconds = false, pcapng = false, force = false, quiet = false;
  bool promiscuous = false, monitor = false, immediate = false;
};

void declare(CLI::App& app, Raw& raw) {
  app.get_formatter()->column_width(34);
  app.set_version_flag("--version", std::string("native_capture ") + TRACEDROP_VERSION);
  app.footer(kExamples);

  const char* which = "Which packets";
  app.add_option("--host", raw.hosts,
                 "Packets from and to this host: a name (all its addresses) or an address; repeatable")
      ->type_name("HOST")
      ->group(which)
      ->allow_extra_args(false);
  app.add_option("-f,--filter", raw.filter, "And only packets that this BPF filter lets pass (pcap-filter(7))")
      ->type_name("EXPR")
      ->group(which);
  app.add_option("-i,--interface", raw.interfaces,
                 "Capture here (default: the interface that routes to the host); repeatable; 'any' on Linux")
      ->type_name("NAME")
      ->group(which)
      ->allow_extra_args(false);
  app.add_flag("--promisc", raw.promiscuous, "Also packets that are not for this computer")->group(which);
  app.add_flag("--monitor", raw.monitor, "Wireless monitor mode: raw 802.11 frames")->group(which);

  const char* when = "When to stop (besides Ctrl-C)";
  app.add_option("--packets", raw.packets, "After N packets")->type_name("N")->group(when);
  app.add_option("--duration", raw.duration, "After this time: 10s, 2m")->type_name("TIME")->group(when);
  app.add_option("--size", raw.size, "When the file has this size: 100MB")->type_name("SIZE")->group(when);
  app.add_option("--until-idle", raw.until_idle,
                 "When no packet brought new data for so long: 5s; the idle tail is left out of the file")
      ->type_name("TIME")
      ->group(when);

  const char* what = "What is written";
  app.add_option("-o,--output", raw.output, "The capture file ('-': standard output); never over another one")
      ->type_name("FILE")
      ->group(what);
  app.add_flag("--force", raw.force, "Replace files that exist")->group(what);
  app.add_option("--csv", raw.csv, "Wireshark's columns of every packet ('-': standard output)")
      ->type_name("FILE")
      ->group(what);
  app.add_flag("--nanoseconds", raw.nanoseconds, "Times in nanoseconds instead of microseconds")->group(what);
  app.add_flag("--pcapng", raw.pcapng, "pcapng (interfaces, filter, drop counters) instead of pcap")->group(what);
  app.add_option("--ring", raw.ring, "Keep only the last N files of this size: files=10,size=100MB")
      ->type_name("RING")
      ->group(what);
  app.add_flag("-q,--quiet", raw.quiet, "No progress, no announcements")->group(what);

  const char* read = "Reading";
  app.add_option("--read", raw.read, "Read this pcap, pcapng or csv file, also .gz ('-': standard input)")
      ->type_name("FILE")
      ->group(read);
  app.add_flag("--summary{text}", raw.summary,
               "The lab's answers, told after every capture too; =json: as one JSON object, =none: not at all")
      ->group(read);

  const char* look = "Interfaces";
  app.add_flag("--list-interfaces", raw.list, "List the interfaces")->group(look);
  app.add_flag("--watch", raw.watch, "Show the traffic of every interface, live")->group(look);
  app.add_flag("--json", raw.json, "With --list-interfaces: as JSON")->group(look);

  const char* tune = "Tuning";
  app.add_option("--snaplen", raw.snap_len, "Keep at most N bytes of each packet")->type_name("N")->group(tune);
  app.add_option("--buffer", raw.buffer, "The kernel's buffer for packets not yet taken")
      ->type_name("SIZE")
      ->group(tune);
  app.add_flag("--immediate", raw.immediate, "Take every packet at once (costs more processor time)")->group(tune);
}

std::chrono::nanoseconds duration_option(const char* option, const std::string& text) {
  if (text.empty()) return std::chrono::nanoseconds(0);
  if (const auto duration = parse_duration(text)) return *duration;
  throw unusable(fmt::format("{} {}: not a time; write for example 5s, 500ms or 2m", option, text));
}

uint64_t size_option(const char* option, const std::string& text) {
  if (text.empty()) return 0;
  if (const auto size = parse_size(text)) return *size;
  throw unusable(fmt::format("{} {}: not a size; write for example 100MB, 64KiB or 4096", option, text));
}

/// A whole number from 1 to `most`, or `absent`.
uint64_t count_option(const char* option, const std::string& text, uint64_t most, uint64_t absent) {
  if (text.empty()) return absent;
  const bool digits = text.find_first_not_of("0123456789") == std::string::npos && text.size() < 19;
  const uint64_t count = digits ? std::stoull(text) : 0;
  if (count < 1 || count > most) throw unusable(fmt::format("{} {}: must be between 1 and {}", option, text, most));
  return count;
}

uint32_t buffer_option(const std::string& text) {
  const uint64_t bytes = size_option("--buffer", text);
  if (bytes != 0 && (bytes < 65536 || bytes > 2147483647))
    throw unusable(fmt::format("--buffer {}: must be between 64KiB and 2047MiB", text));
  return static_cast<uint32_t>(bytes);
}

/// "files=N,size=BYTES", in any order; ':' may stand for '='.
std::optional<RingOptions> ring_option(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto bad = [&](const std::string& why) {
    return unusable(fmt::format("--ring {}: {}; write for example --ring files=10,size=100MB", text, why));
  };
  RingOptions ring;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(',', at), text.size());
    const std::string part = text.substr(at, end - at);
    const size_t equals = part.find_first_of("=:");
    const std::string name = part.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : part.substr(equals + 1);
    const auto number = parse_size(value);
    if (name != "files" && name != "size") throw bad(fmt::format("'{}' is not one of its settings", name));
    if (!number) throw bad(fmt::format("'{}' is not a number", value));
    if (name == "size") ring.file_bytes = *number;
    if (name == "files") ring.files = static_cast<uint32_t>(std::min<uint64_t>(*number, 1000000));
    at = end + 1;
  }
  if (ring.files == 0 || ring.file_bytes == 0) throw bad("both files and size are needed");
  return ring;
}

SummaryKind summary_option(const std::string& text, SummaryKind absent) {
  if (text.empty()) return absent;
  if (text == "text") return SummaryKind::text;
  if (text == "json") return SummaryKind::json;
  if (text == "none") return SummaryKind::none;
  throw unusable(fmt::format("--summary={}: write --summary, --summary=json or --summary=none", text));
}

/// A task that is no capture has options of its own; any other one given with it is a mistake.
void refuse_others(const CLI::App& app, const Options& options, const std::string& task,
                   std::initializer_list<std::string_view> own, const char* why) {
  std::string other = options.capture.stop.command.empty() ? "" : "a command";
  for (const CLI::Option* option : app.get_options())
    if (option->count() > 0 && std::find(own.begin(), own.end(), option->get_name()) == own.end())
      other = option->get_name();
  if (!other.empty()) throw unusable(fmt::format("{} and {} do not go together: {}", task, other, why));
}

void read_options(const CLI::App& app, const Raw& raw, Options& options) {
  refuse_others(app, options, "--read", {"--read", "--csv", "--summary", "--quiet"},
                "--read reads a file, it captures nothing");
  options.task = Task::read;
  options.read.file = raw.read;
  options.read.csv = raw.csv;
  options.read.summary = summary_option(raw.summary, raw.csv.empty() ? SummaryKind::text : SummaryKind::none);
  if (raw.csv == "-" && options.read.summary != SummaryKind::none)
    throw unusable(
        "--csv - and --summary would both write to standard output: give --csv a file, or ask one at a time");
}

void look_options(const CLI::App& app, const Raw& raw, Options& options) {
  if (raw.list && raw.watch) throw unusable("--list-interfaces or --watch: one at a time");
  options.task = raw.list ? Task::list_interfaces : Task::watch;
  if (raw.list)
    refuse_others(app, options, "--list-interfaces", {"--list-interfaces", "--json"}, "nothing is captured");
  else
    refuse_others(app, options, "--watch", {"--watch", "--duration"}, "nothing is captured");
  options.json = raw.json;
  options.capture.stop.duration = duration_option("--duration", raw.duration);
}

void capture_options(const Raw& raw, CaptureOptions& capture) {
  capture.hosts = raw.hosts;
  capture.filter = raw.filter;
  capture.interfaces = raw.interfaces;
  const auto snap_len = static_cast<uint32_t>(count_option("--snaplen", raw.snap_len, kMostSnapLen, kMostSnapLen));
  capture.device = {raw.promiscuous, raw.monitor, raw.immediate, raw.nanoseconds, snap_len, buffer_option(raw.buffer)};
  capture.stop.packets = count_option("--packets", raw.packets, 999999999999, 0);
  capture.stop.duration = duration_option("--duration", raw.duration);
  capture.stop.bytes = size_option("--size", raw.size);
  capture.stop.until_idle = duration_option("--until-idle", raw.until_idle);
  capture.output = raw.output;
  capture.pcapng = raw.pcapng;
  capture.force = raw.force;
  capture.ring = ring_option(raw.ring);
  capture.csv = raw.csv;
  capture.summary = summary_option(raw.summary, SummaryKind::text);
  capture.quiet = raw.quiet;

  if (raw.output.empty()) throw unusable("where to? Give the capture file a name: -o trace.pcap");
  if (raw.output == "-") {
    if (!raw.csv.empty()) throw unusable("--csv needs the capture in a file: -o FILE instead of -o -");
    if (capture.ring) throw unusable("--ring needs file names: -o FILE instead of -o -");
    if (capture.summary == SummaryKind::json)
      throw unusable("--summary=json needs the capture in a file: -o FILE instead of -o -");
  }
  if (raw.csv == "-" && capture.summary == SummaryKind::json)
    throw unusable("--csv - and --summary=json would both write to standard output: give --csv a file");
  if (!raw.csv.empty() && raw.csv == raw.output) throw unusable("-o and --csv name the same file");
  if (capture.ring && !raw.csv.empty())
    throw unusable("--csv is not written for a ring of files: use --read on one of them");
  if (capture.ring && capture.stop.bytes != 0)
    throw unusable("--ring and --size do not go together: the ring has a size");
}

}  // namespace

Options parse_options(int argc, const char* const* argv) {
  // What follows a bare "--" is a command to run: none of it is ours to read.
  int own = 1;
  while (own < argc && std::strcmp(argv[own], "--") != 0) ++own;
  Options options;
  for (int i = own + 1; i < argc; ++i) options.capture.stop.command.emplace_back(argv[i]);

  CLI::App app(kDescription, "native_capture");
  Raw raw;
  declare(app, raw);
  try {
    app.parse(own, argv);
  } catch (const CLI::Success& help_or_version) {
    app.exit(help_or_version);
    return options;
  } catch (const CLI::ParseError& error) {
    throw unusable(fmt::format("{}\nSee native_capture --help.", error.what()));
  }
  if (argc == 1) {
    std::fputs(app.help().c_str(), stdout);
    return options;
  }
  if (own < argc && options.capture.stop.command.empty()) throw unusable("no command follows --");

  if (app.count("--read") > 0) {
    read_options(app, raw, options);
    return options;
  }
  if (raw.list || raw.watch) {
    look_options(app, raw, options);
    return options;
  }
  if (raw.json) throw unusable("--json goes with --list-interfaces; the answers as JSON: --summary=json");
  options.task = Task::capture;
  capture_options(raw, options.capture);
  return options;
}

}  // namespace tracedrop::native_capture
