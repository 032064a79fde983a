#include "analysis/health.h"

#include <algorithm>
#include <array>
#include <functional>

#include "analysis/absent.h"
#include "analysis/csv_copies.h"
#include "analysis/exact.h"
#include "analysis/walk.h"
#include "analysis/words.h"

namespace tracedrop::analysis {

namespace {

constexpr uint16_t kLinkTypeEthernet = 1;

/// Called for each packet found: rarely, next to those that are looked at.
using Visit = std::function<void(PacketIndex)>;

bool is_capture(const Trace& trace) { return trace.kind != trace::SourceKind::csv; }

void find_undissected(const Trace& trace, const Selection& selection, const Visit& visit) {
  if (undissected_names(trace).empty()) return;
  selection.for_each([&](PacketIndex i) {
    if (i < trace.size() && is_undissected(trace, i)) visit(i);
  });
}

/// The captured length of a csv's row is that of its text.
void find_cut(const Trace& trace, const Selection& selection, const Visit& visit) {
  if (!is_capture(trace)) return;
  const auto cut = [](const trace::Block& block, uint32_t at) { return block.cap_len[at] < block.wire_len[at]; };
  find_rare(trace, selection, cut, visit);
}

/// A csv does not tell its link layer: it is taken to be Ethernet, and the sentence says so.
void find_larger_than_ethernet(const Trace& trace, const Selection& selection, const Visit& visit) {
  const auto ethernet = [](const capture::Interface& i) { return i.link_type == kLinkTypeEthernet; };
  if (is_capture(trace) && std::none_of(trace.interfaces.begin(), trace.interfaces.end(), ethernet)) return;
  const auto large = [](const trace::Block& block, uint32_t at) { return block.wire_len[at] > kEthernetFrame; };
  find_rare(trace, selection, large, [&](PacketIndex i) {
    const capture::Interface* interface = trace.interface_of(i);
    if (!is_capture(trace) || (interface != nullptr && ethernet(*interface))) visit(i);
  });
}

void find_backwards(const Trace& trace, const Selection& selection, const Visit& visit) {
  if (trace.columns.in_order()) return;
  for_each_gap(trace.columns, selection, [&](int64_t gap_ns, PacketIndex i) {
    if (gap_ns < 0) visit(i);
  });
}

/// Packets that dissection found to stand twice in the capture (dissect/copies.h).
void find_copies(const Trace& trace, const Selection& selection, const Visit& visit) {
  const auto copy = [](const trace::Block& block, uint32_t at) { return (block.flags[at] & dissect::kIsCopy) != 0; };
  find_rare(trace, selection, copy, visit);
}

void find_doubled(const Trace& trace, const Selection& selection, const Visit& visit) {
  if (is_capture(trace)) return find_copies(trace, selection, visit);
  const auto again = [](const trace::Block& block, uint32_t at) {
    return (block.notes[at] & dissect::kRetransmission) != 0;
  };
  find_rare(trace, selection, again, [&](PacketIndex i) {
    if (copied_row(trace, i) != dissect::kNoPacket) visit(i);
  });
}

/// Visits the first selected packet of each connection whose SYN is not in the trace.
void find_without_handshake(const Trace& trace, const Selection& selection, const Visit& visit) {
  const auto& conversations = trace.findings.conversations;
  std::vector<bool> wanted(conversations.size());
  uint32_t left = 0;
  for (size_t c = 0; c < conversations.size(); ++c) {
    wanted[c] = conversations[c].transport == dissect::Transport::tcp && conversations[c].syn == dissect::kNoPacket &&
                conversations[c].syn_ack == dissect::kNoPacket;
    left += wanted[c];
  }
  for_each_piece(trace.columns, selection,
                 [&](const trace::Block& block, uint32_t from, uint32_t to, PacketIndex first) {
                   for (uint32_t at = from; at < to && left > 0; ++at) {
                     const uint32_t c = block.flow[at] >> 1;
                     if (!wanted[c]) continue;
                     wanted[c] = false;
                     --left;
                     visit(first + (at - from));
                   }
                 });
}

struct Found {
  uint64_t count = 0;
  PacketIndex first = dissect::kNoPacket;
  uint32_t largest = 0;
};

std::string undissected_link_text(const Trace& trace, const Found& found) {
  return counted(found.count, "packet has", "packets have") + " a link type that is not dissected (" +
         undissected_names(trace) + "), first " + packet_number(found.first) +
         ": their number, sizes and times count, but no addresses, connections or losses are seen in them. Wireshark "
         "knows more link types.";
}

std::string cut_text(const Trace&, const Found& found) {
  return "The capture kept only a part of " + counted(found.count, "packet") + ", from " + packet_number(found.first) +
         " on (snap length). Sizes are those on the wire; what was cut off cannot be shown.";
}

std::string large_text(const Trace& trace, const Found& found) {
  // Two VLAN tags and a check sequence are 12 bytes.
  constexpr uint32_t kWithTags = kEthernetFrame + 12;
  const std::string what = counted(found.count, "packet is", "packets are") +
                           " larger than an Ethernet frame of 1,514 bytes" +
                           (is_capture(trace) ? "" : " (if it was Ethernet: a csv does not tell)") + ", from " +
                           packet_number(found.first) + " on, up to " + counted(found.largest, "byte") + ": ";
  if (found.largest <= kWithTags)
    return what + "these have VLAN tags or a check sequence, or the network allows larger frames.";
  return what +
         "segmentation offload. The network card cuts or joins segments after or before they are captured, so that on "
         "the "
         "wire there were more and smaller packets. (Or the network allows jumbo frames.)";
}

std::string backwards_text(const Trace&, const Found& found) {
  return "Time goes backwards at " + counted(found.count, "packet") + ", first at " + packet_number(found.first) +
         ": a clock was set, several clocks were mixed, or files were merged. Negative interarrival times are kept and "
         "counted.";
}

std::string doubled_text(const Trace& trace, const Found& found) {
  if (is_capture(trace))
    return counted(found.count, "packet stands", "packets stand") + " twice in the capture, first " +
           packet_number(found.first) +
           " (equal bytes and identification within a millisecond): sent once, and captured at two places, as on a "
           "bridge and its ports, a mirror port of both directions, or several interfaces at once. Wireshark marks "
           "copies as retransmissions and duplicate ACKs; they are not counted as lost. Packet counts, sizes and gaps "
           "hold both: remove the copies (editcap -d), or capture on one interface.";
  return counted(found.count, "segment was", "segments were") + " captured twice within microseconds, first " +
         packet_number(found.first) +
         ": the capture doubles packets (a driver that delivers twice, or several interfaces at once). They were sent "
         "once: Wireshark marks them as retransmissions, and they are not counted as lost.";
}

std::string without_handshake_text(const Trace&, const Found& found) {
  return counted(found.count, "TCP connection") +
         " began before the capture (first seen: " + packet_number(found.first) +
         "): without a handshake the round-trip time and the window scale are not known.";
}

struct Check {
  Severity severity;
  std::string_view code;
  void (*find)(const Trace&, const Selection&, const Visit&);
  std::string (*text)(const Trace&, const Found&);
};

constexpr std::array<Check, 6> kChecks{{
    {Severity::warning, "link-type", find_undissected, undissected_link_text},
    {Severity::note, "snap-length", find_cut, cut_text},
    {Severity::warning, "segmentation-offload", find_larger_than_ethernet, large_text},
    {Severity::warning, "time-backwards", find_backwards, backwards_text},
    {Severity::warning, "doubled-packets", find_doubled, doubled_text},
    {Severity::note, "no-handshake", find_without_handshake, without_handshake_text},
}};

/// Drops are reported for the whole capture, not for a selection.
void add_drops(const Trace& trace, std::vector<HealthNote>& notes) {
  uint64_t dropped = 0;
  for (const capture::Interface& interface : trace.interfaces)
    if (interface.dropped != UINT64_MAX) dropped += interface.dropped;
  if (dropped == 0) return;
  notes.push_back({Severity::warning, "capture-dropped",
                   "The capturing system dropped " + counted(dropped, "packet") +
                       ": they were on the wire and are not in this file.",
                   dropped, dissect::kNoPacket});
}

}  // namespace

std::vector<HealthNote> health(const Trace& trace, const Selection& selection) {
  std::vector<HealthNote> notes;
  for (const Check& check : kChecks) {
    Found found;
    check.find(trace, selection, [&](PacketIndex i) {
      if (found.count++ == 0) found.first = i;
      found.largest = std::max(found.largest, trace.columns.wire_len(i));
    });
    if (found.count > 0)
      notes.push_back({check.severity, check.code, check.text(trace, found), found.count, found.first});
  }
  add_drops(trace, notes);
  return notes;
}

Selection health_packets(const Trace& trace, const Selection& selection, std::string_view code) {
  PacketSet packets(trace.size());
  for (const Check& check : kChecks)
    if (check.code == code) check.find(trace, selection, [&](PacketIndex i) { packets.add(i); });
  return packets.take();
}

}  // namespace tracedrop::analysis
