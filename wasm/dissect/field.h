// The declaration of one field of one protocol: its name in display filters, its title in the detail tree, its type and
// how it is shown. Declared once, in the protocol's file; the row, the tree and the filters all use this.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/bytes.h"

namespace tracedrop::dissect {

enum class FieldType : uint8_t {
  group,  ///< a labelled branch of the tree, without a value
  boolean,
  uint8,
  uint16,
  uint24,
  uint32,
  uint64,
  bytes,
  text,
  mac,
  ipv4,
  ipv6,
  relative_time,  ///< value in nanoseconds
  packet,         ///< number of another packet
};

enum class Base : uint8_t { dec, hex, dec_hex, hex_dec };

struct ValueName {
  uint64_t value;
  std::string_view name;
};

/// The name of `value` in a table, or nothing.
constexpr std::string_view name_of(std::span<const ValueName> names, uint64_t value) {
  for (const ValueName& known : names)
    if (known.value == value) return known.name;
  return {};
}

struct Field {
  std::string_view name;   ///< "tcp.srcport": Wireshark's
  std::string_view title;  ///< "Source Port"
  FieldType type = FieldType::bytes;
  Base base = Base::dec;
  /// For fields narrower than what is read: the bits that are the value.
  uint64_t mask = 0;
  std::span<const ValueName> values = {};
};

struct Protocol;

/// Receives layers and fields in the order of dissection, nested: the detail tree, a filter's values. Ranges are bytes
/// of the frame or of reassembled data; a generated field (a conclusion, not bytes) has an empty range.
class FieldSink {
 public:
  virtual ~FieldSink() = default;
  virtual void open_layer(const Protocol& protocol, Bytes range) = 0;
  virtual void close_layer(Bytes range) = 0;
  virtual void open_group(const Field& field, Bytes range) = 0;
  virtual void close_group() = 0;
  virtual void number(const Field& field, Bytes range, uint64_t value) = 0;
  virtual void bytes(const Field& field, Bytes range) = 0;
  virtual void text(const Field& field, Bytes range, std::string_view value) = 0;
};

}  // namespace tracedrop::dissect
