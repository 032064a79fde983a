// Values that filters compare: what stands in packets, and what somebody typed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tracedrop::filter {

enum class Type : uint8_t {
  none,  ///< it is there or not, and has no value
  boolean,
  number,         ///< unsigned
  signed_number,  ///< two's complement
  real,
  text,
  bytes,
  mac,
  ipv4,
  ipv6,
  eui64,
  guid,
  oid,
  protocol,       ///< a layer: its bytes
  absolute_time,  ///< nanoseconds since 1970
  relative_time,  ///< nanoseconds
};

struct Value {
  Type type = Type::none;
  /// Of an address that stands for a network: bits that count.
  uint8_t prefix_bits = kWhole;
  /// Numbers, booleans, times; a real's bits.
  uint64_t number = 0;
  /// Texts, bytes, addresses. Borrowed. Of a layer those up to the end of what its dissector was given; those that are
  /// the layer itself are the first `number` of them.
  std::string_view bytes{};

  static constexpr uint8_t kWhole = 255;
};
using Values = std::vector<Value>;

Value real_value(double value);
double real_of(const Value& value);

constexpr bool is_integer(Type type) {
  return type == Type::boolean || type == Type::number || type == Type::signed_number;
}
constexpr bool is_numeric(Type type) { return is_integer(type) || type == Type::real; }
constexpr bool is_time(Type type) { return type == Type::absolute_time || type == Type::relative_time; }
/// Whether its value is a sequence of bytes (texts are none).
constexpr bool is_bytes(Type type) { return type >= Type::bytes && type <= Type::protocol; }
/// Whether two types can be compared with each other.
constexpr bool are_comparable(Type a, Type b) {
  if (is_numeric(a) && is_numeric(b)) return true;
  if (is_bytes(a) && is_bytes(b))
    return a == b || a == Type::bytes || b == Type::bytes || a == Type::protocol || b == Type::protocol;
  return a == b && a != Type::none;
}

/// Of a layer itself, not of what follows it.
std::string_view own_bytes(const Value& value);

/// "a number", "an IPv4 address".
std::string_view name_of(Type type);

/// Below, equal to or above zero as `a` is to `b`, which are comparable.
int compare(const Value& a, const Value& b);
/// Whether it is not zero, and not empty.
bool is_true(const Value& value);

}  // namespace tracedrop::filter
