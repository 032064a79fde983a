// The index of a pair of addresses in the order of first appearance: ip.stream and ipv6.stream.
#pragma once

#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "dissect/state.h"

namespace tracedrop::dissect {

class AddressPairs {
 public:
  /// Both directions are one pair.
  uint32_t index_of(std::string_view a, std::string_view b) {
    if (b < a) std::swap(a, b);
    key_.assign(a);
    key_ += b;
    return indexes_.try_emplace(key_, static_cast<uint32_t>(indexes_.size())).first->second;
  }

 private:
  std::unordered_map<std::string, uint32_t, KeyedHash> indexes_;
  std::string key_;
};

}  // namespace tracedrop::dissect
