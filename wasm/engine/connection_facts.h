// What a finished capture's rows tell of its TCP connections, and no packet alone: how many pieces a flow's segments
// make when they are put together by their sequence numbers, and how long the handshake took.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "trace/columns.h"

namespace tracedrop::engine {

class ConnectionFacts {
 public:
  explicit ConnectionFacts(const trace::Columns& columns);
  uint32_t pieces_of(uint32_t flow) const { return flow < flows_.size() ? flows_[flow].count() : 0; }

  int64_t initial_rtt_ns_of(uint32_t conversation) const {
    return conversation < handshakes_.size() ? handshakes_[conversation].rtt_ns : 0;
  }

 private:
  struct Handshake {
    int64_t syn_ns = 0, rtt_ns = 0;
    bool has_syn = false;
  };
  void note_handshake(uint32_t conversation, int64_t ts_ns, uint16_t flags);

  /// Nearly every flow is one piece, and each segment goes on where the last one ended.
  class Flow {
   public:
    void add(uint32_t seq, uint32_t length);
    uint32_t count() const {
      return (is_empty_ ? 0 : 1) + (others_ == nullptr ? 0 : static_cast<uint32_t>(others_->size()));
    }

   private:
    void absorb();

    int64_t begin_ = 0, end_ = 0;  ///< of the piece that was added to last; numbers do not wrap here
    std::unique_ptr<std::map<int64_t, int64_t>> others_;
    bool is_empty_ = true;
  };
  std::vector<Flow> flows_;
  std::vector<Handshake> handshakes_;  // by conversation
};

}  // namespace tracedrop::engine
