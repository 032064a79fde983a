#include "read_file.h"

#include <fmt/format.h>

#include "analysis/answers.h"
#include "engine/engine.h"
#include "export/summary_json.h"
#include "input.h"
#include "output_file.h"
#include "platform.h"
#include "report.h"
#include "standard_output.h"
#include "write_rows.h"

namespace tracedrop::native_capture {
namespace {

void warn(const std::string& path, const std::string& text) {
  std::fputs(fmt::format("native_capture: warning: {}: {}\n", path, text).c_str(), stderr);
}

void warn_all(const std::string& path, const Input& input, const trace::Trace& trace) {
  for (const std::string& text : input.warnings()) warn(path, text);
  for (const Warning& warning : trace.warnings.list()) {
    const std::string times = warning.count > 1 ? fmt::format(" ({} times)", warning.count) : "";
    // Most texts say the place themselves.
    const bool placed = warning.offset == Warning::kNowhere || warning.text.find("byte ") != std::string::npos;
    warn(path, warning.text + times + (placed ? "" : fmt::format(" (from byte {} on)", warning.offset)));
  }
}

/// What was asked for is left out because the user does not want to wait; a csv that is missing shows in the status.
ExitStatus leave_out(const ReadOptions& options, bool answered) {
  std::string what = options.csv;
  if (options.summary != SummaryKind::none && !answered) what += what.empty() ? "the answers" : " and the answers";
  std::fputs(fmt::format("Left out ({}): {}; later: native_capture --read {}{}\n", platform::stop_request(), what,
                         options.file, options.csv.empty() ? "" : " --csv " + options.csv)
                 .c_str(),
             stderr);
  return options.csv.empty() ? kDone : kNothingDone;
}

}  // namespace

void print_answers(const trace::Trace& trace, SummaryKind summary, std::FILE* text_to) {
  const analysis::Answers answers = analysis::answer(trace, trace::Selection::all(trace.size()));
  if (summary == SummaryKind::json)
    print(exporting::summary_json(trace, answers) + "\n");
  else if (text_to == stdout)
    print(summary_text(trace, answers));
  else
    std::fputs(summary_text(trace, answers).c_str(), text_to);
}

ExitStatus read_file(const ReadOptions& options, std::FILE* summary_to) {
  const std::string name = options.file == "-" ? "standard input" : options.file;
  Input input(options.file);
  engine::Engine engine(input);
  const auto take = [&](Bytes chunk) { return platform::stop_request() == nullptr && engine.push(chunk); };
  input.for_each_chunk(take, !options.csv.empty());
  if (platform::stop_request() != nullptr) return leave_out(options, false);
  engine.finish();
  const trace::Trace& trace = engine.trace();
  if (engine.state() == engine::State::failed) {
    // What could not be read is not empty.
    if (!input.warnings().empty()) throw failed(fmt::format("{}: {}", name, input.warnings().front()));
    throw failed(fmt::format("{}: {}", name, engine.failure()));
  }
  warn_all(name, input, trace);

  if (options.summary != SummaryKind::none) print_answers(trace, options.summary, summary_to);
  if (options.csv.empty()) return kDone;
  check_output("--csv", options.csv, options.replace_csv);
  if (!write_rows(engine, input, options.csv, options.replace_csv)) return leave_out(options, true);
  return kDone;
}

}  // namespace tracedrop::native_capture
