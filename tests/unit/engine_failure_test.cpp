// What a file that is none of ours is told, and what becomes of a capture that is packed more than once.
#include <filesystem>
#include <fstream>

#include "capture_fixtures.h"
#include "catch.h"
#include "engine/engine.h"
#include "gzip_fixtures.h"
#include "input.h"

using namespace tracedrop;
using test::gzipped;
using std::string_view_literals::operator""sv;

namespace {

class NoSource : public engine::ByteSource {
  Bytes read(uint64_t, size_t) override { return {}; }
};

std::string failure_of(std::string_view file) {
  NoSource source;
  engine::Engine engine(source);
  engine.push(Bytes::of(file));
  engine.finish();
  CHECK(engine.state() == engine::State::failed);
  return engine.failure();
}

/// A file that the program reads: what its engine keeps of it can be read again.
struct ReadFile {
  uint32_t packets = 0;
  std::string failure;
  std::string contents;
};

ReadFile read_file(const std::string& file, size_t contents) {
  const auto path = std::filesystem::temp_directory_path() / ("tracedrop-input-" + std::to_string(std::rand()));
  std::ofstream(path, std::ios::binary) << file;
  native_capture::Input input(path.string());
  engine::Engine engine(input);
  input.for_each_chunk([&](Bytes chunk) { return engine.push(chunk); }, true);
  engine.finish();
  CHECK(input.warnings().empty());
  CHECK(engine.trace().warnings.list().empty());
  std::filesystem::remove(path);
  return {engine.trace().size(), engine.failure(), std::string(input.read(0, contents).text())};
}

}  // namespace

TEST_CASE("a file of another kind: what it is, and what to do") {
  CHECK(
      failure_of("PK\x03\x04\x14\0\x06\0trace.pcap"sv) ==
      "This seems to be a zip archive. Unpack it (with a double click, or unzip FILE) and open the capture that is in "
      "it.");
  CHECK(
      failure_of("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 5\n") ==
      "This seems to be a Git LFS pointer, not the file itself. \"git lfs pull\" in the repository brings the file; on "
      "its web page, \"Download raw file\" does.");
  CHECK(failure_of("just words\n") ==
        "This seems to be text. TraceDrop opens packet captures (pcap, pcapng, also gzip'ed) and Wireshark's csv "
        "export.");
  CHECK(failure_of("\x1F\x8B\x08\0\0\0\0\0"sv) ==
        "The gzip data end too early, at byte 8: the file was cut off. Everything before was read.");
  CHECK(failure_of(gzipped("")).find("The gzip file holds an empty file: 0 bytes.") == 0);
}

TEST_CASE("a capture that is packed more than once is unpacked as often, up to a limit") {
  const std::string capture = test::pcap_header() + test::pcap_record();
  std::string packed = capture;
  for (int layers = 0; layers <= 4; ++layers, packed = gzipped(packed)) {
    const ReadFile read = read_file(packed, capture.size());
    CHECK(read.packets == 1);
    CHECK(read.contents == capture);
  }
  CHECK(read_file(packed, 0).failure ==
        "The file is packed with gzip more than 4 times: unpack it (gzip -d FILE) and open what comes out.");
}
