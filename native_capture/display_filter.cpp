#include "display_filter.h"

#include <fmt/format.h>

#include "engine/filter_run.h"
#include "failure.h"
#include "figures.h"
#include "message.h"
#include "platform.h"

namespace tracedrop::native_capture {
namespace {

/// Packets between two looks at whether somebody wants to stop.
constexpr uint32_t kSlice = 20'000;

void warn_of_undecided(const engine::FilterRun& run, const trace::Trace& trace, Input& input) {
  if (run.undecided() == 0) return;
  const std::string why = trace.kind == trace::SourceKind::csv ? "the csv does not tell what the filter asks of them"
                                                               : input.unreadable_because();
  say(fmt::format("native_capture: warning: {} packets are left out: {}", with_commas(run.undecided()), why));
}

}  // namespace

std::shared_ptr<const filter::Program> compile_display_filter(const std::string& text) {
  if (text.empty()) return nullptr;
  filter::Problem problem;
  auto program = filter::compile(text, problem);
  if (program == nullptr)
    throw unusable(fmt::format("--display-filter: {}\n{}", problem.text, filter::marked(text, problem.place)));
  for (const filter::Problem& warning : program->warnings)
    say(fmt::format("native_capture: warning: --display-filter: {}\n{}", warning.text,
                    filter::marked(text, warning.place)));
  return program;
}

trace::Selection display_filtered(const engine::Engine& engine, Input& input,
                                  std::shared_ptr<const filter::Program> program) {
  const trace::Trace& trace = engine.trace();
  if (program == nullptr) return trace::Selection::all(trace.size());
  const bool is_csv = trace.kind == trace::SourceKind::csv;
  Input::Reader source(input);
  engine::FilterRun run(trace, is_csv ? &trace.csv_layout : nullptr, source, std::move(program));
  if (!run.refusal().empty()) throw unusable("--display-filter: " + run.refusal());
  while (platform::stop_request() == nullptr && run.step(kSlice)) continue;
  warn_of_undecided(run, trace, input);
  return run.selection();
}

}  // namespace tracedrop::native_capture
