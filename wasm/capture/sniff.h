// What kind of file is this? Told from its first bytes, never from its name.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"
#include "capture/record.h"

namespace tracedrop::capture {

enum class FileKind : uint8_t {
  need_more,  ///< too few bytes to tell, and the file goes on
  empty,
  pcap,
  pcapng,
  gzip,
  csv,      ///< looks like delimited text
  unknown,  ///< see seems_to_be()
};

/// Enough first bytes for a sure answer.
inline constexpr size_t kSniffBytes = 4096;

/// `complete`: these are all the bytes there are.
FileKind sniff(Bytes first, bool complete);

/// For a file of another kind: what it seems to be ("a PNG image", "a zip archive", "a Sun snoop capture", "text", …).
std::string seems_to_be(Bytes first);

/// What to do with it, in a sentence; empty when there is nothing to be done.
std::string what_to_do(Bytes first);

/// A reader for FileKind::pcap or pcapng; null for others.
std::unique_ptr<Reader> make_reader(FileKind kind);

}  // namespace tracedrop::capture
