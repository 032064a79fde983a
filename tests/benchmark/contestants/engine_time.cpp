// The engine's own times, natively: engine_time FILE [--columns | --replay]. What is timed, and the names of the
// figures, are those of its twin under Node, tracedrop.mjs. The file is in memory before the clock starts, as it is
// there.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "analysis/cdf.h"
#include "dissect/field_set.h"
#include "dissect/tree.h"
#include "engine/engine.h"
#include "engine/packet_replay.h"
#include "engine/view.h"
#include "export/packets_csv.h"
#include "export/summary_json.h"
#include "input.h"

namespace {

using namespace tracedrop;
using Clock = std::chrono::steady_clock;

constexpr uint32_t kWindow = 100;
constexpr uint32_t kWindows = 200;
constexpr uint32_t kCdfPoints = 4000;
constexpr size_t kChunk = 4 << 20;
constexpr uint32_t kRowsAtOnce = 20000;

class Memory : public engine::ByteSource {
 public:
  std::vector<uint8_t> bytes;
  Bytes read(uint64_t offset, size_t length) override {
    return Bytes(bytes.data(), bytes.size()).from(static_cast<size_t>(offset)).first(length);
  }
};

template <typename Work>
double milliseconds(Work&& work) {
  const auto begun = Clock::now();
  work();
  return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

void load(engine::Engine& engine, const Memory& file) {
  const Bytes bytes(file.bytes.data(), file.bytes.size());
  for (size_t at = 0; at < bytes.size(); at += kChunk)
    if (!engine.push(bytes.sub(at, kChunk))) break;
  engine.finish();
}

void ask(const trace::Trace& trace, engine::View& view) {
  const analysis::Answers& answers = view.answers();
  exporting::summary_json(trace, answers);
  analysis::cdf(answers.distributions.size, analysis::Axis::linear, kCdfPoints);
  analysis::cdf(answers.distributions.interarrival_ns, analysis::Axis::logarithmic, kCdfPoints);
}

double slowest_window(engine::Engine& engine) {
  const uint32_t packets = engine.trace().size();
  const uint32_t last = packets > kWindow ? packets - kWindow : 0;
  double slowest = 0;
  engine::RowTexts row;
  for (uint32_t i = 0; i < kWindows; ++i) {
    const auto first = static_cast<uint32_t>(uint64_t{last} * i / (kWindows - 1));
    slowest = std::max(slowest, milliseconds([&] {
                         engine.will_show(first, std::min(packets, first + kWindow), kWindow);
                         for (uint32_t n = first; n < std::min(packets, first + kWindow); ++n) engine.row_texts(n, row);
                       }));
  }
  return slowest;
}

size_t write_columns(engine::Engine& engine) {
  const uint32_t packets = engine.trace().size();
  size_t size = 0;
  std::string lines;
  engine::RowTexts row;
  for (uint32_t i = 0; i < packets; ++i) {
    if (i % kRowsAtOnce == 0) {
      engine.will_show(i, std::min(packets, i + kRowsAtOnce), kRowsAtOnce);
      size += lines.size();
      lines.clear();
    }
    engine.row_texts(i, row);
    exporting::append_csv_line(lines,
                               {row.number, row.time, row.source, row.destination, row.protocol, row.length, row.info});
  }
  return size + lines.size();
}

/// All packets once more, with the values of some fields or of all.
double replay_ms(const engine::Engine& engine, Memory& file, const dissect::FieldSet* fields) {
  dissect::Tree tree;
  if (fields == nullptr) tree.want_values();
  if (fields != nullptr) tree.want_only(*fields);
  return milliseconds([&] {
    engine::PacketReplay replay(engine.trace(), file);
    while (replay.step(&tree)) {
    }
  });
}

void print_replays(const engine::Engine& engine, Memory& file, double load_ms) {
  const dissect::FieldSet host({"http.host"}), headers({"ip.src", "ip.dst", "tcp.len", "tcp.flags", "frame.len"});
  const double bare_ms = milliseconds([&] {
    engine::PacketReplay replay(engine.trace(), file);
    while (replay.step(nullptr)) {
    }
  });
  std::printf(
      "{\"load_ms\":%.3f,\"replay_ms\":%.3f,\"one_field_ms\":%.3f,\"five_fields_ms\":%.3f,\"all_fields_ms\":%.3f}\n",
      load_ms, bare_ms, replay_ms(engine, file, &host), replay_ms(engine, file, &headers),
      replay_ms(engine, file, nullptr));
}

void read_whole(const char* path, std::vector<uint8_t>& bytes) {
  native_capture::Input input(path);
  input.for_each_chunk(
      [&](Bytes chunk) {
        bytes.insert(bytes.end(), chunk.data(), chunk.data() + chunk.size());
        return true;
      },
      false);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fputs("engine_time FILE [--columns | --replay]\n", stderr);
    return 2;
  }
  Memory file;
  read_whole(arguments[1], file.bytes);
  engine::Engine engine(file);
  const double load_ms = milliseconds([&] { load(engine, file); });
  if (count > 2 && std::strcmp(arguments[2], "--replay") == 0) {
    print_replays(engine, file, load_ms);
    return 0;
  }
  engine::View view(engine.trace());
  double answers_ms = milliseconds([&] { ask(engine.trace(), view); });
  double part_ms = 0;
  if (const auto range = view.answers().time) {
    const double total_s = static_cast<double>(range->last_ns - range->first_ns) / 1e9;
    part_ms = milliseconds([&] {
      view.select_time(total_s / 10, total_s * 0.9);
      ask(engine.trace(), view);
    });
  }
  const double window_ms = slowest_window(engine);
  size_t size = 0;
  const bool with_columns = count > 2 && std::strcmp(arguments[2], "--columns") == 0;
  const double columns_ms = with_columns ? milliseconds([&] { size = write_columns(engine); }) : 0;
  std::printf(
      "{\"packets\":%u,\"load_ms\":%.3f,\"answers_ms\":%.3f,\"part_ms\":%.3f,\"window_ms\":%.3f,\"columns_ms\":%.3f,"
      "\"csv_bytes\":%zu}\n",
      engine.trace().size(), load_ms, answers_ms, part_ms, window_ms, columns_ms, size);
  return 0;
}
