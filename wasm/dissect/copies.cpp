#include "dissect/copies.h"

#include <algorithm>
#include <cstring>
#include <initializer_list>

#include "base/hash.h"

namespace tracedrop::dissect {

namespace {

constexpr size_t kIpv4Header = 20, kIpv6Header = 40, kCompared = 64, kWord = 8;

uint64_t load(const uint8_t* from) {
  uint64_t word;
  std::memcpy(&word, from, kWord);
  return word;
}

/// Takes bytes out of a word of the packet, whatever the machine's order of bytes is.
uint64_t without(uint64_t word, std::initializer_list<size_t> bytes) {
  uint8_t raw[kWord];
  std::memcpy(raw, &word, kWord);
  for (const size_t at : bytes) raw[at] = 0;
  return load(raw);
}

/// A sum of products of the word's halves, each half with a secret of its own added ("NH", as in UMAC): two packets
/// that differ have one sum once in 2^32 choices of the secrets, whatever they are, and no product waits for another.
uint64_t product(uint64_t word, uint64_t secret) {
  const auto low = static_cast<uint32_t>(word) + static_cast<uint32_t>(secret);
  const auto high = static_cast<uint32_t>(word >> 32) + static_cast<uint32_t>(secret >> 32);
  return uint64_t{low} * high;
}

uint64_t hash_packet(Bytes network, bool is_ipv4) {
  const uint8_t* data = network.data();
  uint64_t first = load(data), second = load(data + kWord);
  if (is_ipv4) {
    second = without(second, {0, 2, 3});  // time to live, header checksum
  } else {
    first = without(first, {7});  // hop limit
  }
  uint64_t sum = product(first, kHashSecrets[0]) + product(second, kHashSecrets[1]);
  if (network.size() >= kCompared) {
    for (size_t i = 2; i < kCompared / kWord; ++i) sum += product(load(data + i * kWord), kHashSecrets[i]);
  } else {
    const size_t size = network.size();
    for (size_t i = 2; i < size / kWord; ++i) sum += product(load(data + i * kWord), kHashSecrets[i]);
    if (size % kWord != 0) sum += product(load(data + size - kWord), kHashSecrets[8]);
  }
  return sum;
}

}  // namespace

bool Copies::tells(Bytes network, uint32_t flow, uint64_t tag) {
  const uint16_t id = network.be16(4);
  Sender& sender = senders_[flow % kSenders];
  if (sender.flow != flow) {
    sender = {flow, tag, id, false};
  } else if (sender.tag != tag) {
    // A fragment shares it with the others of its datagram.
    const bool is_fragment = (network.be16(6) & 0x3FFF) != 0;
    if (!is_fragment) sender.is_repeated = sender.id == id;
    sender.id = id;
    sender.tag = tag;
  }
  return id != 0 && !sender.is_repeated;
}

Copies::Found Copies::find(Bytes network, uint32_t flow, int64_t ts_ns, PacketIndex index) {
  const bool is_ipv4 = network.u8(0) >> 4 == 4;
  if (network.size() < (is_ipv4 ? kIpv4Header : kIpv6Header)) return {};
  const uint64_t tag = hash_packet(network, is_ipv4);
  Packet& known = recent_[hash_fold(tag, kHashSecrets[9] | 1) % kRecent];
  const bool same_id = is_ipv4 && tells(network, flow, tag);
  if (known.index != kNoPacket && known.tag == tag) {
    const uint64_t apart = static_cast<uint64_t>(ts_ns) - static_cast<uint64_t>(known.ts_ns) + kMostApartNs;
    if (apart <= uint64_t{2} * kMostApartNs) return {known.index, same_id};
  }
  known = {ts_ns, tag, index};
  return {};
}

}  // namespace tracedrop::dissect
