// Text of a packet in the form in which Wireshark shows names, lines and the like.
#pragma once

#include <string>
#include <string_view>

namespace tracedrop::dissect {

/// Appends text that should be UTF-8: what can be printed stays, control characters become \t, \n, … or \ooo (octal),
/// other characters that cannot be printed \uXXXX or \UXXXXXXXX, and what is no character U+FFFD.
void append_escaped(std::string& out, std::string_view raw);

}  // namespace tracedrop::dissect
