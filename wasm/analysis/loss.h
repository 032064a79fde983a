// Was anything lost? Retransmitted segments are evidence, not loss: what is known of each, and the verdict in words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::analysis {

using trace::PacketIndex;
using trace::Selection;
using trace::Trace;

enum class Verdict : uint8_t {
  unknown,      ///< no TCP segment is selected: nothing can be said
  not_lost,     ///< no retransmission, or each is proven needless, and nothing is missing
  lost,         ///< segments were sent again, and nothing proves that they had arrived
  not_visible,  ///< nothing was retransmitted, but the capture itself lacks segments
};

/// Counts of selected packets by their TCP notes (Wireshark's tcp.analysis.*).
struct Loss {
  uint32_t tcp_segments = 0;
  uint32_t retransmissions = 0;  ///< all of them, and by kind:
  uint32_t fast = 0;
  uint32_t spurious = 0;
  uint32_t timeout = 0;  ///< neither fast nor spurious
  /// Retransmissions that were not needed, with what proves it. A spurious one that the dissection lists no packet for
  /// is proven by an acknowledgment before it: its proof is kNoPacket.
  std::vector<dissect::NeedlessRetransmission> needless;
  /// Those among the needless that were not sent twice, but stand twice in the capture (dissect/copies.h).
  uint32_t copies = 0;
  /// What Wireshark does not mark, and the counts above and below leave out: of segments whose options the snap length
  /// cut off, where its dissection ends. Those sent again, and those that show that others are missing.
  uint32_t unmarked = 0;
  uint32_t unmarked_missing = 0;
  /// Segments sent again, marked or not, that are not proven needless.
  uint32_t lost = 0;
  uint32_t out_of_order = 0;
  uint32_t lost_segments = 0;        ///< "Previous segment not captured"
  uint32_t acked_lost_segments = 0;  ///< "ACKed unseen segment"
  uint32_t duplicate_acks = 0;
  uint32_t keep_alives = 0;
  uint32_t keep_alive_acks = 0;
  Verdict verdict = Verdict::unknown;
  /// The verdict and its evidence.
  std::string sentence;

  bool known() const { return verdict != Verdict::unknown; }
};

Loss loss(const Trace& trace, const Selection& selection);

/// "not lost", "lost in the network", "not visible to this capture", "unknown".
std::string_view verdict_name(Verdict verdict);

}  // namespace tracedrop::analysis
