#include "inflate/gunzip.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "base/text.h"

namespace tracedrop::inflate {

namespace {

constexpr int kGzipOnly = 16;  // added to the window's bits: zlib reads headers and trailers, of gzip only
constexpr uint8_t kFirstByte = 0x1F;
constexpr size_t kSizeBytes = 4;
constexpr size_t kLeastHeader = 10;

std::string at_byte(std::string_view before, uint64_t at, std::string_view after) {
  std::string text(before);
  append_number(text, at);
  text += after;
  return text;
}

}  // namespace

struct Gunzip::Stream {
  z_stream z{};

  Stream() {
    if (inflateInit2(&z, MAX_WBITS + kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~Stream() { inflateEnd(&z); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
};

Gunzip::Gunzip() : stream_(std::make_unique<Stream>()), piece_(std::make_unique<uint8_t[]>(kPieceBytes)) {}
Gunzip::~Gunzip() = default;

/// Nothing of the member but its header's beginning has been read.
bool Gunzip::in_header() const { return position() - member_offset_ <= kLeastHeader; }

void Gunzip::end_member() {
  in_member_ = false;
  ++members_;
}

uint64_t Gunzip::position() const { return fed_ - stream_->z.avail_in; }

void Gunzip::feed(Bytes compressed) {
  stream_->z.next_in = const_cast<Bytef*>(compressed.data());
  stream_->z.avail_in = static_cast<uInt>(compressed.size());
  fed_ += compressed.size();
}

Bytes Gunzip::next() {
  z_stream& z = stream_->z;
  z.next_out = piece_.get();
  z.avail_out = kPieceBytes;
  while (!ended_ && z.avail_out > 0 && inflate_some()) {
  }
  return {piece_.get(), kPieceBytes - z.avail_out};
}

/// Goes one step on; false when more bytes are needed.
bool Gunzip::inflate_some() {
  z_stream& z = stream_->z;
  skip_trailer();
  if (!in_member_) begin_member();
  if (ended_ || !in_member_) return false;
  const uInt in_before = z.avail_in, out_before = z.avail_out;
  const int status = ::inflate(&z, Z_NO_FLUSH);
  if (status == Z_STREAM_END) {
    end_member();
  } else if (status == Z_MEM_ERROR) {
    throw std::bad_alloc();
  } else if (status != Z_OK && status != Z_BUF_ERROR) {
    end_with_error(z.msg == nullptr ? "for no reason that is known" : z.msg);
  } else {
    return z.avail_in != in_before || z.avail_out != out_before;
  }
  return true;
}

void Gunzip::skip_trailer() {
  z_stream& z = stream_->z;
  const size_t skipped = std::min(skip_, size_t{z.avail_in});
  z.next_in += skipped;
  z.avail_in -= static_cast<uInt>(skipped);
  skip_ -= skipped;
}

/// Another member, padding of zeros, or something that does not belong there.
void Gunzip::begin_member() {
  z_stream& z = stream_->z;
  while (members_ > 0 && z.avail_in > 0 && *z.next_in == 0) {
    ++z.next_in;
    --z.avail_in;
  }
  if (z.avail_in == 0) return;
  member_offset_ = position();
  if (members_ > 0 && *z.next_in != kFirstByte) {
    end_with_trailing();
    return;
  }
  if (members_ > 0) inflateReset(&z);
  in_member_ = true;
}

void Gunzip::end_with_trailing() {
  note(Problem::trailing, member_offset_,
       at_byte("What follows the gzip data from byte ", member_offset_,
               " on is no gzip data and was left out; everything before it was read."));
  ended_ = true;
}

/// A wrong trailer comes when all of a member has been inflated: the members behind it are read all the same.
void Gunzip::end_with_error(const char* reason) {
  const bool checksum = std::strcmp(reason, "incorrect data check") == 0;
  if (checksum || std::strcmp(reason, "incorrect length check") == 0) {
    note(Problem::wrong_checksum, position(),
         at_byte("The checksum that ends the gzip data at byte ", position(),
                 " is wrong: all of it was read, but something in it may have changed on its way. Fetch the file again "
                 "if a figure looks odd."));
    skip_ = checksum ? kSizeBytes : 0;
    end_member();
    return;
  }
  if (members_ > 0 && in_header()) {
    end_with_trailing();
    return;
  }
  std::string after = " (";
  after += reason;
  after += "); everything before was read. Fetch or copy the file again.";
  note(Problem::damaged, position(), at_byte("The gzip data are damaged at byte ", position(), after));
  ended_ = true;
}

void Gunzip::finish() {
  if (in_member_ && !ended_)
    note(Problem::cut_short, fed_,
         at_byte("The gzip data end too early, at byte ", fed_, ": the file was cut off. Everything before was read."));
  ended_ = true;
}

/// The first problem stays, unless a graver one (a smaller number) follows.
void Gunzip::note(Problem problem, uint64_t offset, const std::string& text) {
  if (problem_ != Problem::none && problem_ <= problem) return;
  problem_ = problem;
  problem_text_ = text;
  problem_offset_ = offset;
}

}  // namespace tracedrop::inflate
