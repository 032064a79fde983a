#include "filter/row_values.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"

namespace tracedrop::filter {

namespace {

using dissect::Transport;
using trace::PacketIndex;

int64_t since(const trace::Trace& trace, PacketIndex earlier, PacketIndex i) {
  return static_cast<int64_t>(static_cast<uint64_t>(trace.columns.ts_ns(i)) -
                              static_cast<uint64_t>(trace.columns.ts_ns(earlier)));
}

/// "TLSv1.2" is TLS, "HTTP/XML" is HTTP.
bool is_column_of(const Name& name, std::string_view column) {
  return std::any_of(name.protocols.begin(), name.protocols.end(), [&](const dissect::Protocol* protocol) {
    const std::string_view own = protocol->column_name;
    if (column.substr(0, own.size()) != own || own.empty()) return false;
    return column.size() == own.size() || column[own.size()] == '/' || column[own.size()] == 'v';
  });
}

}  // namespace

bool RowValues::tells(const RowSlot& slot, PacketIndex i) const {
  const uint16_t flags = trace_.columns.flags(i);
  constexpr uint16_t kSegment = dissect::kIsTcp | dissect::kHeaderDamaged | dissect::kOptionsCut;
  if (slot.needs_tcp && (flags & kSegment) != dissect::kIsTcp) return false;
  const trace::Conversation& c = trace_.conversation(i);
  const auto is_kind = [&](AddressKind kind) { return trace_.findings.addresses.at(c.address[0]).kind() == kind; };
  switch (slot.field) {
    case RowField::unknown: return false;
    case RowField::ip_source:
    case RowField::ip_destination:
    case RowField::ip_either: return is_kind(AddressKind::ipv4);
    case RowField::ipv6_source:
    case RowField::ipv6_destination:
    case RowField::ipv6_either: return is_kind(AddressKind::ipv6);
    case RowField::udp_source_port:
    case RowField::udp_destination_port:
    case RowField::udp_either_port: return c.transport == Transport::udp;
    case RowField::tcp_source_port:
    case RowField::tcp_destination_port:
    case RowField::tcp_either_port:
    case RowField::tcp_stream: return c.transport == Transport::tcp;
    case RowField::tcp_length: return trace_.columns.payload_len(i) < UINT16_MAX;
    default: return true;
  }
}

void RowValues::append_text(std::string text, Values& out) {
  out.push_back({Type::text, Value::kWhole, 0, texts_.emplace_back(std::move(text))});
}

/// `end`: 0 who sent it, 1 who it is for.
void RowValues::append_address(PacketIndex i, uint32_t end, AddressKind kind, Type type, Values& out) const {
  const uint32_t id = trace_.conversation(i).address[trace_.direction(i) ^ end];
  const std::string_view known = trace_.findings.addresses.kind_and_raw(id);
  if (!known.empty() && static_cast<AddressKind>(known[0]) == kind)
    out.push_back({type, Value::kWhole, 0, known.substr(1)});
}

void RowValues::append_list_text(RowField field, PacketIndex i, Values& out) {
  const trace::Columns& columns = trace_.columns;
  const trace::Conversation& c = trace_.conversation(i);
  const uint32_t way = trace_.direction(i);
  std::string text;
  switch (field) {
    case RowField::list_number:
      tracedrop::append_number(text, trace_.file_numbers.empty() ? i + 1 : trace_.file_numbers[i]);
      break;
    case RowField::list_time: {
      const capture::Interface* interface = trace_.interface_of(i);
      if ((columns.flags(i) & dissect::kHasNoTime) == 0)
        append_seconds(text, since(trace_, 0, i), interface != nullptr ? interface->time_digits : trace_.time_digits);
      break;
    }
    case RowField::list_source: tracedrop::append_address(text, trace_.findings.addresses.at(c.address[way])); break;
    case RowField::list_destination:
      tracedrop::append_address(text, trace_.findings.addresses.at(c.address[1 - way]));
      break;
    case RowField::list_protocol: text = trace_.findings.protocols.text(columns.protocol(i)); break;
    case RowField::list_length: tracedrop::append_number(text, columns.wire_len(i)); break;
    case RowField::list_info: return out.push_back({Type::text, Value::kWhole, 0, info_});
    default: return;
  }
  append_text(std::move(text), out);
}

void RowValues::append_flag(bool is_there, Values& out) const {
  if (is_there) out.push_back({Type::none});
}

void RowValues::append_number(const RowSlot& slot, PacketIndex i, Values& out) const {
  const bool is_time = slot.field >= RowField::frame_time && slot.field <= RowField::frame_delta;
  if (is_time && (trace_.columns.flags(i) & dissect::kHasNoTime) != 0) return;
  if (slot.field == RowField::frame_delta && (i == 0 || !trace_.knows_time_between(i - 1, i))) return;
  const Type type = slot.field == RowField::frame_time ? Type::absolute_time
                    : is_time                          ? Type::relative_time
                    : slot.field == RowField::tcp_flag ? Type::boolean
                                                       : Type::number;
  const int64_t number = row_number(trace_, slot, trace_.columns.block_of(i), i % trace::kBlockRows, i);
  out.push_back({type, Value::kWhole, static_cast<uint64_t>(number)});
}

void RowValues::append_ports(const RowSlot& slot, PacketIndex i, Values& out) const {
  const trace::Conversation& c = trace_.conversation(i);
  const uint32_t way = trace_.direction(i);
  const auto port = [&](uint32_t end) { out.push_back({Type::number, Value::kWhole, c.port[end]}); };
  const RowField field = slot.field;
  const bool is_source = field == RowField::tcp_source_port || field == RowField::udp_source_port;
  const bool is_destination = field == RowField::tcp_destination_port || field == RowField::udp_destination_port;
  if (!is_destination) port(way);
  if (!is_source) port(1 - way);
}

void RowValues::append_of_kind(const RowSlot& slot, const Name& name, uint32_t kind, Values& out) {
  const dissect::PacketKinds& kinds = trace_.findings.protocols;
  const std::string_view column = kinds.text(kind);
  switch (slot.field) {
    case RowField::always: return append_flag(true, out);
    case RowField::frame_false: return out.push_back({Type::boolean});
    case RowField::list_protocol: return out.push_back({Type::text, Value::kWhole, 0, column});
    case RowField::layer:
      for (const dissect::Protocol* layer : kinds.layers(kind)) append_flag(layer->filter_name == name.text, out);
      return;
    case RowField::csv_layer: return append_flag(is_column_of(name, column), out);
    case RowField::frame_protocols: {
      std::string names;
      for (const dissect::Protocol* layer : kinds.layers(kind))
        (names += names.empty() ? "" : ":") += layer->filter_name;
      return append_text(std::move(names), out);
    }
    default: return;
  }
}

void RowValues::append(const RowSlot& slot, const Name& name, PacketIndex i, Values& out) {
  const trace::Conversation& c = trace_.conversation(i);
  const auto address = [&](uint32_t end, bool is_v6) {
    append_address(i, end, is_v6 ? AddressKind::ipv6 : AddressKind::ipv4, is_v6 ? Type::ipv6 : Type::ipv4, out);
  };
  if (slot.basis <= Basis::kind) return append_of_kind(slot, name, trace_.columns.protocol(i), out);
  const bool is_v6 = slot.field >= RowField::ipv6_source && slot.field <= RowField::ipv6_either;
  switch (slot.field) {
    case RowField::unknown: return;
    case RowField::ip_source:
    case RowField::ipv6_source: return address(0, is_v6);
    case RowField::ip_destination:
    case RowField::ipv6_destination: return address(1, is_v6);
    case RowField::ip_either:
    case RowField::ipv6_either: address(0, is_v6); return address(1, is_v6);
    case RowField::tcp_source_port:
    case RowField::udp_source_port:
    case RowField::tcp_destination_port:
    case RowField::udp_destination_port:
    case RowField::tcp_either_port:
    case RowField::udp_either_port: return append_ports(slot, i, out);
    case RowField::tcp_note: return append_flag((trace_.columns.notes(i) & slot.bits) != 0, out);
    case RowField::csv_tcp: return append_flag(c.transport == Transport::tcp, out);
    case RowField::csv_udp: return append_flag(c.transport == Transport::udp, out);
    case RowField::csv_ipv4:
    case RowField::csv_ipv6: {
      const AddressKind wanted = slot.field == RowField::csv_ipv4 ? AddressKind::ipv4 : AddressKind::ipv6;
      return append_flag(trace_.findings.addresses.at(c.address[0]).kind() == wanted, out);
    }
    default: break;
  }
  if (slot.field >= RowField::list_number) return append_list_text(slot.field, i, out);
  append_number(slot, i, out);
}

int64_t row_number(const trace::Trace& trace, const RowSlot& slot, const trace::Block& block, uint32_t at,
                   PacketIndex i) {
  switch (slot.field) {
    case RowField::frame_number: return trace.file_numbers.empty() ? int64_t{i} + 1 : trace.file_numbers[i];
    case RowField::frame_length: return block.wire_len[at];
    case RowField::frame_captured: return block.cap_len[at];
    case RowField::frame_time: return block.ts_ns[at];
    case RowField::frame_relative: return since(trace, 0, i);
    case RowField::frame_delta: return i == 0 ? 0 : since(trace, i - 1, i);
    case RowField::tcp_stream: return trace.conversation(i).stream;
    case RowField::csv_seq: return block.seq[at];
    case RowField::csv_ack: return block.ack[at];
    case RowField::tcp_flag: return (block.flags[at] & slot.bits) != 0 ? 1 : 0;
    case RowField::tcp_length: return block.payload_len[at];
    case RowField::tcp_raw_seq: return block.seq[at];
    case RowField::tcp_raw_ack: return block.ack[at];
    case RowField::tcp_flags: return block.flags[at] & dissect::kTcpFlags;
    default: return 0;
  }
}

}  // namespace tracedrop::filter
