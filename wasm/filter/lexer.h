// The words and signs of a filter, each with its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "filter/problem.h"

namespace tracedrop::filter {

enum class Sign : uint8_t {
  end,
  word,       ///< a name, or a number, an address, a time: whoever needs it decides
  text,       ///< in double quotes
  character,  ///< in single quotes
  brackets,   ///< "[…]": its contents, as they stand there
  open_paren,
  close_paren,
  open_brace,
  close_brace,
  comma,
  dots,  ///< ".."
  hash,
  at,
  dollar,
  plus,
  minus,
  star,
  slash,
  percent,
  bit_and,
  equal,          ///< ==
  not_equal,      ///< !=
  all_equal,      ///< ===
  any_not_equal,  ///< !==
  greater,
  less,
  greater_equal,
  less_equal,
  contains,
  matches,
  in,
  any,
  all,
  logic_and,
  logic_or,
  logic_xor,
  logic_not,
};

struct Token {
  Sign sign = Sign::end;
  Place place;
  /// As it stands there; of a text in quotes its value.
  std::string text;
  bool is_raw = false;  ///< r"…": a backslash is one
};

/// All tokens, the last one Sign::end; or nothing, with `problem` told.
std::optional<std::vector<Token>> read_tokens(std::string_view filter, Problem& problem);

}  // namespace tracedrop::filter
