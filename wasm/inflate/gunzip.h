// A gzip file (RFC 1952) inflated while it streams by. zlib inflates; this knows what files are made of:
//
//   file    = 1*member *NUL                 "cat a.gz b.gz", gzip >>, bgzip, pigz; padding of zeros may follow
//   member  = header deflated trailer
//   header  = 1F 8B 08 flags mtime(4) extra-flags system [extra] [name] [comment] [crc16]
//   trailer = crc32(4) size(4)              of the contents
//
// Whatever can be had is handed out: everything before damage or a cut, and all of it where only a trailer is wrong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.h"

namespace tracedrop::inflate {

class Gunzip {
 public:
  /// Contents are handed out in pieces of at most this many bytes: what the second cache holds while it is parsed.
  static constexpr size_t kPieceBytes = size_t{256} << 10;

  /// std::bad_alloc when there is no memory for it.
  Gunzip();
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  /// The next bytes of the file, borrowed until next() has nothing more. May only be called then.
  void feed(Bytes compressed);
  /// The next piece of the contents, valid until the next call; empty when more bytes are needed, or at the end.
  Bytes next();
  /// The file has ended.
  void finish();

  /// Nothing more comes, whatever is fed: there was damage, or something that is not gzip.
  bool ended() const { return ended_; }

  enum class Problem : uint8_t { none, damaged, cut_short, wrong_checksum, trailing };
  Problem problem() const { return problem_; }
  /// A sentence that says what and where; empty while all is well.
  const std::string& problem_text() const { return problem_text_; }
  /// Where in the compressed file.
  uint64_t problem_offset() const { return problem_offset_; }

 private:
  struct Stream;

  bool inflate_some();
  void begin_member();
  void skip_trailer();
  bool in_header() const;
  void end_member();
  void end_with_error(const char* reason);
  void end_with_trailing();
  void note(Problem problem, uint64_t offset, const std::string& text);
  uint64_t position() const;

  std::unique_ptr<Stream> stream_;
  std::unique_ptr<uint8_t[]> piece_;
  uint64_t fed_ = 0;  ///< bytes of the file
  uint64_t member_offset_ = 0;
  uint64_t members_ = 0;    ///< that have been inflated to their end
  size_t skip_ = 0;         ///< bytes of a wrong trailer that are still to come
  bool in_member_ = false;  ///< a header has begun, its trailer has not come
  bool ended_ = false;
  Problem problem_ = Problem::none;
  std::string problem_text_;
  uint64_t problem_offset_ = 0;
};

}  // namespace tracedrop::inflate
