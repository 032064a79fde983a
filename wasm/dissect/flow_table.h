// Finds the conversation of a packet from its addresses and ports: open addressing over canonical keys.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
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
  /// The same, without beginning one.
  std::optional<Flow> find_known(Transport transport, const AddressBytes& source, uint16_t source_port,
                                 const AddressBytes& destination, uint16_t destination_port) const;
  /// The number of a stream of which there are only quotations by now: it keeps it when a packet of its own comes.
  uint32_t number_quoted(Transport transport, const AddressBytes& source, uint16_t source_port,
                         const AddressBytes& destination, uint16_t destination_port);
  /// Begins a new conversation between the endpoints of an old one (TCP ports reused); later packets belong to it.
  Flow renew(const Flow& old);

 private:
  /// Two endpoints, the smaller first, so that both directions have one key.
  struct Key {
    std::array<uint64_t, 5> words{};
    bool operator==(const Key& other) const { return words == other.words; }
    bool operator<(const Key& other) const { return words < other.words; }
  };
  struct Slot {
    uint32_t tag = 0;  // of the key's hash; its low bits place it
    uint32_t conversation = kFree;
  };
  static constexpr uint32_t kFree = UINT32_MAX;

  static Key make_key(Transport transport, const AddressBytes& source, uint16_t source_port,
                      const AddressBytes& destination, uint16_t destination_port, bool& swapped);
  Key key_of(uint32_t conversation, bool& swapped) const;
  size_t free_place(uint32_t tag) const;
  uint32_t add_conversation(const Key& key, Transport transport, const AddressBytes& source, uint16_t source_port,
                            const AddressBytes& destination, uint16_t destination_port);
  uint32_t next_stream(Transport transport);
  void grow();

  Findings& findings_;
  std::vector<Slot> slots_;  // open addressing
  size_t used_ = 0;
  // What was found of late, by tag: most packets follow one of their own. (Keys are compared here without looking the
  // addresses up.)
  struct Found {
    Key key;
    size_t place = 0;
    bool swapped = false;  // endpoint 0 of the conversation is the key's second
    bool is_set = false;
  };
  std::array<Found, 256> recent_;
  std::map<Key, uint32_t> quoted_;  // streams of which only quotations were here
  Found* last_ = recent_.data();
};

}  // namespace tracedrop::dissect
