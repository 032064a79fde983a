// Captures as seeds of fuzz_dissect: make_seeds OUT CAPTURES-OR-FOLDERS...
//
// Of each capture the first packets, as many as a mutation can still work on.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "capture/sniff.h"
#include "packets.h"

namespace {

using namespace tracedrop;
namespace fs = std::filesystem;

constexpr size_t kMostSeedBytes = 16 * 1024;
constexpr uintmax_t kMostFileBytes = 64 << 20;

class Seed final : public capture::RecordSink {
 public:
  void on_interface(const capture::Interface& interface) override {
    if (!bytes_.empty()) return;
    const auto& all = fuzz::link_types();
    const auto found = std::lower_bound(all.begin(), all.end(), interface.link_type);
    if (found != all.end() && *found == interface.link_type) bytes_ += static_cast<char>(found - all.begin());
  }
  void on_record(const capture::Record& record) override {
    if (bytes_.empty() || bytes_.size() >= kMostSeedBytes) return;
    const Bytes packet = record.bytes.first(fuzz::kMostPacketBytes);
    const bool is_cut = record.bytes.wire_size() > packet.size();
    const size_t length = packet.size() | (is_cut ? 1u << 14 : 0);
    bytes_ += static_cast<char>(length);
    bytes_ += static_cast<char>(length >> 8);
    bytes_ += packet.text();
  }
  void on_drops(uint32_t, uint64_t) override {}
  void on_warning(Warning) override {}
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

bool convert(const fs::path& from, const fs::path& to) {
  std::ifstream in(from, std::ios::binary);
  const std::string file((std::istreambuf_iterator<char>(in)), {});
  const auto reader = capture::make_reader(capture::sniff(Bytes::of(file), true));
  if (reader == nullptr) return false;
  Seed seed;
  reader->push(Bytes::of(file), seed);
  reader->finish(seed);
  if (seed.bytes().size() <= 1) return false;
  return static_cast<bool>(std::ofstream(to, std::ios::binary) << seed.bytes());
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::fprintf(stderr, "usage: make_seeds OUT CAPTURES-OR-FOLDERS...\n");
    return 2;
  }
  const fs::path out = arguments[1];
  fs::create_directories(out);
  size_t made = 0;
  const auto take = [&](const fs::path& path) {
    std::error_code error;
    if (fs::is_regular_file(path, error) && fs::file_size(path, error) <= kMostFileBytes)
      made += convert(path, out / (std::to_string(made) + "_" + path.filename().string()));
  };
  for (int i = 2; i < count; ++i) {
    if (!fs::is_directory(arguments[i])) {
      take(arguments[i]);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(arguments[i])) take(entry.path());
  }
  std::printf("%zu seeds\n", made);
  return made == 0;
}
