// The chunked transfer coding (RFC 9112, section 7.1): chunks of size (hexadecimal, extensions), CR LF, data, CR LF;
// the last one has size 0 and no data, and is followed by trailer fields and an empty line.
#pragma once

#include <string>

#include "base/bytes.h"

namespace tracedrop::dissect::http {

/// Where reading stopped.
struct ChunkPlace {
  size_t at = 0;            ///< a chunk begins here
  bool in_trailer = false;  ///< it is the last one
  size_t searched = 0;      ///< bytes from there on that hold no end of its first line, or of the trailer
};

struct Chunks {
  enum class End : uint8_t {
    complete,
    open,       ///< more bytes are needed
    broken,     ///< a line that should hold a size is empty: the body ends before it
    too_large,  ///< no chunk can have the size that the last one claims
  } end = End::open;
  /// Bytes of the body as far as it goes; when it is open, how many bytes it has at least (0: one more segment).
  size_t length = 0;
  /// Open: where to go on reading.
  ChunkPlace resume;
  /// The first bytes of the data, without the chunks around them.
  std::string data;
  size_t data_len = 0;  ///< of all chunks together, as far as they were read here
};

/// Walks over the chunks of a body; keeps the first `max_data` bytes of the data. `body` begins with the chunk at which
/// reading stopped before, when it did (`resume.at` is not looked at).
Chunks read_chunks(Bytes body, size_t max_data, const ChunkPlace& resume = {});

}  // namespace tracedrop::dissect::http
