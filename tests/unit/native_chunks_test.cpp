#include <zlib.h>

#include "catch.h"
#include "chunks.h"

using namespace tracedrop;
using namespace tracedrop::native_capture;

namespace {

/// Hands its text out in pieces of `size` bytes.
class Pieces : public ChunkReader {
 public:
  Pieces(std::string text, size_t size) : text_(std::move(text)), size_(size) {}
  Bytes next() override {
    const Bytes piece = Bytes::of(text_).sub(at_, size_);
    at_ += piece.size();
    return piece;
  }

 private:
  std::string text_;
  size_t size_, at_ = 0;
};

std::string gzipped(std::string text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(text.size() + 100, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

struct Read {
  std::string text;
  std::string problem;
};

Read read_all(std::unique_ptr<ChunkReader> reader) {
  Read read;
  for (Bytes chunk = reader->next(); !chunk.empty(); chunk = reader->next()) read.text += chunk.text();
  read.problem = reader->problem();
  return read;
}

Read inflate_all(const std::string& compressed, size_t piece) {
  return read_all(inflated_chunks(std::make_unique<Pieces>(compressed, piece)));
}

}  // namespace

TEST_CASE("gzip inflates the same however it comes") {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += std::to_string(i * 7919);
  for (const std::string& compressed :
       {gzipped(text), gzipped(text.substr(0, 100)) + gzipped("") + gzipped(text.substr(100)),
        gzipped(text) + std::string(700, '\0')}) {
    for (const size_t piece : {size_t{1}, size_t{2}, size_t{7}, size_t{1000}, compressed.size()}) {
      const Read read = inflate_all(compressed, piece);
      CHECK(read.text == text);
      CHECK(read.problem.empty());
    }
  }
}

TEST_CASE("more than one buffer of it") {
  const std::string text(5'000'000, 'x');
  CHECK(inflate_all(gzipped(text), 1000).text == text);
}

TEST_CASE("gzip cut anywhere gives what is there, and says where it ends") {
  const std::string compressed = gzipped("hello, hello, hello");
  for (size_t size = 1; size < compressed.size(); ++size) {
    const Read read = inflate_all(compressed.substr(0, size), 3);
    CHECK(std::string("hello, hello, hello").compare(0, read.text.size(), read.text) == 0);
    CHECK(read.problem ==
          "the gzip data end too early, at byte " + std::to_string(size) + "; everything before was read");
  }
}

TEST_CASE("damage in gzip data is placed") {
  std::string damaged = gzipped("hello, hello, hello");
  damaged[10] = 0x07;  // a block of a type that there is not
  CHECK(inflate_all(damaged, 1000).problem.find("the gzip data are damaged near byte") == 0);
  const Read garbage = inflate_all(gzipped("hello") + "garbage", 1000);
  CHECK(garbage.text == "hello");
  CHECK(garbage.problem == "what follows the gzip data at byte 25 is none and was left out");
}

TEST_CASE("a wrong check sum or length costs no data, and members behind it are read") {
  const std::string good = gzipped("hello, hello, hello");
  for (const size_t from_end : {6u, 2u}) {
    std::string damaged = good;
    damaged[damaged.size() - from_end] ^= 1;
    const std::string_view what = from_end == 6 ? "the gzip check sum near byte " : "the gzip length near byte ";
    for (const size_t piece : {1u, 3u, 1000u}) {
      CHECK(inflate_all(damaged, piece).text == "hello, hello, hello");
      CHECK(inflate_all(damaged, piece).problem.find(what) == 0);
      const Read two = inflate_all(damaged + good, piece);
      CHECK(two.text == "hello, hello, hellohello, hello, hello");
      CHECK(two.problem.find(what) == 0);
      CHECK(inflate_all(damaged + good.substr(0, 9), piece).problem.find("the gzip data end too early") !=
            std::string::npos);
    }
  }
}

TEST_CASE("memory comes in pieces that follow each other") {
  const std::string text(9'000'000, 'y');
  CHECK(read_all(chunks_of_memory(Bytes::of(text))).text == text);
  CHECK(read_all(chunks_of_memory({})).text.empty());
  CHECK(read_all(chunks_after(Bytes::of("ab"), std::make_unique<Pieces>("cde", 2))).text == "abcde");
}
