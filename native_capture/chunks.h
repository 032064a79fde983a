// A file's bytes in chunks.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace tracedrop::native_capture {

class ChunkReader {
 public:
  virtual ~ChunkReader() = default;
  /// The next bytes, valid until the next call; empty at the end, or when problem() says why there are no more.
  virtual Bytes next() = 0;
  /// A sentence; empty while all is well.
  const std::string& problem() const { return problem_; }

 protected:
  std::string problem_;
};

/// `size` bytes of a regular file (borrowed) from `begin` on, read ahead beside the parsing. They are copies: what
/// becomes of the file while they are looked at changes nothing. That it ends before is a problem.
std::unique_ptr<ChunkReader> chunks_of_file(int file, uint64_t begin, uint64_t size);
/// What can be read from a descriptor (borrowed), each chunk but the last a full one.
std::unique_ptr<ChunkReader> chunks_of_descriptor(int file);
/// `first` (borrowed) and then what `rest` has.
std::unique_ptr<ChunkReader> chunks_after(Bytes first, std::unique_ptr<ChunkReader> rest);

}  // namespace tracedrop::native_capture
