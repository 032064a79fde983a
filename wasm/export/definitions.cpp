#include "export/definitions.h"

#include <array>

#include "export/json.h"
#include "export/pandas_figures.h"

namespace tracedrop::exporting {

namespace {

constexpr std::array kDefinitions{
    Definition{"packets", "Packets", "", "The number of packets in the selection."},
    Definition{"total_time_s", "Total time", "s", "The time from the earliest to the latest packet."},
    Definition{"active_time_s", "Active time", "s",
               "The time from the first packet to the last one before the idle tail. The idle tail begins at the first "
               "gap of more than one second after the last packet that carries new data: a SYN or payload that is not "
               "sent again. Keep-alives, acknowledgments, RSTs and FINs carry none, nor do ARP and IPv6's neighbor "
               "discovery; packets of other protocols always do."},
    Definition{"idle_tail", "Idle tail", "",
               "The packets after the active time: they follow a gap of more than one second, and carry no new data."},
    Definition{"rtt_ms", "Round trip", "ms",
               "The handshake's round-trip time: from SYN to SYN/ACK at the sender of the SYN (from SYN/ACK to ACK "
               "when the capture was made at the server); over several connections the median of theirs. Without a "
               "handshake the median of the data segments' times to the acknowledgment from the far end. Without TCP "
               "the median from request to reply: ICMP echo, QUIC Initial, DNS query."},
    Definition{"handshake", "Handshake", "ms",
               "From SYN to SYN/ACK: one trip there and back, before any data. A connection whose SYN was sent twice "
               "is left out, because nothing tells which one was answered (Karn's rule). Wireshark's initial RTT goes "
               "on to the final ACK."},
    Definition{"data_rtt", "Data round trip", "ms",
               "From a data segment to the acknowledgment that covers it; segments that were sent again and "
               "keep-alives are left out. Only acknowledgments from the far end measure the network: those that the "
               "capturing host sends itself measure that host."},
    Definition{"retransmissions", "Retransmissions", "",
               "Segments that were sent again, of every kind. They are evidence of loss, not loss."},
    Definition{"fast", "Fast retransmissions", "",
               "Segments sent again because duplicate acknowledgments asked for them."},
    Definition{"spurious", "Spurious retransmissions", "",
               "Segments sent again although their acknowledgment had been captured before."},
    Definition{"timeout", "Other retransmissions", "",
               "Segments sent again that are neither fast nor spurious: as a rule because a timer ran out."},
    Definition{
        "lost", "Lost", "",
        "Retransmitted segments that are not proven needless. A retransmission is proven needless when the receiver "
        "reports the segment as a duplicate (D-SACK), or when its acknowledgment was already on its way."},
    Definition{"needless", "Needless retransmissions", "",
               "Retransmissions of segments that had arrived, and the packets that prove it: a D-SACK (RFC 2883) or an "
               "earlier acknowledgment."},
    Definition{"out_of_order", "Out-of-order", "",
               "Segments that arrived after later ones, too soon to have been sent again."},
    Definition{"lost_segments", "Previous segment not captured", "",
               "Segments before which the sequence numbers have a gap: the capture lacks what was there, or it was "
               "lost before."},
    Definition{"acked_lost_segments", "ACKed unseen segment", "",
               "Acknowledgments of segments that were never captured: the capture, not the network, lacks them."},
    Definition{"duplicate_acks", "Duplicate ACKs", "",
               "Acknowledgments that repeat the one before: the receiver got something else than it waits for."},
    Definition{"keep_alives", "Keep-alives", "",
               "Segments that only ask whether the other end is still there. Nothing is lost or sent again with them."},
    Definition{"keep_alive_acks", "Keep-alive ACKs", "", "The answers to keep-alives."},
    Definition{"size_mean", "Mean packet size", "B",
               "The sum of the packets' lengths on the wire, divided by their number."},
    Definition{"size_median", "Median packet size", "B", "The 50th percentile of the lengths on the wire."},
    Definition{"size_p90", "90th percentile of packet size", "B",
               "The 90th percentile of the lengths on the wire, by linear interpolation between the two lengths around "
               "rank (n - 1) * 0.9."},
    Definition{"size_percentile", "Any percentile of packet size", "B",
               "The p-th percentile of the lengths on the wire, by linear interpolation between the two lengths around "
               "rank (n - 1) * p / 100."},
    Definition{"size_std", "Standard deviation of packet size", "B",
               "The sample standard deviation (n - 1 in the denominator) of the lengths on the wire."},
    Definition{"size_min", "Smallest packet", "B", "The smallest length on the wire."},
    Definition{"size_max", "Largest packet", "B", "The largest length on the wire."},
    Definition{"size_cdf", "CDF of packet size", "",
               "F(x) is the share of packets of at most x bytes: a step function that is exact at every corner."},
    Definition{"iat_mean_s", "Mean interarrival time", "s",
               "The mean difference of successive packets' times, in file order: n packets have n - 1 of them."},
    Definition{"iat_median_s", "Median interarrival time", "s",
               "The 50th percentile of the differences of successive packets' times."},
    Definition{"iat_p90_s", "90th percentile of interarrival time", "s",
               "The 90th percentile of the differences of successive packets' times, by linear interpolation."},
    Definition{"iat_percentile", "Any percentile of interarrival time", "s",
               "The p-th percentile of the differences of successive packets' times, by linear interpolation."},
    Definition{"iat_max_s", "Longest interarrival time", "s", "The largest difference of successive packets' times."},
    Definition{"iat_zero", "Interarrival times of zero", "",
               "Packets with the same time as the one before: closer than the clock can tell."},
    Definition{"iat_negative", "Negative interarrival times", "",
               "Packets whose time lies before that of the one before. They are kept in every figure."},
    Definition{"iat_cdf", "CDF of interarrival time", "",
               "F(x) is the share of interarrival times of at most x. A logarithmic axis has no zero: the zeros have a "
               "band of their own at the left, so the curve begins at P(X = 0)."},
};

/// The definition, and why pandas does not have it where it has not.
std::string sentences(const Definition& definition, const PandasLines& pandas) {
  std::string out(definition.text);
  if (!pandas.why_none.empty()) out += " There are no pandas lines for it: " + pandas.why_none;
  return out;
}

}  // namespace

std::span<const Definition> definitions() { return kDefinitions; }

std::string definitions_json(const trace::Trace& trace, const OpenFile& open) {
  const PandasFigures figures(trace, open);
  Json json;
  json.begin_object();
  json.text("preamble", figures.preamble());
  json.begin_object("figures");
  for (const Definition& definition : kDefinitions) {
    const PandasLines pandas = figures.lines(definition.name);
    json.begin_object(definition.name);
    json.text("title", definition.title);
    json.text("unit", definition.unit);
    json.text("definition", sentences(definition, pandas));
    json.text("pandas", pandas.code);
    json.end_object();
  }
  json.end_object();
  json.end_object();
  return json.take();
}

}  // namespace tracedrop::exporting
