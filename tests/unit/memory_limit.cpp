#include "memory_limit.h"

#include <malloc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <new>

// Arrays too: a sanitizer's own would not come here.
namespace {

thread_local size_t used = 0;
thread_local size_t limit = SIZE_MAX;

void* take(size_t size) noexcept {
  if (size > limit || used > limit - size) return nullptr;
  void* const memory = std::malloc(std::max<size_t>(size, 1));
  if (memory != nullptr) used += malloc_usable_size(memory);
  return memory;
}

/// What another thread took may be given back here: less is in use than nothing, then.
void give_back(void* memory) noexcept {
  used -= std::min(used, malloc_usable_size(memory));
  std::free(memory);
}

}  // namespace

void* operator new(size_t size) {
  if (void* const memory = take(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(size_t size, const std::nothrow_t&) noexcept { return take(size); }
void* operator new[](size_t size) { return operator new(size); }
void* operator new[](size_t size, const std::nothrow_t&) noexcept { return take(size); }
void operator delete[](void* memory) noexcept { give_back(memory); }
void operator delete[](void* memory, size_t) noexcept { give_back(memory); }
void operator delete(void* memory) noexcept { give_back(memory); }
void operator delete(void* memory, size_t) noexcept { give_back(memory); }

namespace tracedrop::test {

MemoryLimit::MemoryLimit(size_t more_bytes) { limit = used + more_bytes; }
MemoryLimit::~MemoryLimit() { limit = SIZE_MAX; }

}  // namespace tracedrop::test
