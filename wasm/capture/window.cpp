#include "capture/window.h"

#include <algorithm>

namespace tracedrop::capture {
namespace {

/// A carry buffer that one giant record made is not held for the rest of the file.
constexpr size_t kIdleCarryBytes = size_t{1} << 20;

}  // namespace

void Window::push(Bytes chunk) {
  chunk_ = chunk;
  const uint64_t pending = skipping_;
  skipping_ = 0;
  skip(pending);
}

void Window::keep() {
  if (!chunk_.empty()) carry_.insert(carry_.end(), chunk_.data(), chunk_.data() + chunk_.size());
  chunk_ = Bytes();
}

bool Window::gather(size_t count) {
  if (carry_.size() < count) {
    const Bytes more = chunk_.first(count - carry_.size());
    carry_.insert(carry_.end(), more.data(), more.data() + more.size());
    chunk_ = chunk_.from(more.size());
  }
  return carry_.size() >= count;
}

void Window::consume_carried(size_t count) {
  if (count < carry_.size()) {
    carry_.erase(carry_.begin(), carry_.begin() + static_cast<std::ptrdiff_t>(count));
    return;
  }
  carry_.clear();
  if (carry_.capacity() > kIdleCarryBytes) carry_.shrink_to_fit();
}

void Window::skip(uint64_t count) {
  if (!carry_.empty()) {
    const size_t carried = static_cast<size_t>(std::min<uint64_t>(count, carry_.size()));
    offset_ += carried;
    consume_carried(carried);
    count -= carried;
  }
  const size_t here = static_cast<size_t>(std::min<uint64_t>(count, chunk_.size()));
  offset_ += here;
  chunk_ = chunk_.from(here);
  skipping_ = count - here;
}

}  // namespace tracedrop::capture
