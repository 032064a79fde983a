#include "write_rows.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "export/packets_csv.h"
#include "failure.h"
#include "output_file.h"
#include "platform.h"

namespace tracedrop::native_capture {
namespace {

/// Rows that a thread formats before it hands them over.
constexpr uint32_t kBatchRows = 4096;
constexpr uint32_t kMostThreads = 8;

size_t whole_lines(const uint8_t* data, size_t size) {
  while (size > 0 && data[size - 1] != '\n') --size;
  return size;
}

/// Batches of lines: each thread formats the next one that nobody has begun, and one consumer takes them in order. A
/// thread that is more than a few batches ahead of the consumer waits, so that memory stays small.
class Batches {
 public:
  Batches(const engine::Engine& engine, Input& input, uint32_t threads)
      : engine_(engine),
        input_(input),
        count_((engine.trace().size() + kBatchRows - 1) / kBatchRows),
        slots_(threads * size_t{2}) {
    for (uint32_t i = 0; i < threads; ++i) start_thread();
  }
  ~Batches() {
    stop();
    for (std::thread& thread : threads_) thread.join();
  }
  Batches(const Batches&) = delete;
  Batches& operator=(const Batches&) = delete;

  /// The lines of the next batch; false after the last one. They are valid until the next call.
  bool next(std::string_view& lines) {
    std::unique_lock lock(mutex_);
    if (taken_ > 0) slot(taken_ - 1).done = false;
    changed_.notify_all();
    if (taken_ == count_) return false;
    Slot& wanted = slot(taken_);
    changed_.wait(lock, [&] { return wanted.done; });
    ++taken_;
    lines = wanted.lines;
    return true;
  }

 private:
  struct Slot {
    std::string lines;
    bool done = false;  ///< formatted, and not written yet
  };

  /// Fewer threads than wanted do as well; without any there is nothing to wait for.
  void start_thread() {
    try {
      threads_.emplace_back([this] { format_batches(); });
    } catch (const std::system_error&) {
      if (threads_.empty()) throw;
    }
  }

  Slot& slot(uint32_t batch) { return slots_[batch % slots_.size()]; }

  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

  /// The next batch to format, once the consumer has left its slot; count_ when there is none.
  uint32_t begin_batch() {
    std::unique_lock lock(mutex_);
    if (begun_ == count_) return count_;
    const uint32_t batch = begun_++;
    // The slot is free when the batch before it in the slot was taken, and the one after that asked for.
    changed_.wait(lock, [&] { return stopped_ || batch < taken_ + slots_.size() - 1; });
    return stopped_ ? count_ : batch;
  }

  void format_batches() {
    engine::RowReader rows = engine_.row_reader(input_);
    for (uint32_t batch = begin_batch(); batch < count_; batch = begin_batch()) {
      format(rows, batch, slot(batch).lines);
      const std::lock_guard lock(mutex_);
      slot(batch).done = true;
      changed_.notify_all();
    }
  }

  void format(engine::RowReader& rows, uint32_t batch, std::string& lines) const {
    const uint32_t first = batch * kBatchRows;
    const uint32_t last = std::min(engine_.trace().size(), first + kBatchRows);
    engine::RowTexts row;
    lines.clear();
    rows.will_show(first, last, last - first);
    for (uint32_t i = first; i < last; ++i) {
      rows.texts(i, row);
      exporting::append_csv_line(
          lines, {row.number, row.time, row.source, row.destination, row.protocol, row.length, row.info});
    }
  }

  const engine::Engine& engine_;
  Input& input_;  ///< a mapped file: may be read by all threads
  const uint32_t count_;
  std::vector<Slot> slots_;
  std::mutex mutex_;
  std::condition_variable changed_;
  uint32_t begun_ = 0, taken_ = 0;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

/// False when the file takes nothing more.
bool hand_over(std::string_view lines, OutputFile& file) {
  std::memcpy(file.buffer().extend(lines.size()), lines.data(), lines.size());
  return !file.full() || file.flush();
}

}  // namespace

bool write_rows(const engine::Engine& engine, Input& input, const std::string& path, bool replace) {
  OutputFile file(path, replace, whole_lines);
  hand_over(exporting::kPacketsCsvHeader, file);
  {
    Batches batches(engine, input, std::clamp(std::thread::hardware_concurrency(), 1u, kMostThreads));
    std::string_view lines;
    while (platform::stop_request() == nullptr && batches.next(lines) && hand_over(lines, file)) {
    }
  }
  if (platform::stop_request() != nullptr) {
    file.discard();
    return false;
  }
  // `… --csv - | head` has had enough.
  if (!file.finish() && !file.reader_gone()) throw failed(file.error());
  return true;
}

}  // namespace tracedrop::native_capture
