#include "chunks.h"

#include <cstdio>

#include "catch.h"

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

TEST_CASE("pieces follow each other") {
  CHECK(read_all(chunks_after(Bytes::of("ab"), std::make_unique<Pieces>("cde", 2))).text == "abcde");
}

TEST_CASE("a file is read from a place to a place, and what is missing is said") {
  std::string text;
  for (uint32_t i = 0; text.size() < 9'000'000; ++i) text += std::to_string(i);
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  REQUIRE(std::fwrite(text.data(), 1, text.size(), file) == text.size());
  REQUIRE(std::fflush(file) == 0);
  const int descriptor = fileno(file);
  for (const auto& [begin, size] :
       {std::pair<size_t, size_t>{0, text.size()}, {5, 3'000'000}, {17, 100}, {9'000'000, 0}}) {
    INFO(begin << " " << size);
    const Read read = read_all(chunks_of_file(descriptor, begin, size));
    CHECK((read.text == text.substr(begin, size)));
    CHECK(read.problem == "");
  }
  const Read longer = read_all(chunks_of_file(descriptor, 100, text.size()));
  CHECK((longer.text == text.substr(100)));
  CHECK(longer.problem ==
        "the file became shorter while it was being read: it ends at byte " + std::to_string(text.size()));
  const std::unique_ptr<ChunkReader> half_read = chunks_of_file(descriptor, 0, text.size());
  CHECK_FALSE(half_read->next().empty());  // and the thread that reads ahead ends with it
  std::fclose(file);
}
