// A file that is being made: written through a large buffer under a temporary name, and given its own name only when it
// is complete.
#pragma once

#include <cstdint>
#include <string>

#include "capture_format.h"

namespace tracedrop::native_capture {

/// What a file is that could not be written to its end.
enum class Contents : uint8_t {
  only_copy,      ///< of packets that will not come again
  can_be_remade,  ///< and then waiting for its reader ends with a request to stop
};

class OutputFile {
 public:
  /// Creates the file, beside its final place as PATH.part ("-" is standard output; devices and named pipes are written
  /// in place). Throws Failure when that cannot be done, or when PATH exists and may not be replaced.
  OutputFile(std::string path, bool replace, WholeRecords whole_records, Contents contents = Contents::only_copy);
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
  /// Flushes, closes and gives the file its name. False, with error(), when something of that failed. A file from
  /// before is only replaced by one that is `whole` and was written without a failure: else the new one stays at
  /// place().
  bool finish(bool whole = true);
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
  bool has_its_name() const { return place_ == path_; }
  bool is_standard_output() const;

 private:
  static constexpr size_t kFlushBytes = 256 * 1024;

  size_t write(std::string& why);
  bool rename();
  void leave_older_one();

  std::string path_, place_;
  std::string target_;  ///< path_, or where that link leads
  bool replace_;
  WholeRecords whole_records_;
  Contents contents_;
  bool temporary_ = false;
  int file_ = -1;
  ByteBuffer buffer_;
  uint64_t written_ = 0;
  bool reader_gone_ = false;
  std::string error_;
};

/// Throws Failure (unusable) when `path` is a folder, a link to nothing, or exists and may not be replaced.
void check_output(const char* option, const std::string& path, bool replace);

/// Whether two names are one file's, also of one that does not exist yet. "-" is standard output.
bool same_file(const std::string& a, const std::string& b);

}  // namespace tracedrop::native_capture
