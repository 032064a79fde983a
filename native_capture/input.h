// A file to be read, whatever it is: a regular file is mapped, a pipe is read as it comes, gzip is inflated. After one
// pass of chunks any part can be read again; what is not a plain file is kept in a nameless temporary one for that.
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

  /// Passes the chunks of the (inflated) file on, in order, until `take` wants no more. With `keep`, read() works
  /// afterwards. Problems on the way become warnings().
  void for_each_chunk(const std::function<bool(Bytes)>& take, bool keep);
  /// What went wrong, a sentence each.
  const std::vector<std::string>& warnings() const { return warnings_; }

  Bytes read(uint64_t offset, size_t length) override;

 private:
  int file_ = -1;
  std::unique_ptr<platform::MappedFile> mapped_;  ///< the file itself, or the temporary one
  std::unique_ptr<ChunkReader> chunks_;
  std::vector<std::string> warnings_;
};

}  // namespace tracedrop::native_capture
