// The TCP connections of a file that is being read, by their conversation.
#pragma once

#include <cstdint>
#include <vector>

#include "base/blocks.h"
#include "dissect/stream.h"
#include "protocols/transport/tcp/connection.h"

namespace tracedrop::dissect::tcp {

class Connections : public ProtocolState {
 public:
  /// What is remembered of the connection that this conversation is.
  Connection& of(uint32_t conversation) { return conversation == last_ ? *last_connection_ : find(conversation); }
  /// All that there is of the connection is this SYN.
  void keep_lone_syn(uint32_t conversation, const LoneSyn& syn);
  /// No packet of this conversation can come any more.
  void forget(uint32_t conversation);

 private:
  /// Places that are used again.
  template <typename T>
  struct Pool {
    Blocks<T, 256> all;
    std::vector<uint32_t> free;
    uint32_t take();
    void give_back(uint32_t place);
  };
  static constexpr uint32_t kIsLoneSyn = 1u << 31;
  Connection& find(uint32_t conversation);

  uint32_t last_ = UINT32_MAX;
  Connection* last_connection_ = nullptr;

  Blocks<uint32_t, 4096> index_;  // by conversation: 0 is none, else a place + 1, in lone_syns_ with kIsLoneSyn
  Pool<Connection> connections_;
  Pool<LoneSyn> lone_syns_;
};

}  // namespace tracedrop::dissect::tcp
