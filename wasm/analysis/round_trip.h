// Round-trip times, each with its method, its samples and its direction; directions are never pooled.
//
// handshake  SYN to its SYN/ACK, seen at the sender of the SYN. When the capture was made at the other end
// (capture_point.h),
//            what crossed the network is SYN/ACK to ACK, and the answer says so. A retransmitted SYN or SYN/ACK makes
//            the answer ambiguous: that connection is left out (Karn's rule, RFC 6298 section 3).
// data       segment to the ACK that covers it (Findings::rtt_samples), by direction: network when the far end answers.
// echo, QUIC, DNS  request to reply, where no TCP is.
//
// A sample counts when its answer is selected. The headline is the first of these that there is: the handshakes'
// median, the median of the data samples that the far ends answered, echo requests', QUIC's, DNS's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/capture_point.h"
#include "trace/selection.h"
#include "trace/trace.h"

namespace tracedrop::analysis {

using trace::PacketIndex;
using trace::Selection;
using trace::Trace;

enum class RttMethod : uint8_t { none, handshake, data, echo, quic, dns };

struct Handshake {
  uint32_t conversation = 0;
  PacketIndex syn = 0;
  PacketIndex syn_ack = 0;
  PacketIndex ack = dissect::kNoPacket;  ///< kNoPacket when it was not seen
  /// The part that measures the network, from `syn` to `syn_ack` or (captured_at_server) from `syn_ack` to `ack`.
  int64_t rtt_ns = 0;
  /// SYN to the final ACK, Wireshark's tcp.analysis.initial_rtt.
  std::optional<int64_t> initial_rtt_ns;
  bool captured_at_server = false;
};

/// Data segments from one host to another, and the ACKs that came back.
struct DataRtt {
  uint32_t from = 0;  ///< address of the segments' sender
  uint32_t to = 0;    ///< address of the acknowledging host
  /// True when `to` is the far end: these measure the network. False when it is the capturing host. Absent: cannot be
  /// told.
  std::optional<bool> network;
  uint32_t samples = 0;
  int64_t min_ns = 0;
  double median_ms = 0;
  int64_t max_ns = 0;
};

struct RoundTrip {
  /// The headline; absent with a reason.
  std::optional<double> rtt_ms;
  RttMethod method = RttMethod::none;
  /// Samples that the headline is the median of.
  uint32_t samples = 0;
  /// How the headline was measured, or why there is none.
  std::string sentence;
  std::vector<Handshake> handshakes;
  /// Selected handshakes that were left out because a SYN or SYN/ACK was sent twice.
  uint32_t ambiguous_handshakes = 0;
  /// Median over the handshakes whose final ACK was seen.
  std::optional<double> initial_rtt_ms;
  /// By direction, those with most samples first: at most kMostDirections, unless the headline is made of more.
  std::vector<DataRtt> data;
  static constexpr size_t kMostDirections = 100;
};

RoundTrip round_trip(const Trace& trace, const Selection& selection, const CapturePoint& capture_point);

/// "handshake", "data", "echo", "quic", "dns", "none".
std::string_view method_name(RttMethod method);

}  // namespace tracedrop::analysis
