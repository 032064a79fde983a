// Functions: what they take and what comes of it.
#include <algorithm>
#include <array>

#include "filter/compiler.h"
#include "filter/nearest.h"

namespace tracedrop::filter {

namespace {

struct Signature {
  std::string_view name;
  Function function;
  size_t most_parts;
};
constexpr std::array<Signature, 11> kFunctions{{{"upper", Function::upper, 1},
                                                {"lower", Function::lower, 1},
                                                {"len", Function::len, 1},
                                                {"count", Function::count, 1},
                                                {"string", Function::string, 1},
                                                {"vals", Function::vals, 1},
                                                {"max", Function::max, 100},
                                                {"min", Function::min, 100},
                                                {"abs", Function::abs, 1},
                                                {"float", Function::real, 1},
                                                {"double", Function::real, 1}}};

std::string no_function(std::string_view name) {
  std::string why = "there is no function " + std::string(name) + "()";
  std::string_view nearest;
  size_t most = 2;
  for (const Signature& known : kFunctions)
    if (const size_t found = distance(name, known.name, most); found <= most && found < name.size()) {
      nearest = known.name;
      most = found;
    }
  if (!nearest.empty()) return why + "; did you mean " + std::string(nearest) + "()?";
  return why + ": there are upper, lower, len, count, string, vals, max, min, abs, float and double";
}

}  // namespace

bool Compiler::call(const Node& node, Expr& out) {
  const auto known =
      std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Signature& each) { return each.name == node.text; });
  if (known == kFunctions.end())
    return fail({node.place.begin, node.place.begin + static_cast<uint32_t>(node.text.size())}, no_function(node.text));
  if (node.parts.empty()) return fail(node.place, node.text + "() needs a field in its parentheses");
  if (node.parts.size() > known->most_parts)
    return fail(node.parts[known->most_parts]->place, node.text + "() takes one value only");
  out.kind = Expr::Kind::call;
  out.function = known->function;
  out.parts.resize(node.parts.size());
  // Literals are of the type of the first field.
  const auto first =
      std::find_if(node.parts.begin(), node.parts.end(), [&](const NodeRef& part) { return !is_constant(*part); });
  if (first == node.parts.end()) {
    if (node.parts[0]->kind == Node::Kind::word) return unknown_name(*node.parts[0]);
    return fail(node.parts[0]->place, node.text + "() is asked of a field");
  }
  const auto at = static_cast<size_t>(first - node.parts.begin());
  if (!operand(**first, {}, out.parts[at])) return false;
  for (size_t i = 0; i < node.parts.size(); ++i)
    if (i != at && !operand(*node.parts[i], wanted_beside(out.parts[at]), out.parts[i])) return false;
  return check_call(node, out);
}

bool Compiler::check_call(const Node& node, Expr& out) {
  const Expr& part = out.parts[0];
  const Type type = part.type;
  const bool is_field = part.kind == Expr::Kind::field;
  const auto refuse = [&](const char* what) {
    return fail(node.parts[0]->place, node.text + "() takes " + what + ", and this is " + std::string(name_of(type)));
  };
  switch (out.function) {
    case Function::upper:
    case Function::lower: out.type = Type::text; return type == Type::text || refuse("a text");
    case Function::len:
      out.type = Type::number;
      return type == Type::text || is_bytes(type) || refuse("a text or bytes");
    case Function::count: out.type = Type::number; return is_field || refuse("a field");
    case Function::string: {
      const bool has_text = type == Type::number || type == Type::signed_number ||
                            (is_bytes(type) && type != Type::bytes && type != Type::protocol);
      out.type = Type::text;
      return (is_field && has_text) || refuse("a field that holds a number or an address");
    }
    case Function::vals: {
      const bool has_names = is_field && is_integer(type) && program_.slots[part.slot].name->has_value_names();
      out.type = Type::text;
      return has_names || refuse("a field whose values have names");
    }
    case Function::abs:
      out.type = type;
      return (is_numeric(type) && type != Type::boolean) || type == Type::relative_time || refuse("a number");
    case Function::real: out.type = Type::real; return is_integer(type) || type == Type::real || refuse("a number");
    case Function::max:
    case Function::min:
      out.type = type;
      for (size_t i = 0; i < out.parts.size(); ++i)
        if (type == Type::none || !are_comparable(type, out.parts[i].type))
          return fail(node.parts[i]->place, node.text + "() takes values that can be compared, and this is " +
                                                std::string(name_of(out.parts[i].type)));
      return true;
    case Function::none: break;
  }
  return false;
}

}  // namespace tracedrop::filter
