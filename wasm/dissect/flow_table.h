// Finds the conversation of a packet from its addresses and ports: open addressing over canonical keys.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "dissect/findings.h"

namespace tracedrop::dissect {

struct AddressBytes;

/// A conversation and the direction in it: Row::flow.
struct Flow {
  uint32_t conversation = 0;
  uint32_t direction = 0;
  bool is_new = false;
  uint32_t id() const { return conversation * 2 + direction; }
};

class FlowTable {
 public:
  explicit FlowTable(Findings& findings);

  /// The conversation between two endpoints, a new one when there was none.
  Flow find(Transport transport, const AddressBytes& source, uint16_t source_port, const AddressBytes& destination,
            uint16_t destination_port);
  /// Begins a new conversation between the endpoints of an old one (TCP ports reused); later packets belong to it.
  Flow renew(const Flow& old);

 private:
  /// Two endpoints, the smaller first, so that both directions have one key.
  struct Key {
    std::array<uint64_t, 5> words{};
    bool operator==(const Key& other) const { return words == other.words; }
  };
  static Key make_key(Transport transport, const AddressBytes& source, uint16_t source_port,
                      const AddressBytes& destination, uint16_t destination_port, bool& swapped);
  uint32_t add_conversation(Transport transport, const AddressBytes& source, uint16_t source_port,
                            const AddressBytes& destination, uint16_t destination_port);
  void number_stream(Conversation& conversation);
  void grow();

  struct Entry {
    Key key;
    uint32_t conversation;
    bool swapped;  // endpoint 0 is the key's second
  };
  Findings& findings_;
  std::vector<Entry> entries_;
  std::vector<uint32_t> slots_;  // 0 is free, else index of entries_ + 1
  uint32_t last_ = UINT32_MAX;   // entry found last: most packets follow one of their own
};

}  // namespace tracedrop::dissect
