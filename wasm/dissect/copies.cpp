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

/// A sum of folded products, each word with a secret of its own, so that no product waits for another.
uint64_t hash_packet(Bytes network, bool is_ipv4) {
  const uint8_t* data = network.data();
  uint64_t first = load(data), second = load(data + kWord);
  if (is_ipv4) {
    second = without(second, {0, 2, 3});  // time to live, header checksum
  } else {
    first = without(first, {7});  // hop limit
  }
  const auto pair = [](uint64_t a, uint64_t b, size_t i) {
    return hash_fold(a ^ kHashSecrets[i], b ^ kHashSecrets[i + 1]);
  };
  const auto word = [&](size_t i) { return load(data + i * kWord); };
  uint64_t sum = pair(first, second, 0);
  if (network.size() >= kCompared)
    return sum + pair(word(2), word(3), 2) + pair(word(4), word(5), 4) + pair(word(6), word(7), 6);
  const size_t words = network.size() / kWord;
  size_t i = 2;
  for (; i + 2 <= words; i += 2) sum += pair(word(i), word(i + 1), i);
  return sum + pair(i < words ? word(i) : 0, load(data + network.size() - kWord), 8);
}

}  // namespace

bool Copies::tells(Bytes network, uint32_t flow, uint32_t tag) {
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
  const uint64_t hash = hash_packet(network, is_ipv4);
  const auto tag = static_cast<uint32_t>(hash >> 32);
  Packet& known = recent_[hash % kRecent];
  const bool same_id = is_ipv4 && tells(network, flow, tag);
  if (known.index != kNoPacket && known.tag == tag) {
    const uint64_t apart = static_cast<uint64_t>(ts_ns) - static_cast<uint64_t>(known.ts_ns) + kMostApartNs;
    if (apart <= uint64_t{2} * kMostApartNs) return {known.index, same_id};
  }
  known = {ts_ns, tag, index};
  return {};
}

}  // namespace tracedrop::dissect
