#include <fmt/format.h>

#include <algorithm>

#include "analysis/words.h"
#include "report.h"
#include "units.h"

namespace tracedrop::native_capture {
namespace {

using analysis::Answers;
using analysis::Figure;

void line(std::string& out, std::string_view name, const std::string& text) {
  out += fmt::format("{:<19}{}\n", name, text);
}

/// "92.001504 s", with no more digits than the time stamps have.
std::string seconds_text(const std::optional<int64_t>& ns) {
  if (!ns) return "not known";
  std::string text = fmt::format("{}.{:09}", *ns / 1000000000, std::abs(*ns % 1000000000));
  if (text.compare(text.size() - 3, 3, "000") == 0) text.resize(text.size() - 3);
  return text + " s";
}

std::string time_text(double seconds) { return analysis::duration(static_cast<int64_t>(seconds * 1e9 + 0.5)); }

std::string reason_absent(const Answers& answers, std::string_view name) {
  for (const Figure& figure : analysis::figures(answers))
    if (figure.name == name && !figure.value) return figure.why_absent;
  return "not known";
}

/// With two digits after the point at most: "1440", "1239.72", "23538.8".
std::string bytes_text(double bytes) {
  std::string text = fmt::format("{:.2f}", bytes);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string size_text_of(const Answers& answers) {
  if (!answers.size) return reason_absent(answers, "size_mean");
  const analysis::Statistics& size = *answers.size;
  return fmt::format("mean {}, median {}, 90th percentile {}, min {}, max {} bytes on the wire", bytes_text(size.mean),
                     bytes_text(size.median), bytes_text(size.p90), bytes_text(size.min), bytes_text(size.max));
}

std::string interarrival_text(const Answers& answers) {
  if (!answers.interarrival) return reason_absent(answers, "iat_mean_s");
  const analysis::Statistics& gaps = *answers.interarrival;
  return fmt::format("mean {}, median {}, 90th percentile {}, max {}", time_text(gaps.mean), time_text(gaps.median),
                     time_text(gaps.p90), time_text(gaps.max));
}

}  // namespace

std::string summary_text(const trace::Trace& trace, const Answers& answers) {
  std::string out;
  line(out, "Packets",
       fmt::format("{} ({} on the wire, {})", with_commas(answers.packets),
                   answers.bytes ? size_text(*answers.bytes) : "an unknown size",
                   analysis::counted(answers.tcp_connections, "TCP connection")));
  line(out, "Total time", seconds_text(answers.activity.total_ns) + ", first to last packet");
  line(out, "Active time", fmt::format("{}. {}", seconds_text(answers.activity.active_ns), answers.activity.reason));
  const auto& rtt_ms = answers.round_trip.rtt_ms;
  line(out, "Round trip", (rtt_ms ? fmt::format("{:.6g} ms. ", *rtt_ms) : "not known. ") + answers.round_trip.sentence);
  if (answers.loss.known()) {
    line(out, "Retransmissions", with_commas(answers.loss.retransmissions));
    line(out, "Lost", fmt::format("{}. {}", with_commas(answers.loss.lost), answers.loss.sentence));
  } else {
    line(out, "Lost", "not known. " + answers.loss.sentence);
  }
  line(out, "Packet size", size_text_of(answers));
  line(out, "Interarrival time", interarrival_text(answers));
  for (const analysis::HealthNote& note : answers.health) line(out, "Note", note.text);
  if (!trace.complete) line(out, "Note", "The file was not read to its end.");
  return out;
}

}  // namespace tracedrop::native_capture
