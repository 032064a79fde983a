#include "write_details.h"

#include <fmt/format.h>

#include "engine/packet_replay.h"
#include "export/tree_json.h"
#include "failure.h"
#include "figures.h"
#include "message.h"
#include "packet_list.h"
#include "platform.h"
#include "standard_output.h"

namespace tracedrop::native_capture {

ExitStatus write_details(const engine::Engine& engine, const trace::Selection& packets, Input& input,
                         const std::string& text) {
  const trace::Trace& trace = engine.trace();
  if (trace.kind == trace::SourceKind::csv)
    throw unusable("--details needs the packets themselves: a csv holds only what its columns say");
  PacketList list(text);
  if (list.is_single() && list.last() > trace.size())
    throw unusable(fmt::format("--details {}: the file holds {} packets", list.last(), with_commas(trace.size())));
  Input::Reader source(input);
  engine::PacketReplay replay(trace, source);
  dissect::Tree tree;
  while (replay.next() < std::min(trace.size(), list.last())) {
    if (platform::stop_request() != nullptr) return kNothingDone;
    const uint32_t number = replay.next() + 1;
    const bool is_wanted = list.holds(number) && packets.contains(number - 1);
    if (!replay.step(is_wanted ? &tree : nullptr))
      throw failed(fmt::format("packet {} cannot be read any more: {}", number, input.unreadable_because()));
    if (!is_wanted) continue;
    print((list.is_single() ? exporting::layers_json(tree) : exporting::tree_json(tree, number)) + "\n");
  }
  return kDone;
}

}  // namespace tracedrop::native_capture
