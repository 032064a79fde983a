// What reading needs to remember from packet to packet, and forgets when the file has been read.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/blocks.h"
#include "base/hash.h"
#include "dissect/announcements.h"
#include "dissect/copies.h"
#include "dissect/findings.h"
#include "dissect/flow_table.h"
#include "dissect/stream.h"

namespace tracedrop::dissect {

/// A request that waits for its answer.
struct Pending {
  PacketIndex packet = kNoPacket;
  uint32_t asked_ms = 0;  ///< when it was asked last, roughly: units of 2^20 ns
  int64_t ts_ns = 0;      ///< when it was asked first
};

class State {
 public:
  explicit State(Findings& findings_);

  Findings& findings;

  FlowTable flows;
  Copies copies;
  /// What later packets told of earlier ones: (packet, number to link to). The reader drains it after each packet.
  std::vector<std::pair<PacketIndex, uint32_t>> links;
  /// Echo requests and queries that wait for their answer, by a hash of what identifies them.
  std::unordered_map<uint64_t, Pending, KeyedHash> pending;
  /// What one protocol remembers of all packets, made when it is first asked for; `Memory` is a ProtocolState of the
  /// protocol's own.
  template <typename Memory>
  Memory& of() {
    static const size_t id = next_memory_++;
    if (id >= memories_.size()) memories_.resize(id + 1);
    std::unique_ptr<ProtocolState>& memory = memories_[id];
    if (memory == nullptr) memory = std::make_unique<Memory>();
    return static_cast<Memory&>(*memory);
  }
  /// The same of one conversation.
  template <typename Memory>
  Memory& of_conversation(uint32_t conversation) {
    static const size_t id = next_memory_++;
    std::unique_ptr<ProtocolState>& memory = of_conversations_[uint64_t{conversation} << 16 | id];
    if (memory == nullptr) memory = std::make_unique<Memory>();
    return static_cast<Memory&>(*memory);
  }
  /// Conversations that others announced.
  Announcements announcements;
  /// Reused for the Info text that a packet keeps (Context::keep_info).
  std::string kept_info;

 private:
  inline static size_t next_memory_ = 0;
  std::vector<std::unique_ptr<ProtocolState>> memories_;
  std::unordered_map<uint64_t, std::unique_ptr<ProtocolState>, KeyedHash> of_conversations_;
};

}  // namespace tracedrop::dissect
