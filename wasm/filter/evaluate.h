// Asks a program about one packet, of which the values of its fields are given.
#pragma once

#include <deque>
#include <span>
#include <string>

#include "filter/program.h"

namespace tracedrop::filter {

class Evaluator {
 public:
  /// The program is borrowed.
  explicit Evaluator(const Program& program) : program_(program) {}

  /// `slots`: the values of each of the program's slots.
  bool passes(std::span<const Values> slots) { return passes(program_.root, slots); }
  /// One of its tests alone.
  bool passes_test(const Test& test, std::span<const Values> slots);

  /// What an expression comes to: nothing when a field that it needs is not there.
  void evaluate(const Expr& expr, std::span<const Values> slots, Values& out);

 private:
  bool passes(const Logic& logic, std::span<const Values> slots);
  bool is_member(const Test& test, const Value& value, std::span<const Values> slots);
  void call(const Expr& expr, std::span<const Values> slots, Values& out);
  void operate(const Expr& expr, std::span<const Values> slots, Values& out);
  void cut(const Expr& expr, std::span<const Values> slots, Values& out);
  Value text_value(std::string text);
  void append_names(const Expr& field, const Values& values, Values& out);

  const Program& program_;
  std::deque<std::string> made_;  // texts that no packet holds
};

/// What a number or an address is called: "443", "192.0.2.1".
std::string value_text(const Value& value);
/// `a op b` for numbers, times and sequences of bytes; false when there is no result.
bool operate(Op op, const Value& a, const Value& b, std::deque<std::string>& made, Value& out);
/// The part of a sequence, false when the sequence does not reach that far.
bool cut(std::string_view bytes, const Range& range, std::string_view& out);

}  // namespace tracedrop::filter
