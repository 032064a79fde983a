#include <fmt/format.h>
#include <fmt/ranges.h>  // join

#include <algorithm>
#include <optional>
#include <vector>

#include "analysis/groups.h"
#include "figures.h"
#include "report.h"

namespace tracedrop::native_capture {
namespace {

using analysis::Answers;
using analysis::DataRtt;
using analysis::Figure;

constexpr const char* kEmptyCapture =
    "This capture holds no packets. Was it the right interface (native_capture --watch shows which ones have traffic), "
    "was the page loaded while it ran, and does the filter name today's address of the site?";
constexpr const char* kEmptyCsv =
    "This csv holds no packets. Were there packets in Wireshark's window when it was exported, or did a display filter "
    "hide them all?";

/// The answers, each figure looked up by its contract name.
class Summary {
 public:
  Summary(const trace::Trace& trace, const Answers& answers)
      : trace_(trace), answers_(answers), figures_(analysis::figures(answers)) {}

  std::string text() {
    if (answers_.packets == 0)
      line("Packets", fmt::format("0. {}", trace_.kind == trace::SourceKind::csv ? kEmptyCsv : kEmptyCapture));
    else
      tell_packets();
    for (const analysis::HealthNote& note : answers_.health) line("Note", note.text);
    if (!trace_.complete) line("Note", "The file was not read to its end.");
    return std::move(out_);
  }

 private:
  void line(std::string_view name, const std::string& text) { out_ += fmt::format("{:<19}{}\n", name, text); }

  void tell_packets() {
    line("Packets", fmt::format("{} ({})", with_commas(answers_.packets), what_packets()));
    line("Total time", shown("total_time_s", span_text, ", first to last packet"));
    line("Active time", shown("active_time_s", span_text, ". " + answers_.activity.reason));
    line("Round trip", shown("rtt_ms", milliseconds_text, ". " + answers_.round_trip.sentence));
    tell_data_round_trip();
    if (figure("retransmissions").value) line("Retransmissions", shown("retransmissions", whole_text));
    line("Lost", shown("lost", whole_text, ". " + answers_.loss.sentence));
    line("Packet size", size_line());
    line("Interarrival time", interarrival_line());
  }

  /// "3.15 MB on the wire, 1 TCP connection".
  std::string what_packets() const {
    std::vector<std::string> parts;
    const std::optional<uint64_t> bytes = answers_.bytes;
    if (answers_.size && bytes) parts.push_back(size_text(*bytes) + " on the wire");
    const uint32_t tcp = answers_.tcp_connections, others = answers_.conversations - tcp;
    if (tcp > 0) parts.push_back(counted(tcp, "TCP connection"));
    if (others > 0) parts.push_back(counted(others, tcp > 0 ? "other conversation" : "conversation"));
    if (parts.empty()) parts.emplace_back("no conversation");
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  /// Beside a handshake's round trip: the far end that acknowledged most.
  void tell_data_round_trip() {
    const analysis::RoundTrip& rtt = answers_.round_trip;
    const auto crosses = [](const DataRtt& data) { return data.network == std::optional(true); };
    const auto busiest = std::find_if(rtt.data.begin(), rtt.data.end(), crosses);
    if (rtt.method != analysis::RttMethod::handshake || busiest == rtt.data.end()) return;
    const auto peers = static_cast<uint64_t>(std::count_if(rtt.data.begin(), rtt.data.end(), crosses));
    const bool all = rtt.data.size() < analysis::RoundTrip::kMostDirections;
    line(
        "Data round trip",
        fmt::format("{} by {} from {}{}", milliseconds_text(busiest->median_ms), counted(busiest->samples, "data ACK"),
                    analysis::address_text(trace_, busiest->to),
                    peers == 1 && all ? "" : fmt::format(", the busiest of {} {}", peers, all ? "peers" : "and more")));
  }

  std::string size_line() const {
    if (!answers_.size) return figure("size_mean").why_absent;
    return fmt::format("mean {}, median {}, 90th percentile {}, min {}, max {} bytes on the wire",
                       shown("size_mean", bytes_text), shown("size_median", bytes_text), shown("size_p90", bytes_text),
                       shown("size_min", bytes_text), shown("size_max", bytes_text));
  }

  std::string interarrival_line() const {
    if (!answers_.interarrival) return figure("iat_mean_s").why_absent;
    return fmt::format("mean {}, median {}, 90th percentile {}, max {}, zeros {}", shown("iat_mean_s", seconds_text),
                       shown("iat_median_s", seconds_text), shown("iat_p90_s", seconds_text),
                       shown("iat_max_s", seconds_text), shown("iat_zero", whole_text));
  }

  const Figure& figure(std::string_view name) const {
    return *std::find_if(figures_.begin(), figures_.end(), [&](const Figure& one) { return one.name == name; });
  }

  /// The figure and what is said of it, or why there is none.
  std::string shown(std::string_view name, std::string (*format)(double), const std::string& rest = "") const {
    const Figure& one = figure(name);
    return one.value ? format(*one.value) + rest : "not known. " + one.why_absent;
  }

  static std::string milliseconds_text(double ms) { return duration_text(ms / 1000, 3); }
  static std::string seconds_text(double seconds) { return duration_text(seconds); }
  static std::string bytes_text(double bytes) { return at_most_decimals(bytes, 2); }
  static std::string whole_text(double count) { return with_commas(static_cast<uint64_t>(count)); }

  const trace::Trace& trace_;
  const Answers& answers_;
  const std::vector<Figure> figures_;
  std::string out_;
};

}  // namespace

std::string summary_text(const trace::Trace& trace, const Answers& answers) { return Summary(trace, answers).text(); }

}  // namespace tracedrop::native_capture
