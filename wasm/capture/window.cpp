#include "capture/window.h"

#include <algorithm>

namespace tracedrop::capture {
namespace {

/// A carry buffer that one giant record made is not held for the rest of the file.
constexpr size_t kIdleCarryBytes = size_t{1} << 20;

}  // namespace

void Window::push(Bytes chunk) {
  if (carry_.empty()) {
    data_ = chunk.data();
    size_ = chunk.size();
  } else {
    behind_ = chunk;
  }
  const uint64_t pending = skipping_;
  skipping_ = 0;
  skip(pending);
}

void Window::keep() {
  if (carry_.empty()) {
    carry(Bytes());
  } else {
    carry(behind_);
    behind_ = Bytes();
  }
}

bool Window::gather(size_t count) {
  if (behind_.empty()) return false;
  const Bytes more = behind_.first(count - size_);
  behind_ = behind_.from(more.size());
  carry(more);
  return size_ >= count;
}

Bytes Window::peek_behind(size_t at, size_t count, uint8_t* scratch) const {
  const Bytes here = Bytes(data_, size_).sub(at, count);
  const Bytes behind = behind_.sub(at > size_ ? at - size_ : 0, count - here.size());
  std::copy(here.data(), here.data() + here.size(), scratch);
  std::copy(behind.data(), behind.data() + behind.size(), scratch + here.size());
  return {scratch, here.size() + behind.size()};
}

/// Makes carry_ hold the bytes at hand and `more`.
void Window::carry(Bytes more) {
  if (carry_.empty()) {
    carry_.assign(data_, data_ + size_);
  } else if (data_ != carry_.data()) {
    carry_.erase(carry_.begin(), carry_.end() - static_cast<std::ptrdiff_t>(size_));
  }
  carry_.insert(carry_.end(), more.data(), more.data() + more.size());
  data_ = carry_.data();
  size_ = carry_.size();
}

/// All bytes at hand are used: those of the chunk come next.
void Window::leave_carry() {
  carry_.clear();
  if (carry_.capacity() > kIdleCarryBytes) carry_.shrink_to_fit();
  data_ = behind_.data();
  size_ = behind_.size();
  behind_ = Bytes();
}

void Window::skip(uint64_t count) {
  while (count > 0 && size_ > 0) {
    const auto here = static_cast<size_t>(std::min<uint64_t>(count, size_));
    consume(here);
    count -= here;
  }
  skipping_ = count;
}

}  // namespace tracedrop::capture
