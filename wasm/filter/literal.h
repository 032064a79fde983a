// What somebody typed as a value of the type that is wanted there.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "filter/catalog.h"
#include "filter/syntax.h"
#include "filter/value.h"

namespace tracedrop::filter {

/// What a literal is to be: of a type, and of the field that it is compared with (null where there is none).
struct Wanted {
  Type type = Type::none;
  const Name* name = nullptr;
};

/// Reads the literal `node` (a word, a text, a character). `kept` holds its bytes from then on. Empty when `out` is
/// there, else why it is not.
std::string read_literal(const Node& node, const Wanted& wanted, std::deque<std::string>& kept, Value& out);

/// Parts of it, each in a file of its own: numbers, bytes and addresses, times.
std::string read_number_literal(std::string_view text, const Wanted& wanted, Value& out);
std::string read_bytes_literal(std::string_view text, const Wanted& wanted, std::string& bytes);
std::string read_address_literal(std::string_view text, const Wanted& wanted, std::string& bytes, uint8_t& prefix_bits);
std::string read_time_literal(std::string_view text, const Wanted& wanted, int64_t& ns);

/// A whole number as C writes them (0x…, 0b…, 0… octal). False when it is none, or does not fit into 64 bits.
bool read_unsigned(std::string_view text, uint64_t& value);
/// A number with decimals or an exponent, or a whole one.
bool read_real(std::string_view text, double& value);

/// `"text"`, shortened, for messages.
std::string quoted(std::string_view text);

}  // namespace tracedrop::filter
