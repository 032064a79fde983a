// Rows that several threads format are those that one writes, in their order.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "capture_fixtures.h"
#include "catch.h"
#include "engine/engine.h"
#include "export/packets_csv.h"
#include "input.h"
#include "write_rows.h"

using namespace tracedrop;

TEST_CASE("csv by all cores") {
  const auto folder = std::filesystem::temp_directory_path() / ("tracedrop-rows-" + std::to_string(std::rand()));
  std::filesystem::create_directory(folder);
  // Several batches for each thread, the last one not full.
  constexpr int kPackets = 70'001;
  {
    std::ofstream file(folder / "trace.pcap", std::ios::binary);
    file << test::pcap_header();
    for (int i = 0; i < kPackets; ++i) {
      const std::string ethernet_of_unknown_type(std::string(12, static_cast<char>(i % 3)) + "\x88\xb5" +
                                                 std::string(40, 'x'));
      file << test::pcap_record({.seconds = static_cast<uint32_t>(i), .data = ethernet_of_unknown_type});
    }
  }
  native_capture::Input input((folder / "trace.pcap").string());
  engine::Engine engine(input);
  input.for_each_chunk([&](Bytes chunk) { return engine.push(chunk); }, true);
  engine.finish();
  REQUIRE(engine.trace().size() == kPackets);

  std::string expected(exporting::kPacketsCsvHeader);
  engine::RowTexts row;
  for (uint32_t i = 0; i < kPackets; ++i) {
    engine.row_texts(i, row);
    exporting::append_csv_line(expected,
                               {row.number, row.time, row.source, row.destination, row.protocol, row.length, row.info});
  }
  const auto done = native_capture::write_rows(engine, trace::Selection::all(engine.trace().size()), input,
                                               (folder / "trace.csv").string(), false, true);
  CHECK(done.rows == kPackets);
  CHECK(done.why_not_all == "");
  CHECK(done.place == (folder / "trace.csv").string());
  std::ifstream written(folder / "trace.csv", std::ios::binary);
  std::stringstream text;
  text << written.rdbuf();
  CHECK((text.str() == expected));
  std::filesystem::remove_all(folder);
}
