#include "read_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "analysis/answers.h"
#include "display_filter.h"
#include "engine/engine.h"
#include "export/summary_json.h"
#include "figures.h"
#include "input.h"
#include "message.h"
#include "output_file.h"
#include "platform.h"
#include "report.h"
#include "standard_output.h"
#include "write_details.h"
#include "write_fields.h"
#include "write_rows.h"

namespace tracedrop::native_capture {
namespace {

/// The engine's warning that not all of the file was read.
constexpr const char* kOutOfMemory = "out-of-memory";

void warn(const std::string& name, const std::string& text) {
  say(fmt::format("native_capture: warning: {}: {}", name, text));
}

void warn_all(const std::string& name, const Input& input, const trace::Trace& trace) {
  for (const std::string& text : input.warnings()) warn(name, text);
  for (const Warning& warning : trace.warnings.list()) {
    const std::string times = warning.count > 1 ? fmt::format(" ({} times)", warning.count) : "";
    // Most texts say the place themselves.
    const bool placed = warning.offset == Warning::kNowhere || warning.text.find("byte ") != std::string::npos;
    warn(name, warning.text + times + (placed ? "" : fmt::format(" (from byte {} on)", warning.offset)));
  }
}

/// What was asked for is left out because the user does not want to wait; a csv that is missing shows in the status.
ExitStatus leave_out(const ReadOptions& options, bool answered) {
  std::string what = shown(options.csv);
  if (options.summary != SummaryKind::none && !answered) what += what.empty() ? "the answers" : " and the answers";
  say(fmt::format("Left out ({}): {}; later: native_capture --read {}{}", platform::stop_request(), what,
                  shown(options.file), options.csv.empty() ? "" : " --csv " + shown(options.csv)));
  return options.csv.empty() ? kDone : kNothingDone;
}

/// What is read must not be written to, whatever name it goes by there.
void check_places(const ReadOptions& options, const Input& input) {
  const auto read = input.identity();
  const auto output = platform::identity_of(platform::kStandardOutput);
  if (read && output == read)
    throw unusable("standard output leads into the file that is read, which would spoil it; send it elsewhere");
  if (options.csv.empty() || options.csv == "-") return;
  if (read && platform::identity_of(options.csv) == read)
    throw unusable(fmt::format("--csv {}: this is the file that is read; choose another name", shown(options.csv)));
  if (output && same_file("-", options.csv))
    throw unusable(fmt::format("--csv {0}: standard output leads there, too; choose another name", shown(options.csv)));
  try {
    check_output("--csv", options.csv, options.force);
  } catch (const Failure& failure) {
    throw failed(failure.what());  // nothing is wrong with the arguments, but nothing can be written there
  }
}

ExitStatus tell(const ReadOptions& options, const trace::Trace& trace, const trace::Selection& packets,
                std::FILE* summary_to) {
  if (options.summary == SummaryKind::none) return kDone;
  try {
    print_answers(trace, packets, options.summary, summary_to);
    return kDone;
  } catch (const std::bad_alloc&) {
    say(fmt::format("native_capture: there is not enough memory for the answers about {} packets",
                    with_commas(packets.count())));
    return kNothingDone;
  }
}

ExitStatus write_csv(const ReadOptions& options, const engine::Engine& engine, const trace::Selection& packets,
                     Input& input, bool whole) {
  check_places(options, input);
  const RowsWritten written =
      options.fields.empty() ? write_rows(engine, packets, input, options.csv, options.force, whole)
                             : write_fields(engine, packets, input, options.fields, options.csv, options.force, whole);
  if (written.stopped) return leave_out(options, true);
  const std::string name = options.csv == "-" ? "standard output" : shown(options.csv);
  if (!written.why_not_all.empty())
    say(fmt::format("native_capture: {}: only the first {} of {} rows were written: {}", name,
                    with_commas(written.rows), with_commas(packets.count()), written.why_not_all));
  if (!written.place.empty() && written.place != options.csv)
    say(fmt::format("native_capture: {} is as it was before; the rows that could be had are in {}", name,
                    shown(written.place)));
  return written.why_not_all.empty() ? kDone : kNothingDone;
}

}  // namespace

void print_answers(const trace::Trace& trace, const trace::Selection& packets, SummaryKind summary,
                   std::FILE* text_to) {
  const analysis::Answers answers = analysis::answer(trace, packets);
  if (summary == SummaryKind::json)
    print(exporting::summary_json(trace, answers) + "\n");
  else if (text_to == stdout)
    print(summary_text(trace, answers));
  else
    std::fputs(summary_text(trace, answers).c_str(), text_to);
}

ExitStatus read_file(const ReadOptions& options, std::FILE* summary_to) {
  const std::string name = options.file == "-" ? "standard input" : shown(options.file);
  const auto program = compile_display_filter(options.display_filter);
  Input input(options.file);
  if (!options.answers_first) check_places(options, input);
  engine::Engine engine(input);
  const auto take = [&](Bytes chunk) { return platform::stop_request() == nullptr && engine.push(chunk); };
  input.for_each_chunk(take, !options.csv.empty() || !options.details.empty() || program != nullptr);
  if (platform::stop_request() != nullptr) return leave_out(options, false);
  engine.finish();
  const trace::Trace& trace = engine.trace();
  if (engine.state() == engine::State::failed) {
    // What could not be read is not empty.
    if (!input.problem().empty()) throw failed(fmt::format("{}: {}", name, input.problem()));
    if (trace.warnings.has(kOutOfMemory)) throw failed(fmt::format("{}: there is not enough memory to read it", name));
    for (const std::string& text : input.warnings()) warn(name, text);
    throw failed(fmt::format("{}: {}", name, engine.failure()));
  }
  warn_all(name, input, trace);

  const bool whole = input.problem().empty() && !trace.warnings.has(kOutOfMemory);
  ExitStatus status = whole ? kDone : kNothingDone;
  const trace::Selection packets = display_filtered(engine, input, program);
  if (platform::stop_request() != nullptr) return leave_out(options, false);
  status = std::max(status, tell(options, trace, packets, summary_to));
  if (!options.csv.empty()) status = std::max(status, write_csv(options, engine, packets, input, whole));
  if (!options.details.empty()) status = std::max(status, write_details(engine, packets, input, options.details));
  return status;
}

}  // namespace tracedrop::native_capture
