#include "chunks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "platform.h"

namespace tracedrop::native_capture {
namespace {

/// Large enough that handing one over costs nothing beside parsing it.
constexpr size_t kFileChunk = 1024 * 1024;
constexpr size_t kReadChunk = 1024 * 1024;

/// Pieces of a file, in order.
class FilePieces {
 public:
  FilePieces(int file, uint64_t begin, uint64_t size) : file_(file), at_(begin), end_(begin + size) {}

  /// Reads the next piece of at most kFileChunk bytes. False when there is none, for the reason in problem().
  bool read(uint8_t* to, size_t& size) {
    size = 0;
    if (!problem_.empty()) return false;
    const auto wanted = static_cast<size_t>(std::min<uint64_t>(kFileChunk, end_ - at_));
    std::string error;
    while (size < wanted) {
      const int64_t count = platform::read_at(file_, at_ + size, to + size, wanted - size, error);
      if (count < 0) problem_ = fmt::format("reading failed at byte {}: {}", at_ + size, error);
      if (count == 0)
        problem_ = fmt::format("the file became shorter while it was being read: it ends at byte {}", at_ + size);
      if (count <= 0) break;
      size += static_cast<size_t>(count);
    }
    at_ += size;
    return size > 0;
  }
  const std::string& problem() const { return problem_; }

 private:
  int file_;
  uint64_t at_, end_;
  std::string problem_;
};

/// A thread reads a few pieces ahead, so that copying them, and waiting for a slow disk, happens beside the parsing.
class FileChunks : public ChunkReader {
 public:
  FileChunks(int file, uint64_t begin, uint64_t size) : pieces_(file, begin, size) {
    for (Buffer& buffer : buffers_) buffer.bytes.reset(new uint8_t[kFileChunk]);
    if (size <= kFileChunk) return;
    try {
      thread_ = std::thread([this] { read_ahead(); });
    } catch (const std::exception&) {
      // Then each piece is read when it is needed.
    }
  }
  ~FileChunks() override {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
      changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
  }
  FileChunks(const FileChunks&) = delete;
  FileChunks& operator=(const FileChunks&) = delete;

  Bytes next() override {
    if (!thread_.joinable()) {
      Buffer& buffer = buffers_[0];
      if (!pieces_.read(buffer.bytes.get(), buffer.size)) problem_ = pieces_.problem();
      return {buffer.bytes.get(), buffer.size};
    }
    std::unique_lock lock(mutex_);
    if (std::exchange(holding_, true)) ++taken_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return taken_ < filled_ || ended_; });
    if (taken_ < filled_) {
      const Buffer& buffer = buffers_[taken_ % kBuffers];
      return {buffer.bytes.get(), buffer.size};
    }
    holding_ = false;
    problem_ = pieces_.problem();
    return {};
  }

 private:
  static constexpr uint64_t kBuffers = 4;
  struct Buffer {
    std::unique_ptr<uint8_t[]> bytes;
    size_t size = 0;
  };

  void read_ahead() {
    std::unique_lock lock(mutex_);
    while (!ended_) {
      changed_.wait(lock, [this] { return stopped_ || filled_ < taken_ + kBuffers; });
      if (stopped_) return;
      Buffer& buffer = buffers_[filled_ % kBuffers];
      lock.unlock();
      const bool more = pieces_.read(buffer.bytes.get(), buffer.size);
      lock.lock();
      if (more)
        ++filled_;
      else
        ended_ = true;
      changed_.notify_all();
    }
  }

  FilePieces pieces_;  ///< the thread's, until it has ended
  std::array<Buffer, kBuffers> buffers_;
  std::mutex mutex_;
  std::condition_variable changed_;
  uint64_t filled_ = 0, taken_ = 0;
  bool holding_ = false;  ///< the consumer looks at the buffer after those that it has taken
  bool ended_ = false, stopped_ = false;
  std::thread thread_;
};

class DescriptorChunks : public ChunkReader {
 public:
  explicit DescriptorChunks(int file) : file_(file), buffer_(kReadChunk) {}
  Bytes next() override {
    size_t filled = 0;
    std::string error;
    while (filled < buffer_.size() && problem_.empty()) {
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

std::unique_ptr<ChunkReader> chunks_of_file(int file, uint64_t begin, uint64_t size) {
  return std::make_unique<FileChunks>(file, begin, size);
}

std::unique_ptr<ChunkReader> chunks_of_descriptor(int file) { return std::make_unique<DescriptorChunks>(file); }

std::unique_ptr<ChunkReader> chunks_after(Bytes first, std::unique_ptr<ChunkReader> rest) {
  return std::make_unique<FirstThenRest>(first, std::move(rest));
}

}  // namespace tracedrop::native_capture
