#include "write_rows.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <optional>
#include <thread>
#include <vector>

#include "export/packets_csv.h"
#include "failure.h"
#include "platform.h"

namespace tracedrop::native_capture {
namespace {

/// Rows that a thread formats before it hands them over.
constexpr uint32_t kBatchRows = 4096;
constexpr uint32_t kMostThreads = 8;

constexpr const char* kNoMemory = "there is not enough memory for more";

/// Rows as lines of csv, by one thread.
class LineFormatter {
 public:
  LineFormatter(const engine::Engine& engine, const trace::Selection& packets, Input& input)
      : trace_(engine.trace()), packets_(packets), input_(input), source_(input), rows_(engine.row_reader(source_)) {}

  /// Lines of the rows [first, last) of the packets, as far as their bytes can be had and memory lasts; returns how
  /// many.
  uint32_t format(uint32_t first, uint32_t last, std::string& lines, bool& no_memory) {
    lines.clear();
    const uint32_t formatted = append_lines(first, last, lines, no_memory);
    // What the file is now must be what it was when it was read: looked at after the bytes were taken from it.
    const uint64_t readable = input_.readable_end();
    if (readable == UINT64_MAX) return formatted;
    uint32_t sound = 0;
    while (sound < formatted && end_of(first + sound) <= readable) ++sound;
    if (sound < formatted) lines.resize(ends_[sound]);
    return sound;
  }

 private:
  uint32_t append_lines(uint32_t first, uint32_t last, std::string& lines, bool& no_memory) {
    ends_.clear();
    try {
      ends_.reserve(last - first + size_t{1});
      ends_.push_back(0);
      rows_.will_show(packets_.at(first), packets_.at(last - 1) + 1, last - first);
      for (uint32_t i = first; i < last; ++i) {
        rows_.texts(packets_.at(i), row_);
        exporting::append_csv_line(
            lines, {row_.number, row_.time, row_.source, row_.destination, row_.protocol, row_.length, row_.info});
        ends_.push_back(lines.size());
      }
    } catch (const std::bad_alloc&) {
      lines.resize(ends_.empty() ? 0 : ends_.back());
      no_memory = true;
    }
    return ends_.empty() ? 0 : static_cast<uint32_t>(ends_.size() - 1);
  }

  /// Where the bytes that the row needs end.
  uint64_t end_of(uint32_t row) const {
    const trace::PacketIndex i = packets_.at(row);
    return trace_.columns.offset(i) + trace_.columns.block_of(i).cap_len[i % trace::kBlockRows];
  }

  const trace::Trace& trace_;
  const trace::Selection& packets_;
  Input& input_;
  Input::Reader source_;
  engine::RowReader rows_;
  engine::RowTexts row_;
  std::vector<size_t> ends_;  ///< where each row's line ends, and first where the first one begins
};

/// Batches of lines: each thread formats the next one that nobody has begun, and one consumer takes them in order. A
/// thread that is more than a few batches ahead of the consumer waits, so that memory stays small. A thread that finds
/// no memory gives its batch up and ends; what no thread formats, the consumer formats itself.
class Batches {
 public:
  Batches(const engine::Engine& engine, const trace::Selection& packets, Input& input, uint32_t threads)
      : engine_(engine),
        packets_(packets),
        input_(input),
        size_(packets.count()),
        count_((size_ + kBatchRows - 1) / kBatchRows),
        slots_(threads * size_t{2}) {
    while (threads_.size() < threads && start_thread()) continue;
  }
  ~Batches() { end_threads(); }
  Batches(const Batches&) = delete;
  Batches& operator=(const Batches&) = delete;

  /// The lines of the next batch, valid until the next call, and how many; false after the last one, and when there is
  /// no more to be had.
  bool next(std::string_view& lines, uint32_t& rows) {
    std::unique_lock lock(mutex_);
    if (holding_) slot(taken_++).state = State::free;
    holding_ = taken_ < count_ && !short_;
    changed_.notify_all();
    if (!holding_) return false;
    Slot& wanted = slot(taken_);
    changed_.wait(lock, [&] { return wanted.state != State::free || running_ == 0; });
    if (wanted.state != State::done) {
      lock.unlock();
      format_here(wanted);
    }
    short_ = wanted.rows < last_of(taken_) - first_of(taken_);
    lines = wanted.lines;
    rows = wanted.rows;
    return true;
  }
  /// The rows ended because no memory was left.
  bool no_memory() const { return no_memory_; }

 private:
  enum class State : uint8_t { free, done, given_up };
  struct Slot {
    std::string lines;
    uint32_t rows = 0;
    State state = State::free;
  };

  /// Fewer threads than wanted do as well, and none, too.
  bool start_thread() {
    try {
      threads_.reserve(threads_.size() + 1);
    } catch (const std::bad_alloc&) {
      return false;
    }
    {
      const std::lock_guard lock(mutex_);
      ++running_;
    }
    try {
      threads_.emplace_back([this] { format_batches(); });
      return true;
    } catch (const std::exception&) {  // the system's limit, or no memory
      const std::lock_guard lock(mutex_);
      --running_;
      return false;
    }
  }

  Slot& slot(uint32_t batch) { return slots_[batch % slots_.size()]; }
  uint32_t first_of(uint32_t batch) const { return batch * kBatchRows; }
  uint32_t last_of(uint32_t batch) const { return std::min(size_, first_of(batch) + kBatchRows); }

  void end_threads() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
      changed_.notify_all();
    }
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  /// By the consumer, once no thread runs any more: theirs may be the memory that is missing.
  void format_here(Slot& wanted) {
    end_threads();
    try {
      if (!own_) own_.emplace(engine_, packets_, input_);
      wanted.rows = own_->format(first_of(taken_), last_of(taken_), wanted.lines, no_memory_);
    } catch (const std::bad_alloc&) {
      wanted.rows = 0;
      wanted.lines.clear();
      no_memory_ = true;
    }
  }

  /// The next batch to format, once the consumer has left its slot; count_ when there is none.
  uint32_t begin_batch() {
    std::unique_lock lock(mutex_);
    if (begun_ == count_) return count_;
    const uint32_t batch = begun_++;
    changed_.wait(lock, [&] { return stopped_ || batch < taken_ + slots_.size(); });
    return stopped_ ? count_ : batch;
  }

  void format_batches() {
    try {
      LineFormatter formatter(engine_, packets_, input_);
      bool no_memory = false;
      for (uint32_t batch = begin_batch(); batch < count_ && !no_memory; batch = no_memory ? count_ : begin_batch()) {
        Slot& into = slot(batch);
        into.rows = formatter.format(first_of(batch), last_of(batch), into.lines, no_memory);
        if (no_memory) into.lines = std::string();
        const std::lock_guard lock(mutex_);
        into.state = no_memory ? State::given_up : State::done;
        changed_.notify_all();
      }
    } catch (const std::bad_alloc&) {
      // Not even memory to begin: the others do the work.
    }
    const std::lock_guard lock(mutex_);
    --running_;
    changed_.notify_all();
  }

  const engine::Engine& engine_;
  const trace::Selection& packets_;
  Input& input_;
  const uint32_t size_, count_;
  std::vector<Slot> slots_;
  std::mutex mutex_;
  std::condition_variable changed_;
  uint32_t begun_ = 0;    ///< batches that a thread formats, or has
  uint32_t taken_ = 0;    ///< batches that the consumer has left
  uint32_t running_ = 0;  ///< threads that have not ended
  bool stopped_ = false;
  // The consumer's own.
  bool holding_ = false;  ///< it looks at batch taken_
  bool short_ = false;    ///< that one is the last, because not all of its rows could be had
  bool no_memory_ = false;
  std::optional<LineFormatter> own_;
  std::vector<std::thread> threads_;
};

/// Rows into a file; stopped when that is asked for.
RowsWritten write_into(OutputFile& file, const engine::Engine& engine, const trace::Selection& packets, Input& input) {
  RowsWritten written;
  hand_over(exporting::kPacketsCsvHeader, file);
  Batches batches(engine, packets, input, std::clamp(std::thread::hardware_concurrency(), 1u, kMostThreads));
  std::string_view lines;
  uint32_t rows = 0;
  bool no_memory = false;
  try {
    while (platform::stop_request() == nullptr && batches.next(lines, rows) && hand_over(lines, file))
      written.rows += rows;
  } catch (const std::bad_alloc&) {
    no_memory = true;
  }
  written.stopped = platform::stop_request() != nullptr;
  if (written.rows < packets.count() && file.error().empty())
    written.why_not_all = no_memory || batches.no_memory() ? kNoMemory : input.unreadable_because();
  return written;
}

}  // namespace

RowsWritten write_rows(const engine::Engine& engine, const trace::Selection& packets, Input& input,
                       const std::string& path, bool replace, bool whole) {
  return write_table(path, replace, whole, [&](OutputFile& file) { return write_into(file, engine, packets, input); });
}

}  // namespace tracedrop::native_capture
