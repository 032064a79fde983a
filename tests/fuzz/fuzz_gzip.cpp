// gzip: the pieces in which a file comes make no difference, and what is left of it when a byte changes is still a
// beginning of something; whatever comes after a sound header, too.
#include <cstdint>
#include <string>
#include <vector>

#include "fuzz_reader.h"
#include "inflate/gunzip.h"

namespace {

using namespace tracedrop;

/// Bombs end here: inflating is linear in what comes out, which is not what is tested.
constexpr size_t kMostContents = size_t{4} << 20;

struct Read {
  std::string text;
  inflate::Gunzip::Problem problem;
  std::string problem_text;
  bool operator==(const Read&) const = default;
};

Read inflate_in_steps(const std::string& file, size_t step) {
  inflate::Gunzip gunzip;
  std::string text;
  for (size_t at = 0; at < file.size() && !gunzip.ended() && text.size() < kMostContents; at += step) {
    const std::string own = file.substr(at, step);
    gunzip.feed(Bytes::of(own));
    for (Bytes piece = gunzip.next(); !piece.empty(); piece = gunzip.next()) text += piece.text();
  }
  gunzip.finish();
  fuzz::demand(gunzip.problem_offset() <= file.size());
  fuzz::demand((gunzip.problem() == inflate::Gunzip::Problem::none) == gunzip.problem_text().empty());
  return {text, gunzip.problem(), gunzip.problem_text()};
}

void check(const std::string& file) {
  const Read whole = inflate_in_steps(file, file.size() + 1);
  if (whole.text.size() >= kMostContents) return;
  fuzz::demand(inflate_in_steps(file, file.size() % 61 + 1) == whole);
  fuzz::demand(inflate_in_steps(file, 1) == whole);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string file(reinterpret_cast<const char*>(data), size);
  check(file);
  check(std::string("\x1F\x8B\x08\0\0\0\0\0\0\xFF", 10) + file);
  return 0;
}
