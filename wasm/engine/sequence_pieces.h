// How much of what TCP's senders sent a finished capture holds without a gap: for each flow (as in a row), how many
// pieces its segments make when they are put together by their sequence numbers.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "trace/columns.h"

namespace tracedrop::engine {

class SequencePieces {
 public:
  explicit SequencePieces(const trace::Columns& columns);
  uint32_t of(uint32_t flow) const { return flow < flows_.size() ? flows_[flow].count() : 0; }

 private:
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
};

}  // namespace tracedrop::engine
