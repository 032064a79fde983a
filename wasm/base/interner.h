// Texts that many packets share, kept once and named by a 32-bit id. Id 0 is always the empty text.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/blocks.h"

namespace tracedrop {

class Interner {
 public:
  Interner();
  /// The id of `text`, which is copied when it is new. Ids count up from 0.
  uint32_t intern(std::string_view text);
  /// The text of an id that intern() gave; it stays where it is as long as the Interner lives.
  std::string_view text(uint32_t id) const { return texts_[id]; }
  uint32_t size() const { return static_cast<uint32_t>(texts_.size()); }
  /// Bytes held, for the memory figures.
  size_t memory() const;

 private:
  std::string_view keep(std::string_view text);
  void grow();

  Blocks<std::string_view> texts_;
  std::vector<uint32_t> slots_;  // open addressing; 0 is free, else id + 1
  std::vector<std::unique_ptr<char[]>> arenas_;
  size_t arena_left_ = 0;
  char* arena_at_ = nullptr;
  size_t arena_bytes_ = 0;
};

}  // namespace tracedrop
