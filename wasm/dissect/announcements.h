// Conversations that a packet of another one announced: "the data come to this port of this host", "that call's media
// go there". Ports tell nothing of them.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "base/hash.h"
#include "dissect/conversation.h"

namespace tracedrop::dissect {

struct AddressBytes;
struct Protocol;

class Announcements {
 public:
  struct Announced {
    const Protocol* protocol = nullptr;
    bool is_both_ways = false;  ///< what comes from there is it, too
  };
  /// What reaches this port of this host is a protocol's, until somebody announces something else for it.
  void add(const Announced& announced, Transport transport, const AddressBytes& host, uint16_t port);
  /// Whose it is; no protocol when nobody announced it.
  Announced find(Transport transport, const AddressBytes& host, uint16_t port) const;
  /// What belongs to this conversation of datagrams is `protocol`'s, in both directions.
  void claim(const Protocol& protocol, uint32_t conversation) { by_conversation_[conversation] = &protocol; }
  const Protocol* find(uint32_t conversation) const {
    const auto found = by_conversation_.find(conversation);
    return found == by_conversation_.end() ? nullptr : found->second;
  }
  bool has_claims() const { return !by_conversation_.empty(); }
  bool empty() const { return by_endpoint_.empty(); }

 private:
  std::unordered_map<uint64_t, Announced, KeyedHash> by_endpoint_;
  std::unordered_map<uint64_t, const Protocol*, KeyedHash> by_conversation_;
};

}  // namespace tracedrop::dissect
