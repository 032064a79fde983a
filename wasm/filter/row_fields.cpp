// Which fields rows know, and how.
#include <algorithm>
#include <iterator>

#include "filter/row_values.h"

namespace tracedrop::filter {

namespace {

struct Known {
  std::string_view name;
  RowSlot slot;
};

constexpr RowSlot per_packet(RowField field) { return {field, 0, Basis::packet, false}; }
constexpr RowSlot per_flow(RowField field, bool needs_tcp = false) { return {field, 0, Basis::flow, needs_tcp}; }
constexpr RowSlot of_segment(RowField field, uint16_t bits = 0) { return {field, bits, Basis::packet, true}; }

constexpr Known kKnown[] = {
    {"frame", {RowField::always, 0, Basis::nothing, false}},
    {"frame.number", per_packet(RowField::frame_number)},
    {"frame.len", per_packet(RowField::frame_length)},
    {"frame.cap_len", per_packet(RowField::frame_captured)},
    {"frame.time", per_packet(RowField::frame_time)},
    {"frame.time_utc", per_packet(RowField::frame_time)},
    {"frame.time_epoch", per_packet(RowField::frame_time)},
    {"frame.time_relative", per_packet(RowField::frame_relative)},
    {"frame.time_delta", per_packet(RowField::frame_delta)},
    {"frame.time_delta_displayed", per_packet(RowField::frame_delta)},
    {"frame.protocols", {RowField::frame_protocols, 0, Basis::kind, false}},
    {"frame.marked", {RowField::frame_false, 0, Basis::nothing, false}},
    {"frame.ignored", {RowField::frame_false, 0, Basis::nothing, false}},
    {"ip.src", per_flow(RowField::ip_source)},
    {"ip.dst", per_flow(RowField::ip_destination)},
    {"ip.addr", per_flow(RowField::ip_either)},
    {"ipv6.src", per_flow(RowField::ipv6_source)},
    {"ipv6.dst", per_flow(RowField::ipv6_destination)},
    {"ipv6.addr", per_flow(RowField::ipv6_either)},
    {"tcp.srcport", per_flow(RowField::tcp_source_port, true)},
    {"tcp.dstport", per_flow(RowField::tcp_destination_port, true)},
    {"tcp.port", per_flow(RowField::tcp_either_port, true)},
    {"udp.srcport", per_flow(RowField::udp_source_port)},
    {"udp.dstport", per_flow(RowField::udp_destination_port)},
    {"udp.port", per_flow(RowField::udp_either_port)},
    {"tcp.stream", per_flow(RowField::tcp_stream, true)},
    {"tcp.len", of_segment(RowField::tcp_length)},
    {"tcp.seq_raw", of_segment(RowField::tcp_raw_seq)},
    {"tcp.ack_raw", of_segment(RowField::tcp_raw_ack)},
    {"tcp.flags.fin", of_segment(RowField::tcp_flag, dissect::kFin)},
    {"tcp.flags.syn", of_segment(RowField::tcp_flag, dissect::kSyn)},
    {"tcp.flags.reset", of_segment(RowField::tcp_flag, dissect::kRst)},
    {"tcp.flags.push", of_segment(RowField::tcp_flag, dissect::kPsh)},
    {"tcp.flags.ack", of_segment(RowField::tcp_flag, dissect::kAck)},
    {"tcp.flags.urg", of_segment(RowField::tcp_flag, dissect::kUrg)},
    {"tcp.flags.ece", of_segment(RowField::tcp_flag, dissect::kEce)},
    {"tcp.flags.cwr", of_segment(RowField::tcp_flag, dissect::kCwr)},
    {"tcp.flags.ae", of_segment(RowField::tcp_flag, dissect::kAccurateEcn)},
    {"tcp.analysis.flags", of_segment(RowField::tcp_note, static_cast<uint16_t>(~dissect::kPayloadCut))},
    {"tcp.analysis.retransmission", of_segment(RowField::tcp_note, dissect::kRetransmission)},
    {"tcp.analysis.fast_retransmission", of_segment(RowField::tcp_note, dissect::kFastRetransmission)},
    {"tcp.analysis.spurious_retransmission", of_segment(RowField::tcp_note, dissect::kSpuriousRetransmission)},
    {"tcp.analysis.out_of_order", of_segment(RowField::tcp_note, dissect::kOutOfOrder)},
    {"tcp.analysis.lost_segment", of_segment(RowField::tcp_note, dissect::kLostSegment)},
    {"tcp.analysis.ack_lost_segment", of_segment(RowField::tcp_note, dissect::kAckedLostSegment)},
    {"tcp.analysis.duplicate_ack", of_segment(RowField::tcp_note, dissect::kDuplicateAck)},
    {"tcp.analysis.keep_alive", of_segment(RowField::tcp_note, dissect::kKeepAlive)},
    {"tcp.analysis.keep_alive_ack", of_segment(RowField::tcp_note, dissect::kKeepAliveAck)},
    {"tcp.analysis.window_update", of_segment(RowField::tcp_note, dissect::kWindowUpdate)},
    {"tcp.analysis.zero_window", of_segment(RowField::tcp_note, dissect::kZeroWindow)},
    {"tcp.analysis.zero_window_probe", of_segment(RowField::tcp_note, dissect::kZeroWindowProbe)},
    {"tcp.analysis.zero_window_probe_ack", of_segment(RowField::tcp_note, dissect::kZeroWindowProbeAck)},
    {"tcp.analysis.window_full", of_segment(RowField::tcp_note, dissect::kWindowFull)},
    {"tcp.analysis.reused_ports", of_segment(RowField::tcp_note, dissect::kReusedPorts)},
    {"_ws.col.number", per_packet(RowField::list_number)},
    {"_ws.col.cls_time", per_packet(RowField::list_time)},
    {"_ws.col.def_src", per_flow(RowField::list_source)},
    {"_ws.col.def_dst", per_flow(RowField::list_destination)},
    {"_ws.col.protocol", {RowField::list_protocol, 0, Basis::kind, false}},
    {"_ws.col.packet_length", per_packet(RowField::list_length)},
};

/// What a csv shows in another way than a capture's rows do.
constexpr Known kCsvKnown[] = {
    {"tcp", per_flow(RowField::csv_tcp)},
    {"udp", per_flow(RowField::csv_udp)},
    {"ip", per_flow(RowField::csv_ipv4)},
    {"ipv6", per_flow(RowField::csv_ipv6)},
    {"tcp.seq", of_segment(RowField::csv_seq)},
    {"tcp.ack", of_segment(RowField::csv_ack)},
    {"tcp.srcport", per_flow(RowField::tcp_source_port)},
    {"tcp.dstport", per_flow(RowField::tcp_destination_port)},
    {"tcp.port", per_flow(RowField::tcp_either_port)},
    {"tcp.stream", per_flow(RowField::tcp_stream)},
};
/// What only packets tell.
constexpr std::string_view kNotInCsv[] = {"frame.cap_len", "frame.protocols", "tcp.seq_raw",   "tcp.ack_raw",
                                          "frame.marked",  "frame.ignored",   "tcp.flags.urg", "tcp.flags.ae"};

const Known* find(std::span<const Known> all, std::string_view name) {
  const auto known = std::find_if(all.begin(), all.end(), [&](const Known& each) { return each.name == name; });
  return known == all.end() ? nullptr : &*known;
}

}  // namespace

RowSlot row_slot(const Slot& slot, bool is_csv) {
  if (slot.is_raw || !slot.layers.empty()) return {};
  const std::string_view name = slot.name->text;
  if (slot.name->column == ListColumn::info) return per_packet(RowField::list_info);
  if (is_csv) {
    if (const Known* known = find(kCsvKnown, name)) return known->slot;
    if (std::find(std::begin(kNotInCsv), std::end(kNotInCsv), name) != std::end(kNotInCsv)) return {};
  }
  if (const Known* known = find(kKnown, name)) return known->slot;
  if (!slot.name->is_protocol) return {};
  return {is_csv ? RowField::csv_layer : RowField::layer, 0, Basis::kind, false};
}

}  // namespace tracedrop::filter
