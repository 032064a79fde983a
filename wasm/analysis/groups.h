// The selection, split: by direction, by protocol or by conversation, with the statistics of each part.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/statistics.h"
#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::analysis {

enum class GroupBy : uint8_t {
  direction,     ///< from one address to another
  protocol,      ///< the Protocol column
  conversation,  ///< both directions between two endpoints
};

struct Group {
  /// Names the group within its trace for group_packets().
  uint64_t key = 0;
  /// "10.0.0.1 → 10.0.0.2", "TLSv1.2", "TCP 10.0.0.1:1000 ↔ 10.0.0.2:443".
  std::string label;
  uint32_t packets = 0;
  uint64_t bytes = 0;
  std::optional<Statistics> size;
  /// Between successive packets of the group, in seconds; absent for a single packet.
  std::optional<Statistics> interarrival;
};

struct Groups {
  /// False when the file does not tell sizes: all bytes are 0, and mean nothing.
  bool knows_sizes = true;
  /// Those with most packets first; equal ones in the order of their first packets.
  std::vector<Group> top;
  /// The groups that did not get into `top`, together.
  uint32_t other_groups = 0;
  uint32_t other_packets = 0;
  uint64_t other_bytes = 0;
};

Groups groups(const Trace& trace, const Selection& selection, GroupBy by, uint32_t most);

/// The selected packets of one group.
Selection group_packets(const Trace& trace, const Selection& selection, GroupBy by, uint64_t key);

/// An address as it is shown, "?" for none.
std::string address_text(const Trace& trace, uint32_t address);

}  // namespace tracedrop::analysis
