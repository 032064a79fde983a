// What somebody looks at: a selection of packets for which every figure is computed, and the packets that the table
// shows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analysis/answers.h"
#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::engine {

class View {
 public:
  /// Looks at all packets that `trace` holds now; it is borrowed.
  explicit View(const trace::Trace& trace);

  /// Selects all packets, those before the idle tail, or those with from_s ≤ time ≤ to_s (seconds since the first
  /// packet). The table then shows all that is selected.
  void select(trace::Selection selection);
  void select_all() { select(all()); }
  void select_active() { select(active()); }
  void select_time(double from_s, double to_s) { select(between(from_s, to_s)); }
  /// The same packets, without selecting them.
  trace::Selection all() const { return trace::Selection::all(trace_.size()); }
  trace::Selection active() const;
  trace::Selection between(double from_s, double to_s) const;

  /// Narrows the table to the selected packets behind a figure (analysis/evidence.h), to "size<=BYTES", "size>BYTES",
  /// "iat<=SECONDS" or "iat>SECONDS"; "" shows all. Returns how many are shown; an unknown name shows none.
  uint32_t show(std::string_view what);

  const trace::Selection& selection() const { return selection_; }
  const trace::Selection& shown() const { return shown_; }
  /// The answers for the selection: computed when first asked for, and kept.
  const analysis::Answers& answers();

 private:
  const trace::Trace& trace_;
  trace::Selection selection_;
  trace::Selection shown_;
  std::optional<analysis::Answers> answers_;
  /// Of the packets that there were when it was found; it holds for every selection of them.
  std::optional<analysis::CapturePoint> capture_point_;
  uint32_t capture_point_packets_ = 0;
};

}  // namespace tracedrop::engine
