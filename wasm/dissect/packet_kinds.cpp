#include "dissect/packet_kinds.h"

#include <algorithm>

namespace tracedrop::dissect {

namespace {

bool same(Layers a, Layers b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

}  // namespace

PacketKinds::PacketKinds() { add(key_of(0, {}), 0, {}, false); }

uint64_t PacketKinds::key_of(uint32_t text, Layers layers) {
  uint64_t key = hash_mix(text, layers.size());
  for (const Protocol* layer : layers) key = hash_mix(key, reinterpret_cast<uintptr_t>(layer));
  return key;
}

uint16_t PacketKinds::add(uint64_t key, uint32_t text, Layers layers, bool is_provisional) {
  const auto id = static_cast<uint16_t>(kinds_.size());
  kinds_.push_back({text, {layers.begin(), layers.end()}, is_provisional});
  by_key_.emplace(key, id);
  return id;
}

uint16_t PacketKinds::find_or_add(uint32_t text, Layers layers, bool is_provisional) {
  const uint64_t key = key_of(text, layers);
  const auto [first, end] = by_key_.equal_range(key);
  for (auto entry = first; entry != end; ++entry) {
    const Kind& kind = kinds_[entry->second];
    if (kind.text == text && kind.is_provisional == is_provisional && same(layers, kind.layers)) return entry->second;
  }
  if (kinds_.size() <= UINT16_MAX) return add(key, text, layers, is_provisional);
  return layers.empty() ? uint16_t{0} : find_or_add(text, {}, is_provisional);
}

uint16_t PacketKinds::intern(std::string_view text, Layers layers, bool is_provisional) {
  const Kind& last = kinds_[last_];
  if (last.is_provisional == is_provisional && text == texts_.text(last.text) && same(layers, last.layers))
    return last_;
  last_ = find_or_add(texts_.intern(text), layers, is_provisional);
  return last_;
}

uint16_t PacketKinds::settled(uint16_t provisional, uint16_t text_from) {
  const std::vector<const Protocol*> layers = kinds_[provisional].layers;
  return find_or_add(kinds_[text_from].text, layers, false);
}

}  // namespace tracedrop::dissect
