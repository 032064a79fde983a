// upper, lower, len, count, string, vals, max, min, abs, float.
#include <algorithm>

#include "base/address.h"
#include "base/text.h"
#include "dissect/tree_text.h"
#include "filter/evaluate.h"

namespace tracedrop::filter {

namespace {

/// Letters of ASCII; others stay.
std::string with_case(std::string_view text, bool is_upper) {
  std::string out(text);
  for (char& c : out) {
    if (is_upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!is_upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

Value absolute(const Value& value) {
  Value out = value;
  if (value.type == Type::real) return real_value(std::max(real_of(value), -real_of(value)));
  const bool is_signed = value.type == Type::signed_number || is_time(value.type);
  if (is_signed && static_cast<int64_t>(value.number) < 0) out.number = 0 - value.number;
  return out;
}

double as_real(const Value& value) {
  if (value.type == Type::real) return real_of(value);
  return value.type == Type::number ? static_cast<double>(value.number)
                                    : static_cast<double>(static_cast<int64_t>(value.number));
}

}  // namespace

std::string value_text(const Value& value) {
  std::string out;
  const Bytes bytes = Bytes::of(value.bytes);
  switch (value.type) {
    case Type::number: append_number(out, value.number); break;
    case Type::signed_number: append_number(out, static_cast<int64_t>(value.number)); break;
    case Type::mac: append_address(out, Address::mac(bytes)); break;
    case Type::ipv4: append_address(out, Address::ipv4(bytes)); break;
    case Type::ipv6: append_address(out, Address::ipv6(bytes)); break;
    case Type::oid: dissect::append_oid(out, value.bytes); break;
    case Type::guid: dissect::append_guid(out, value.bytes, false); break;
    default:
      for (size_t i = 0; i < value.bytes.size(); ++i) {
        if (i > 0) out += ':';
        append_hex(out, static_cast<uint8_t>(value.bytes[i]), 2);
      }
      break;
  }
  return out;
}

Value Evaluator::text_value(std::string text) {
  return {Type::text, Value::kWhole, 0, made_.emplace_back(std::move(text))};
}

/// What the field's values are called; those without a name have none.
void Evaluator::append_names(const Expr& field, const Values& values, Values& out) {
  const Name& name = *program_.slots[field.slot].name;
  for (const Value& value : values) {
    if (value.type == Type::boolean) {
      const dissect::TrueFalse names = name.fields.front()->names.truth();
      out.push_back({Type::text, Value::kWhole, 0, value.number != 0 ? names.yes : names.no});
      continue;
    }
    for (const dissect::Field* known : name.fields) {
      const std::string_view text = known->names.of(value.number);
      if (text.empty()) continue;
      out.push_back({Type::text, Value::kWhole, 0, text});
      break;
    }
  }
}

void Evaluator::call(const Expr& expr, std::span<const Values> slots, Values& out) {
  Values values;
  for (const Expr& part : expr.parts) evaluate(part, slots, values);
  switch (expr.function) {
    case Function::count: out.push_back({Type::number, Value::kWhole, values.size()}); return;
    case Function::vals: append_names(expr.parts[0], values, out); return;
    case Function::max:
    case Function::min: {
      const auto is_before = [](const Value& a, const Value& b) { return compare(a, b) < 0; };
      if (values.empty()) return;
      out.push_back(expr.function == Function::max ? *std::max_element(values.begin(), values.end(), is_before)
                                                   : *std::min_element(values.begin(), values.end(), is_before));
      return;
    }
    default: break;
  }
  for (const Value& value : values) switch (expr.function) {
      case Function::upper:
      case Function::lower: out.push_back(text_value(with_case(value.bytes, expr.function == Function::upper))); break;
      case Function::len: out.push_back({Type::number, Value::kWhole, own_bytes(value).size()}); break;
      case Function::string: out.push_back(text_value(value_text(value))); break;
      case Function::abs: out.push_back(absolute(value)); break;
      case Function::real: out.push_back(real_value(as_real(value))); break;
      default: break;
    }
}

}  // namespace tracedrop::filter
