#include "write_fields.h"

#include <fmt/format.h>

#include <vector>

#include "engine/packet_replay.h"
#include "export/field_values.h"
#include "failure.h"
#include "message.h"
#include "platform.h"

namespace tracedrop::native_capture {
namespace {

std::vector<std::string> names_of(const std::string& fields) {
  std::vector<std::string> names;
  for (size_t at = 0; at <= fields.size();) {
    const size_t comma = std::min(fields.find(',', at), fields.size());
    if (comma == at) throw unusable(fmt::format("--fields {}: a name is empty; write ip.src,tcp.port", shown(fields)));
    names.push_back(fields.substr(at, comma - at));
    at = comma + 1;
  }
  return names;
}

void warn_of_unknown(const exporting::FieldColumns& columns) {
  for (const std::string& name : columns.fields().unknown())
    say(fmt::format("native_capture: warning: no field is known as {}: its column stays empty", shown(name)));
}

std::string header_of(const std::vector<std::string>& names) {
  std::string line;
  for (const std::string& name : names) line += (line.empty() ? "" : ",") + name;
  return line + '\n';
}

/// Empty cells are empty, others quoted, as in `tshark -T fields -E separator=, -E quote=d`.
void append_row(std::string& out, const std::vector<std::string>& cells) {
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i != 0) out += ',';
    if (cells[i].empty()) continue;
    out += '"';
    for (const char c : cells[i]) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  out += '\n';
}

RowsWritten write_into(OutputFile& file, const engine::Engine& engine, const trace::Selection& packets, Input& input,
                       const std::string& header, exporting::FieldColumns& columns) {
  Input::Reader source(input);
  engine::PacketReplay replay(engine.trace(), source);
  dissect::Tree tree;
  tree.want_only(columns.fields());
  RowsWritten written;
  std::string line = header;
  while (hand_over(line, file) && platform::stop_request() == nullptr && replay.next() < packets.last()) {
    line.clear();
    const bool is_wanted = packets.contains(replay.next());
    if (!replay.step(is_wanted ? &tree : nullptr)) break;
    if (!is_wanted) continue;
    append_row(line, columns.read(tree));
    ++written.rows;
  }
  written.stopped = platform::stop_request() != nullptr;
  if (written.rows < packets.count() && file.error().empty()) written.why_not_all = input.unreadable_because();
  return written;
}

}  // namespace

RowsWritten write_fields(const engine::Engine& engine, const trace::Selection& packets, Input& input,
                         const std::string& fields, const std::string& path, bool replace, bool whole) {
  if (engine.trace().kind == trace::SourceKind::csv)
    throw unusable("--fields needs the packets themselves: a csv holds only what its columns say");
  const std::vector<std::string> names = names_of(fields);
  exporting::FieldColumns columns(names);
  warn_of_unknown(columns);
  const std::string header = header_of(names);
  return write_table(path, replace, whole,
                     [&](OutputFile& file) { return write_into(file, engine, packets, input, header, columns); });
}

}  // namespace tracedrop::native_capture
