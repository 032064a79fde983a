#include "base/interner.h"

#include <algorithm>

#include "base/hash.h"

namespace tracedrop {

namespace {
constexpr size_t kArenaBytes = 64 * 1024;
}

Interner::Interner() : slots_(64) { intern({}); }

uint32_t Interner::intern(std::string_view text) {
  const size_t mask = slots_.size() - 1;
  size_t slot = static_cast<size_t>(hash_bytes(text)) & mask;
  while (slots_[slot] != 0) {
    const uint32_t id = slots_[slot] - 1;
    if (texts_[id] == text) return id;
    slot = (slot + 1) & mask;
  }
  const auto id = static_cast<uint32_t>(texts_.size());
  texts_.push_back(keep(text));
  slots_[slot] = id + 1;
  if (texts_.size() * 2 > slots_.size()) grow();
  return id;
}

size_t Interner::memory() const { return arena_bytes_ + texts_.memory() + slots_.capacity() * sizeof(uint32_t); }

std::string_view Interner::keep(std::string_view text) {
  if (text.size() > arena_left_) {
    const size_t bytes = std::max(kArenaBytes, text.size());
    arenas_.push_back(std::make_unique<char[]>(bytes));
    arena_at_ = arenas_.back().get();
    arena_left_ = bytes;
    arena_bytes_ += bytes;
  }
  char* place = arena_at_;
  std::copy(text.begin(), text.end(), place);
  arena_at_ += text.size();
  arena_left_ -= text.size();
  return {place, text.size()};
}

void Interner::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const size_t mask = slots_.size() - 1;
  for (uint32_t id = 0; id < texts_.size(); ++id) {
    size_t slot = static_cast<size_t>(hash_bytes(texts_[id])) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = id + 1;
  }
}

}  // namespace tracedrop
