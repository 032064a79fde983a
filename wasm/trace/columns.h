// The packets of a trace, column by column in blocks, so that a statistic touches only the columns it needs, a block is
// never moved, and a file of any size grows without copying. 48 bytes a packet (checked below).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "dissect/row.h"

namespace tracedrop::trace {

using dissect::kNoPacket;
using dissect::PacketIndex;
using dissect::Row;

inline constexpr uint32_t kBlockRows = 4096;

struct Block {
  std::array<int64_t, kBlockRows> ts_ns;
  std::array<uint32_t, kBlockRows> offset;  ///< from base_offset; kFarOffset: see Columns::far_offsets_
  std::array<uint32_t, kBlockRows> cap_len;
  std::array<uint32_t, kBlockRows> wire_len;
  std::array<uint32_t, kBlockRows> flow;
  std::array<uint32_t, kBlockRows> seq;
  std::array<uint32_t, kBlockRows> ack;
  std::array<uint32_t, kBlockRows> link;
  std::array<uint32_t, kBlockRows> text;
  std::array<uint16_t, kBlockRows> protocol;
  std::array<uint16_t, kBlockRows> flags;
  std::array<uint16_t, kBlockRows> payload_len;
  std::array<uint16_t, kBlockRows> notes;
  uint64_t base_offset;
  uint32_t rows;
};
static_assert(sizeof(Block) <= 48 * kBlockRows + 16);

class Columns {
 public:
  uint32_t size() const { return size_; }
  uint32_t block_count() const { return static_cast<uint32_t>(blocks_.size()); }
  /// The block of packets [i * kBlockRows, i * kBlockRows + block.rows).
  const Block& block(uint32_t i) const { return *blocks_[i]; }
  Block& block(uint32_t i) { return *blocks_[i]; }
  const Block& block_of(PacketIndex i) const { return *blocks_[i / kBlockRows]; }

  /// Appends a row; throws std::bad_alloc, leaving the columns as they were, when there is no memory for it.
  void push(const Row& row);
  /// Drops all packets but the first `count`, and links to those dropped.
  void keep_first(PacketIndex count);
  /// The whole row of packet i < size().
  Row row(PacketIndex i) const;
  uint64_t offset(PacketIndex i) const;
  int64_t ts_ns(PacketIndex i) const { return block_of(i).ts_ns[i % kBlockRows]; }
  uint32_t wire_len(PacketIndex i) const { return block_of(i).wire_len[i % kBlockRows]; }
  uint32_t flow(PacketIndex i) const { return block_of(i).flow[i % kBlockRows]; }
  uint16_t flags(PacketIndex i) const { return block_of(i).flags[i % kBlockRows]; }
  uint16_t notes(PacketIndex i) const { return block_of(i).notes[i % kBlockRows]; }
  uint16_t payload_len(PacketIndex i) const { return block_of(i).payload_len[i % kBlockRows]; }
  uint16_t protocol(PacketIndex i) const { return block_of(i).protocol[i % kBlockRows]; }

  /// True when no packet's time is before that of the packet before it, as in nearly every file.
  bool in_order() const { return in_order_; }
  /// Looks at all times again: somebody has written to them.
  void times_changed();

  /// What later packets tell of packet i (see Row::link).
  void set_link(PacketIndex i, uint32_t number) { blocks_[i / kBlockRows]->link[i % kBlockRows] = number; }
  void set_text(PacketIndex i, uint32_t text) { blocks_[i / kBlockRows]->text[i % kBlockRows] = text; }

  size_t memory() const { return blocks_.size() * sizeof(Block); }

 private:
  static constexpr uint32_t kFarOffset = UINT32_MAX;

  std::vector<std::unique_ptr<Block>> blocks_;
  /// Packets more than 4 GB behind their block's first one (a pcapng can have other blocks of any size between
  /// packets).
  std::unordered_map<PacketIndex, uint64_t, KeyedHash> far_offsets_;
  uint32_t size_ = 0;
  int64_t last_ts_ns_ = INT64_MIN;
  bool in_order_ = true;
};

}  // namespace tracedrop::trace
