// Integers in the byte order of the machine that wrote the file.
#pragma once

#include <cstdint>

#include "base/bytes.h"

namespace tracedrop::capture {

struct ByteOrder {
  bool big_endian = false;

  constexpr uint16_t u16(Bytes bytes, size_t at) const { return big_endian ? bytes.be16(at) : bytes.le16(at); }
  constexpr uint32_t u32(Bytes bytes, size_t at) const { return big_endian ? bytes.be32(at) : bytes.le32(at); }
  constexpr uint64_t u64(Bytes bytes, size_t at) const { return big_endian ? bytes.be64(at) : bytes.le64(at); }
};

}  // namespace tracedrop::capture
