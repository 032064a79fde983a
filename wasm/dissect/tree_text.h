// A line of the detail tree as text, as Wireshark's pane shows it without the brackets of generated lines.
#pragma once

#include <string>

#include "dissect/time_text.h"
#include "dissect/tree.h"

namespace tracedrop::dissect {

/// "0100 .... = Version: 4", "Time to Live: 64", "Flags: 0x018 (PSH, ACK)"; at most 239 bytes, with " […]" behind the
/// title when the value was cut.
void append_line_text(std::string& out, const Tree& tree, const Line& line);

/// The value alone, as it stands in a line: "IPv4 (0x0800)".
void append_value_text(std::string& out, const Tree& tree, const Line& line);

/// "1.3.6.1.2.1" from the bytes of a BER object identifier's value.
void append_oid(std::string& out, std::string_view encoded);

/// "00112233-4455-6677-8899-aabbccddeeff".
void append_guid(std::string& out, std::string_view raw, bool little_endian);

}  // namespace tracedrop::dissect
