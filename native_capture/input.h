// A file to be read, whatever it is: a regular file is mapped, a pipe is read as it comes. After one pass of chunks any
// part can be read again; what a pipe brings, and what the engine finds in a gzip file, is kept in a nameless temporary
// one for that.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "chunks.h"
#include "engine/engine.h"
#include "platform.h"

namespace tracedrop::native_capture {

class Input : public engine::ByteSource {
 public:
  /// Opens the file ("-": standard input). Throws Failure with what is wrong with it.
  explicit Input(const std::string& path);
  ~Input() override;

  /// Passes the chunks of the file on, in order, until `take` wants no more. With `rereadable`, read() works
  /// afterwards: throws Failure when what must be kept for it cannot be. Problems on the way become warnings().
  void for_each_chunk(const std::function<bool(Bytes)>& take, bool rereadable);
  /// What went wrong, a sentence each.
  const std::vector<std::string>& warnings() const { return warnings_; }

  Bytes read(uint64_t offset, size_t length) override;
  bool keep(Bytes contents) override;

 private:
  void finish_keeping();

  int file_ = -1;
  int spool_ = -1;  ///< the temporary file, while it is written
  std::string keeping_problem_;
  bool keeps_ = false;                            ///< read() is to work
  std::unique_ptr<platform::MappedFile> mapped_;  ///< the file itself, or the temporary one
  std::unique_ptr<ChunkReader> chunks_;
  std::vector<std::string> warnings_;
};

}  // namespace tracedrop::native_capture
