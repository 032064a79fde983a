// Display filters asked of captures, for tests.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.h"
#include "engine/engine.h"
#include "engine/filter_run.h"
#include "engine/packet_replay.h"
#include "filter/evaluate.h"
#include "filter/program.h"
#include "filter/tree_values.h"

namespace tracedrop::test {

/// A file, read whole.
class FilteredFile : private engine::ByteSource {
 public:
  explicit FilteredFile(const std::filesystem::path& path) : engine_(*this) {
    std::ifstream in(path, std::ios::binary);
    data_.assign(std::istreambuf_iterator<char>(in), {});
    load();
  }
  struct Contents {
    std::string text;
  };
  explicit FilteredFile(Contents contents) : data_(std::move(contents.text)), engine_(*this) { load(); }

  const trace::Trace& trace() const { return engine_.trace(); }
  bool has_packets() const { return engine_.state() == engine::State::ready && trace().kind != trace::SourceKind::csv; }

  /// The run over it, not begun.
  engine::FilterRun run(std::shared_ptr<const filter::Program> program) {
    const bool is_csv = trace().kind == trace::SourceKind::csv;
    return engine::FilterRun(trace(), is_csv ? &trace().csv_layout : nullptr, *this, std::move(program));
  }
  /// Numbers of the packets that pass: "1,2,5"; or what is wrong.
  std::string passing(const std::string& text, uint32_t slice = 1000) {
    filter::Problem problem;
    auto program = filter::compile(text, problem);
    if (program == nullptr) return "error: " + problem.text;
    engine::FilterRun found = run(std::move(program));
    if (!found.refusal().empty()) return "refused: " + found.refusal();
    while (found.step(slice)) continue;
    std::vector<bool> passes(trace().size());
    found.selection().for_each([&](trace::PacketIndex i) { passes[i] = true; });
    return numbers(passes);
  }
  /// The same, by asking the whole tree of each packet.
  std::vector<std::string> passing_by_trees(const std::vector<std::shared_ptr<const filter::Program>>& programs);

  static std::string numbers(const std::vector<bool>& passes) {
    std::string out;
    for (size_t i = 0; i < passes.size(); ++i) {
      if (!passes[i]) continue;
      if (!out.empty()) out += ',';
      append_number(out, i + 1);
    }
    return out;
  }

 private:
  Bytes read(uint64_t offset, size_t length) override {
    return Bytes::of(data_).sub(static_cast<size_t>(offset), length);
  }
  bool keep(Bytes contents) override {
    unpacked_ += contents.text();
    return true;
  }
  void load() {
    engine_.push(Bytes::of(data_));
    engine_.finish();
    if (engine_.is_compressed()) data_ = std::move(unpacked_);
  }

  std::string data_, unpacked_;
  engine::Engine engine_;
};

inline std::vector<std::string> FilteredFile::passing_by_trees(
    const std::vector<std::shared_ptr<const filter::Program>>& programs) {
  std::vector<std::vector<bool>> passes(programs.size());
  std::vector<filter::TreeValues> values;
  std::vector<filter::Evaluator> evaluators;
  for (const auto& program : programs) {
    values.emplace_back(*program);
    evaluators.emplace_back(*program);
  }
  dissect::Tree tree;  // all of it
  std::string info;
  engine::PacketReplay replay(trace(), *this);
  for (info.clear(); replay.step(&tree, &info); info.clear()) {
    const trace::PacketIndex i = replay.next() - 1;
    for (size_t k = 0; k < programs.size(); ++k) {
      filter::RowValues columns(trace());
      columns.set_info(info);
      std::vector<filter::Values> slots(programs[k]->slots.size());
      values[k].read(tree, slots);
      for (size_t s = 0; s < slots.size(); ++s) {
        const filter::Slot& slot = programs[k]->slots[s];
        if (slot.name->column != filter::ListColumn::none)
          columns.append(filter::row_slot(slot, false), *slot.name, i, slots[s]);
      }
      passes[k].push_back(evaluators[k].passes(slots));
    }
  }
  std::vector<std::string> all;
  for (const auto& each : passes) all.push_back(numbers(each));
  return all;
}

}  // namespace tracedrop::test
