// A file in UTF-16 as UTF-8 text, and where in the file its lines begin: rows are read again from the file's own bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/utf16.h"

namespace tracedrop::csv {

class Utf16Text {
 public:
  /// `offset`: where the text begins in the file, behind its mark.
  Utf16Text(bool big_endian, uint64_t offset) : decoder_(big_endian), file_at_(offset), lines_{{0, offset}} {}

  /// Replaces `text` by what the next bytes of the file write.
  void decode(Bytes chunk, std::string& text) {
    lines_.erase(lines_.begin(), lines_.begin() + static_cast<ptrdiff_t>(at_));
    at_ = 0;
    text.clear();
    for (const char byte : chunk.text()) {
      ++file_at_;
      if (decoder_.decode_byte(static_cast<uint8_t>(byte), text)) lines_.push_back({text_at_ + text.size(), file_at_});
    }
    text_at_ += text.size();
  }
  void finish(std::string& text) {
    text.clear();
    decoder_.finish(text);
  }

  /// Where a place in the text stands in the file. Between a line's beginning and that place only characters of one
  /// byte may stand (zeros). Places are asked for in ascending order.
  uint64_t file_offset(uint64_t text_offset) {
    while (at_ + 1 < lines_.size() && lines_[at_ + 1].text <= text_offset) ++at_;
    return lines_[at_].file + (text_offset - lines_[at_].text) * 2;
  }

 private:
  struct LineStart {
    uint64_t text, file;
  };
  Utf16Decoder decoder_;
  uint64_t text_at_ = 0, file_at_ = 0;
  std::vector<LineStart> lines_;  // from the last one that was asked for on
  size_t at_ = 0;
};

}  // namespace tracedrop::csv
