// A file that is being made: written through a large buffer under a temporary name, and given its own name only when it
// is complete.
#pragma once

#include <cstdint>
#include <string>

#include "capture_format.h"

namespace tracedrop::native_capture {

class OutputFile {
 public:
  /// Creates the file, beside its final place as PATH.part ("-" is standard output; devices and named pipes are written
  /// in place). Throws Failure when that cannot be done, or when PATH exists and may not be replaced.
  OutputFile(std::string path, bool replace, WholeRecords whole_records);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Where the next record goes. Only whole records may stand in it when flush() is called.
  ByteBuffer& buffer() { return buffer_; }
  /// The buffer should be flushed before another packet.
  bool full() const { return buffer_.size() >= kFlushBytes; }
  /// Bytes so far, with those in the buffer.
  uint64_t size() const { return written_ + buffer_.size(); }

  /// Writes the buffer. When that fails, cuts the file after its last whole record, and error() tells why; the file
  /// takes nothing more then.
  bool flush();
  /// Flushes, closes and gives the file its name. False, with error(), when something of that failed.
  bool finish();
  /// Closes and removes a file that is not finished yet.
  void discard();
  /// Why it failed, as a sentence about this file; empty while all is well.
  const std::string& error() const { return error_; }
  /// That is because a pipe's reader has closed it: it may have had enough.
  bool reader_gone() const { return reader_gone_; }
  /// Makes the file take nothing more; the first reason stays.
  void fail(const std::string& why) {
    if (error_.empty()) error_ = why;
  }
  /// Where the bytes are now: the final name after finish(), else the temporary one.
  const std::string& place() const { return place_; }
  bool is_standard_output() const;

 private:
  static constexpr size_t kFlushBytes = 256 * 1024;

  std::string path_, place_;
  bool replace_;
  WholeRecords whole_records_;
  bool temporary_ = false;
  int file_ = -1;
  ByteBuffer buffer_;
  uint64_t written_ = 0;
  bool reader_gone_ = false;
  std::string error_;
};

/// Throws Failure (unusable) when `path` is a folder, or exists and may not be replaced.
void check_output(const char* option, const std::string& path, bool replace);

}  // namespace tracedrop::native_capture
