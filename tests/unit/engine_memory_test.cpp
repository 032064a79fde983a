// Memory ends somewhere while a file is read: what was read stays, is as it would have been, and is answered for.
#include "analysis/answers.h"
#include "analysis/evidence.h"
#include "analysis/groups.h"
#include "capture_fixtures.h"
#include "catch.h"
#include "engine/engine.h"
#include "engine/view.h"
#include "export/groups_json.h"
#include "export/packets_csv.h"
#include "export/summary_json.h"
#include "memory_limit.h"

using namespace tracedrop;

namespace {

class TextSource : public engine::ByteSource {
 public:
  explicit TextSource(std::string_view file) : file_(file) {}
  Bytes read(uint64_t offset, size_t length) override { return Bytes::of(file_.substr(offset, length)); }

 private:
  std::string_view file_;
};

void read_file(engine::Engine& engine, std::string_view file) {
  constexpr size_t kChunk = 64 << 10;
  for (size_t at = 0; at < file.size() && engine.push(Bytes::of(file.substr(at, kChunk))); at += kChunk) {
  }
  engine.finish();
}

/// The packets of golden captures of some protocols, as often as it takes.
std::string captures(size_t bytes) {
  std::string all, once;
  for (const char* name :
       {"tcp_copies", "tcp_sent_again", "tls13", "dns", "http_split_header", "ipv4_fragments", "icmp_ping"}) {
    const std::string file = test::file_bytes(std::string("tests/golden/captures/") + name + ".pcap");
    if (all.empty()) all = file.substr(0, 24);
    once += file.substr(24);
  }
  while (all.size() < bytes) all += once;
  return all;
}

std::string csv_of(std::string_view capture) {
  TextSource source(capture);
  engine::Engine engine(source);
  read_file(engine, capture);
  std::string csv(exporting::kPacketsCsvHeader);
  engine::RowTexts row;
  for (trace::PacketIndex i = 0; i < engine.trace().size(); ++i) {
    engine.row_texts(i, row);
    exporting::append_csv_line(csv,
                               {row.number, row.time, row.source, row.destination, row.protocol, row.length, row.info});
  }
  return csv;
}

/// Everything that the page asks for, while the limit holds.
size_t ask_everything(const trace::Trace& trace) {
  engine::View view(trace);
  size_t length = exporting::summary_json(trace, view.answers()).size();
  for (const auto by : {analysis::GroupBy::direction, analysis::GroupBy::protocol, analysis::GroupBy::conversation})
    length += exporting::groups_json(analysis::groups(trace, view.selection(), by, 100)).size();
  for (const char* name : {"packets", "lost", "needless", "rtt_ms", "iat_median_s", "iat_max_s", "size_p90"})
    length += view.show(name);
  return length;
}

bool memory_ended(const trace::Trace& trace) {
  for (const Warning& warning : trace.warnings.list())
    if (warning.code == "out-of-memory") return true;
  return false;
}

void check_every_limit(const std::string& file) {
  TextSource source(file);
  engine::Engine whole(source);
  read_file(whole, file);
  const uint32_t packets = whole.trace().size();
  REQUIRE(packets > 10'000);
  uint32_t most = 0, ended_between = 0;
  for (size_t limit = 4'500'000; most < packets; limit += 9'000) {
    engine::RowTexts row, wanted;
    const test::MemoryLimit held(limit);
    engine::Engine engine(source);
    read_file(engine, file);
    const trace::Trace& trace = engine.trace();
    REQUIRE(trace.size() <= packets);
    REQUIRE(memory_ended(trace) == (trace.size() < packets));
    for (const Warning& warning : trace.warnings.list()) REQUIRE(warning.code != "cut-short");
    most = std::max(most, trace.size());
    ended_between += trace.size() > 0 && trace.size() < packets;
    if (trace.size() > 0) REQUIRE(ask_everything(trace) > 1000);
    for (trace::PacketIndex i = 0; i < trace.size(); i += 997) {
      engine.row_texts(i, row);
      whole.row_texts(i, wanted);
      REQUIRE(row.time == wanted.time);
      REQUIRE(row.source == wanted.source);
      REQUIRE(row.length == wanted.length);
    }
  }
  CHECK(ended_between > 5);
}

}  // namespace

TEST_CASE("memory ends while a capture is read: packets, rows and answers stay") {
  check_every_limit(captures(6'000'000));
}

TEST_CASE("memory ends while a csv is read: packets, rows and answers stay") {
  check_every_limit(csv_of(captures(6'000'000)));
}
