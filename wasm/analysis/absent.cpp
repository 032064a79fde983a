#include "analysis/absent.h"

#include <algorithm>
#include <vector>

#include "analysis/words.h"
#include "base/text.h"
#include "capture/link_type.h"
#include "dissect/protocol.h"

namespace tracedrop::analysis {

namespace {

using trace::PacketIndex;
using trace::Selection;
using trace::Trace;

bool is_undissected(const capture::Interface& interface) {
  return dissect::link_types.find(interface.link_type) == nullptr;
}

std::string name_of(uint16_t link_type) {
  constexpr std::string_view kUnknown = "unknown link type";
  const std::string_view known = capture::link_type_name(link_type);
  if (known != kUnknown) return std::string(known);
  std::string out = "link type ";
  append_number(out, link_type);
  return out;
}

}  // namespace

std::string no_packets_text(const Trace& trace) {
  if (trace.size() > 0) return "No packets are selected.";
  if (trace.kind == trace::SourceKind::csv) {
    return "The csv holds no packets: its titles are there, and not a single row. Wireshark exports the packets that "
           "are "
           "displayed: clear the display filter and export again.";
  }
  return "The capture holds no packets: its header is there, but no packet follows. Nothing came by while it ran, its "
         "filter matched nothing, or another interface had the traffic.";
}

bool is_undissected(const Trace& trace, PacketIndex i) {
  const capture::Interface* interface = trace.interface_of(i);
  return interface != nullptr && is_undissected(*interface);
}

std::string undissected_names(const Trace& trace) {
  std::vector<uint16_t> types;
  for (const capture::Interface& interface : trace.interfaces) {
    const bool known = std::find(types.begin(), types.end(), interface.link_type) != types.end();
    if (!known && is_undissected(interface)) types.push_back(interface.link_type);
  }
  std::string out;
  for (size_t n = 0; n < types.size(); ++n) append_part(out, name_of(types[n]), n, types.size());
  return out;
}

std::string undissected_text(const Trace& trace, const Selection& selection) {
  const auto undissected = [](const capture::Interface& interface) { return is_undissected(interface); };
  if (std::none_of(trace.interfaces.begin(), trace.interfaces.end(), undissected)) return {};
  bool all = !selection.empty();
  selection.for_each([&](PacketIndex i) { all = all && i < trace.size() && is_undissected(trace, i); });
  if (!all) return {};
  return "The link type of these packets is not dissected (" + undissected_names(trace) +
         "): no addresses, connections or requests are seen in them, only their number, sizes and times.";
}

}  // namespace tracedrop::analysis
