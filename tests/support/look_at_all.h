// Everything that can be asked of a file, asked: for tests that prove what any file does not do (harm, take for ever).
#pragma once

#include <string>

#include "analysis/cdf.h"
#include "analysis/groups.h"
#include "analysis/timeline.h"
#include "engine/engine.h"
#include "engine/packet_replay.h"
#include "engine/view.h"
#include "export/definitions.h"
#include "export/field_values.h"
#include "export/groups_json.h"
#include "export/json.h"
#include "export/packets_csv.h"
#include "export/status_json.h"
#include "export/summary_json.h"
#include "export/tree_json.h"

namespace tracedrop::test {

/// A file that is in memory.
class MemorySource : public engine::ByteSource {
 public:
  explicit MemorySource(const std::string& bytes) : bytes_(Bytes::of(bytes)) {}
  Bytes read(uint64_t offset, size_t length) override {
    return offset > bytes_.size() ? Bytes() : bytes_.sub(static_cast<size_t>(offset), length);
  }

 private:
  Bytes bytes_;
};

/// All rows as the csv export writes them; gives the bytes of it.
inline size_t export_csv(engine::Engine& engine) {
  size_t total = 0;
  std::string out;
  engine::RowTexts row;
  for (uint32_t i = 0; i < engine.trace().size(); ++i) {
    out.clear();
    engine.row_texts(i, row);
    exporting::append_csv_line(out,
                               {row.number, row.time, row.source, row.destination, row.protocol, row.length, row.info});
    total += out.size();
  }
  return total;
}

inline void look_at_groups(const trace::Trace& trace, const trace::Selection& selection) {
  using analysis::GroupBy;
  for (const GroupBy by : {GroupBy::direction, GroupBy::protocol, GroupBy::conversation}) {
    const analysis::Groups groups = analysis::groups(trace, selection, by, 100);
    exporting::groups_json(groups);
    if (!groups.top.empty()) analysis::group_packets(trace, selection, by, groups.top.back().key);
  }
}

/// What is selected: its answers, curves, groups, and the packets behind each figure.
inline void look_at_selection(const trace::Trace& trace, engine::View& view) {
  exporting::summary_json(trace, view.answers());
  const analysis::Distributions distributed = analysis::distributions(trace, view.selection());
  for (const analysis::Axis axis : {analysis::Axis::linear, analysis::Axis::logarithmic}) {
    analysis::cdf(distributed.size, axis, 200);
    analysis::cdf(distributed.interarrival_ns, axis, 200);
  }
  if (const auto range = analysis::time_range(trace, view.selection()))
    analysis::timeline(trace, view.selection(), range->first_ns, range->last_ns, 100);
  look_at_groups(trace, view.selection());
  for (const exporting::Definition& figure : exporting::definitions()) view.show(figure.name);
  for (const char* what : {"handshake", "data_rtt", "lost", "needless", "idle_tail", "size<=100", "iat>0.001"})
    view.show(what);
}

/// Every packet's tree, as texts and as values.
inline void replay_all(const trace::Trace& trace, engine::ByteSource& source) {
  if (trace.kind == trace::SourceKind::csv) return;
  engine::PacketReplay replay(trace, source);
  exporting::FieldColumns columns({"frame.number", "ip.addr", "tcp.analysis", "dns.qry.name", "http", "tls.app_data"});
  dissect::Tree tree;
  std::string info;
  while (replay.step(&tree, &info)) {
    exporting::tree_json(tree, replay.next());
    columns.read(tree);
  }
}

inline void look_at_all(engine::Engine& engine) {
  const trace::Trace& trace = engine.trace();
  exporting::status_json(trace, {"ready", engine.failure(), engine.is_compressed(), 0});
  export_csv(engine);
  engine::View view(trace);
  look_at_selection(trace, view);
  view.select_active();
  look_at_selection(trace, view);
  view.select_time(0.001, 0.01);
  look_at_selection(trace, view);
}

}  // namespace tracedrop::test
