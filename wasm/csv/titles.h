// Which column a title names, in the words of the packet list, of tshark's fields, of "Apply as Column" (the fields'
// names, in Wireshark 3 to 4.6), of scripts and of people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tracedrop::csv {

enum class Column : uint8_t {
  number,
  time,
  source,
  destination,
  protocol,
  length,
  info,
  source_port,
  destination_port
};
inline constexpr size_t kColumns = 9;
/// The packet list's seven; the ports are extra columns whose content is understood.
inline constexpr size_t kListColumns = 7;

struct Title {
  static constexpr uint32_t kUnknown = UINT32_MAX;
  /// Among the names of one column the better one has the lower rank; kUnknown when no column has this name.
  uint32_t rank = kUnknown;
  Column column = Column::number;
  /// The name says that the column holds the time since the previous packet.
  bool is_delta = false;
  /// A field of tshark that may hold several values in one cell ("10.0.0.1,10.0.0.2"): the first one is the packet's.
  bool may_repeat = false;
  /// A unit in the title, "Time (ms)": 0 for seconds or none, 3, 6, 9.
  uint8_t unit_digits = 0;

  bool is_known() const { return rank != kUnknown; }
};

/// In any case, with any blanks, underscores and points.
Title read_title(std::string_view title);

}  // namespace tracedrop::csv
