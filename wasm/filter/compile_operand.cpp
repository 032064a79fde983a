#include <algorithm>

#include "filter/compiler.h"
#include "filter/evaluate.h"

namespace tracedrop::filter {

namespace {

using Kind = Node::Kind;

/// Names that capture filters (tcpdump's) begin with, and what a display filter says instead.
constexpr std::pair<std::string_view, std::string_view> kCaptureWords[] = {{"port", "tcp.port == 80 or udp.port == 53"},
                                                                           {"host", "ip.addr == 192.0.2.1"},
                                                                           {"src", "ip.src == 192.0.2.1"},
                                                                           {"dst", "ip.dst == 192.0.2.1"},
                                                                           {"net", "ip.addr == 192.0.2.0/24"},
                                                                           {"ip6", "ipv6"},
                                                                           {"ether", "eth.addr == 00:11:22:33:44:55"}};

/// A point in front says that it is a field.
std::string_view name_in(const Node& node) {
  const std::string_view text = node.text;
  return text.substr(!text.empty() && text[0] == '.' ? 1 : 0);
}

}  // namespace

bool Compiler::is_constant(const Node& node) const {
  switch (node.kind) {
    case Kind::text:
    case Kind::character: return true;
    case Kind::word:
      return !node.is_raw && node.ranges.empty() && node.text[0] != '.' && Catalog::get().find(node.text) == nullptr;
    case Kind::call:
    case Kind::slice: return false;
    default:
      return std::all_of(node.parts.begin(), node.parts.end(), [&](const NodeRef& part) { return is_constant(*part); });
  }
}

bool Compiler::unknown_name(const Node& node) {
  const std::string_view name = name_in(node);
  std::string why = quoted(name) + " is no known field or protocol";
  for (const auto& [word, instead] : kCaptureWords)
    if (name == word)
      return fail(node.place, why + ": this is how capture filters begin; here one writes " + std::string(instead));
  const std::string_view nearest = Catalog::get().nearest(name);
  if (!nearest.empty()) why += "; did you mean " + std::string(nearest) + "?";
  return fail(node.place, std::move(why));
}

Wanted Compiler::wanted_beside(const Expr& beside) const {
  const bool is_field = beside.kind == Expr::Kind::field && !program_.slots[beside.slot].is_raw;
  return {beside.type, is_field ? program_.slots[beside.slot].name : nullptr};
}

bool Compiler::operand(const Node& node, const Wanted& wanted, Expr& out) {
  switch (node.kind) {
    case Kind::word: return is_constant(node) ? literal(node, wanted, out) : field(node, out);
    case Kind::text:
    case Kind::character: return literal(node, wanted, out);
    case Kind::slice: return slice(node, out);
    case Kind::call: return call(node, out);
    case Kind::operation: return operation(node, wanted, out);
    case Kind::negative: return negative(node, wanted, out);
    default: return fail(node.place, "a value is expected here");
  }
}

bool Compiler::field(const Node& node, Expr& out) {
  const Catalog& catalog = Catalog::get();
  const Name* name = catalog.find(name_in(node));
  if (name == nullptr) return unknown_name(node);
  if (const std::string present = catalog.present_name(name_in(node)); !present.empty() && name->text == present)
    program_.warnings.push_back(
        {node.place, quoted(name_in(node)) + " is an old name; it is called " + present + " now"});
  Slot slot{name, node.is_raw, node.ranges};
  const auto found = std::find(program_.slots.begin(), program_.slots.end(), slot);
  out.kind = Expr::Kind::field;
  out.type = node.is_raw ? Type::bytes : name->type;
  out.slot = static_cast<uint32_t>(found - program_.slots.begin());
  if (found == program_.slots.end()) program_.slots.push_back(std::move(slot));
  return true;
}

bool Compiler::literal(const Node& node, const Wanted& wanted, Expr& out) {
  const std::string why = read_literal(node, wanted, program_.kept, out.value);
  out.kind = Expr::Kind::constant;
  out.type = out.value.type;
  return why.empty() || fail(node.place, why);
}

bool Compiler::slice(const Node& node, Expr& out) {
  const Node& whole = *node.parts[0];
  if (is_constant(whole)) {
    if (whole.kind == Kind::word) return unknown_name(whole);
    return fail(whole.place, "only a field can be cut into parts");
  }
  Expr& part = out.parts.emplace_back();
  if (!operand(whole, {}, part)) return false;
  if (part.type != Type::text && !is_bytes(part.type))
    return fail(whole.place, "this is " + std::string(name_of(part.type)) +
                                 ", which has no bytes to cut; @ in front of a field takes those of the packet");
  out.kind = Expr::Kind::slice;
  out.type = part.type == Type::text ? Type::text : Type::bytes;
  out.ranges = node.ranges;
  return true;
}

void Compiler::fold(Expr& expr) {
  const auto is_folded = [](const Expr& part) { return part.kind == Expr::Kind::constant; };
  if (!std::all_of(expr.parts.begin(), expr.parts.end(), is_folded)) return;
  Values values;
  Evaluator evaluator(program_);
  evaluator.evaluate(expr, {}, values);
  if (values.size() != 1) return;
  const std::string& kept = program_.kept.emplace_back(values[0].bytes);
  values[0].bytes = kept;
  expr = Expr();
  expr.type = values[0].type;
  expr.value = values[0];
}

bool Compiler::negative(const Node& node, const Wanted& wanted, Expr& out) {
  out.kind = Expr::Kind::negative;
  Expr& part = out.parts.emplace_back();
  if (!operand(*node.parts[0], wanted, part)) return false;
  out.type = part.type == Type::number ? Type::signed_number : part.type;
  const bool is_possible = (is_numeric(part.type) && part.type != Type::boolean) || is_time(part.type);
  if (!is_possible) return fail(node.place, std::string(name_of(part.type)) + " has no negative");
  fold(out);
  return true;
}

/// What a literal that is calculated with `beside` has to be: a time grows by seconds, and many times.
Wanted Compiler::wanted_beside(Op op, const Expr& beside, const Node& written) const {
  if (!is_time(beside.type))
    return {is_bytes(beside.type) || beside.type == Type::real ? beside.type : Type::number, nullptr};
  if (op != Op::multiply && op != Op::divide) return {Type::relative_time, nullptr};
  return {written.text.find_first_of(".eE") == std::string::npos ? Type::number : Type::real, nullptr};
}

bool Compiler::operation(const Node& node, const Wanted& wanted, Expr& out) {
  const Node& left = *node.parts[0];
  const Node& right = *node.parts[1];
  out.kind = Expr::Kind::operation;
  out.op = node.op;
  out.parts.resize(2);
  const bool left_is_constant = is_constant(left), right_is_constant = is_constant(right);
  if (left_is_constant && right_is_constant) {
    if (!operand(left, wanted, out.parts[0]) || !operand(right, wanted, out.parts[1])) return false;
  } else if (left_is_constant) {
    if (!operand(right, {}, out.parts[1]) || !operand(left, wanted_beside(node.op, out.parts[1], left), out.parts[0]))
      return false;
  } else if (!operand(left, {}, out.parts[0]) ||
             !operand(right, wanted_beside(node.op, out.parts[0], right), out.parts[1])) {
    return false;
  }
  if (!check_operation(node, out.parts[0], out.parts[1], out.type)) return false;
  fold(out);
  return true;
}

bool Compiler::check_operation(const Node& node, const Expr& left, const Expr& right, Type& type) {
  const auto counts = [](Type of) { return is_numeric(of) && of != Type::boolean; };
  const Type a = left.type, b = right.type;
  const bool is_product = node.op == Op::multiply || node.op == Op::divide;
  if (counts(a) && counts(b)) {
    const bool is_real = a == Type::real || b == Type::real;
    type = is_real ? Type::real : node.op == Op::bit_and ? Type::number : Type::signed_number;
    if (!is_real || node.op <= Op::divide) return true;
  } else if (is_time(a) || is_time(b)) {
    const bool is_scaled = is_product && a == Type::relative_time && counts(b);
    const bool is_moved = (node.op == Op::add || node.op == Op::subtract) && is_time(a) && is_time(b);
    const bool is_back = node.op == Op::subtract && b == Type::absolute_time && a == Type::relative_time;
    type = a == Type::absolute_time && b == Type::absolute_time ? Type::relative_time
           : b == Type::absolute_time                           ? b
                                                                : a;
    if (is_scaled || (is_moved && !is_back)) return true;
  } else if (node.op == Op::bit_and && is_bytes(a) && is_bytes(b) && a != Type::protocol && b != Type::protocol) {
    type = a;
    return true;
  }
  return fail(node.place, std::string(name_of(a)) + " and " + std::string(name_of(b)) +
                              (node.op == Op::bit_and ? " have no bits in common" : " cannot be calculated with"));
}

}  // namespace tracedrop::filter
