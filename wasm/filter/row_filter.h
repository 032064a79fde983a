// What the rows of a trace decide of a program, block by block: which packets pass, and which only their bytes can tell
// of. The chain of a packet's layers says which fields can be in it at all (dissect/packet_kinds.h); most of what
// people ask for stands in the columns; verdicts about addresses and ports are found once for each conversation.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "filter/evaluate.h"
#include "filter/row_values.h"
#include "trace/trace.h"

namespace tracedrop::filter {

enum class Verdict : uint8_t {
  no,
  yes,
  unknown,
  by_row,  ///< of a kind of packets: each row tells
  unasked
};

/// A bit for each packet of a block.
using BlockBits = std::array<uint64_t, trace::kBlockRows / 64>;

struct BlockVerdict {
  BlockBits passes{}, unknown{};
};

class RowFilter {
 public:
  /// Both are borrowed; the trace is complete.
  RowFilter(const trace::Trace& trace, const Program& program);

  void decide(uint32_t block, BlockVerdict& out);
  /// The same for one packet, of which Info is known, too.
  Verdict decide(trace::PacketIndex i, std::string_view info);
  /// Whether Info decides anything.
  bool asks_for_info() const { return asks_for_info_; }
  /// The first name that the rows of a csv cannot tell of; empty for a capture.
  std::string_view unknown_to_csv() const;

 private:
  enum class Strategy : uint8_t { general, flow, note, number };
  struct Kind {
    Verdict verdict = Verdict::unknown;
    uint32_t absent = 0;  ///< bits of the plan's slots that are not in packets of this kind
  };
  struct Plan {
    const Test* test = nullptr;
    std::vector<uint32_t> slots;  ///< of the program
    std::vector<Kind> by_kind;
    Strategy strategy = Strategy::general;
    bool needs_info = false;
    bool needs_tcp = false;
    RowSlot slot;  ///< of note and number
    int64_t least = 0, most = 0;
    bool is_outside = false;         ///< the number must not be in [least, most]
    std::vector<Verdict> by_flow{};  ///< as far as it was asked for
  };
  enum class Presence : uint8_t { absent, in_row, unknown };

  Plan plan_of(const Test& test);
  void choose_strategy(Plan& plan) const;
  bool choose_number(Plan& plan) const;
  Kind kind_of(const Plan& plan, uint32_t kind);
  Presence presence(uint32_t slot, uint32_t kind) const;
  bool can_be_in(const Name& name, uint32_t kind) const;
  bool is_empty(const Expr& expr, const Plan& plan, uint32_t absent) const;

  void decide(Plan& plan, uint32_t block, BlockVerdict& out);
  void decide(const Logic& logic, uint32_t block, BlockVerdict& out);
  void decide_numbers(const Plan& plan, const trace::Block& rows, trace::PacketIndex first, BlockVerdict& out) const;
  Verdict decide_flow(Plan& plan, trace::PacketIndex i, uint32_t flow);
  Verdict decide_row(const Plan& plan, trace::PacketIndex i);
  Verdict decide(const Logic& logic, trace::PacketIndex i);

  const trace::Trace& trace_;
  const Program& program_;
  const bool is_csv_;
  RowValues values_;
  Evaluator evaluator_;
  std::vector<RowSlot> row_slots_;  // of the program's slots
  std::vector<Values> given_;       // by slot, for the evaluator
  std::vector<Plan> plans_;         // by test
  bool asks_for_info_ = false;
};

}  // namespace tracedrop::filter
