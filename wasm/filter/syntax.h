// A filter as a tree, as it is written: names are not looked up yet, and nothing has a type (README.md has the
// grammar).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "filter/problem.h"

namespace tracedrop::filter {

enum class Op : uint8_t {
  none,
  equal,
  not_equal,
  greater,
  less,
  greater_equal,
  less_equal,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  bit_and
};

/// Of the values of a field: whether one of them has to pass a test, or each.
enum class Quantity : uint8_t { any, all };

/// A part of a sequence of bytes, or of a list of layers: a negative offset counts from the end.
struct Range {
  int32_t offset = 0;
  /// Bytes; nothing: up to the end.
  std::optional<int32_t> length = 1;
  /// The last one that belongs to it, instead of a length ("2-5", "-3--1").
  std::optional<int32_t> last{};
};

struct Node;
using NodeRef = std::shared_ptr<const Node>;

struct Node {
  enum class Kind : uint8_t {
    logic_or,
    logic_xor,
    logic_and,
    logic_not,
    truth,       ///< something that stands alone: it is there, or it is not zero
    comparison,  ///< parts: the two sides
    contains,
    matches,
    membership,  ///< parts: what is looked for, then pairs of first and last; last is null for a single value
    word,
    text,
    character,
    slice,      ///< of parts[0]
    call,       ///< text: the function's name
    operation,  ///< two parts
    negative,   ///< one part
  };
  Kind kind = Kind::word;
  Place place;
  std::string text{};
  Op op = Op::none;
  Quantity quantity = Quantity::any;
  std::vector<NodeRef> parts{};
  std::vector<Range> ranges{};  ///< of a slice; of a word: its layers ("ip.src#2"), or none
  bool is_raw = false;          ///< "@ip.src": the bytes as they stand in the packet; of a text: r"…"
};

}  // namespace tracedrop::filter
