// The three ways to dissect agree: Info written while the packets are read, with all memory at hand; rendered later
// from the packet's bytes and its row alone; and written by a replay. Over the golden captures always, over the corpus
// when it is there.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "capture/sniff.h"
#include "capture_fixtures.h"
#include "catch.h"
#include "dissect/dissector.h"

using namespace tracedrop;

namespace {

/// Dissects with Info wanted, keeps the bytes, and compares at the end, when every link is known.
class Twin : public capture::RecordSink {
 public:
  void on_interface(const capture::Interface& interface) override { interfaces_.push_back(interface); }
  void on_warning(Warning) override {}
  void on_record(const capture::Record& record) override {
    Kept kept;
    kept.bytes.assign(record.bytes.data(), record.bytes.data() + record.bytes.size());
    kept.interface = record.interface;
    kept.row.ts_ns = record.ts_ns;
    kept.row.cap_len = static_cast<uint32_t>(record.bytes.size());
    kept.row.wire_len = record.wire_len;
    const auto index = static_cast<dissect::PacketIndex>(packets_.size());
    packets_.push_back(std::move(kept));
    dissector_.dissect(packet(packets_.back()), index, packets_.back().row, &packets_.back().eager);
    dissector_.take_links([&](dissect::PacketIndex earlier, uint32_t number) {
      if (earlier < index) packets_[earlier].row.link = number;
    });
  }

  /// Packets whose texts differ, though no later packet told anything of them.
  uint32_t differences(std::string& first) const {
    uint32_t count = 0;
    for (size_t i = 0; i < packets_.size(); ++i) {
      const Kept& kept = packets_[i];
      if (kept.row.link != 0 || leaves_count_open(kept.row)) continue;
      std::string lazy;
      dissect::render_info(findings_, kept.row, static_cast<dissect::PacketIndex>(i), packet(kept), lazy);
      if (lazy == kept.eager) continue;
      if (count++ == 0)
        first = "packet " + std::to_string(i + 1) + "\n  first pass: " + kept.eager + "\n  rendered:   " + lazy;
    }
    return count;
  }
  /// Packets that a replay of all of them shows otherwise than the finished trace does.
  uint32_t replay_differences(std::string& first) const {
    dissect::Replay replay(findings_);
    dissect::Tree tree;
    std::string protocol, info;
    uint32_t count = 0;
    for (size_t i = 0; i < packets_.size(); ++i) {
      const Kept& kept = packets_[i];
      const auto index = static_cast<dissect::PacketIndex>(i);
      info.clear();
      replay.dissect(packet(kept), index, kept.row, {.tree = &tree, .info = &info, .protocol = &protocol});
      std::string lazy;
      dissect::render_info(findings_, kept.row, index, packet(kept), lazy);
      if (info == lazy && protocol == final_protocol(kept.row)) continue;
      if (count++ == 0)
        first = "packet " + std::to_string(i + 1) + "\n  replayed: " + protocol + " | " + info +
                "\n  shown:    " + std::string(final_protocol(kept.row)) + " | " + lazy;
    }
    return count;
  }
  size_t size() const { return packets_.size(); }

 private:
  struct Kept {
    dissect::Row row;
    std::vector<uint8_t> bytes;
    uint32_t interface = 0;
    std::string eager;
  };
  /// A later packet of the conversation may have told more; what a replay says of it is compared all the same.
  bool leaves_count_open(const dissect::Row& row) const {
    return row.text != 0 &&
           findings_.texts.text(row.text).find(dissect::Findings::kCountMark) != std::string_view::npos;
  }
  std::string_view final_protocol(const dissect::Row& row) const {
    const dissect::PacketKinds& kinds = findings_.protocols;
    const uint16_t column = findings_.conversations[row.flow >> 1].column;
    return kinds.text(kinds.is_provisional(row.protocol) && column != 0 ? column : row.protocol);
  }
  dissect::Packet packet(const Kept& kept) const {
    const capture::Interface& interface = interfaces_[kept.interface];
    return {Bytes(kept.bytes.data(), kept.bytes.size(), kept.row.wire_len), interface.link_type, interface.fcs_bytes};
  }

  std::vector<capture::Interface> interfaces_;
  dissect::Findings findings_;
  dissect::Dissector dissector_{findings_};
  std::vector<Kept> packets_;
};

/// Packets compared.
size_t compare_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string data{std::istreambuf_iterator<char>(in), {}};
  const auto reader = capture::make_reader(capture::sniff(Bytes::of(data).first(capture::kSniffBytes), true));
  if (reader == nullptr) return 0;
  Twin twin;
  reader->push(Bytes::of(data), twin);
  reader->finish(twin);
  std::string first;
  const uint32_t differences = twin.differences(first);
  INFO(path.filename().string() << ": " << first);
  CHECK(differences == 0);
  const uint32_t replay_differences = twin.replay_differences(first);
  INFO(path.filename().string() << ": " << first);
  CHECK(replay_differences == 0);
  return twin.size();
}

size_t compare_folder(const std::filesystem::path& folder) {
  size_t packets = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) packets += compare_file(entry.path());
  return packets;
}

}  // namespace

TEST_CASE("Info rendered later equals Info of the first pass: golden captures") {
  CHECK(compare_folder("tests/golden/captures") > 100);
}

TEST_CASE("Info rendered later equals Info of the first pass: corpus") {
  const std::filesystem::path corpus = test::corpus();
  if (corpus.empty()) return;
  CHECK(compare_folder(corpus / "captures") > 100'000);
}
