#include "capture.h"

#include <fmt/format.h>
#include <fmt/ranges.h>  // join

#include <algorithm>
#include <cstdio>

#include "capture_answers.h"
#include "capture_loop.h"
#include "choose_interface.h"
#include "figures.h"
#include "filter.h"
#include "hosts.h"
#include "message.h"
#include "report.h"

namespace tracedrop::native_capture {
namespace {

void check_filter_option(const std::string& expression) {
  if (expression.empty()) return;
  // Names in it are looked up.
  platform::run_without_rights([&] {
    if (const auto error = check_filter(expression))
      throw unusable(fmt::format("--filter: {}", filter_error_text(expression, *error)));
    return std::string();
  });
}

void check_outputs(const CaptureOptions& options) {
  if (!options.ring) check_output("-o", options.output, options.force);
  if (options.ring && platform::file_kind(options.output) == platform::FileKind::special)
    throw unusable(fmt::format("--ring makes several files, which {} cannot be", shown(options.output)));
  if (options.output != "-" && !options.ring && same_file("-", options.output))
    throw unusable(fmt::format("-o {}: standard output leads there, too; choose another name", shown(options.output)));
  if (options.csv.empty()) return;
  if (same_file(options.output, options.csv)) throw unusable("-o and --csv name the same file");
  check_output("--csv", options.csv, options.force);
  if (!can_be_read_back(options))
    throw unusable(fmt::format("--csv needs the capture in a file, which {} is not", shown(options.output)));
}

/// That a csv cannot be written is better known before the capture than after it.
void try_csv(const CaptureOptions& options) {
  if (options.csv.empty() || options.csv == "-") return;
  if (platform::file_kind(options.csv) == platform::FileKind::special) return;
  OutputFile(options.csv, options.force, nullptr, Contents::can_be_remade).discard();
}

std::vector<Device> open_devices(const CaptureOptions& options, const std::vector<Host>& hosts) {
  std::vector<Device> devices;
  for (const ChosenInterface& interface : choose_interfaces(options.interfaces, hosts))
    devices.emplace_back(interface, options.device);
  return devices;
}

std::vector<FileInterface> file_interfaces(const std::vector<Device>& devices, const CaptureOptions& options) {
  std::vector<FileInterface> interfaces;
  for (const Device& device : devices) interfaces.push_back(device.file_interface(options.device));
  const auto other = std::find_if(interfaces.begin(), interfaces.end(), [&](const FileInterface& interface) {
    return interface.link_type != interfaces.front().link_type;
  });
  if (other != interfaces.end() && !options.pcapng)
    throw unusable(fmt::format("{} and {} have different kinds of frames, which a pcap file cannot hold: add --pcapng",
                               interfaces.front().name, other->name));
  return interfaces;
}

/// "Load the page now" and how the capture will end.
std::string how_it_ends(const StopOptions& stop) {
  std::vector<std::string> ends{"Ctrl-C"};
  if (!stop.command.empty()) ends.push_back("the end of the command");
  if (stop.packets != 0) ends.push_back(fmt::format("{} packets", with_commas(stop.packets)));
  if (stop.duration.count() != 0) ends.push_back(duration_text(stop.duration));
  if (stop.bytes != 0) ends.push_back(size_text(stop.bytes));
  if (stop.until_idle.count() != 0 && stop.command.empty())
    ends.push_back(fmt::format("{} without new data", duration_text(stop.until_idle)));
  return fmt::format("Stops at: {}.", fmt::join(ends, ", "));
}

void announce(const CaptureOptions& options, const std::vector<Host>& hosts, const std::vector<Device>& devices,
              const std::string& filter) {
  if (options.quiet) return;
  for (const Host& host : hosts) {
    std::vector<std::string> addresses;
    for (const IpAddress& address : host.addresses) addresses.push_back(address.text());
    if (addresses.size() > 1 || addresses.front() != host.name)
      say(fmt::format("{} is {}", host.name, fmt::join(addresses, ", ")));
  }
  for (const Device& device : devices) say(fmt::format("Capturing on {}", device.title()));
  if (!filter.empty()) say(fmt::format("Filter: {}", filter));
  say(fmt::format("Writing {}. {}", options.output == "-" ? "to standard output" : shown(options.output),
                  how_it_ends(options.stop)));
}

/// What went wrong on the way, and whether that makes the capture less than what was asked for.
ExitStatus say_problems(const CaptureLoop& loop, const CaptureOutput& output) {
  for (const std::string& problem : loop.problems()) say(fmt::format("native_capture: {}", problem));
  if (output.failed()) say(fmt::format("native_capture: {}", output.error()));
  return loop.problems().empty() && !output.failed() ? kDone : kNothingDone;
}

void say_command_status(platform::Command& command) {
  const auto ended = command.ended();
  if (!ended) say("native_capture: warning: the command is still running");
  if (ended && *ended != 0) say(fmt::format("native_capture: warning: the command ended with status {}", *ended));
}

}  // namespace

ExitStatus capture(const CaptureOptions& options) {
  check_filter_option(options.filter);
  check_outputs(options);
  std::vector<Host> hosts;
  for (const std::string& host : options.hosts) hosts.push_back(resolve_host(host));
  const std::string filter = build_filter(hosts, options.filter);

  std::vector<Device> devices = open_devices(options, hosts);
  platform::drop_rights(!options.stop.command.empty());
  for (Device& device : devices) device.set_filter(filter);
  try_csv(options);

  const std::vector<FileInterface> interfaces = file_interfaces(devices, options);
  std::unique_ptr<PassingCapture> passing;
  if (!can_be_read_back(options) && options.summary != SummaryKind::none) passing = std::make_unique<PassingCapture>();
  CaptureOutput output(options, interfaces, [&](Bytes bytes) {
    if (passing != nullptr) passing->push(bytes);
  });
  platform::catch_stop_requests();
  announce(options, hosts, devices, filter);
  std::unique_ptr<platform::Command> command;
  if (!options.stop.command.empty()) command = std::make_unique<platform::Command>(options.stop.command);
  platform::refuse_new_rights();

  // From here on there may be threads.
  if (passing != nullptr) passing->start();
  std::unique_ptr<IdleTail> idle_tail;
  if (options.stop.until_idle.count() != 0 || !options.stop.command.empty())
    idle_tail = std::make_unique<IdleTail>(interfaces);
  Recorder recorder(output, options, idle_tail.get());

  CaptureLoop loop(devices, options, output, recorder, idle_tail.get(), command.get());
  const std::string reason = loop.run();
  platform::forget_stop_request();  // another one does not end what was captured, but leaves the answers out
  const std::vector<CaptureCounters> counters = loop.counters();
  output.finish(counters);

  const ExitStatus status = say_problems(loop, output);
  if (command != nullptr) say_command_status(*command);
  say(capture_text({reason, devices, counters, output, idle_tail == nullptr ? 0 : idle_tail->held()}));
  return std::max(status, tell_answers(options, output, passing.get()));
}

}  // namespace tracedrop::native_capture
