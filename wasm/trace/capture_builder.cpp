#include "trace/capture_builder.h"

#include <algorithm>
#include <string>
#include <utility>

namespace tracedrop::trace {

namespace {

dissect::Packet make_packet(const capture::Interface* interface, Bytes bytes) {
  if (interface == nullptr) return {bytes, 0, 0};
  return {bytes, interface->link_type, interface->fcs_bytes};
}

}  // namespace

dissect::Packet packet_of(const Trace& trace, PacketIndex i, Bytes bytes) {
  const uint32_t wire = trace.columns.wire_len(i);
  return make_packet(trace.interface_of(i), Bytes(bytes.data(), bytes.size(), wire));
}

void CaptureBuilder::on_interface(const capture::Interface& interface) {
  if (trace_.interfaces.empty()) trace_.time_digits = interface.time_digits;
  trace_.interfaces.push_back(interface);
  if (trace_.interfaces.size() == 2) trace_.packet_interface.assign(trace_.size(), 0);
}

void CaptureBuilder::on_drops(uint32_t interface, uint64_t dropped) {
  if (interface < trace_.interfaces.size()) trace_.interfaces[interface].dropped = dropped;
}

void CaptureBuilder::on_record(const capture::Record& record) {
  const PacketIndex index = trace_.size();
  Row row;
  row.ts_ns = record.has_time || index == 0 ? record.ts_ns : trace_.columns.ts_ns(index - 1);
  row.offset = record.offset;
  row.cap_len = static_cast<uint32_t>(record.bytes.size());
  row.wire_len = record.wire_len;
  const capture::Interface* interface =
      record.interface < trace_.interfaces.size() ? &trace_.interfaces[record.interface] : nullptr;
  dissector_.dissect(make_packet(interface, record.bytes), index, row);
  if (!record.has_time) note_missing_time(record, row);
  note_interface(record.interface);
  trace_.columns.push(row);
  dissector_.take_links([&](PacketIndex packet, uint32_t number) {
    if (packet < index) trace_.columns.set_link(packet, number);
  });
}

void CaptureBuilder::note_missing_time(const capture::Record& record, Row& row) {
  row.flags |= dissect::kHasNoTime;
  trace_.warnings.add(
      {Severity::warning, "no-time",
       "Packets without a time stamp (pcapng's Simple Packet Blocks) count as arriving together with the "
       "packet before them.",
       record.offset, 1});
}

void CaptureBuilder::note_interface(uint32_t interface) {
  if (trace_.interfaces.size() < 2) return;
  trace_.packet_interface.resize(trace_.size());
  trace_.packet_interface.push_back(static_cast<uint16_t>(interface));
}

void CaptureBuilder::finish() {
  std::vector<dissect::Exchange>& exchanges = trace_.findings.exchanges;
  std::sort(exchanges.begin(), exchanges.end(), [](const dissect::Exchange& a, const dissect::Exchange& b) {
    return std::pair(a.request, a.key) < std::pair(b.request, b.key);
  });
  // Few kinds are provisional: only their rows, in a conversation that knows better, are touched.
  const dissect::Findings& findings = trace_.findings;
  const uint32_t kinds = findings.protocols.size();
  std::vector<bool> is_provisional(kinds);
  for (uint32_t id = 0; id < kinds; ++id) is_provisional[id] = findings.protocols.is_provisional(id);
  Columns& columns = trace_.columns;
  for (uint32_t b = 0; b < columns.block_count(); ++b) {
    Block& block = columns.block(b);
    for (uint32_t i = 0; i < block.rows; ++i) {
      if (!is_provisional[block.protocol[i]]) continue;
      const Conversation& conversation = findings.conversations[block.flow[i] >> 1];
      if (conversation.column != 0)
        block.protocol[i] = trace_.findings.protocols.settled(block.protocol[i], conversation.column);
    }
  }
}

}  // namespace tracedrop::trace
