#include "read_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "analysis/answers.h"
#include "engine/engine.h"
#include "export/packets_csv.h"
#include "export/summary_json.h"
#include "input.h"
#include "output_file.h"
#include "platform.h"
#include "report.h"

namespace tracedrop::native_capture {
namespace {

/// Rows that the engine is told of at once.
constexpr uint32_t kRowsAhead = 4096;
constexpr size_t kWriteBytes = 256 * 1024;

size_t whole_lines(const uint8_t* data, size_t size) {
  while (size > 0 && data[size - 1] != '\n') --size;
  return size;
}

/// Hands gathered lines to the file; false when it fails.
bool hand_over(std::string& lines, OutputFile& file) {
  std::memcpy(file.buffer().extend(lines.size()), lines.data(), lines.size());
  lines.clear();
  return file.flush();
}

void write_csv(engine::Engine& engine, const std::string& path) {
  OutputFile file(path, true, whole_lines);
  std::string lines(exporting::kPacketsCsvHeader);
  engine::RowTexts row;
  const uint32_t size = engine.trace().size();
  for (uint32_t i = 0; i < size; ++i) {
    if (i % kRowsAhead == 0) engine.will_show(i, std::min(size, i + kRowsAhead), kRowsAhead);
    engine.row_texts(i, row);
    exporting::append_csv_line(lines,
                               {row.number, row.time, row.source, row.destination, row.protocol, row.length, row.info});
    if (lines.size() >= kWriteBytes && !hand_over(lines, file)) break;
  }
  hand_over(lines, file);
  if (!file.finish()) throw failed(file.error());
}

void print(const std::string& text, std::FILE* to) {
  if (std::fputs(text.c_str(), to) < 0 || std::fflush(to) != 0) throw failed("standard output cannot be written");
}

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

}  // namespace

ExitStatus read_file(const ReadOptions& options, std::FILE* summary_to) {
  const std::string name = options.file == "-" ? "standard input" : options.file;
  Input input(options.file);
  engine::Engine engine(input);
  input.for_each_chunk([&](Bytes chunk) { return engine.push(chunk); }, !options.csv.empty());
  engine.finish();
  const trace::Trace& trace = engine.trace();
  if (engine.state() == engine::State::failed) {
    for (const std::string& text : input.warnings()) warn(name, text);
    throw failed(fmt::format("{}: {}", name, engine.failure()));
  }
  warn_all(name, input, trace);

  if (!options.csv.empty()) write_csv(engine, options.csv);
  if (options.summary == SummaryKind::none) return kDone;
  const analysis::Answers answers = analysis::answer(trace, trace::Selection::all(trace.size()));
  if (options.summary == SummaryKind::json)
    print(exporting::summary_json(trace, answers) + "\n", stdout);
  else
    print(summary_text(trace, answers), summary_to);
  return kDone;
}

}  // namespace tracedrop::native_capture
