#include "dissect/flow_table.h"

#include <cstring>

#include "base/hash.h"
#include "dissect/context.h"

namespace tracedrop::dissect {

namespace {

uint32_t tag_of(const std::array<uint64_t, 5>& words) {
  uint64_t h = hash_fold(words[0] ^ kHashSecrets[10], words[2] ^ kHashSecrets[11]);
  h ^= hash_fold(words[1] ^ kHashSecrets[12], words[3] ^ kHashSecrets[13]);
  return static_cast<uint32_t>(hash_fold(h ^ words[4] ^ kHashSecrets[14], kHashSecrets[15]));
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

/// Only for keys: its order of bytes is the machine's.
Endpoint endpoint(const AddressBytes& address, uint16_t port) {
  Endpoint e;
  e.port = port;
  const uint8_t* raw = address.raw.data();
  switch (address.raw.size()) {
    case 4: std::memcpy(&e.high, raw, 4); break;
    case 6: std::memcpy(&e.high, raw, 6); break;
    case 16:
      std::memcpy(&e.high, raw, 8);
      std::memcpy(&e.low, raw + 8, 8);
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

FlowTable::Key FlowTable::key_of(uint32_t conversation, bool& swapped) const {
  const Conversation& known = findings_.conversations[conversation];
  const auto bytes = [&](uint32_t id) {
    const std::string_view text = findings_.addresses.kind_and_raw(id);
    if (text.empty()) return AddressBytes{};
    return AddressBytes{static_cast<AddressKind>(text[0]), Bytes::of(text.substr(1))};
  };
  return make_key(known.transport, bytes(known.address[0]), known.port[0], bytes(known.address[1]), known.port[1],
                  swapped);
}

Flow FlowTable::find(Transport transport, const AddressBytes& source, uint16_t source_port,
                     const AddressBytes& destination, uint16_t destination_port) {
  bool swapped = false;
  const Key key = make_key(transport, source, source_port, destination, destination_port, swapped);
  const auto found = [&](const Found& at) { return Flow{slots_[at.place].conversation, swapped != at.swapped, false}; };
  if (last_->is_set && last_->key == key) return found(*last_);
  const uint32_t tag = tag_of(key.words);
  last_ = &recent_[tag % recent_.size()];
  if (last_->is_set && last_->key == key) return found(*last_);
  last_->is_set = false;
  last_->key = key;
  const size_t mask = slots_.size() - 1;
  for (size_t place = tag & mask; slots_[place].conversation != kFree; place = (place + 1) & mask) {
    if (slots_[place].tag != tag || !(key_of(slots_[place].conversation, last_->swapped) == key)) continue;
    last_->place = place;
    last_->is_set = true;
    return found(*last_);
  }
  const uint32_t conversation = add_conversation(key, transport, source, source_port, destination, destination_port);
  if (++used_ * 4 > slots_.size() * 3) grow();
  last_->place = free_place(tag);
  last_->swapped = swapped;
  last_->is_set = true;
  slots_[last_->place] = {tag, conversation};
  return {conversation, 0, true};
}

Flow FlowTable::renew(const Flow& old) {
  Conversation fresh;
  const Conversation& before = findings_.conversations[old.conversation];
  const bool turned = old.direction == 1;
  fresh.transport = before.transport;
  fresh.address = {before.address[turned], before.address[!turned]};
  fresh.port = {before.port[turned], before.port[!turned]};
  fresh.stream = next_stream(fresh.transport);
  findings_.conversations.push_back(fresh);
  const auto conversation = static_cast<uint32_t>(findings_.conversations.size() - 1);
  slots_[last_->place].conversation = conversation;  // renew() follows find() of the same packet
  last_->swapped = last_->swapped != turned;
  return {conversation, 0, true};
}

std::optional<Flow> FlowTable::find_known(Transport transport, const AddressBytes& source, uint16_t source_port,
                                          const AddressBytes& destination, uint16_t destination_port) const {
  bool swapped = false, was_swapped = false;
  const Key key = make_key(transport, source, source_port, destination, destination_port, swapped);
  const uint32_t tag = tag_of(key.words);
  const size_t mask = slots_.size() - 1;
  for (size_t place = tag & mask; slots_[place].conversation != kFree; place = (place + 1) & mask)
    if (slots_[place].tag == tag && key_of(slots_[place].conversation, was_swapped) == key)
      return Flow{slots_[place].conversation, swapped != was_swapped, false};
  return std::nullopt;
}

uint32_t FlowTable::number_quoted(Transport transport, const AddressBytes& source, uint16_t source_port,
                                  const AddressBytes& destination, uint16_t destination_port) {
  bool swapped = false;
  const Key key = make_key(transport, source, source_port, destination, destination_port, swapped);
  const auto [found, is_new] = quoted_.try_emplace(key);
  if (is_new) found->second = next_stream(transport);
  return found->second;
}

uint32_t FlowTable::add_conversation(const Key& key, Transport transport, const AddressBytes& source,
                                     uint16_t source_port, const AddressBytes& destination, uint16_t destination_port) {
  Conversation fresh;
  fresh.transport = transport;
  fresh.address = {findings_.addresses.intern(to_address(source)), findings_.addresses.intern(to_address(destination))};
  fresh.port = {source_port, destination_port};
  const auto quoted = quoted_.find(key);
  if (quoted == quoted_.end()) {
    fresh.stream = next_stream(transport);
  } else {
    fresh.stream = quoted->second;
    quoted_.erase(quoted);
  }
  findings_.conversations.push_back(fresh);
  return static_cast<uint32_t>(findings_.conversations.size() - 1);
}

uint32_t FlowTable::next_stream(Transport transport) {
  if (transport == Transport::tcp) return findings_.tcp_streams++;
  return transport == Transport::udp ? findings_.udp_streams++ : 0;
}

size_t FlowTable::free_place(uint32_t tag) const {
  const size_t mask = slots_.size() - 1;
  size_t place = tag & mask;
  while (slots_[place].conversation != kFree) place = (place + 1) & mask;
  return place;
}

void FlowTable::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (Found& found : recent_) found.is_set = false;  // places change
  for (const Slot& slot : old)
    if (slot.conversation != kFree) slots_[free_place(slot.tag)] = slot;
}

}  // namespace tracedrop::dissect
