// Bytes in chunks, from memory or from a descriptor.
#pragma once

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

/// Pieces of a file that is mapped into memory (and borrowed).
std::unique_ptr<ChunkReader> chunks_of_memory(Bytes bytes);
/// What can be read from a descriptor (borrowed), each chunk but the last a full one.
std::unique_ptr<ChunkReader> chunks_of_descriptor(int file);
/// `first` (borrowed) and then what `rest` has.
std::unique_ptr<ChunkReader> chunks_after(Bytes first, std::unique_ptr<ChunkReader> rest);

}  // namespace tracedrop::native_capture
