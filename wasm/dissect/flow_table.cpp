#include "dissect/flow_table.h"

#include <cstring>

#include "base/hash.h"
#include "dissect/context.h"

namespace tracedrop::dissect {

namespace {

uint64_t hash_key(const std::array<uint64_t, 5>& words) {
  uint64_t h = hash_mix(words[0] ^ words[4], words[2]);
  if ((words[1] | words[3]) != 0) h ^= hash_mix(words[1], words[3] + 1);
  return h;
}

Address to_address(const AddressBytes& address) {
  switch (address.kind) {
    case AddressKind::mac: return Address::mac(address.raw);
    case AddressKind::ipv4: return Address::ipv4(address.raw);
    case AddressKind::ipv6: return Address::ipv6(address.raw);
    case AddressKind::text: return Address::text(address.raw.text());
    case AddressKind::none: break;
  }
  return {};
}

struct Endpoint {
  uint64_t high = 0, low = 0;
  uint16_t port = 0;
  bool operator<(const Endpoint& other) const {
    if (high != other.high) return high < other.high;
    return low != other.low ? low < other.low : port < other.port;
  }
};

Endpoint endpoint(const AddressBytes& address, uint16_t port) {
  Endpoint e;
  e.port = port;
  switch (address.raw.size()) {
    case 4: e.high = address.raw.be32(0); break;
    case 6: e.high = uint64_t{address.raw.be32(0)} << 16 | address.raw.be16(4); break;
    case 16:
      e.high = address.raw.be64(0);
      e.low = address.raw.be64(8);
      break;
    default: e.high = hash_bytes(address.raw.text()); break;
  }
  return e;
}

}  // namespace

FlowTable::FlowTable(Findings& findings) : findings_(findings), slots_(256) {}

FlowTable::Key FlowTable::make_key(Transport transport, const AddressBytes& source, uint16_t source_port,
                                   const AddressBytes& destination, uint16_t destination_port, bool& swapped) {
  Endpoint a = endpoint(source, source_port), b = endpoint(destination, destination_port);
  swapped = b < a;
  if (swapped) std::swap(a, b);
  Key key;
  key.words = {a.high, a.low, b.high, b.low,
               uint64_t{a.port} | uint64_t{b.port} << 16 | static_cast<uint64_t>(transport) << 32 |
                   static_cast<uint64_t>(source.kind) << 40};
  return key;
}

Flow FlowTable::find(Transport transport, const AddressBytes& source, uint16_t source_port,
                     const AddressBytes& destination, uint16_t destination_port) {
  bool swapped = false;
  const Key key = make_key(transport, source, source_port, destination, destination_port, swapped);
  const auto found = [&](const Entry& entry) { return Flow{entry.conversation, swapped != entry.swapped, false}; };
  if (last_ < entries_.size() && entries_[last_].key == key) return found(entries_[last_]);
  const size_t mask = slots_.size() - 1;
  size_t slot = static_cast<size_t>(hash_key(key.words)) & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Entry& entry = entries_[slots_[slot] - 1];
    if (!(entry.key == key)) continue;
    last_ = slots_[slot] - 1;
    return found(entry);
  }
  const uint32_t conversation = add_conversation(transport, source, source_port, destination, destination_port);
  entries_.push_back({key, conversation, swapped});
  last_ = static_cast<uint32_t>(entries_.size() - 1);
  slots_[slot] = last_ + 1;
  if (entries_.size() * 2 > slots_.size()) grow();
  return {conversation, 0, true};
}

Flow FlowTable::renew(const Flow& old) {
  Conversation fresh;
  const Conversation& before = findings_.conversations[old.conversation];
  const bool turned = old.direction == 1;
  fresh.transport = before.transport;
  fresh.address = {before.address[turned], before.address[!turned]};
  fresh.port = {before.port[turned], before.port[!turned]};
  number_stream(fresh);
  findings_.conversations.push_back(fresh);
  Entry& entry = entries_[last_];  // renew() follows find() of the same packet
  entry.conversation = static_cast<uint32_t>(findings_.conversations.size() - 1);
  entry.swapped = entry.swapped != turned;
  return {entry.conversation, 0, true};
}

uint32_t FlowTable::add_conversation(Transport transport, const AddressBytes& source, uint16_t source_port,
                                     const AddressBytes& destination, uint16_t destination_port) {
  Conversation fresh;
  fresh.transport = transport;
  fresh.address = {findings_.addresses.intern(to_address(source)), findings_.addresses.intern(to_address(destination))};
  fresh.port = {source_port, destination_port};
  number_stream(fresh);
  findings_.conversations.push_back(fresh);
  return static_cast<uint32_t>(findings_.conversations.size() - 1);
}

void FlowTable::number_stream(Conversation& conversation) {
  if (conversation.transport == Transport::tcp) conversation.stream = findings_.tcp_streams++;
  if (conversation.transport == Transport::udp) conversation.stream = findings_.udp_streams++;
}

void FlowTable::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const size_t mask = slots_.size() - 1;
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    size_t slot = static_cast<size_t>(hash_key(entries_[i].key.words)) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = i + 1;
  }
}

}  // namespace tracedrop::dissect
