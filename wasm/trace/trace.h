// A trace: what was read of one file. Everything to the right of this folder (answers, filters, exports) reads it only.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/warning.h"
#include "capture/record.h"
#include "csv/layout.h"
#include "dissect/findings.h"
#include "trace/columns.h"

namespace tracedrop::trace {

using dissect::Conversation;

enum class SourceKind : uint8_t { none, pcap, pcapng, csv };

/// How a csv's Time column is to be read; captures always have absolute times.
enum class TimeBase : uint8_t {
  absolute,  ///< nanoseconds since 1970-01-01 UTC (a csv without a zone: of its writer's wall clock)
  relative,  ///< nanoseconds since the start of the capture
  of_day,    ///< nanoseconds since midnight
};

/// What a csv leaves unknown, each a sentence that says why; empty for what is known. A figure that cannot be trusted
/// is not shown at all.
struct Unknown {
  std::string sizes;        ///< of packets
  std::string span;         ///< from the first packet to the last
  std::string gaps;         ///< between one packet and the next
  std::string round_trips;  ///< between two packets of any distance
};

struct Trace {
  SourceKind kind = SourceKind::none;
  TimeBase time_base = TimeBase::absolute;
  /// Decimals that the times of most packets have (see interface_of for the exact ones).
  int time_digits = 6;
  Columns columns;
  dissect::Findings findings;
  Warnings warnings;
  std::vector<capture::Interface> interfaces;
  /// Interface of each packet; empty while there is only one.
  std::vector<uint16_t> packet_interface;
  /// Bytes of the (uncompressed) file read so far.
  uint64_t bytes_read = 0;
  /// True once the whole file has been read: links and conversations are final.
  bool complete = false;
  /// csv: names of columns beyond the usual seven, in file order.
  std::vector<std::string> extra_columns;
  /// csv: how the file is written; final when `complete`.
  csv::CsvLayout csv_layout;
  Unknown unknown;
  /// csv: packets of which the time since the packet before is not known, ascending: time references.
  std::vector<PacketIndex> time_breaks;
  /// csv: the file's own packet numbers when they are not 1, 2, 3, …; else empty.
  std::vector<uint32_t> file_numbers;

  uint32_t size() const { return columns.size(); }
  const Conversation& conversation(PacketIndex i) const { return findings.conversations[columns.flow(i) >> 1]; }
  /// 0: from the conversation's endpoint 0 to its endpoint 1; 1: back.
  uint32_t direction(PacketIndex i) const { return columns.flow(i) & 1; }
  /// Whether the time from packet `earlier` to packet `later` is known.
  bool knows_time_between(PacketIndex earlier, PacketIndex later) const {
    if (time_breaks.empty()) return true;
    const auto next = std::upper_bound(time_breaks.begin(), time_breaks.end(), earlier);
    return next == time_breaks.end() || *next > later;
  }
  /// Forgets all packets from number `count` + 1 on, and what refers to them: memory has ended, and what it held of
  /// them is needed elsewhere. Allocates nothing.
  void keep_first(PacketIndex count);
  /// The interface packet i came from; null for a csv.
  const capture::Interface* interface_of(PacketIndex i) const {
    const size_t at = packet_interface.empty() ? 0 : packet_interface[i];
    return at < interfaces.size() ? &interfaces[at] : nullptr;
  }
};

}  // namespace tracedrop::trace
