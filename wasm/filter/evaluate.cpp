#include "filter/evaluate.h"

#include <algorithm>

namespace tracedrop::filter {

namespace {

bool holds(Op op, int order) {
  switch (op) {
    case Op::equal: return order == 0;
    case Op::not_equal: return order != 0;
    case Op::greater: return order > 0;
    case Op::less: return order < 0;
    case Op::greater_equal: return order >= 0;
    case Op::less_equal: return order <= 0;
    default: return false;
  }
}

/// Each value of one side with each of the other: sums of sums of fields that a packet has often would have no end.
constexpr size_t kMostValues = 1024;

/// One of the values, or each; of none, none.
template <typename Holds>
bool quantified(Quantity quantity, const Values& values, Holds&& holds) {
  if (values.empty()) return false;
  return quantity == Quantity::any ? std::any_of(values.begin(), values.end(), holds)
                                   : std::all_of(values.begin(), values.end(), holds);
}

}  // namespace

bool Evaluator::passes(const Logic& logic, std::span<const Values> slots) {
  const auto part_passes = [&](const Logic& part) { return passes(part, slots); };
  switch (logic.kind) {
    case Logic::Kind::test: return passes_test(program_.tests[logic.test], slots);
    case Logic::Kind::both: return std::all_of(logic.parts.begin(), logic.parts.end(), part_passes);
    case Logic::Kind::either: return std::any_of(logic.parts.begin(), logic.parts.end(), part_passes);
    case Logic::Kind::one_of_two: return std::count_if(logic.parts.begin(), logic.parts.end(), part_passes) % 2 == 1;
    case Logic::Kind::negation: return !passes(logic.parts[0], slots);
  }
  return false;
}

bool Evaluator::passes_test(const Test& test, std::span<const Values> slots) {
  made_.clear();
  if (test.kind == Test::Kind::exists && test.left.kind == Expr::Kind::field) return !slots[test.left.slot].empty();
  Values left;
  evaluate(test.left, slots, left);
  switch (test.kind) {
    case Test::Kind::exists: return !left.empty();
    case Test::Kind::truth: return quantified(Quantity::any, left, is_true);
    case Test::Kind::matches:
      return quantified(test.quantity, left, [&](const Value& value) { return test.regex->is_in(value.bytes); });
    case Test::Kind::membership:
      return quantified(test.quantity, left, [&](const Value& value) { return is_member(test, value, slots); });
    case Test::Kind::comparison:
    case Test::Kind::contains: break;
  }
  if (left.empty()) return false;
  Values right;
  evaluate(test.right, slots, right);
  const bool compares = test.kind == Test::Kind::comparison;
  return quantified(test.quantity, left, [&](const Value& a) {
    return quantified(compares ? test.quantity : Quantity::any, right, [&](const Value& b) {
      if (compares) return holds(test.op, compare(a, b));
      const std::string_view part = own_bytes(b);
      return !part.empty() && a.bytes.find(part) != std::string_view::npos;
    });
  });
}

bool Evaluator::is_member(const Test& test, const Value& value, std::span<const Values> slots) {
  for (const Test::Member& member : test.members) {
    Values first, last;
    evaluate(member.first, slots, first);
    if (member.is_range) evaluate(member.last, slots, last);
    const auto equals = [&](const Value& bound) { return compare(value, bound) == 0; };
    const auto is_above = [&](const Value& bound) { return compare(value, bound) >= 0; };
    const auto is_below = [&](const Value& bound) { return compare(value, bound) <= 0; };
    const bool is_in = member.is_range
                           ? quantified(Quantity::any, first, is_above) && quantified(Quantity::any, last, is_below)
                           : quantified(Quantity::any, first, equals);
    if (is_in) return true;
  }
  return false;
}

void Evaluator::evaluate(const Expr& expr, std::span<const Values> slots, Values& out) {
  switch (expr.kind) {
    case Expr::Kind::constant: out.push_back(expr.value); break;
    case Expr::Kind::field: out.insert(out.end(), slots[expr.slot].begin(), slots[expr.slot].end()); break;
    case Expr::Kind::slice: cut(expr, slots, out); break;
    case Expr::Kind::call: call(expr, slots, out); break;
    case Expr::Kind::operation: operate(expr, slots, out); break;
    case Expr::Kind::negative: {
      Values values;
      evaluate(expr.parts[0], slots, values);
      const Value zero{values.empty() || !is_time(values[0].type) ? Type::number : values[0].type};
      for (const Value& value : values) {
        Value result;
        if (filter::operate(Op::subtract, zero, value, made_, result)) out.push_back(result);
      }
      break;
    }
  }
}

void Evaluator::operate(const Expr& expr, std::span<const Values> slots, Values& out) {
  Values left, right;
  evaluate(expr.parts[0], slots, left);
  evaluate(expr.parts[1], slots, right);
  for (const Value& a : left)
    for (const Value& b : right) {
      if (out.size() == kMostValues) return;
      Value result;
      if (filter::operate(expr.op, a, b, made_, result)) out.push_back(result);
    }
}

void Evaluator::cut(const Expr& expr, std::span<const Values> slots, Values& out) {
  Values whole;
  evaluate(expr.parts[0], slots, whole);
  for (const Value& value : whole) {
    std::string_view part, bytes = own_bytes(value);
    if (expr.ranges.size() == 1) {
      if (filter::cut(bytes, expr.ranges[0], part)) out.push_back({expr.type, Value::kWhole, 0, part});
      continue;
    }
    std::string joined;
    const bool is_there = std::all_of(expr.ranges.begin(), expr.ranges.end(), [&](const Range& range) {
      const bool reaches = filter::cut(bytes, range, part);
      if (reaches) joined += part;
      return reaches;
    });
    if (is_there) out.push_back({expr.type, Value::kWhole, 0, made_.emplace_back(std::move(joined))});
  }
}

}  // namespace tracedrop::filter
