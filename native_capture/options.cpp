#include "options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstring>

#include "failure.h"
#include "help_text.h"
#include "option_list.h"
#include "suggestion.h"
#include "units.h"

namespace tracedrop::native_capture {
namespace {

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

/// A standard stream by one of its names as a file is the stream: as a file it might be opened, or replaced, beside it.
std::string file_option(const std::string& path, bool output) {
  const char* stream = output ? "1" : "0";
  const bool named = path == (output ? "/dev/stdout" : "/dev/stdin") || path == std::string("/dev/fd/") + stream ||
                     path == std::string("/proc/self/fd/") + stream;
  return named ? "-" : path;
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

void read_options(const CLI::App& app, const RawOptions& raw, Options& options) {
  refuse_others(app, options, "--read",
                {"--read", "--display-filter", "--csv", "--fields", "--details", "--force", "--summary", "--quiet"},
                "--read reads a file, it captures nothing");
  options.task = Task::read;
  options.read.file = raw.read;
  options.read.csv = raw.csv;
  options.read.force = raw.force;
  options.read.details = raw.details;
  options.read.fields = raw.fields;
  options.read.display_filter = raw.display_filter;
  if (!raw.fields.empty() && raw.csv.empty()) options.read.csv = "-";
  const bool writes = !options.read.csv.empty() || !raw.details.empty();
  options.read.summary = summary_option(raw.summary, writes ? SummaryKind::none : SummaryKind::text);
  if (!raw.details.empty() && (options.read.csv == "-" || options.read.summary != SummaryKind::none))
    throw unusable("--details writes to standard output: --csv - and --summary go there, too; ask one at a time");
  if (options.read.csv == "-" && options.read.summary != SummaryKind::none)
    throw unusable(
        "--csv - and --summary would both write to standard output: give --csv a file, or ask one at a time");
}

/// Every name with its dashes.
std::vector<std::string> names_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

void look_options(const CLI::App& app, const RawOptions& raw, Options& options) {
  if (raw.list && raw.watch) throw unusable("--list-interfaces or --watch: one at a time");
  options.task = raw.list ? Task::list_interfaces : Task::watch;
  if (raw.list)
    refuse_others(app, options, "--list-interfaces", {"--list-interfaces", "--all", "--json"}, "nothing is captured");
  else
    refuse_others(app, options, "--watch", {"--watch", "--duration"}, "nothing is captured");
  options.list = {raw.json, raw.all};
  options.capture.stop.duration = duration_option("--duration", raw.duration);
}

void capture_options(const RawOptions& raw, CaptureOptions& capture) {
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

  if (!raw.fields.empty() || !raw.details.empty())
    throw unusable("--fields and --details tell of packets that are in a file: name it with --read FILE");
  if (!raw.display_filter.empty())
    throw unusable(
        "--display-filter is asked of a file: name it with --read FILE; what is captured is filtered by --filter");
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

  CLI::App app("", "native_capture");
  RawOptions raw;
  declare_options(app, raw);
  const auto name_streams = [&raw] {
    raw.read = file_option(raw.read, false);
    raw.output = file_option(raw.output, true);
    raw.csv = file_option(raw.csv, true);
  };
  app.allow_extras();  // named below, each with what was probably meant
  app.formatter_fn([](const CLI::App* of, const std::string&, CLI::AppFormatMode mode) {
    return help_text(*of, mode == CLI::AppFormatMode::All);
  });
  try {
    app.parse(own, argv);
    name_streams();
  } catch (const CLI::Success& help_or_version) {
    app.exit(help_or_version);
    return options;
  } catch (const CLI::ParseError& error) {
    throw unusable(fmt::format("{}\nSee native_capture -h.", error.what()));
  }
  if (argc == 1) {
    options.task = Task::usage;
    return options;
  }
  if (app.remaining_size() > 0)
    throw unusable(unknown_arguments_text(app.remaining(), names_of(app)) + "\nSee native_capture -h.");
  if (own < argc && options.capture.stop.command.empty()) throw unusable("no command follows --");

  if (app.count("--read") > 0) {
    read_options(app, raw, options);
    return options;
  }
  if (raw.list || raw.watch) {
    look_options(app, raw, options);
    return options;
  }
  if (raw.all) throw unusable("--all goes with --list-interfaces");
  if (raw.json) throw unusable("--json goes with --list-interfaces; the answers as JSON: --summary=json");
  options.task = Task::capture;
  capture_options(raw, options.capture);
  return options;
}

}  // namespace tracedrop::native_capture
