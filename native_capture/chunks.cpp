#include "chunks.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include "platform.h"

namespace tracedrop::native_capture {
namespace {

constexpr size_t kMappedChunk = 1024 * 1024;
constexpr size_t kReadChunk = 1024 * 1024;

/// Touches the pages of a mapped file before they are needed: what the system has to do for each, and waiting for a
/// slow disk, happens beside the parsing.
class ReadAhead {
 public:
  explicit ReadAhead(Bytes bytes) : bytes_(bytes) {
    try {
      thread_ = std::thread([this] { touch_pages(); });
    } catch (const std::system_error&) {
      // Then pages are brought when they are needed.
    }
  }
  ~ReadAhead() {
    stopped_ = true;
    if (thread_.joinable()) thread_.join();
  }
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  void now_at(size_t at) { needed_ = at; }

 private:
  static constexpr size_t kPage = 4096;
  static constexpr size_t kFarthest = 64 * 1024 * 1024;

  void touch_pages() {
    for (size_t at = 0; at < bytes_.size() && !stopped_; at += kPage) {
      while (at > needed_ + kFarthest && !stopped_) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      touched_ = *static_cast<const volatile uint8_t*>(bytes_.data() + at);
    }
  }

  const Bytes bytes_;
  volatile uint8_t touched_ = 0;
  std::atomic<size_t> needed_ = 0;
  std::atomic<bool> stopped_ = false;
  std::thread thread_;
};

class MemoryChunks : public ChunkReader {
 public:
  explicit MemoryChunks(Bytes bytes) : bytes_(bytes), ahead_(bytes) {}
  Bytes next() override {
    ahead_.now_at(at_);
    const Bytes chunk = bytes_.sub(at_, kMappedChunk);
    at_ += chunk.size();
    return chunk;
  }

 private:
  const Bytes bytes_;
  size_t at_ = 0;
  ReadAhead ahead_;
};

class DescriptorChunks : public ChunkReader {
 public:
  explicit DescriptorChunks(int file) : file_(file), buffer_(kReadChunk) {}
  Bytes next() override {
    size_t filled = 0;
    std::string error;
    while (filled < buffer_.size()) {
      const int64_t count = platform::read_some(file_, buffer_.data() + filled, buffer_.size() - filled, error);
      if (count < 0) problem_ = fmt::format("reading failed: {}", error);
      if (count <= 0) break;
      filled += static_cast<size_t>(count);
    }
    return {buffer_.data(), filled};
  }

 private:
  int file_;
  std::vector<uint8_t> buffer_;
};

class FirstThenRest : public ChunkReader {
 public:
  FirstThenRest(Bytes first, std::unique_ptr<ChunkReader> rest) : first_(first), rest_(std::move(rest)) {}
  Bytes next() override {
    if (!first_.empty()) return std::exchange(first_, Bytes());
    const Bytes chunk = rest_->next();
    problem_ = rest_->problem();
    return chunk;
  }

 private:
  Bytes first_;
  std::unique_ptr<ChunkReader> rest_;
};

}  // namespace

std::unique_ptr<ChunkReader> chunks_of_memory(Bytes bytes) { return std::make_unique<MemoryChunks>(bytes); }

std::unique_ptr<ChunkReader> chunks_of_descriptor(int file) { return std::make_unique<DescriptorChunks>(file); }

std::unique_ptr<ChunkReader> chunks_after(Bytes first, std::unique_ptr<ChunkReader> rest) {
  return std::make_unique<FirstThenRest>(first, std::move(rest));
}

}  // namespace tracedrop::native_capture
