#include "trace/columns.h"

#include <algorithm>
#include <new>

namespace tracedrop::trace {

void Columns::push(const Row& row) {
  const uint32_t at = size_ % kBlockRows;
  if (at == 0 && size_ / kBlockRows == blocks_.size()) {
    // Default-initialised on purpose: zeroing 196 kB a block costs as much as filling it.
    blocks_.push_back(std::unique_ptr<Block>(new Block));
    blocks_.back()->base_offset = row.offset;
  }
  Block& block = *blocks_.back();
  const uint64_t distance = row.offset - block.base_offset;
  const bool far = distance >= kFarOffset;
  if (far) far_offsets_[size_] = row.offset;
  block.ts_ns[at] = row.ts_ns;
  block.offset[at] = far ? kFarOffset : static_cast<uint32_t>(distance);
  block.cap_len[at] = row.cap_len;
  block.wire_len[at] = row.wire_len;
  block.flow[at] = row.flow;
  block.seq[at] = row.seq;
  block.ack[at] = row.ack;
  block.link[at] = row.link;
  block.text[at] = row.text;
  block.protocol[at] = row.protocol;
  block.flags[at] = row.flags;
  block.payload_len[at] = row.payload_len;
  block.notes[at] = row.notes;
  block.rows = at + 1;
  in_order_ = in_order_ && row.ts_ns >= last_ts_ns_;
  last_ts_ns_ = row.ts_ns;
  ++size_;
}

void Columns::keep_first(PacketIndex count) {
  count = std::min(count, size_);
  size_ = count;
  blocks_.resize((count + kBlockRows - 1) / kBlockRows);
  if (!blocks_.empty()) blocks_.back()->rows = (count - 1) % kBlockRows + 1;
  for (const auto& block : blocks_)
    for (uint32_t at = 0; at < block->rows; ++at)
      if (block->link[at] > count) block->link[at] = 0;
}

void Columns::times_changed() {
  last_ts_ns_ = INT64_MIN;
  in_order_ = true;
  for (PacketIndex i = 0; i < size_; ++i) {
    in_order_ = in_order_ && ts_ns(i) >= last_ts_ns_;
    last_ts_ns_ = ts_ns(i);
  }
}

uint64_t Columns::offset(PacketIndex i) const {
  const Block& block = block_of(i);
  const uint32_t distance = block.offset[i % kBlockRows];
  return distance == kFarOffset ? far_offsets_.at(i) : block.base_offset + distance;
}

Row Columns::row(PacketIndex i) const {
  const Block& block = block_of(i);
  const uint32_t at = i % kBlockRows;
  Row row;
  row.ts_ns = block.ts_ns[at];
  row.offset = offset(i);
  row.cap_len = block.cap_len[at];
  row.wire_len = block.wire_len[at];
  row.flow = block.flow[at];
  row.seq = block.seq[at];
  row.ack = block.ack[at];
  row.link = block.link[at];
  row.text = block.text[at];
  row.protocol = block.protocol[at];
  row.flags = block.flags[at];
  row.payload_len = block.payload_len[at];
  row.notes = block.notes[at];
  return row;
}

}  // namespace tracedrop::trace
