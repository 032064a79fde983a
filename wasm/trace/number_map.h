// A hash table from 64-bit keys to 32-bit values: open addressing, nothing is ever removed.
#pragma once

#include <cstdint>
#include <vector>

#include "base/hash.h"

namespace tracedrop::trace {

class NumberMap {
 public:
  /// No value may be this.
  static constexpr uint32_t kNone = UINT32_MAX;

  /// The value of `key`, or kNone.
  uint32_t find(uint64_t key) const {
    if (slots_.empty()) return kNone;
    return slots_[place_of(key)].value;
  }
  void set(uint64_t key, uint32_t value) {
    if (count_ * 2 >= slots_.size()) grow();
    Slot& slot = slots_[place_of(key)];
    if (slot.value == kNone) ++count_;
    slot = {key, value};
  }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t value = kNone;
  };
  /// Where `key` is, or the free slot where it belongs.
  size_t place_of(uint64_t key) const {
    const size_t mask = slots_.size() - 1;
    size_t place = static_cast<size_t>(hash_mix(key, 0)) & mask;
    while (slots_[place].value != kNone && slots_[place].key != key) place = (place + 1) & mask;
    return place;
  }
  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.value != kNone) slots_[place_of(slot.key)] = slot;
  }

  std::vector<Slot> slots_;
  size_t count_ = 0;
};

}  // namespace tracedrop::trace
