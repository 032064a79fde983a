// The tables by which layers find each other, made from what the registered protocols claim.
#include "dissect/registry.h"

#include <array>
#include <vector>

namespace tracedrop::dissect {

namespace {

#define TRACEDROP_ADDRESS(name) &name##_protocol,
constexpr const Protocol* kProtocols[] = {TRACEDROP_PROTOCOLS(TRACEDROP_ADDRESS)};
#undef TRACEDROP_ADDRESS

/// Claims by table: the number spaces have at most 16 bits, so a byte a value (index + 1 into kProtocols) finds it at
/// once.
class Tables {
 public:
  Tables() {
    static_assert(std::size(kProtocols) < 255);
    for (size_t i = 0; i < std::size(kProtocols); ++i)
      for (const Claim& claim : kProtocols[i]->claims)
        tables_[static_cast<size_t>(claim.table)][claim.value & 0xFFFF] = static_cast<uint8_t>(i + 1);
  }
  const Protocol* find(Table table, uint32_t value) const {
    const uint8_t at = value > 0xFFFF ? 0 : tables_[static_cast<size_t>(table)][value];
    return at == 0 ? nullptr : kProtocols[at - 1];
  }

 private:
  std::array<std::array<uint8_t, 65536>, 5> tables_{};
};

// Made before main() begins: every layer of every packet asks.
const Tables kTables;

}  // namespace

std::span<const Protocol* const> all_protocols() { return kProtocols; }

const Protocol* find_protocol(Table table, uint32_t value) { return kTables.find(table, value); }

}  // namespace tracedrop::dissect
