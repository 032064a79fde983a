// Calculating with values, and cutting sequences of bytes.
#include <cmath>
#include <limits>

#include "filter/evaluate.h"

namespace tracedrop::filter {

namespace {

double as_real(const Value& value) {
  if (value.type == Type::real) return real_of(value);
  return value.type == Type::number || value.type == Type::boolean
             ? static_cast<double>(value.number)
             : static_cast<double>(static_cast<int64_t>(value.number));
}

/// Numbers grow beyond what 64 bits hold as they do in C: from the other end.
bool operate_integers(Op op, uint64_t a, uint64_t b, uint64_t& out) {
  const auto signed_a = static_cast<int64_t>(a), signed_b = static_cast<int64_t>(b);
  const bool has_quotient = signed_b != 0 && !(signed_a == std::numeric_limits<int64_t>::min() && signed_b == -1);
  switch (op) {
    case Op::add: out = a + b; return true;
    case Op::subtract: out = a - b; return true;
    case Op::multiply: out = a * b; return true;
    case Op::bit_and: out = a & b; return true;
    case Op::divide: out = has_quotient ? static_cast<uint64_t>(signed_a / signed_b) : 0; return has_quotient;
    case Op::modulo: out = has_quotient ? static_cast<uint64_t>(signed_a % signed_b) : 0; return has_quotient;
    default: return false;
  }
}

bool operate_reals(Op op, double a, double b, double& out) {
  switch (op) {
    case Op::add: out = a + b; break;
    case Op::subtract: out = a - b; break;
    case Op::multiply: out = a * b; break;
    case Op::divide: out = b != 0 ? a / b : NAN; break;
    default: return false;
  }
  return std::isfinite(out);
}

Type type_of_times(Op op, Type a, Type b) {
  if (a == Type::absolute_time && b == Type::absolute_time) return Type::relative_time;
  if (op == Op::add && b == Type::absolute_time) return b;
  return is_time(a) ? a : Type::relative_time;
}

bool operate_times(Op op, const Value& a, const Value& b, Value& out) {
  out.type = type_of_times(op, a.type, b.type);
  if (a.type != Type::real && b.type != Type::real) return operate_integers(op, a.number, b.number, out.number);
  double result = 0;
  if (!operate_reals(op, as_real(a), as_real(b), result) || std::abs(result) > 9.2e18) return false;
  out.number = static_cast<uint64_t>(static_cast<int64_t>(std::llround(result)));
  return true;
}

}  // namespace

bool operate(Op op, const Value& a, const Value& b, std::deque<std::string>& made, Value& out) {
  if (is_time(a.type) || is_time(b.type)) return operate_times(op, a, b, out);
  if (a.type == Type::real || b.type == Type::real) {
    double result = 0;
    if (!operate_reals(op, as_real(a), as_real(b), result)) return false;
    out = real_value(result);
    return true;
  }
  if (is_integer(a.type)) {
    out = {op == Op::bit_and ? Type::number : Type::signed_number};
    return operate_integers(op, a.number, b.number, out.number);
  }
  std::string both;
  for (size_t i = 0; i < std::min(a.bytes.size(), b.bytes.size()); ++i)
    both += static_cast<char>(a.bytes[i] & b.bytes[i]);
  out = {a.type, Value::kWhole, both.size(), made.emplace_back(both)};
  return op == Op::bit_and;
}

bool cut(std::string_view bytes, const Range& range, std::string_view& out) {
  const auto size = static_cast<int64_t>(bytes.size());
  const int64_t begin = range.offset < 0 ? size + range.offset : range.offset;
  int64_t end = range.length ? begin + *range.length : size;
  if (range.last) end = (*range.last < 0 ? size + *range.last : *range.last) + 1;
  if (begin < 0 || begin >= end || end > size) return false;
  out = bytes.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
  return true;
}

}  // namespace tracedrop::filter
