// A filter that is ready to be asked: every name known, every value of a type, every test possible.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "filter/catalog.h"
#include "filter/regex.h"
#include "filter/syntax.h"
#include "filter/value.h"

namespace tracedrop::filter {

/// A field that the filter asks for. Whoever evaluates gives its values, by the slot's number.
struct Slot {
  const Name* name = nullptr;
  bool is_raw = false;
  std::vector<Range> layers{};  ///< empty: of any layer

  bool operator==(const Slot& other) const;
};

enum class Function : uint8_t { none, upper, lower, len, count, string, vals, max, min, abs, real };

struct Expr {
  enum class Kind : uint8_t { constant, field, slice, call, operation, negative };
  Kind kind = Kind::constant;
  Type type = Type::none;
  Function function = Function::none;
  Op op = Op::none;
  uint32_t slot = 0;
  Value value{};
  std::vector<Range> ranges{};
  std::vector<Expr> parts{};
};

struct Test {
  enum class Kind : uint8_t { exists, truth, comparison, contains, matches, membership };
  struct Member {
    Expr first, last;
    bool is_range = false;
  };
  Kind kind = Kind::exists;
  Op op = Op::none;
  Quantity quantity = Quantity::any;
  Expr left{}, right{};
  std::vector<Member> members{};
  std::shared_ptr<const Regex> regex{};
};

/// Tests, joined.
struct Logic {
  enum class Kind : uint8_t { test, both, either, one_of_two, negation };
  Kind kind = Kind::test;
  uint32_t test = 0;
  std::vector<Logic> parts{};
};

struct Program {
  std::vector<Slot> slots;
  std::vector<Test> tests;
  Logic root;
  std::deque<std::string> kept;  ///< what constants borrow
  std::vector<Problem> warnings;
};

/// Null, with `problem` told, when `filter` is none.
std::shared_ptr<const Program> compile(std::string_view filter, Problem& problem);

/// The slots that an expression or a test asks for.
void note_slots(const Expr& expr, std::vector<uint32_t>& slots);
std::vector<uint32_t> slots_of(const Test& test);

}  // namespace tracedrop::filter
