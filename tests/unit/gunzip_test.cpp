// gzip files of every making: whole, in members, padded, cut, damaged; in pieces of any size.
#include "inflate/gunzip.h"

#include <string>

#include "catch.h"
#include "gzip_fixtures.h"

using namespace tracedrop;
using inflate::Gunzip;
using test::gzipped;

namespace {

constexpr std::string_view kHello = "hello, hello, hello";

struct Read {
  std::string text;
  Gunzip::Problem problem;
  std::string problem_text;
  uint64_t problem_offset;
};

/// Fed with `piece` bytes at a time.
Read inflate_all(const std::string& compressed, size_t piece) {
  Gunzip gunzip;
  std::string text;
  for (size_t at = 0; at < compressed.size() && !gunzip.ended(); at += piece) {
    gunzip.feed(Bytes::of(compressed).sub(at, piece));
    for (Bytes part = gunzip.next(); !part.empty(); part = gunzip.next()) text += part.text();
  }
  gunzip.finish();
  return {text, gunzip.problem(), gunzip.problem_text(), gunzip.problem_offset()};
}

}  // namespace

TEST_CASE("gzip inflates the same however it comes") {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += std::to_string(i * 7919);
  for (const std::string& compressed :
       {gzipped(text), gzipped(text.substr(0, 100)) + gzipped("") + gzipped(text.substr(100)),
        gzipped("") + gzipped(text), gzipped(text) + std::string(700, '\0')}) {
    for (const size_t piece : {size_t{1}, size_t{2}, size_t{7}, size_t{1000}, compressed.size()}) {
      const Read read = inflate_all(compressed, piece);
      CHECK(read.text == text);
      CHECK(read.problem_text.empty());
    }
  }
}

TEST_CASE("more contents than a piece holds") {
  const std::string text(5'000'000, 'x');
  CHECK(inflate_all(gzipped(text), 1000).text == text);
  CHECK(inflate_all(gzipped(text), 1'000'000).text == text);
}

TEST_CASE("gzip cut anywhere gives what is there, and says where it ends") {
  const std::string compressed = gzipped(std::string(kHello));
  for (size_t size = 1; size < compressed.size(); ++size) {
    const Read read = inflate_all(compressed.substr(0, size), 3);
    CHECK(kHello.substr(0, read.text.size()) == read.text);
    CHECK(read.problem == Gunzip::Problem::cut_short);
    CHECK(read.problem_offset == size);
    CHECK(read.problem_text == "The gzip data end too early, at byte " + std::to_string(size) +
                                   ": the file was cut off. Everything before was read.");
  }
}

TEST_CASE("a wrong checksum or size loses nothing, nor the members behind it") {
  for (const size_t from_end : {8u, 5u, 4u, 1u}) {
    std::string damaged = gzipped(std::string(kHello));
    damaged[damaged.size() - from_end] ^= 1;
    for (const size_t piece : {size_t{1}, size_t{3}, size_t{1000}}) {
      const Read alone = inflate_all(damaged, piece);
      CHECK(alone.text == kHello);
      CHECK(alone.problem == Gunzip::Problem::wrong_checksum);
      CHECK(alone.problem_text.find("checksum") != std::string::npos);
      const Read followed = inflate_all(damaged + gzipped(", again"), piece);
      CHECK(followed.text == std::string(kHello) + ", again");
      CHECK(followed.problem == Gunzip::Problem::wrong_checksum);
    }
  }
}

TEST_CASE("damage within is placed, and what came before it stays") {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += static_cast<char>('a' + i * 7919 % 26);
  std::string damaged = gzipped(text) + gzipped("behind");
  const size_t place = 10;
  damaged[place] = '\x07';  // a block of the type that does not exist (RFC 1951, section 3.2.3)
  const Read read = inflate_all(damaged, 1000);
  CHECK(read.text.empty());
  CHECK(read.problem == Gunzip::Problem::damaged);
  CHECK(read.problem_text.find("damaged at byte 11 (invalid block type)") != std::string::npos);
}

TEST_CASE("what follows gzip data is left out, and said") {
  for (const std::string garbage : {"garbage", "\x1F", "\x1F\x8B", "\x1Fgarbage", "\x1F\x8B\x07garbage"}) {
    for (const size_t piece : {size_t{1}, size_t{1000}}) {
      INFO(garbage << " in pieces of " << piece);
      const std::string whole = gzipped("hello");
      const Read read = inflate_all(whole + garbage, piece);
      CHECK(read.text == "hello");
      CHECK(read.problem != Gunzip::Problem::none);
      if (garbage.size() > 2) CHECK(read.problem == Gunzip::Problem::trailing);
      if (garbage.size() > 2) CHECK(read.problem_offset == whole.size());
    }
  }
}
