#include "protocols/application/http/chunks.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "protocols/application/http/head.h"

namespace tracedrop::dissect::http {

namespace {

constexpr size_t kLineBreak = 2;
constexpr uint64_t kMaxChunk = INT32_MAX;

/// As C's strtoul reads it: blanks, a sign and "0x" may precede; what is no number is 0, and so counts as the last
/// chunk.
uint64_t chunk_size(std::string_view line) {
  while (!line.empty() && (line.front() == ' ' || (line.front() >= '\t' && line.front() <= '\r')))
    line.remove_prefix(1);
  const bool is_negative = !line.empty() && line.front() == '-';
  if (!line.empty() && (line.front() == '-' || line.front() == '+')) line.remove_prefix(1);
  if (line.substr(0, 2) == "0x" || line.substr(0, 2) == "0X") line.remove_prefix(2);
  uint64_t size = 0;
  const auto error = std::from_chars(line.data(), line.data() + line.size(), size, 16).ec;
  if (error == std::errc::result_out_of_range || (is_negative && size != 0)) return UINT64_MAX;
  return error == std::errc() ? size : 0;
}

class Walk {
 public:
  Walk(Bytes body, size_t max_data, const ChunkPlace& resume)
      : body_(body), max_data_(max_data), in_trailer_(resume.in_trailer), searched_(resume.searched) {}

  Chunks run() {
    while (chunk()) continue;
    return std::move(chunks_);
  }

 private:
  std::string_view rest() const { return body_.text().substr(std::min(at_, body_.size())); }

  bool stop(Chunks::End end, size_t length) {
    chunks_.end = end;
    chunks_.length = length;
    return false;
  }

  bool more(size_t searched) {
    chunks_.resume = {at_, in_trailer_, searched};
    return stop(Chunks::End::open, 0);
  }

  bool chunk() {
    const std::string_view text = rest();
    const size_t searched = std::exchange(searched_, 0);
    if (in_trailer_) return trailer(text, searched);
    const auto line = first_line(text, searched);
    if (!line) return more(text.size());
    if (line->text.empty()) return stop(Chunks::End::broken, at_);
    const uint64_t size = chunk_size(line->text);
    if (size > kMaxChunk) return stop(Chunks::End::too_large, at_);
    if (size == 0) return trailer(text, 0);
    const size_t data_at = at_ + line->length;
    const size_t next = data_at + static_cast<size_t>(size) + kLineBreak;
    if (next > body_.wire_size()) {
      chunks_.resume.at = next;
      return stop(Chunks::End::open, next);
    }
    const size_t wanted = max_data_ - std::min(max_data_, chunks_.data.size());
    chunks_.data += body_.sub(data_at, std::min(static_cast<size_t>(size), wanted)).text();
    chunks_.data_len += size;
    at_ = next;
    return true;
  }

  /// The last chunk's line and the fields behind it end like a head.
  bool trailer(std::string_view text, size_t searched) {
    in_trailer_ = true;
    const auto end = end_of_lines(text, searched);
    return end ? stop(Chunks::End::complete, at_ + *end) : more(text.size());
  }

  const Bytes body_;
  const size_t max_data_;
  size_t at_ = 0;
  bool in_trailer_;
  size_t searched_;
  Chunks chunks_;
};

}  // namespace

Chunks read_chunks(Bytes body, size_t max_data, const ChunkPlace& resume) { return Walk(body, max_data, resume).run(); }

}  // namespace tracedrop::dissect::http
