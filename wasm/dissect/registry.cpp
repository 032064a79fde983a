// Fills the tables by which layers find each other from what the protocols claim.
#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "dissect/protocol.h"

namespace tracedrop::dissect {

/// Numbers of at most 16 bits are found at once, others and texts in a map.
class Registry {
 public:
  Registry() {
    constexpr uint64_t kDense = 1 << 16;
    for (const Protocol* protocol : all_protocols())
      for (const Claim& claim : protocol->claims) {
        if (!claim.key.empty()) {
          keys_[{claim.table, claim.key}] = protocol;
        } else if (claim.value < kDense) {
          put(*claim.table, claim.value, protocol);
        } else {
          rare_[{claim.table, claim.value}] = protocol;
        }
      }
  }

  const Protocol* find(const Table& table, uint64_t value) const {
    const auto found = rare_.find({&table, value});
    return found == rare_.end() ? nullptr : found->second;
  }
  const Protocol* find(const Table& table, std::string_view key) const {
    const auto found = keys_.find({&table, key});
    return found == keys_.end() ? nullptr : found->second;
  }

 private:
  void put(Table& table, uint64_t value, const Protocol* protocol) {
    const auto at = static_cast<size_t>(value);
    std::vector<const Protocol*>& entries = dense_[&table];
    entries.resize(std::max(entries.size(), at + 1));
    entries[at] = protocol;
    table.dense_ = entries.data();
    table.dense_size_ = static_cast<uint32_t>(entries.size());
  }

  std::map<const Table*, std::vector<const Protocol*>> dense_;
  std::map<std::pair<const Table*, uint64_t>, const Protocol*> rare_;
  std::map<std::pair<const Table*, std::string_view>, const Protocol*> keys_;
};

namespace {

// Made before main() begins: every layer of every packet asks.
const Registry kRegistry;

}  // namespace

const Protocol* Table::find_rare(uint64_t value) const { return kRegistry.find(*this, value); }
const Protocol* Table::find(std::string_view key) const { return kRegistry.find(*this, key); }

}  // namespace tracedrop::dissect
