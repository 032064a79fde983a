// Where captured packets go: one file, or a ring of files of which the last ones are kept.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "capture_format.h"
#include "options.h"
#include "output_file.h"

namespace tracedrop::native_capture {

class CaptureOutput {
 public:
  /// Creates the (first) file and writes its beginning. `on_bytes`, if there is one, is told of all bytes just before
  /// they are written. Throws Failure.
  CaptureOutput(const CaptureOptions& options, std::vector<FileInterface> interfaces,
                std::function<void(Bytes)> on_bytes = nullptr);
  /// Removes the file when the capture never began.
  ~CaptureOutput();
  CaptureOutput(const CaptureOutput&) = delete;
  CaptureOutput& operator=(const CaptureOutput&) = delete;

  /// Adds a packet. A failed write shows in failed().
  void packet(const Packet& packet) {
    if (ring_ && file_->size() >= ring_->file_bytes) next_file();
    format_->packet(file_->buffer(), packet);
    ++counters_[packet.interface].written;
    if (file_->full()) flush();
  }
  /// Brings what was captured to the file.
  void flush();
  /// Ends the file. `counters` has the capture's counts, one an interface, with `written` still to be filled in here.
  void finish(std::vector<CaptureCounters> counters);

  bool failed() const { return !file_->error().empty(); }
  const std::string& error() const { return file_->error(); }
  /// Bytes of the current file.
  uint64_t file_bytes() const { return file_->size(); }
  uint64_t packets() const;
  /// Bytes written to all files.
  uint64_t bytes() const { return finished_bytes_ + file_->size(); }
  /// The finished file, or the last one of the ring.
  const std::string& path() const { return file_->place(); }
  const std::deque<std::string>& ring_files() const { return ring_files_; }
  bool ring_lost_files() const { return ring_number_ > ring_files_.size(); }

 private:
  void open_file();
  void close_file();
  void next_file();

  std::string path_;
  bool replace_;
  std::optional<RingOptions> ring_;
  std::function<void(Bytes)> on_bytes_;
  std::vector<FileInterface> interfaces_;
  std::unique_ptr<CaptureFormat> format_;
  std::unique_ptr<OutputFile> file_;
  std::vector<CaptureCounters> counters_;
  std::deque<std::string> ring_files_;
  uint32_t ring_number_ = 0;
  uint64_t finished_bytes_ = 0;
};

/// "trace.pcap", 7, 2022-09-22 10:15:00 UTC as "trace_00007_20220922101500.pcap".
std::string ring_file_name(const std::string& path, uint32_t number, uint64_t seconds);

}  // namespace tracedrop::native_capture
