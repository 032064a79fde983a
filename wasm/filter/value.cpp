#include "filter/value.h"

#include <algorithm>
#include <cstring>

namespace tracedrop::filter {

namespace {

template <typename T>
int order(T a, T b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

bool is_negative(const Value& value) {
  return value.type == Type::signed_number && static_cast<int64_t>(value.number) < 0;
}

double as_real(const Value& value) {
  if (value.type == Type::real) return real_of(value);
  return value.type == Type::signed_number ? static_cast<double>(static_cast<int64_t>(value.number))
                                           : static_cast<double>(value.number);
}

int compare_numbers(const Value& a, const Value& b) {
  if (a.type == Type::real || b.type == Type::real) return order(as_real(a), as_real(b));
  if (is_negative(a) != is_negative(b)) return is_negative(a) ? -1 : 1;
  return order(a.number, b.number);  // two negative ones keep their order
}

/// The first `bits` of two addresses of one length.
int compare_prefixes(std::string_view a, std::string_view b, size_t bits) {
  const size_t whole = std::min({bits / 8, a.size(), b.size()});
  if (const int difference = std::memcmp(a.data(), b.data(), whole); difference != 0) return difference;
  if (bits % 8 == 0 || whole >= a.size() || whole >= b.size()) return 0;
  const int mask = 0xFF00 >> (bits % 8) & 0xFF;
  return order(static_cast<uint8_t>(a[whole]) & mask, static_cast<uint8_t>(b[whole]) & mask);
}

}  // namespace

Value real_value(double value) {
  Value out{Type::real};
  std::memcpy(&out.number, &value, sizeof value);
  return out;
}

double real_of(const Value& value) {
  double out = 0;
  std::memcpy(&out, &value.number, sizeof out);
  return out;
}

std::string_view own_bytes(const Value& value) {
  return value.type == Type::protocol ? value.bytes.substr(0, static_cast<size_t>(value.number)) : value.bytes;
}

std::string_view name_of(Type type) {
  switch (type) {
    case Type::none: return "a field without a value";
    case Type::boolean: return "true or false";
    case Type::number:
    case Type::signed_number: return "a number";
    case Type::real: return "a number with decimals";
    case Type::text: return "a text";
    case Type::bytes: return "a sequence of bytes";
    case Type::mac: return "a MAC address";
    case Type::ipv4: return "an IPv4 address";
    case Type::ipv6: return "an IPv6 address";
    case Type::eui64: return "an EUI-64 address";
    case Type::guid: return "a GUID";
    case Type::oid: return "an object identifier";
    case Type::protocol: return "a protocol's bytes";
    case Type::absolute_time: return "a date and time";
    case Type::relative_time: return "a span of time";
  }
  return {};
}

int compare(const Value& a, const Value& b) {
  if (is_numeric(a.type)) return compare_numbers(a, b);
  if (is_time(a.type)) return order(static_cast<int64_t>(a.number), static_cast<int64_t>(b.number));
  const uint8_t bits = std::min(a.prefix_bits, b.prefix_bits);
  if (bits != Value::kWhole) return compare_prefixes(a.bytes, b.bytes, bits);
  return own_bytes(a).compare(own_bytes(b));
}

bool is_true(const Value& value) {
  if (value.type == Type::none) return true;
  if (value.type == Type::real) return real_of(value) != 0;
  if (is_integer(value.type) || is_time(value.type)) return value.number != 0;
  if (value.type == Type::text) return !value.bytes.empty();
  return std::any_of(value.bytes.begin(), value.bytes.end(), [](char c) { return c != '\0'; });
}

}  // namespace tracedrop::filter
