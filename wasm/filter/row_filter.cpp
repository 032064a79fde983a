#include "filter/row_filter.h"

#include <algorithm>

namespace tracedrop::filter {

namespace {

using trace::PacketIndex;

bool holds_nothing(const BlockBits& bits) {
  return std::all_of(bits.begin(), bits.end(), [](uint64_t word) { return word == 0; });
}

void put(BlockVerdict& out, uint32_t at, Verdict verdict) {
  const uint64_t bit = uint64_t{1} << (at % 64);
  if (verdict == Verdict::yes) out.passes[at / 64] |= bit;
  if (verdict == Verdict::unknown) out.unknown[at / 64] |= bit;
}

constexpr uint16_t kSegmentFlags = dissect::kIsTcp | dissect::kHeaderDamaged | dissect::kOptionsCut;

/// Only rows of whole headers tell of a segment.
bool is_segment(uint16_t flags) { return (flags & kSegmentFlags) == dissect::kIsTcp; }

Verdict negated(Verdict verdict) {
  return verdict == Verdict::unknown ? verdict : verdict == Verdict::yes ? Verdict::no : Verdict::yes;
}

/// Puts the next part's verdicts to those of the parts before it.
void join(Logic::Kind kind, BlockVerdict& all, const BlockVerdict& next) {
  for (size_t i = 0; i < all.passes.size(); ++i) {
    const uint64_t a = all.passes[i], b = next.passes[i], unknown = all.unknown[i] | next.unknown[i];
    uint64_t passes = 0, possible = 0;
    if (kind == Logic::Kind::both) {
      passes = a & b;
      possible = (a | all.unknown[i]) & (b | next.unknown[i]);
    } else if (kind == Logic::Kind::either) {
      passes = a | b;
      possible = passes | unknown;
    } else {
      passes = (a ^ b) & ~unknown;
      possible = passes | unknown;
    }
    all.passes[i] = passes;
    all.unknown[i] = possible & ~passes;
  }
}

}  // namespace

void RowFilter::decide(uint32_t block, BlockVerdict& out) {
  out = {};
  decide(program_.root, block, out);
  const uint32_t rows = trace_.columns.block(block).rows;
  for (uint32_t word = 0; word < out.passes.size(); ++word) {
    const uint32_t first = word * 64;
    const uint64_t there = first + 64 <= rows ? ~uint64_t{0} : first >= rows ? 0 : (uint64_t{1} << (rows - first)) - 1;
    out.passes[word] &= there;
    out.unknown[word] &= there;
  }
}

void RowFilter::decide(const Logic& logic, uint32_t block, BlockVerdict& out) {
  if (logic.kind == Logic::Kind::test) return decide(plans_[logic.test], block, out);
  decide(logic.parts[0], block, out);
  if (logic.kind == Logic::Kind::negation) {
    for (size_t i = 0; i < out.passes.size(); ++i) out.passes[i] = ~(out.passes[i] | out.unknown[i]);
    return;
  }
  for (size_t i = 1; i < logic.parts.size(); ++i) {
    if (logic.kind == Logic::Kind::both && holds_nothing(out.passes) && holds_nothing(out.unknown)) return;
    BlockVerdict next;
    decide(logic.parts[i], block, next);
    join(logic.kind, out, next);
  }
}

void RowFilter::decide(Plan& plan, uint32_t block, BlockVerdict& out) {
  const trace::Block& rows = trace_.columns.block(block);
  const PacketIndex first = block * trace::kBlockRows;
  if (plan.strategy == Strategy::number || plan.strategy == Strategy::note)
    return decide_numbers(plan, rows, first, out);
  for (uint32_t at = 0; at < rows.rows; ++at) {
    const Kind& kind = plan.by_kind[rows.protocol[at]];
    Verdict verdict = kind.verdict;
    if (verdict == Verdict::by_row) {
      const bool is_told = !plan.needs_info && (!plan.needs_tcp || kind.absent != 0 || is_segment(rows.flags[at]));
      verdict = !is_told                                              ? Verdict::unknown
                : plan.strategy == Strategy::flow && kind.absent == 0 ? decide_flow(plan, first + at, rows.flow[at])
                                                                      : decide_row(plan, first + at);
    }
    put(out, at, verdict);
  }
}

void RowFilter::decide_numbers(const Plan& plan, const trace::Block& rows, PacketIndex first, BlockVerdict& out) const {
  const RowField field = plan.slot.field;
  const bool is_time = field >= RowField::frame_time && field <= RowField::frame_delta;
  for (uint32_t at = 0; at < rows.rows; ++at) {
    Verdict verdict = plan.by_kind[rows.protocol[at]].verdict;
    if (verdict == Verdict::by_row) {
      const uint16_t flags = rows.flags[at];
      bool is_told = (!plan.needs_tcp || is_segment(flags)) && (!is_time || (flags & dissect::kHasNoTime) == 0);
      if (field == RowField::tcp_length && rows.payload_len[at] == UINT16_MAX) is_told = false;
      bool passes = false;
      if (plan.strategy == Strategy::note) {
        passes = (rows.notes[at] & plan.slot.bits) != 0;
      } else {
        const int64_t number = row_number(trace_, plan.slot, rows, at, first + at);
        passes = (number >= plan.least && number <= plan.most) != plan.is_outside;
      }
      verdict = !is_told ? Verdict::unknown : passes ? Verdict::yes : Verdict::no;
    }
    put(out, at, verdict);
  }
}

Verdict RowFilter::decide_flow(Plan& plan, PacketIndex i, uint32_t flow) {
  if (plan.by_flow.empty()) plan.by_flow.assign(size_t{trace_.findings.conversations.size()} * 2, Verdict::unasked);
  Verdict& known = plan.by_flow[flow];
  if (known == Verdict::unasked) known = decide_row(plan, i);
  return known;
}

Verdict RowFilter::decide_row(const Plan& plan, PacketIndex i) {
  const uint32_t absent = plan.by_kind[trace_.columns.protocol(i)].absent;
  values_.forget();
  for (size_t k = 0; k < plan.slots.size(); ++k) {
    const uint32_t slot = plan.slots[k];
    given_[slot].clear();
    if ((absent >> k & 1) != 0) continue;
    if (!values_.tells(row_slots_[slot], i)) return Verdict::unknown;
    values_.append(row_slots_[slot], *program_.slots[slot].name, i, given_[slot]);
  }
  return evaluator_.passes_test(*plan.test, given_) ? Verdict::yes : Verdict::no;
}

Verdict RowFilter::decide(PacketIndex i, std::string_view info) {
  values_.set_info(info);
  return decide(program_.root, i);
}

Verdict RowFilter::decide(const Logic& logic, PacketIndex i) {
  if (logic.kind == Logic::Kind::test) {
    const Plan& plan = plans_[logic.test];
    const Verdict verdict = plan.by_kind[trace_.columns.protocol(i)].verdict;
    return verdict == Verdict::by_row ? decide_row(plan, i) : verdict;
  }
  Verdict all = decide(logic.parts[0], i);
  if (logic.kind == Logic::Kind::negation) return negated(all);
  for (size_t k = 1; k < logic.parts.size(); ++k) {
    const Verdict next = decide(logic.parts[k], i);
    if (logic.kind == Logic::Kind::one_of_two) {
      const bool is_known = all != Verdict::unknown && next != Verdict::unknown;
      all = !is_known ? Verdict::unknown : all != next ? Verdict::yes : Verdict::no;
    } else {
      const Verdict settles = logic.kind == Logic::Kind::both ? Verdict::no : Verdict::yes;
      if (all == settles || next == settles) return settles;
      if (next == Verdict::unknown) all = next;
    }
  }
  return all;
}

}  // namespace tracedrop::filter
