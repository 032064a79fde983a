#include "option_list.h"

#include <CLI/CLI.hpp>

namespace tracedrop::native_capture {
namespace {

void declare_which(CLI::App& app, RawOptions& raw) {
  const char* which = "Which packets";
  app.add_option("--host", raw.hosts,
                 "Packets from and to this host; repeatable\n"
                 "A name (all its addresses), an address or a URL.")
      ->type_name("HOST")
      ->group(which)
      ->allow_extra_args(false);
  app.add_option("-f,--filter", raw.filter,
                 "And only what this BPF filter lets pass\n"
                 "As tcpdump takes it: pcap-filter(7).")
      ->type_name("EXPR")
      ->group(which);
  app.add_option("-i,--interface", raw.interfaces,
                 "Capture here; repeatable; 'any' on Linux\n"
                 "By default the interface that routes to the host; without a host, the one of the default route.")
      ->type_name("NAME")
      ->group(which)
      ->allow_extra_args(false);
  app.add_flag("--promisc", raw.promiscuous, "Also packets that are not for this computer")->group(which);
  app.add_flag("--monitor", raw.monitor, "Wireless monitor mode: raw 802.11 frames")->group(which);
}

void declare_when(CLI::App& app, RawOptions& raw) {
  const char* when = "When to stop (besides Ctrl-C)";
  app.add_option("--packets", raw.packets, "After N packets")->type_name("N")->group(when);
  app.add_option("--duration", raw.duration, "After this time: 10s, 2m")->type_name("TIME")->group(when);
  app.add_option("--size", raw.size, "When the file has this size: 100MB")->type_name("SIZE")->group(when);
  app.add_option("--until-idle", raw.until_idle,
                 "When nothing new came for so long: 5s\n"
                 "The idle tail (keep-alives, late FINs) is left out of the file.")
      ->type_name("TIME")
      ->group(when);
}

void declare_what(CLI::App& app, RawOptions& raw) {
  const char* what = "What is written";
  app.add_option("-o,--output", raw.output,
                 "The capture file; '-': standard output\n"
                 "Never over a file that exists, unless --force is given.")
      ->type_name("FILE")
      ->group(what);
  app.add_flag("--force", raw.force,
               "Replace files that exist\n"
               "Not the file that is read, and only by a whole one.")
      ->group(what);
  app.add_option(
         "--csv", raw.csv,
         "Wireshark's columns; '-': standard output\n"
         "Of every packet, when capturing and when reading. Never over a file that exists, unless --force is given.")
      ->type_name("FILE")
      ->group(what);
  app.add_flag("--nanoseconds", raw.nanoseconds, "Times in nanoseconds instead of microseconds")->group(what);
  app.add_flag("--pcapng", raw.pcapng,
               "pcapng instead of pcap\n"
               "With the interfaces, the filter and the drop counters.")
      ->group(what);
  app.add_option("--ring", raw.ring,
                 "Only the last files: files=10,size=100MB\n"
                 "One file of this size after the other; the last ones are kept.")
      ->type_name("RING")
      ->group(what);
  app.add_flag("-q,--quiet", raw.quiet, "No progress, no announcements")->group(what);
}

void declare_reading(CLI::App& app, RawOptions& raw) {
  const char* read = "Reading";
  app.add_option("--read", raw.read,
                 "Read this file; '-': standard input\n"
                 "pcap, pcapng or csv, also .gz.")
      ->type_name("FILE")
      ->group(read);
  app.add_option("-Y,--display-filter", raw.display_filter,
                 "Only the packets that pass this display filter\n"
                 "As Wireshark takes it: 'tcp.port == 443 && tcp.len > 0'. They keep their numbers.")
      ->type_name("EXPR")
      ->group(read);
  app.add_option(
         "--fields", raw.fields,
         "These fields instead of Wireshark's columns\n"
         "Names as in display filters: ip.src,tcp.port; several values are joined by commas. To standard output, or\n"
         "where --csv says.")
      ->type_name("NAMES")
      ->group(read);
  app.add_option("--details", raw.details,
                 "The detail trees of these packets, as JSON\n"
                 "34, 1-60, 1-12,30,41-60, 100- or all; of more than one, an object a line.")
      ->type_name("LIST")
      ->group(read);
  app.add_flag("--summary{text}", raw.summary,
               "The lab's answers, or as one JSON object\n"
               "Told after every capture too; --summary=none: not at all.")
      ->option_text("[=json]")
      ->group(read);
}

void declare_others(CLI::App& app, RawOptions& raw) {
  const char* look = "Interfaces";
  app.add_flag("--list-interfaces", raw.list, "List the interfaces")->group(look);
  app.add_flag("--all", raw.all, "Also those that are down")->group(look);
  app.add_flag("--json", raw.json, "The list as JSON, always of all")->group(look);
  app.add_flag("--watch", raw.watch, "Show the traffic of every interface, live")->group(look);

  const char* tune = "Tuning";
  app.add_option("--snaplen", raw.snap_len, "Keep at most N bytes of each packet")->type_name("N")->group(tune);
  app.add_option("--buffer", raw.buffer,
                 "The kernel's buffer for packets not yet taken\n"
                 "16MiB unless told.")
      ->type_name("SIZE")
      ->group(tune);
  app.add_flag("--immediate", raw.immediate,
               "Take every packet at once\n"
               "Instead of up to 100 ms later; costs more processor time.")
      ->group(tune);
}

}  // namespace

void declare_options(CLI::App& app, RawOptions& raw) {
  declare_which(app, raw);
  declare_when(app, raw);
  declare_what(app, raw);
  declare_reading(app, raw);
  declare_others(app, raw);
  const char* help = "Help";
  app.set_help_flag("-h", "This in short")->group(help);
  app.set_help_all_flag("--help", "With all details and examples")->group(help);
  app.set_version_flag("--version", std::string("native_capture ") + TRACEDROP_VERSION, "The version")->group(help);
}

}  // namespace tracedrop::native_capture
