#include "chunks.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string_view>
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

class InflatedChunks : public ChunkReader {
 public:
  explicit InflatedChunks(std::unique_ptr<ChunkReader> compressed)
      : compressed_(std::move(compressed)), buffer_(kReadChunk) {
    constexpr int kGzipOnly = 16;
    if (inflateInit2(&stream_, MAX_WBITS + kGzipOnly) != Z_OK) stop("no memory for inflating");
  }
  ~InflatedChunks() override { inflateEnd(&stream_); }

  Bytes next() override {
    stream_.next_out = buffer_.data();
    stream_.avail_out = static_cast<uInt>(buffer_.size());
    while (!ended_ && stream_.avail_out > 0) step();
    return {buffer_.data(), buffer_.size() - stream_.avail_out};
  }

 private:
  /// Inflates as far as input and output go.
  void step() {
    if (stream_.avail_in == 0 && !feed()) return;
    if (between_members_ && !begin_member()) return;
    if (trailer_left_ > 0) return skip_trailer();
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      between_members_ = true;
    } else if (status == Z_DATA_ERROR && is_of_trailer(stream_.msg)) {
      note_trailer();
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      stop(fmt::format("the gzip data are damaged near byte {} ({}); everything before was read", position(),
                       stream_.msg == nullptr ? "no reason known" : stream_.msg));
    }
  }

  bool feed() {
    const Bytes chunk = compressed_->next();
    stream_.next_in = const_cast<Bytef*>(chunk.data());
    stream_.avail_in = static_cast<uInt>(chunk.size());
    fed_ += chunk.size();
    if (!chunk.empty()) return true;
    if (!compressed_->problem().empty()) {
      stop(compressed_->problem());
    } else if (!between_members_) {
      stop(fmt::format("the gzip data end too early, at byte {}; everything before was read", fed_));
    } else {
      problem_ = note_;
    }
    ended_ = true;
    return false;
  }

  /// zlib finds these wrong when a member's data are all out: the check sum, and behind it the length (4 bytes each).
  static constexpr std::string_view kWrongCheckSum = "incorrect data check", kWrongLength = "incorrect length check";
  static bool is_of_trailer(const char* message) {
    return message != nullptr && (message == kWrongCheckSum || message == kWrongLength);
  }

  /// The data may be damaged, but nothing of them is missing, and members behind it can be read.
  void note_trailer() {
    trailer_left_ = stream_.msg == kWrongCheckSum ? 4 : 0;
    between_members_ = trailer_left_ == 0;
    if (!note_.empty()) return;
    note_ = fmt::format(
        "the gzip {} near byte {} does not fit the data: all of them could be unpacked and were read, but "
        "the file was damaged on its way; get it again if you can",
        trailer_left_ > 0 ? "check sum" : "length", position());
  }

  void skip_trailer() {
    const uInt count = std::min<uInt>(trailer_left_, stream_.avail_in);
    stream_.next_in += count;
    stream_.avail_in -= count;
    trailer_left_ -= count;
    between_members_ = trailer_left_ == 0;
  }

  /// Another member follows, or padding of zeros, or something that does not belong there.
  bool begin_member() {
    if (*stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
      return false;
    }
    if (*stream_.next_in != 0x1f) {
      stop(fmt::format("what follows the gzip data at byte {} is none and was left out", position()));
      return false;
    }
    between_members_ = false;
    inflateReset(&stream_);
    return true;
  }

  uint64_t position() const { return fed_ - stream_.avail_in; }
  void stop(const std::string& why) {
    problem_ = note_.empty() ? why : note_ + "; " + why;
    ended_ = true;
  }

  std::unique_ptr<ChunkReader> compressed_;
  std::vector<uint8_t> buffer_;
  z_stream stream_{};
  uint64_t fed_ = 0;
  uInt trailer_left_ = 0;  ///< of a member whose check sum was wrong
  std::string note_;       ///< what was wrong so far without ending the reading
  bool between_members_ = false;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<ChunkReader> chunks_of_memory(Bytes bytes) { return std::make_unique<MemoryChunks>(bytes); }

std::unique_ptr<ChunkReader> chunks_of_descriptor(int file) { return std::make_unique<DescriptorChunks>(file); }

std::unique_ptr<ChunkReader> inflated_chunks(std::unique_ptr<ChunkReader> compressed) {
  return std::make_unique<InflatedChunks>(std::move(compressed));
}

std::unique_ptr<ChunkReader> chunks_after(Bytes first, std::unique_ptr<ChunkReader> rest) {
  return std::make_unique<FirstThenRest>(first, std::move(rest));
}

}  // namespace tracedrop::native_capture
