// Loads every capture below the named folders through the engine, as the page would, and fails on a fault.
//
//   load_all [--shard I/N] [--seconds S] FOLDER|FILE...
//
// Each file is pushed in several chunk sizes, which must all give the same rows; then every row is formatted. gzip
// around a file is taken off first. A crash, a sanitizer's report or S seconds in one file end the run with that file's
// name.
#include <signal.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "engine/engine.h"

using namespace tracedrop;

/// Only there when a sanitizer is linked in.
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

constexpr size_t kMaxInflated = size_t{1} << 30;
/// Below this a file is also pushed byte by byte.
constexpr size_t kSmall = 64 * 1024;

char current_file[4096];

void say_file() {
  (void)!write(STDERR_FILENO, "ended in: ", 10);
  (void)!write(STDERR_FILENO, current_file, std::strlen(current_file));
  (void)!write(STDERR_FILENO, "\n", 1);
}

/// A crash, or the alarm because a file takes too long. (Sanitizers have their own handlers and call say_file
/// themselves.)
void on_signal(int number) {
  say_file();
  signal(number, SIG_DFL);
  raise(number);
}

class Memory : public engine::ByteSource {
 public:
  explicit Memory(const std::string& bytes) : bytes_(Bytes::of(bytes)) {}
  Bytes read(uint64_t offset, size_t length) override { return bytes_.sub(static_cast<size_t>(offset), length); }

 private:
  Bytes bytes_;
};

struct Loaded {
  engine::State state = engine::State::reading;
  uint32_t packets = 0;
  uint64_t rows_hash = 0;
  bool operator==(const Loaded& other) const {
    return state == other.state && packets == other.packets && rows_hash == other.rows_hash;
  }
};

struct Totals {
  uint64_t files = 0, packets = 0, bytes = 0, failed = 0, unreadable = 0;
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What is in a gzip file, up to its damage if it has some.
std::string inflate_all(const std::string& packed) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 32);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  std::vector<char> chunk(1 << 18);
  for (int status = Z_OK; status == Z_OK && out.size() < kMaxInflated;) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    status = inflate(&stream, Z_NO_FLUSH);
    out.append(chunk.data(), chunk.size() - stream.avail_out);
    if (status == Z_STREAM_END && stream.avail_in > 0) status = inflateReset(&stream);
  }
  inflateEnd(&stream);
  return out;
}

bool is_gzip(const std::string& bytes) { return bytes.size() > 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b'; }

uint64_t hash_rows(const trace::Trace& trace) {
  uint64_t hash = 0;
  for (uint32_t i = 0; i < trace.size(); ++i) {
    const auto row = trace.columns.row(i);
    hash = hash_mix(hash, static_cast<uint64_t>(row.ts_ns));
    hash = hash_mix(hash, row.offset);
    hash = hash_mix(hash, uint64_t{row.cap_len} << 32 | row.wire_len);
    hash = hash_mix(hash, uint64_t{row.flow} << 32 | row.link);
    hash = hash_mix(hash, uint64_t{row.seq} << 32 | row.ack);
    hash = hash_mix(hash, uint64_t{row.text} << 32 | row.protocol);
    hash = hash_mix(hash, uint64_t{row.flags} << 32 | uint64_t{row.payload_len} << 16 | row.notes);
  }
  return hash;
}

void push_in_chunks(engine::Engine& engine, const std::string& bytes, size_t chunk) {
  for (size_t at = 0; at < bytes.size(); at += chunk) {
    // A copy of its own size, so that the sanitizer sees every read beyond the chunk.
    const std::vector<char> copy(bytes.begin() + static_cast<ptrdiff_t>(at),
                                 bytes.begin() + static_cast<ptrdiff_t>(std::min(bytes.size(), at + chunk)));
    if (!engine.push(Bytes::of({copy.data(), copy.size()}))) break;
  }
  engine.finish();
}

/// Formats every row; the complaint, if there is one.
std::optional<std::string> format_rows(engine::Engine& engine) {
  engine::RowTexts texts;
  for (uint32_t i = 0; i < engine.trace().size(); ++i) {
    if (i % 256 == 0) engine.will_show(i, std::min(i + 256, engine.trace().size()), 256);
    engine.row_texts(i, texts);
    if (texts.number.empty() || texts.length.empty())
      return "row " + std::to_string(i + 1) + " has no number or length";
  }
  return std::nullopt;
}

/// Loads `bytes` in chunks of `chunk`; formats the rows if `format`. Returns a complaint or nothing.
std::optional<std::string> load(const std::string& bytes, size_t chunk, bool format, Loaded& loaded) {
  Memory source(bytes);
  engine::Engine engine(source);
  push_in_chunks(engine, bytes, chunk);
  loaded = {engine.state(), engine.trace().size(), hash_rows(engine.trace())};
  if (loaded.state == engine::State::reading) return "still reading after finish()";
  if (loaded.state == engine::State::failed && engine.failure().empty()) return "failed without a reason";
  return format ? format_rows(engine) : std::nullopt;
}

std::optional<std::string> check_file(const std::string& bytes, Totals& totals) {
  Loaded whole;
  if (auto complaint = load(bytes, std::max<size_t>(bytes.size(), 1), true, whole)) return complaint;
  totals.packets += whole.packets;
  totals.unreadable += whole.state == engine::State::failed;
  std::vector<size_t> chunks{4099, 65536 + 7};
  if (bytes.size() < kSmall) chunks.insert(chunks.end(), {1, 13});
  for (const size_t chunk : chunks) {
    Loaded again;
    if (auto complaint = load(bytes, chunk, false, again)) return complaint;
    if (!(again == whole)) {
      return "chunks of " + std::to_string(chunk) + " give " + std::to_string(again.packets) +
             " other rows than the whole (" + std::to_string(whole.packets) + ")";
    }
  }
  return std::nullopt;
}

void check_path(const std::string& path, unsigned seconds, Totals& totals) {
  std::snprintf(current_file, sizeof current_file, "%s", path.c_str());
  alarm(seconds);
  std::string bytes = read_file(path);
  for (int layers = 0; is_gzip(bytes) && layers < 3; ++layers) bytes = inflate_all(bytes);
  ++totals.files;
  totals.bytes += bytes.size();
  if (const auto complaint = check_file(bytes, totals)) {
    ++totals.failed;
    std::printf("FAILED %s: %s\n", path.c_str(), complaint->c_str());
  }
  alarm(0);
}

std::vector<std::string> files_below(const std::vector<std::string>& roots) {
  std::vector<std::string> files;
  for (const std::string& root : roots) {
    if (!std::filesystem::is_directory(root)) {
      files.push_back(root);
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      const std::string path = entry.path().string();
      const bool golden = path.ends_with(".csv.gz") && std::filesystem::exists(path.substr(0, path.size() - 7));
      if (entry.is_regular_file() && !golden && !path.ends_with(".tsv") && !path.ends_with(".md"))
        files.push_back(path);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> roots;
  unsigned seconds = 120, shard = 0, shards = 1;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--seconds" && i + 1 < argc) {
      seconds = static_cast<unsigned>(std::atoi(argv[++i]));
    } else if (std::string_view(argv[i]) == "--shard" && i + 1 < argc) {
      if (std::sscanf(argv[++i], "%u/%u", &shard, &shards) != 2 || shard >= shards) return 2;
    } else {
      roots.emplace_back(argv[i]);
    }
  }
  if (__sanitizer_set_death_callback) __sanitizer_set_death_callback(say_file);
  for (const int fault : {SIGALRM, SIGABRT}) signal(fault, on_signal);
  for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL})
    if (!__sanitizer_set_death_callback) signal(fault, on_signal);
  const std::vector<std::string> files = files_below(roots);
  Totals totals;
  for (size_t i = shard; i < files.size(); i += shards) check_path(files[i], seconds, totals);
  std::printf("%llu files (%llu not readable as a trace), %llu packets, %.1f MB, %llu failed\n",
              static_cast<unsigned long long>(totals.files), static_cast<unsigned long long>(totals.unreadable),
              static_cast<unsigned long long>(totals.packets), static_cast<double>(totals.bytes) / 1e6,
              static_cast<unsigned long long>(totals.failed));
  return totals.failed != 0 || totals.files == 0 ? 1 : 0;
}
