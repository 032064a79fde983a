#include <algorithm>

#include "filter/compiler.h"
#include "filter/parser.h"

namespace tracedrop::filter {

namespace {

using Kind = Node::Kind;

std::string with_type(Type type, std::string_view filter_text) {
  return std::string(filter_text) + " is " + std::string(name_of(type));
}

/// What an operand is called in a message.
std::string shown(const Node& node) {
  switch (node.kind) {
    case Kind::word: return (node.is_raw ? "@" : "") + node.text;
    case Kind::text: return quoted(node.text);
    case Kind::call: return node.text + "()";
    case Kind::slice: return "this part of " + shown(*node.parts[0]);
    default: return "this";
  }
}

bool looks_like_a_name(const Node& node) {
  return node.kind == Kind::word && !node.text.empty() && node.text.find_first_of(":/") == std::string::npos &&
         ((node.text[0] | 0x20) >= 'a' && (node.text[0] | 0x20) <= 'z') && node.text.find('.') != std::string::npos;
}

}  // namespace

bool Compiler::compile(const Node& node, Logic& out) {
  switch (node.kind) {
    case Kind::logic_or: return compile_parts(node, Logic::Kind::either, out);
    case Kind::logic_xor: return compile_parts(node, Logic::Kind::one_of_two, out);
    case Kind::logic_and: return compile_parts(node, Logic::Kind::both, out);
    case Kind::logic_not: return compile_parts(node, Logic::Kind::negation, out);
    default: break;
  }
  Test test;
  if (!compile_test(node, test)) return false;
  out.test = static_cast<uint32_t>(program_.tests.size());
  program_.tests.push_back(std::move(test));
  return true;
}

bool Compiler::compile_parts(const Node& node, Logic::Kind kind, Logic& out) {
  out.kind = kind;
  out.parts.resize(node.parts.size());
  for (size_t i = 0; i < node.parts.size(); ++i)
    if (!compile(*node.parts[i], out.parts[i])) return false;
  return true;
}

bool Compiler::compile_test(const Node& node, Test& out) {
  out.quantity = node.quantity;
  out.op = node.op;
  switch (node.kind) {
    case Kind::comparison: return comparison(node, out);
    case Kind::contains: return contains(node, out);
    case Kind::matches: return matches(node, out);
    case Kind::membership: return membership(node, out);
    default: return truth(node, out);
  }
}

bool Compiler::truth(const Node& node, Test& out) {
  const Node& part = *node.parts[0];
  if (is_constant(part)) {
    if (part.kind == Kind::word) return unknown_name(part);
    return fail(part.place, shown(part) + " alone is no test: compare a field with it, as in http.host == " +
                                (part.kind == Kind::text ? shown(part) : "\"…\""));
  }
  if (!operand(part, {}, out.left)) return false;
  const bool is_there = out.left.kind == Expr::Kind::field || out.left.kind == Expr::Kind::slice;
  out.kind = is_there ? Test::Kind::exists : Test::Kind::truth;
  return true;
}

bool Compiler::two_constants(const Node& left, const Node& right) {
  for (const Node* node : {&left, &right})
    if (looks_like_a_name(*node)) return unknown_name(*node);
  if (left.kind == Kind::word) return unknown_name(left);
  return fail({left.place.begin, right.place.end},
              "no field stands in this comparison: it is the same for every packet");
}

bool Compiler::comparison(const Node& node, Test& out) {
  const Node& left = *node.parts[0];
  const Node& right = *node.parts[1];
  out.kind = Test::Kind::comparison;
  const bool left_is_constant = is_constant(left), right_is_constant = is_constant(right);
  if (left_is_constant && right_is_constant) return two_constants(left, right);
  if (left_is_constant) {
    if (!operand(right, {}, out.right)) return false;
    if (looks_like_a_name(left) && out.right.type != Type::text) {
      Value unused;
      if (!read_literal(left, wanted_beside(out.right), program_.kept, unused).empty()) return unknown_name(left);
    }
    return operand(left, wanted_beside(out.right), out.left);
  }
  if (!operand(left, {}, out.left) || !operand(right, wanted_beside(out.left), out.right)) return false;
  return check_comparable(node, out.left, out.right);
}

bool Compiler::check_comparable(const Node& node, const Expr& left, const Expr& right) {
  const bool is_possible = left.type != Type::none && are_comparable(left.type, right.type);
  // The bytes of an address, of which a sequence of bytes may be cut.
  if (is_possible) return true;
  const Node& second = *node.parts[1];
  std::string why = with_type(left.type, shown(*node.parts[0])) + ", and " + with_type(right.type, shown(second)) +
                    ": these cannot be compared";
  if (second.kind == Kind::word && right.kind == Expr::Kind::field && is_integer(left.type))
    why += "; a name of a value stands in quotes: \"" + second.text + "\"";
  return fail(second.place, std::move(why));
}

bool Compiler::searchable(const Node& node, const char* what, Expr& out) {
  if (is_constant(node)) {
    if (node.kind == Kind::word) return unknown_name(node);
    return fail(node.place, std::string("a field is expected before ") + what);
  }
  if (!operand(node, {}, out)) return false;
  const bool has_bytes = is_bytes(out.type) && out.type != Type::ipv4 && out.type != Type::ipv6;
  if (out.type == Type::text || has_bytes) return true;
  const bool has_names =
      out.kind == Expr::Kind::field && is_integer(out.type) && program_.slots[out.slot].name->has_value_names();
  if (!has_names)
    return fail(node.place, with_type(out.type, shown(node)) + ", in which nothing can be searched; string(" +
                                shown(node) + ") is its text");
  Expr names;
  names.kind = Expr::Kind::call;
  names.type = Type::text;
  names.function = Function::vals;
  names.parts.push_back(std::move(out));
  out = std::move(names);
  return true;
}

bool Compiler::contains(const Node& node, Test& out) {
  out.kind = Test::Kind::contains;
  if (!searchable(*node.parts[0], "contains", out.left)) return false;
  const Node& right = *node.parts[1];
  if (!operand(right, {out.left.type == Type::mac ? Type::bytes : out.left.type, nullptr}, out.right)) return false;
  const bool is_possible = out.right.type == Type::text ? out.left.type == Type::text || right.kind == Kind::text
                                                        : is_bytes(out.right.type) && out.left.type != Type::text;
  return is_possible || fail(right.place, shown(right) + " is " + std::string(name_of(out.right.type)) +
                                              ", which cannot be in " + std::string(name_of(out.left.type)));
}

bool Compiler::matches(const Node& node, Test& out) {
  out.kind = Test::Kind::matches;
  if (!searchable(*node.parts[0], "matches", out.left)) return false;
  const Node& right = *node.parts[1];
  if (right.kind != Kind::text)
    return fail(right.place, "a regular expression stands in double quotes: matches \"" +
                                 (right.kind == Kind::word ? right.text : std::string("…")) + "\"");
  std::string why;
  out.regex = Regex::compile(right.text, why);
  return out.regex != nullptr || fail(right.place, why);
}

bool Compiler::member(const Node& node, const Expr& left, Expr& out) {
  if (!operand(node, wanted_beside(left), out)) return false;
  return are_comparable(left.type, out.type) ||
         fail(node.place, shown(node) + " is " + std::string(name_of(out.type)) + ", and " +
                              std::string(name_of(left.type)) + " is looked for");
}

bool Compiler::membership(const Node& node, Test& out) {
  out.kind = Test::Kind::membership;
  const Node& left = *node.parts[0];
  if (is_constant(left)) {
    if (left.kind == Kind::word) return unknown_name(left);
    return fail(left.place, "a field is expected before in");
  }
  if (!operand(left, {}, out.left)) return false;
  for (size_t i = 1; i + 1 < node.parts.size(); i += 2) {
    Test::Member& next = out.members.emplace_back();
    if (!member(*node.parts[i], out.left, next.first)) return false;
    next.is_range = node.parts[i + 1] != nullptr;
    if (next.is_range && !member(*node.parts[i + 1], out.left, next.last)) return false;
  }
  return true;
}

std::shared_ptr<const Program> compile(std::string_view filter, Problem& problem) {
  const auto program = std::make_shared<Program>();
  const NodeRef tree = parse(filter, problem, program->warnings);
  if (tree == nullptr || !Compiler(*program, problem).compile(*tree, program->root)) return nullptr;
  return program;
}

}  // namespace tracedrop::filter
