// What the rows of a trace tell of fields, without any packet's bytes: for which packets they tell it, and what. Where
// they do not tell, somebody has to look into the packet; where they do, they tell what its tree would.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "filter/program.h"
#include "trace/trace.h"

namespace tracedrop::filter {

/// Fields that rows know.
enum class RowField : uint8_t {
  unknown,
  always,  ///< the frame itself
  frame_number,
  frame_length,
  frame_captured,
  frame_time,
  frame_relative,
  frame_delta,
  frame_protocols,
  frame_false,  ///< marked, ignored: nobody does
  ip_source,
  ip_destination,
  ip_either,
  ipv6_source,
  ipv6_destination,
  ipv6_either,
  tcp_source_port,
  tcp_destination_port,
  tcp_either_port,
  udp_source_port,
  udp_destination_port,
  udp_either_port,
  tcp_stream,
  tcp_length,
  tcp_raw_seq,
  tcp_raw_ack,
  tcp_flags,
  tcp_flag,   ///< one of them: its bits
  tcp_note,   ///< one of the notes: its bits
  layer,      ///< whether a protocol stands in the chain
  csv_layer,  ///< of a csv: whether the Protocol column says so
  csv_tcp,
  csv_udp,
  csv_ipv4,
  csv_ipv6,
  csv_seq,  ///< relative numbers, as Info shows them
  csv_ack,
  list_number,
  list_time,
  list_source,
  list_destination,
  list_protocol,
  list_length,
  list_info,  ///< the text is given by whoever reads packets
};

/// What a value depends on: each the same for all packets that have the same.
enum class Basis : uint8_t { nothing, kind, flow, packet };

struct RowSlot {
  RowField field = RowField::unknown;
  uint16_t bits = 0;
  Basis basis = Basis::packet;
  bool needs_tcp = false;  ///< only rows of whole TCP headers tell
};

/// How `slot` stands in the rows of a capture, or of a csv; of raw bytes and of single layers they tell nothing.
RowSlot row_slot(const Slot& slot, bool is_csv);

class RowValues {
 public:
  explicit RowValues(const trace::Trace& trace) : trace_(trace) {}

  /// What is said of packet `i`: nothing when the field is not there. Valid until forget().
  void append(const RowSlot& slot, const Name& name, trace::PacketIndex i, Values& out);
  /// The same of what packets of one kind have in common.
  void append_of_kind(const RowSlot& slot, const Name& name, uint32_t kind, Values& out);
  /// What the packet list shows as Info of the packet that is asked about.
  void set_info(std::string_view info) { info_ = info; }
  /// Whether the row of packet `i` tells of it at all.
  bool tells(const RowSlot& slot, trace::PacketIndex i) const;
  void forget() { texts_.clear(); }

 private:
  void append_address(trace::PacketIndex i, uint32_t end, AddressKind kind, Type type, Values& out) const;
  void append_text(std::string text, Values& out);
  void append_number(const RowSlot& slot, trace::PacketIndex i, Values& out) const;
  void append_ports(const RowSlot& slot, trace::PacketIndex i, Values& out) const;
  void append_flag(bool is_there, Values& out) const;
  void append_list_text(RowField field, trace::PacketIndex i, Values& out);

  const trace::Trace& trace_;
  std::deque<std::string> texts_;
  std::string_view info_;
};

/// The number that a row's column holds, for the fields that are one number a packet.
int64_t row_number(const trace::Trace& trace, const RowSlot& slot, const trace::Block& block, uint32_t at,
                   trace::PacketIndex i);

}  // namespace tracedrop::filter
