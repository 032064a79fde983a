// What a packet is, in one number of two bytes (Row::protocol): the text of its Protocol column and the chain of its
// layers. A file has some dozens of such pairs. The chain says which packets can hold a protocol's fields at all.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "base/interner.h"

namespace tracedrop::dissect {

struct Protocol;
using Layers = std::span<const Protocol* const>;

class PacketKinds {
 public:
  PacketKinds();

  /// Ids count up from 0, which is the kind without a text and layers.
  uint32_t size() const { return static_cast<uint32_t>(kinds_.size()); }
  /// The Protocol column; it stays where it is.
  std::string_view text(uint32_t id) const { return texts_.text(kinds_[id].text); }
  /// Equal for kinds of equal text.
  uint32_t text_id(uint32_t id) const { return kinds_[id].text; }
  uint32_t text_count() const { return texts_.size(); }
  std::string_view text_of(uint32_t text_id) const { return texts_.text(text_id); }
  /// Outermost first; empty where nobody knows them (a csv).
  Layers layers(uint32_t id) const { return kinds_[id].layers; }
  /// The text is replaced by that of the conversation, when it turns out to have one (Conversation::column).
  bool is_provisional(uint32_t id) const { return kinds_[id].is_provisional; }

  /// The kind of a packet. When there are more than two bytes can tell, that of the text alone, or 0.
  uint16_t intern(std::string_view text, Layers layers = {}, bool is_provisional = false);
  /// A provisional kind with the text of another: its final one.
  uint16_t settled(uint16_t provisional, uint16_t text_from);
  /// A copy of a text that is made on the spot.
  std::string_view keep_text(std::string_view text) { return texts_.text(texts_.intern(text)); }

 private:
  struct Kind {
    uint32_t text = 0;
    std::vector<const Protocol*> layers;
    bool is_provisional = false;
  };
  uint16_t find_or_add(uint32_t text, Layers layers, bool is_provisional);
  uint16_t add(uint64_t key, uint32_t text, Layers layers, bool is_provisional);
  static uint64_t key_of(uint32_t text, Layers layers);

  Interner texts_;
  std::vector<Kind> kinds_;
  std::unordered_multimap<uint64_t, uint16_t, KeyedHash> by_key_;
  /// What was asked for last, as it mostly is again.
  uint16_t last_ = 0;
};

}  // namespace tracedrop::dissect
