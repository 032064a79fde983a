#include "help_text.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <sstream>

namespace tracedrop::native_capture {
namespace {

constexpr size_t kColumns = 80;
/// Where the descriptions begin.
constexpr size_t kDescriptionColumn = 28;

constexpr const char* kDescription =
    "Captures the packets of a host into a file that TraceDrop, Wireshark and tcpdump\n"
    "open, or reads such a file and answers the lab's questions.\n";

constexpr const char* kFooter =
    "A command after -- is run while capturing, which stops when it has ended and its\n"
    "traffic is quiet.\n"
    "\n"
    "Examples:\n"
    "  native_capture --host 128.135.24.72 -o trace.pcap --csv trace.csv\n"
    "  native_capture --host www.cs.uchicago.edu -o trace.pcap \\\n"
    "                 -- curl -s https://www.cs.uchicago.edu/\n"
    "  native_capture -i any -f 'udp port 53' --until-idle 5s -o dns.pcap\n"
    "  native_capture --read trace.pcap --summary\n"
    "  native_capture --list-interfaces\n"
    "\n"
    "Exit status: 0 done, 1 nothing (or not all) could be read or written,\n"
    "2 unusable arguments or filter.\n";

/// "  -f, --filter EXPR", "      --summary[=json]".
std::string name_text(const CLI::Option& option) {
  std::string text = option.get_snames().empty() ? "      " : fmt::format("  -{}", option.get_snames().front());
  if (!option.get_lnames().empty())
    text += fmt::format("{}--{}", option.get_snames().empty() ? "" : ", ", option.get_lnames().front());
  if (!option.get_option_text().empty()) return text + option.get_option_text();
  if (option.get_expected_max() > 0 && option.get_type_size() > 0) text += " " + option.get_type_name();
  return text;
}

/// Words in lines that end before the last column, each from kDescriptionColumn on; `out` ends in that column.
void append_wrapped(std::string& out, const std::string& text) {
  size_t column = kDescriptionColumn;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const bool first = column == kDescriptionColumn;
    if (!first && column + 1 + word.size() > kColumns) {
      out += '\n' + std::string(kDescriptionColumn, ' ');
      column = kDescriptionColumn;
    } else if (!first) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  out += '\n';
}

std::string option_text(const CLI::Option& option, bool details) {
  std::string out = fmt::format("{:{}}", name_text(option), kDescriptionColumn);
  const std::string& description = option.get_description();
  const size_t end = description.find('\n');
  const bool more = details && end != std::string::npos;
  append_wrapped(out, description.substr(0, end) + (more ? ". " + description.substr(end + 1) : ""));
  return out;
}

}  // namespace

std::string usage_text() {
  return "Usage: native_capture [--host HOST] -o FILE [OPTIONS] [-- COMMAND...]\n"
         "       native_capture --read FILE [--csv OUT] [--summary[=json]]\n"
         "       native_capture --list-interfaces [--all]\n";
}

std::string help_text(const CLI::App& app, bool details) {
  std::string out = details ? fmt::format("{}\n", kDescription) : "";
  out += usage_text();
  for (const std::string& group : app.get_groups()) {
    out += fmt::format("\n{}:\n", group);
    for (const CLI::Option* option : app.get_options([&](const CLI::Option* one) { return one->get_group() == group; }))
      out += option_text(*option, details);
  }
  return out + (details ? fmt::format("\n{}", kFooter) : "\nMore of each, and examples: native_capture --help\n");
}

}  // namespace tracedrop::native_capture
