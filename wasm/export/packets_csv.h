// Packets as csv, as Wireshark exports its packet list: RFC 4180, every field quoted, lines end in a line feed.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace tracedrop::exporting {

inline constexpr std::string_view kPacketsCsvHeader =
    "\"No.\",\"Time\",\"Source\",\"Destination\",\"Protocol\",\"Length\",\"Info\"\n";

/// Appends one line of csv. Texts are taken as they are, UTF-8 included; quotes in them are doubled.
void append_csv_line(std::string& out, std::initializer_list<std::string_view> fields);

}  // namespace tracedrop::exporting
