#include "filter/literal.h"

#include <algorithm>

#include "base/text.h"

namespace tracedrop::filter {

namespace {

constexpr size_t kLongestShown = 40;

bool equal_but_case(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return small(x) == small(y); });
}

/// The value that one of the fields calls so.
bool find_named_value(const Name& name, std::string_view text, uint64_t& value) {
  for (const dissect::Field* field : name.fields) {
    for (const dissect::ValueName& known : field->names.values())
      if (equal_but_case(known.name, text)) return value = known.value, true;
    for (const dissect::RangeName& known : field->names.ranges())
      if (equal_but_case(known.name, text)) return value = known.first, true;
  }
  return false;
}

std::string read_boolean(const Node& node, const Wanted& wanted, Value& out) {
  out.type = Type::boolean;
  const std::string& text = node.text;
  const bool is_word = node.kind == Node::Kind::word;
  if (is_word && (equal_but_case(text, "true") || equal_but_case(text, "false"))) {
    out.number = equal_but_case(text, "true") ? 1 : 0;
    return {};
  }
  dissect::TrueFalse names{"True", "False"};
  if (wanted.name != nullptr)
    for (const dissect::Field* field : wanted.name->fields) {
      names = field->names.truth();
      if (!equal_but_case(text, names.yes) && !equal_but_case(text, names.no)) continue;
      out.number = equal_but_case(text, names.yes) ? 1 : 0;
      return {};
    }
  uint64_t number = 0;
  if (is_word && read_unsigned(text, number)) {
    out.number = number != 0 ? 1 : 0;
    return {};
  }
  std::string why = quoted(text) + " is not true or false: write 1 or 0, True or False";
  if (names.yes != "True") why += ", " + quoted(names.yes) + " or " + quoted(names.no);
  return why;
}

std::string read_integer(const Node& node, const Wanted& wanted, Value& out) {
  if (node.kind == Node::Kind::character) {
    out = {Type::number, Value::kWhole, static_cast<uint8_t>(node.text[0])};
    return {};
  }
  std::string why = quoted(node.text) + " in quotes is a text, and a number is wanted here";
  if (node.kind == Node::Kind::word) {
    why = read_number_literal(node.text, wanted, out);
    if (why.empty()) return why;
  }
  const bool has_names = wanted.name != nullptr && wanted.name->has_value_names();
  if (!has_names) return why;
  const bool is_number = node.kind == Node::Kind::word && node.text[0] >= '0' && node.text[0] <= '9';
  if (find_named_value(*wanted.name, node.text, out.number)) {
    out.type = Type::number;
    return {};
  }
  return is_number
             ? why
             : quoted(node.text) + " is none of the names that values of " + std::string(wanted.name->text) + " have";
}

/// Bytes as text in quotes, a character, or digits.
std::string read_bytes(const Node& node, const Wanted& wanted, std::string& bytes) {
  if (node.kind == Node::Kind::word) return read_bytes_literal(node.text, wanted, bytes);
  bytes = node.text;
  return {};
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  append_printable(out, text.substr(0, kLongestShown));
  if (text.size() > kLongestShown) out += "…";
  return out + '"';
}

std::string read_literal(const Node& written, const Wanted& wanted, std::deque<std::string>& kept, Value& out) {
  Node node = written;
  if (node.kind == Node::Kind::word && node.text[0] == ':' && wanted.type != Type::ipv6) node.text.erase(0, 1);
  out = {wanted.type};
  std::string why;
  std::string bytes;
  int64_t ns = 0;
  const bool is_text = node.kind != Node::Kind::word;
  switch (wanted.type) {
    case Type::none: return "nothing can be compared with a field that has no value";
    case Type::boolean: return read_boolean(node, wanted, out);
    case Type::number:
    case Type::signed_number:
    case Type::real: return read_integer(node, wanted, out);
    case Type::text: bytes = node.text; break;
    case Type::bytes:
    case Type::oid:
    case Type::guid:
    case Type::protocol: why = read_bytes(node, wanted, bytes); break;
    case Type::absolute_time: why = read_time_literal(node.text, wanted, ns); break;
    case Type::relative_time:
      why = is_text ? quoted(node.text) + " in quotes is a text; seconds are written without: 0.25"
                    : read_time_literal(node.text, wanted, ns);
      break;
    default:
      why = is_text ? quoted(node.text) + " in quotes is a text; " + std::string(name_of(wanted.type)) +
                          " is written without"
                    : read_address_literal(node.text, wanted, bytes, out.prefix_bits);
      break;
  }
  if (!why.empty()) return why;
  out.number = is_time(wanted.type) ? static_cast<uint64_t>(ns) : bytes.size();
  out.bytes = kept.emplace_back(std::move(bytes));
  return {};
}

}  // namespace tracedrop::filter
