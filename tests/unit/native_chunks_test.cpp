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

}  // namespace

TEST_CASE("memory comes in pieces that follow each other") {
  const std::string text(9'000'000, 'y');
  CHECK(read_all(chunks_of_memory(Bytes::of(text))).text == text);
  CHECK(read_all(chunks_of_memory({})).text.empty());
  CHECK(read_all(chunks_after(Bytes::of("ab"), std::make_unique<Pieces>("cde", 2))).text == "abcde");
}
