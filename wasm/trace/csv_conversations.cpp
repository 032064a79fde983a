#include "trace/csv_conversations.h"

#include <cstring>
#include <utility>

#include "base/address_text.h"
#include "base/hash.h"
#include "csv/field.h"

namespace tracedrop::trace {

using dissect::Transport;

uint32_t CsvConversations::flow_of(const Endpoints& row) {
  const uint32_t source = name_id(row.source), destination = name_id(row.destination);
  last_names_ = {source, destination};
  find_pair(source, destination);
  // Between a host and itself only the ports tell the directions.
  if (source == destination) side_ = row.source_port > row.destination_port ? 1 : 0;

  const uint32_t ports = side_ == 0 ? uint32_t{row.source_port} << 16 | row.destination_port
                                    : uint32_t{row.destination_port} << 16 | row.source_port;
  const auto transport = static_cast<size_t>(row.transport);
  Recent& recent = pairs_[pair_].recent[transport];
  const uint64_t key = uint64_t{pair_} << 32 | ports;
  const bool known = recent.conversation != NumberMap::kNone;
  if (row.renew || !known) {
    recent = {add(row), ports};
    if (ports != 0) by_ports_[transport].set(key, recent.conversation);
  } else if (ports != 0 && recent.ports == 0 && !row.opens) {
    adopt_ports(recent.conversation, row);
    recent.ports = ports;
    by_ports_[transport].set(key, recent.conversation);
  } else if (ports != 0 && recent.ports != ports) {
    uint32_t conversation = by_ports_[transport].find(key);
    if (conversation == NumberMap::kNone) {
      conversation = add(row);
      by_ports_[transport].set(key, conversation);
    }
    recent = {conversation, ports};
  }
  return recent.conversation * 2 + (side_ ^ first_side_[recent.conversation]);
}

/// A few names make up most rows: each is looked for first where its length and its ends place it.
uint32_t CsvConversations::name_id(std::string_view name) {
  uint64_t ends = name.size();
  if (name.size() >= 8) {
    uint64_t first, last;
    std::memcpy(&first, name.data(), 8);
    std::memcpy(&last, name.data() + name.size() - 8, 8);
    ends = hash_mix(first, last + name.size());
  } else {
    for (const char c : name) ends = ends * 257 + static_cast<uint8_t>(c);
  }
  uint32_t& recent = recent_names_[ends % recent_names_.size()];
  if (csv::same_text(names_.text(recent), name)) return recent;
  recent = names_.intern(name);
  if (recent >= addresses_.size()) addresses_.resize(recent + size_t{1});
  addresses_[recent] = findings_.addresses.intern(parse_address(name));
  return recent;
}

void CsvConversations::find_pair(uint32_t source, uint32_t destination) {
  const bool swapped = source > destination;
  const std::array<uint32_t, 2> name = {swapped ? destination : source, swapped ? source : destination};
  side_ = swapped ? 1 : 0;
  if (pair_ != NumberMap::kNone && pairs_[pair_].name == name) return;
  const uint64_t key = uint64_t{name[0]} << 32 | name[1];
  pair_ = pairs_of_names_.find(key);
  if (pair_ != NumberMap::kNone) return;
  pair_ = static_cast<uint32_t>(pairs_.size());
  pairs_.push_back({name, {}});
  pairs_of_names_.set(key, pair_);
}

uint32_t CsvConversations::add(const Endpoints& row) {
  dissect::Conversation conversation;
  conversation.address = {addresses_[last_names_[0]], addresses_[last_names_[1]]};
  conversation.port = {row.source_port, row.destination_port};
  conversation.transport = row.transport;
  if (row.transport == Transport::tcp) conversation.stream = findings_.tcp_streams++;
  if (row.transport == Transport::udp) conversation.stream = findings_.udp_streams++;
  findings_.conversations.push_back(conversation);
  first_side_.push_back(static_cast<uint8_t>(side_));
  return static_cast<uint32_t>(findings_.conversations.size() - 1);
}

void CsvConversations::adopt_ports(uint32_t conversation, const Endpoints& row) {
  const size_t way = side_ ^ first_side_[conversation];
  auto& port = findings_.conversations[conversation].port;
  port[way] = row.source_port;
  port[1 - way] = row.destination_port;
}

}  // namespace tracedrop::trace
