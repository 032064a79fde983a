// How fuzz_dissect writes packets: a byte for the link type, then each packet behind two bytes, of which the lower
// eleven bits are its length and the upper two tell how much of it the capture did not keep.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "dissect/protocol.h"

namespace tracedrop::fuzz {

inline constexpr size_t kMostPacketBytes = 2047;

/// Every link type that somebody dissects, and one that nobody does.
inline const std::vector<uint16_t>& link_types() {
  static const std::vector<uint16_t> kAll = [] {
    std::vector<uint16_t> all{147};  // LINKTYPE_USER0
    for (const dissect::Protocol* protocol : dissect::all_protocols())
      for (const dissect::Claim& claim : protocol->claims)
        if (claim.table == &dissect::link_types) all.push_back(static_cast<uint16_t>(claim.value));
    std::sort(all.begin(), all.end());
    return all;
  }();
  return kAll;
}

}  // namespace tracedrop::fuzz
