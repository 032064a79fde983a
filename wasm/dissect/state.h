// What reading needs to remember from packet to packet, and forgets when the file has been read.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/blocks.h"
#include "base/hash.h"
#include "dissect/copies.h"
#include "dissect/findings.h"
#include "dissect/flow_table.h"
#include "dissect/protocol.h"
#include "dissect/tcp/connection.h"

namespace tracedrop::dissect {

/// A request that waits for its answer.
struct Pending {
  PacketIndex packet = kNoPacket;
  uint32_t asked_ms = 0;  ///< when it was asked last, roughly: units of 2^20 ns
};

/// What one protocol remembers while the file is read.
struct ProtocolState {
  virtual ~ProtocolState() = default;
};

class State {
 public:
  explicit State(Findings& findings_);

  Findings& findings;

  /// Findings::protocols' id of a Protocol column text.
  uint16_t protocol_id(std::string_view name) {
    if (name.data() != last_protocol_.data()) {
      last_protocol_ = name;
      last_protocol_id_ = static_cast<uint16_t>(findings.protocols.intern(name));
    }
    return last_protocol_id_;
  }

  FlowTable flows;
  Copies copies;
  /// State of the TCP connection that this conversation is.
  tcp::Connection& tcp_of(uint32_t conversation) {
    return conversation == last_tcp_ ? *last_connection_ : find_tcp(conversation);
  }
  /// All that there is of the connection is this SYN.
  void keep_lone_syn(uint32_t conversation, const tcp::LoneSyn& syn);
  /// No packet of this conversation can come any more.
  void forget_tcp(uint32_t conversation);
  /// What later packets told of earlier ones: (packet, number to link to). The reader drains it after each packet.
  std::vector<std::pair<PacketIndex, uint32_t>> links;
  /// Echo requests and queries that wait for their answer, by a hash of what identifies them.
  std::unordered_map<uint64_t, Pending, KeyedHash> pending;
  /// The memory of one protocol, made when it is first asked for; `Memory` is a ProtocolState of the protocol's own.
  template <typename Memory>
  Memory& of(const Protocol& protocol) {
    std::unique_ptr<ProtocolState>& memory = memories_[&protocol];
    if (memory == nullptr) memory = std::make_unique<Memory>();
    return static_cast<Memory&>(*memory);
  }
  /// Reused for the Info text that a packet keeps (Context::keep_info).
  std::string kept_info;

 private:
  std::string_view last_protocol_;
  uint16_t last_protocol_id_ = 0;
  /// Places that are used again.
  template <typename T>
  struct Pool {
    Blocks<T, 256> all;
    std::vector<uint32_t> free;
    uint32_t take();
    void give_back(uint32_t place);
  };
  static constexpr uint32_t kIsLoneSyn = 1u << 31;
  tcp::Connection& find_tcp(uint32_t conversation);

  uint32_t last_tcp_ = UINT32_MAX;
  tcp::Connection* last_connection_ = nullptr;

  Blocks<uint32_t, 4096> tcp_index_;  // by conversation: 0 is none, else a place + 1, in lone_syns_ with kIsLoneSyn
  Pool<tcp::Connection> connections_;
  Pool<tcp::LoneSyn> lone_syns_;
  std::unordered_map<const Protocol*, std::unique_ptr<ProtocolState>> memories_;
};

}  // namespace tracedrop::dissect
