#include "inflate/inflate_whole.h"

#include <zlib.h>

#include <algorithm>

namespace tracedrop::inflate {

namespace {

constexpr int kAnyHeader = MAX_WBITS + 32, kNoHeader = -MAX_WBITS;

std::string inflate_as(Bytes compressed, size_t most, int window_bits) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) return {};
  stream.next_in = const_cast<Bytef*>(compressed.data());
  stream.avail_in = static_cast<uInt>(compressed.size());
  std::string clear;
  uint8_t piece[4096];
  int result = Z_OK;
  while (result == Z_OK && clear.size() < most) {
    stream.next_out = piece;
    stream.avail_out = sizeof piece;
    result = ::inflate(&stream, Z_NO_FLUSH);
    const size_t made = sizeof piece - stream.avail_out;
    clear.append(reinterpret_cast<const char*>(piece), std::min(made, most - clear.size()));
    if (made == 0 && stream.avail_in == 0) break;
  }
  inflateEnd(&stream);
  return clear;
}

}  // namespace

std::string inflate_whole(Bytes compressed, size_t most) {
  std::string clear = inflate_as(compressed, most, kAnyHeader);
  return clear.empty() ? inflate_as(compressed, most, kNoHeader) : clear;
}

}  // namespace tracedrop::inflate
