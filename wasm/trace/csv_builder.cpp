#include "trace/csv_builder.h"

#include <algorithm>

#include "csv/field.h"
#include "trace/csv_protocols.h"

namespace tracedrop::trace {

using csv::InfoFacts;
using dissect::Transport;

namespace {

constexpr uint16_t kRepeats = dissect::kRetransmission | dissect::kOutOfOrder;

}  // namespace

CsvBuilder::CsvBuilder(Trace& trace)
    : trace_(trace), conversations_(trace.findings), tcp_(trace.findings), clock_(trace) {
  trace_.kind = SourceKind::csv;
}

void CsvBuilder::push(Bytes chunk) {
  reading_ = true;
  reader_.push(chunk, *this);
  reading_ = false;
}

void CsvBuilder::finish() {
  if (!reading_) reader_.finish(*this);
  if (!reader_.failed() && trace_.size() == 0 && !first_bad_row_.empty())
    failure_ = "No row of this csv could be read. " + first_bad_row_;
  trace_.csv_layout.rows_read = reader_.rows_read();
  clock_.finish(trace_.csv_layout, numbers_ascend_, reader_.times().order_is_proven());
  translate_numbers();
  // The first answer ends a round trip; one that Info names itself stays. (Where memory ended, either may be gone.)
  for (const auto& [request, number] : answers_) {
    const bool both_are_there = request < trace_.size() && number <= trace_.size();
    if (both_are_there && trace_.columns.row(request).link == 0) trace_.columns.set_link(request, number);
  }
  std::stable_sort(trace_.findings.needless.begin(), trace_.findings.needless.end(),
                   [](const auto& a, const auto& b) { return a.proof < b.proof; });
}

void CsvBuilder::on_layout(const csv::CsvLayout& layout) {
  trace_.csv_layout = layout;
  trace_.extra_columns = layout.extra_names;
  if (!layout.has_sizes())
    trace_.unknown.sizes =
        "This csv has no column Length, so the sizes of its packets are not known. In Wireshark, show the column "
        "Length "
        "and export the csv again.";
}

void CsvBuilder::on_warning(Warning warning) {
  if (warning.code == "bad-row" && first_bad_row_.empty()) first_bad_row_ = warning.text;
  trace_.warnings.add(std::move(warning));
}

void CsvBuilder::on_row(const csv::CsvRow& row) {
  const InfoFacts facts = csv::parse_info(row.protocol, row.info);
  const PacketIndex packet = trace_.size();
  const uint16_t protocol = protocol_of(row.protocol);
  const Transport transport = transport_of(facts, protocols_[protocol].transport);

  dissect::Row out;
  out.ts_ns = clock_.time_of(row.time, reader_.times().order());
  out.offset = row.offset;
  out.cap_len = row.size;
  out.wire_len = row.length;
  out.flow = conversation_of(row, facts, transport);
  out.seq = facts.seq;
  out.ack = facts.ack;
  out.link = facts.completed_in;
  out.protocol = protocol;
  out.flags = static_cast<uint16_t>(facts.flags | (facts.is_segment ? dissect::kIsTcp : 0));
  if (protocols_[protocol].may_find_neighbors && finds_neighbors(row.protocol, row.info))
    out.flags |= dissect::kFindsNeighbors;
  out.payload_len = static_cast<uint16_t>(std::min<uint32_t>(facts.payload_len, UINT16_MAX));
  out.notes = facts.notes;
  note_number(row.number);
  trace_.columns.push(out);

  if (transport == Transport::tcp) {
    const CsvTcp::Place place = {packet, out.flow, conversations_.pair(), conversations_.side()};
    if (facts.is_segment) tcp_.on_segment(place, facts);
    if (!facts.is_segment) tcp_.on_hidden(place, facts);
  }
  if (facts.duplicate_of != 0)
    trace_.findings.duplicate_acks.push_back({packet, facts.duplicate_of, facts.duplicate_number});
  if (facts.exchange != csv::Exchange::none && (transport == Transport::none || protocols_[protocol].matches_answers))
    note_exchange(facts);
}

uint16_t CsvBuilder::protocol_of(std::string_view name) {
  if (!protocols_.empty() && csv::same_text(trace_.findings.protocols.text(last_protocol_), name))
    return last_protocol_;
  const uint16_t id = trace_.findings.protocols.intern(name);
  while (protocols_.size() <= id) {
    const std::string_view added = trace_.findings.protocols.text(static_cast<uint32_t>(protocols_.size()));
    // Multicast DNS answers carry no id (RFC 6762, section 18.1).
    protocols_.push_back(
        {transport_of_protocol(added), added == "DNS" || added == "LLMNR", added == "ICMPv6" || added == "ARP"});
  }
  last_protocol_ = id;
  return last_protocol_;
}

/// What Info shows decides; the protocol's name only where it shows nothing.
Transport CsvBuilder::transport_of(const InfoFacts& facts, Transport by_name) {
  if (facts.is_segment || facts.notes != 0) return Transport::tcp;
  return facts.has_ports && facts.has_payload_len ? Transport::udp : by_name;
}

/// Called before the row is pushed: packet numbers are kept from the first on that is not its row's own.
void CsvBuilder::note_number(uint32_t number) {
  auto& numbers = trace_.file_numbers;
  if (number == 0 && numbers.empty()) return;
  const uint32_t own = trace_.size() + 1;
  if (number == 0) number = own;
  numbers_ascend_ = numbers_ascend_ && number > last_number_;
  last_number_ = number;
  if (numbers.empty() && number == own) return;
  while (numbers.size() + 1 < own) numbers.push_back(static_cast<uint32_t>(numbers.size() + 1));
  numbers.push_back(number);
}

uint32_t CsvBuilder::conversation_of(const csv::CsvRow& row, const InfoFacts& facts, Transport transport) {
  CsvConversations::Endpoints endpoints;
  endpoints.source = row.source;
  endpoints.destination = row.destination;
  endpoints.source_port = facts.has_ports ? facts.source_port : row.source_port;
  endpoints.destination_port = facts.has_ports ? facts.destination_port : row.destination_port;
  endpoints.transport = transport;
  const bool syn = (facts.flags & dissect::kSyn) != 0;
  endpoints.opens = syn && (facts.flags & dissect::kAck) == 0;
  endpoints.renew = endpoints.opens && (facts.notes & dissect::kReusedPorts) != 0;  // noted at SYN/ACKs too
  const uint32_t flow = conversations_.flow_of(endpoints);
  if (!endpoints.opens || endpoints.renew || (facts.notes & kRepeats) != 0) return flow;
  if (trace_.findings.conversations[flow >> 1].syn == dissect::kNoPacket) return flow;
  endpoints.renew = true;  // a second SYN that is no repetition
  return conversations_.flow_of(endpoints);
}

/// Ties answers to requests by their ids. Called after the row was pushed.
void CsvBuilder::note_exchange(const InfoFacts& facts) {
  const PacketIndex packet = trace_.size() - 1;
  const bool echo = facts.exchange == csv::Exchange::echo_request || facts.exchange == csv::Exchange::echo_reply;
  const bool request = facts.exchange == csv::Exchange::dns_query || facts.exchange == csv::Exchange::echo_request;
  const uint64_t key = uint64_t{conversations_.pair()} << 33 | uint64_t{echo} << 32 | facts.exchange_id;
  if (request) {
    requests_.set(key, packet);
    return;
  }
  const PacketIndex asked = requests_.find(key);
  if (asked != NumberMap::kNone) answers_.emplace_back(asked, packet + 1);
}

/// Info names packets by the file's own numbers, the trace by theirs: index + 1.
void CsvBuilder::translate_numbers() {
  for (dissect::DuplicateAck& duplicate : trace_.findings.duplicate_acks)
    duplicate.original = index_of_number(duplicate.original, duplicate.packet);
  for (uint32_t i = 0; i < trace_.columns.block_count(); ++i) {
    Block& block = trace_.columns.block(i);
    for (uint32_t row = 0; row < block.rows; ++row) {
      // kNoPacket + 1 is 0: no link.
      if (block.link[row] != 0) block.link[row] = index_of_number(block.link[row], i * kBlockRows + row) + 1;
    }
  }
}

/// The packet that `from` calls by a number; kNoPacket when the file does not hold it.
PacketIndex CsvBuilder::index_of_number(uint32_t number, PacketIndex from) {
  const auto& numbers = trace_.file_numbers;
  if (numbers.empty()) return number >= 1 && number <= trace_.size() ? number - 1 : dissect::kNoPacket;
  // Most files count on from row to row, at least around the row that speaks: then also each part of joined files is
  // right.
  const PacketIndex near = from + (number - numbers[from]);
  if (near < numbers.size() && numbers[near] == number) return near;
  if (by_number_.empty()) {
    for (PacketIndex i = 0; i < numbers.size(); ++i) by_number_.emplace_back(numbers[i], i);
    std::sort(by_number_.begin(), by_number_.end());
  }
  const auto found = std::lower_bound(by_number_.begin(), by_number_.end(), std::pair{number, PacketIndex{0}});
  return found != by_number_.end() && found->first == number ? found->second : dissect::kNoPacket;
}

}  // namespace tracedrop::trace
