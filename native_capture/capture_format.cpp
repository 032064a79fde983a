#include "capture_format.h"

#include <algorithm>
#include <cstring>

namespace tracedrop::native_capture {

void ByteBuffer::grow(size_t count) {
  const size_t capacity = std::max(capacity_ * 2, size_ + count);
  std::unique_ptr<uint8_t[]> bytes(new uint8_t[capacity]);
  std::memcpy(bytes.get(), bytes_.get(), size_);
  bytes_ = std::move(bytes);
  capacity_ = capacity;
}

}  // namespace tracedrop::native_capture
