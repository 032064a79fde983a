// A bound on what this thread may take by `new`, to see what becomes of a computation that finds no memory.
#pragma once

#include <cstddef>

namespace tracedrop::test {

class MemoryLimit {
 public:
  /// From now on `new` throws std::bad_alloc when more than this is in use beyond what is in use now.
  explicit MemoryLimit(size_t more_bytes);
  ~MemoryLimit();
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;
};

}  // namespace tracedrop::test
