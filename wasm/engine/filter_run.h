// Which packets of a trace pass a display filter, found piece by piece, so that whoever asks can show the first ones at
// once, tell how far it is, and stop:
//
//   filter::Problem problem;
//   const auto program = filter::compile("tcp.port == 443", problem);   // null: problem says what and where
//   FilterRun run(trace, layout, source, program);
//   while (run.step(20'000)) show(run.selection(), run.progress());
//
// First come the columns of all rows (filter/row_filter.h), then what Info decides, and then the packets that are left
// are dissected again, in order.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/packet_replay.h"
#include "engine/row_reader.h"
#include "filter/program.h"
#include "filter/row_filter.h"
#include "filter/tree_values.h"
#include "trace/selection.h"

namespace tracedrop::engine {

class FilterRun {
 public:
  /// All is borrowed but the program. `layout`: of a csv, null for a capture.
  FilterRun(const trace::Trace& trace, const csv::CsvLayout* layout, ByteSource& source,
            std::shared_ptr<const filter::Program> program);

  /// Why the filter cannot be answered for this file (a csv has no packets); empty when it can.
  const std::string& refusal() const { return refusal_; }
  /// Goes on: about as much work as dissecting so many packets is. False when all is decided.
  bool step(uint32_t packets);
  bool is_done() const { return stage_ == Stage::done; }
  /// From 0 to 1.
  double progress() const;

  /// The packets that are known to pass so far.
  trace::Selection selection() const { return trace::Selection::of_bits(passes_, trace_.size()); }
  uint32_t found() const { return found_; }
  /// Packets of which the file does not tell enough: rows of a csv, or bytes that are not there any more.
  uint32_t undecided() const { return undecided_; }

 private:
  enum class Stage : uint8_t { rows, info, packets, done };

  uint32_t step_rows(uint32_t packets);
  uint32_t step_info(uint32_t packets);
  uint32_t step_packets(uint32_t packets);
  void enter(Stage stage);
  bool is_open(trace::PacketIndex i) const { return (open_[i / 64] >> (i % 64) & 1) != 0; }
  trace::PacketIndex next_open(trace::PacketIndex from) const;
  void settle(trace::PacketIndex i, bool passes);

  const trace::Trace& trace_;
  const csv::CsvLayout* layout_;
  ByteSource& source_;
  std::shared_ptr<const filter::Program> program_;
  filter::RowFilter rows_;
  filter::TreeValues values_;
  filter::RowValues list_values_;
  filter::Evaluator evaluator_;
  std::string refusal_;
  Stage stage_ = Stage::rows;
  uint32_t next_ = 0;  ///< block or packet of the stage
  std::vector<uint64_t> passes_, open_;
  uint32_t found_ = 0, undecided_ = 0;
  std::unique_ptr<RowReader> reader_;
  std::unique_ptr<PacketReplay> replay_;
  dissect::Tree tree_;
  RowTexts texts_;
  std::string info_;
  std::vector<filter::Values> slots_;
};

}  // namespace tracedrop::engine
