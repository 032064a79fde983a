// From the tree of a filter to a program: names are looked up, literals become values of the type that they are
// compared with, and what cannot be compared is refused, with its place.
#pragma once

#include <string>

#include "filter/literal.h"
#include "filter/program.h"
#include "filter/syntax.h"

namespace tracedrop::filter {

class Compiler {
 public:
  Compiler(Program& program, Problem& problem) : program_(program), problem_(problem) {}

  bool compile(const Node& node, Logic& out);

 private:
  bool fail(Place place, std::string text) {
    problem_ = {place, std::move(text)};
    return false;
  }
  /// Whether no field is in it.
  bool is_constant(const Node& node) const;

  // ---- tests ----
  bool compile_parts(const Node& node, Logic::Kind kind, Logic& out);
  bool compile_test(const Node& node, Test& out);
  bool truth(const Node& node, Test& out);
  bool comparison(const Node& node, Test& out);
  bool contains(const Node& node, Test& out);
  bool matches(const Node& node, Test& out);
  bool membership(const Node& node, Test& out);
  bool member(const Node& node, const Expr& left, Expr& out);
  /// A field whose values have names is searched by these.
  bool searchable(const Node& node, const char* what, Expr& out);
  bool check_comparable(const Node& node, const Expr& left, const Expr& right);
  bool two_constants(const Node& left, const Node& right);

  // ---- operands ----
  bool operand(const Node& node, const Wanted& wanted, Expr& out);
  bool field(const Node& node, Expr& out);
  bool literal(const Node& node, const Wanted& wanted, Expr& out);
  bool slice(const Node& node, Expr& out);
  bool operation(const Node& node, const Wanted& wanted, Expr& out);
  bool check_operation(const Node& node, const Expr& left, const Expr& right, Type& type);
  bool negative(const Node& node, const Wanted& wanted, Expr& out);
  bool call(const Node& node, Expr& out);
  bool check_call(const Node& node, Expr& out);
  /// What a literal beside `beside` has to be.
  Wanted wanted_beside(const Expr& beside) const;
  Wanted wanted_beside(Op op, const Expr& beside, const Node& literal) const;
  bool unknown_name(const Node& node);
  /// An expression without fields is worked out now.
  void fold(Expr& expr);

  Program& program_;
  Problem& problem_;
};

}  // namespace tracedrop::filter
