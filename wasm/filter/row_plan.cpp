// How a program's tests are answered by rows: what is the same for all packets of a kind is found beforehand.
#include <algorithm>
#include <limits>

#include "filter/row_filter.h"

namespace tracedrop::filter {

namespace {

constexpr size_t kMostSlots = 32;  // of one test: Kind::absent has a bit for each

/// What a stream's message carries is dissected for its tree alone: the chain that was found at reading may lack it.
bool carries_more(dissect::Layers chain) {
  return std::any_of(chain.begin(), chain.end(),
                     [](const dissect::Protocol* layer) { return layer->dissect_stream != nullptr; });
}
/// Whether a protocol's layers are all in the chain: those that a message of another one can carry are not.
bool is_carried(const dissect::Protocol& protocol) {
  const auto has_key = [](const dissect::Claim& claim) { return !claim.key.empty(); };
  return protocol.claims.empty() || std::any_of(protocol.claims.begin(), protocol.claims.end(), has_key);
}

/// Whether it is enough to know that a field is there.
bool asks_for_presence(const Test& test) {
  return test.kind == Test::Kind::exists && test.left.kind == Expr::Kind::field;
}

}  // namespace

RowFilter::RowFilter(const trace::Trace& trace, const Program& program)
    : trace_(trace),
      program_(program),
      is_csv_(trace.kind == trace::SourceKind::csv),
      values_(trace),
      evaluator_(program),
      given_(program.slots.size()) {
  for (const Slot& slot : program.slots) row_slots_.push_back(row_slot(slot, is_csv_));
  for (const Test& test : program.tests) plans_.push_back(plan_of(test));
  for (const Plan& plan : plans_) asks_for_info_ = asks_for_info_ || plan.needs_info;
}

std::string_view RowFilter::unknown_to_csv() const {
  if (!is_csv_) return {};
  for (size_t i = 0; i < row_slots_.size(); ++i)
    if (row_slots_[i].field == RowField::unknown) return program_.slots[i].name->text;
  for (const Test& test : program_.tests)
    for (const uint32_t slot : slots_of(test))
      if (program_.slots[slot].name->is_protocol && !asks_for_presence(test)) return program_.slots[slot].name->text;
  return {};
}

RowFilter::Plan RowFilter::plan_of(const Test& test) {
  Plan plan;
  plan.test = &test;
  plan.slots = slots_of(test);
  for (const uint32_t slot : plan.slots) {
    plan.needs_info = plan.needs_info || row_slots_[slot].field == RowField::list_info;
    plan.needs_tcp = plan.needs_tcp || row_slots_[slot].needs_tcp;
  }
  choose_strategy(plan);
  const uint32_t kinds = trace_.findings.protocols.size();
  plan.by_kind.reserve(kinds);
  for (uint32_t kind = 0; kind < kinds; ++kind) plan.by_kind.push_back(kind_of(plan, kind));
  return plan;
}

void RowFilter::choose_strategy(Plan& plan) const {
  if (plan.needs_info) return;
  if (plan.slots.size() == 1 && plan.test->left.kind == Expr::Kind::field) {
    plan.slot = row_slots_[plan.slots[0]];
    if (plan.test->kind == Test::Kind::exists && plan.slot.field == RowField::tcp_note) {
      plan.strategy = Strategy::note;
      return;
    }
    if (choose_number(plan)) return;
  }
  const bool is_by_flow = std::all_of(plan.slots.begin(), plan.slots.end(),
                                      [&](uint32_t slot) { return row_slots_[slot].basis == Basis::flow; });
  if (is_by_flow && !plan.slots.empty()) plan.strategy = Strategy::flow;
}

/// One number of a column beside a constant: it lies in a range, or not.
bool RowFilter::choose_number(Plan& plan) const {
  const Test& test = *plan.test;
  const RowField field = plan.slot.field;
  // (Of the first packet, and behind a break in a csv's times, there is no time since the one before.)
  const bool is_number = (field >= RowField::frame_number && field <= RowField::frame_relative) ||
                         (field >= RowField::tcp_length && field <= RowField::tcp_flag);
  if (!is_number || test.kind != Test::Kind::comparison || test.right.kind != Expr::Kind::constant) return false;
  const Value& bound = test.right.value;
  const bool is_signed = bound.type == Type::signed_number || is_time(bound.type);
  const bool fits = is_signed || is_integer(bound.type);
  if (!fits || (!is_signed && bound.number > uint64_t{INT64_MAX})) return false;
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min(), kMost = std::numeric_limits<int64_t>::max();
  const auto number = static_cast<int64_t>(bound.number);
  plan.least = test.op == Op::less || test.op == Op::less_equal ? kLeast : number;
  plan.most = test.op == Op::greater || test.op == Op::greater_equal ? kMost : number;
  // Above a number is outside of what is up to it.
  if (test.op == Op::greater) plan.least = kLeast, plan.most = number;
  if (test.op == Op::less) plan.least = number, plan.most = kMost;
  plan.is_outside = test.op == Op::not_equal || test.op == Op::greater || test.op == Op::less;
  plan.strategy = Strategy::number;
  return true;
}

/// Whether a field can stand in packets of a kind: only where a layer of a protocol that declares it does.
bool RowFilter::can_be_in(const Name& name, uint32_t kind) const {
  const dissect::Layers chain = trace_.findings.protocols.layers(kind);
  if (chain.empty() || name.is_general || name.column != ListColumn::none) return true;
  return std::any_of(name.protocols.begin(), name.protocols.end(), [&](const dissect::Protocol* protocol) {
    if (is_carried(*protocol) && carries_more(chain)) return true;
    return protocol == &dissect::first_protocol() || std::find(chain.begin(), chain.end(), protocol) != chain.end();
  });
}

RowFilter::Presence RowFilter::presence(uint32_t slot, uint32_t kind) const {
  const Name& name = *program_.slots[slot].name;
  const RowField field = row_slots_[slot].field;
  if (is_csv_) return field == RowField::unknown ? Presence::unknown : Presence::in_row;
  if (!can_be_in(name, kind)) return Presence::absent;
  if (field == RowField::unknown) return Presence::unknown;
  const bool is_of_frame =
      (field >= RowField::always && field <= RowField::frame_false) || field >= RowField::list_number;
  const dissect::Layers chain = trace_.findings.protocols.layers(kind);
  if (is_of_frame && field != RowField::frame_protocols) return Presence::in_row;
  if (chain.empty()) return Presence::unknown;
  if (field == RowField::frame_protocols) return carries_more(chain) ? Presence::unknown : Presence::in_row;
  if (field == RowField::layer) {
    const bool is_lacking = std::any_of(name.protocols.begin(), name.protocols.end(),
                                        [](const dissect::Protocol* protocol) { return is_carried(*protocol); });
    return is_lacking && carries_more(chain) ? Presence::unknown : Presence::in_row;
  }
  // What stands twice (a tunnel, an error's quotation) has several values, of which the row knows one.
  const auto count = std::count_if(chain.begin(), chain.end(), [&](const dissect::Protocol* layer) {
    return std::find(name.protocols.begin(), name.protocols.end(), layer) != name.protocols.end();
  });
  return count == 1 ? Presence::in_row : Presence::unknown;
}

bool RowFilter::is_empty(const Expr& expr, const Plan& plan, uint32_t absent) const {
  const auto is_part_empty = [&](const Expr& part) { return is_empty(part, plan, absent); };
  switch (expr.kind) {
    case Expr::Kind::constant: return false;
    case Expr::Kind::field: {
      const auto at = std::find(plan.slots.begin(), plan.slots.end(), expr.slot) - plan.slots.begin();
      return (absent >> at & 1) != 0;
    }
    case Expr::Kind::call:
      return expr.function != Function::count && std::all_of(expr.parts.begin(), expr.parts.end(), is_part_empty);
    default: return std::any_of(expr.parts.begin(), expr.parts.end(), is_part_empty);
  }
}

RowFilter::Kind RowFilter::kind_of(const Plan& plan, uint32_t kind) {
  Kind out;
  if (plan.slots.size() > kMostSlots) return out;
  bool is_unknown = false, is_by_kind = true;
  for (size_t k = 0; k < plan.slots.size(); ++k) {
    const uint32_t slot = plan.slots[k];
    const Presence there = presence(slot, kind);
    if (there == Presence::absent) out.absent |= uint32_t{1} << k;
    is_unknown = is_unknown || there == Presence::unknown;
    if (there == Presence::in_row) is_by_kind = is_by_kind && row_slots_[slot].basis <= Basis::kind;
    // Of a layer, rows know that it is there, and none of its bytes.
    const bool has_bytes = program_.slots[slot].name->is_protocol && !asks_for_presence(*plan.test);
    is_unknown = is_unknown || (has_bytes && there == Presence::in_row);
  }
  const bool needs_right = plan.test->kind == Test::Kind::comparison || plan.test->kind == Test::Kind::contains;
  if (is_empty(plan.test->left, plan, out.absent) || (needs_right && is_empty(plan.test->right, plan, out.absent))) {
    out.verdict = Verdict::no;
    return out;
  }
  if (is_unknown) return out;
  out.verdict = Verdict::by_row;
  if (!is_by_kind) return out;
  values_.forget();
  for (size_t k = 0; k < plan.slots.size(); ++k) {
    const uint32_t slot = plan.slots[k];
    given_[slot].clear();
    if ((out.absent >> k & 1) == 0)
      values_.append_of_kind(row_slots_[slot], *program_.slots[slot].name, kind, given_[slot]);
  }
  out.verdict = evaluator_.passes_test(*plan.test, given_) ? Verdict::yes : Verdict::no;
  return out;
}

}  // namespace tracedrop::filter
