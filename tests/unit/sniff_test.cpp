// What kind of file is it? And the corpus: as many packets in every capture as Wireshark counts.
#include "capture/sniff.h"

#include <map>

#include "capture_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::test;
using capture::FileKind;
using capture::kSniffBytes;
using capture::seems_to_be;
using std::string_view_literals::operator""sv;

namespace {

FileKind kind_of(std::string_view file) { return capture::sniff(Bytes::of(file), true); }

/// The kind as it is first told while the bytes come one by one; never another one later.
FileKind kind_by_prefix(std::string_view file) {
  FileKind told = FileKind::need_more;
  for (size_t there = 1; there <= file.size(); ++there) {
    const FileKind now = capture::sniff(Bytes::of(file.substr(0, there)), there == file.size());
    if (told != FileKind::need_more) REQUIRE(now == told);
    told = now;
  }
  return told;
}

/// pcapng's custom blocks, which Wireshark lists among the packets.
size_t custom_blocks(Bytes file) {
  size_t count = 0;
  bool big_endian = false;
  for (size_t at = 0; file.has(at, 12);) {
    if (file.be32(at) == 0x0A0D0D0A) big_endian = file.be32(at + 8) == 0x1A2B3C4D;
    const uint32_t type = big_endian ? file.be32(at) : file.le32(at);
    if ((type & 0x7FFFFFFF) == 0xBAD || (type & 0x7FFFFFFF) == 0x40000BAD) ++count;
    at += big_endian ? file.be32(at + 4) : file.le32(at + 4);
  }
  return count;
}

}  // namespace

TEST_CASE("sniff: captures, by their magic alone") {
  const std::string pcap = pcap_header();
  const std::string pcapng = Pcapng().section();
  CHECK(kind_by_prefix(pcap) == FileKind::pcap);
  CHECK(capture::sniff(Bytes::of(pcap.substr(0, 3)), false) == FileKind::need_more);
  CHECK(capture::sniff(Bytes::of(pcap.substr(0, 4)), false) == FileKind::pcap);
  CHECK(kind_by_prefix(pcap_header({.magic = 0xA1B23C4D, .big_endian = true})) == FileKind::pcap);
  CHECK(kind_by_prefix(pcapng) == FileKind::pcapng);
  CHECK(kind_by_prefix(Pcapng(true).section()) == FileKind::pcapng);
  CHECK(capture::sniff(Bytes::of(pcapng.substr(0, 11)), false) == FileKind::need_more);
  CHECK(kind_of(pcapng.substr(0, 6)) == FileKind::pcapng);
  CHECK(kind_of("\n\r\r\n****\x4D\x3C\x2B\x1B") == FileKind::unknown);
  CHECK(kind_of("\n") == FileKind::unknown);
  CHECK(kind_of("\x1F\x8B\x08\0\0\0\0\0"sv) == FileKind::gzip);
}

TEST_CASE("sniff: an empty file, and one that has only begun") {
  CHECK(kind_of("") == FileKind::empty);
  CHECK(capture::sniff(Bytes(), false) == FileKind::need_more);
  CHECK(capture::sniff(Bytes::of("No.,Time\n"), false) == FileKind::need_more);
}

TEST_CASE("sniff: csv in all its dresses") {
  CHECK(kind_by_prefix("\"No.\",\"Time\",\"Source\"\n\"1\",\"0.0\",\"a\"\n") == FileKind::csv);
  CHECK(kind_of("No.;Time;Source\r\n1;0,5;a\r\n") == FileKind::csv);
  CHECK(kind_of("No.\tTime\tSource\n") == FileKind::csv);
  CHECK(kind_of("\xEF\xBB\xBFNo.,Time\n") == FileKind::csv);
  CHECK(kind_of("\n\nNo.,Time\n") == FileKind::csv);
  CHECK(kind_of("time,info\n1,caf\xE9\n") == FileKind::csv);
  CHECK(kind_of("a,b") == FileKind::csv);
  CHECK(kind_of("\"one, quoted\"\n1,2\n") == FileKind::unknown);
  const std::string long_file = "a,b\n" + std::string(2 * kSniffBytes, '1');
  CHECK(kind_by_prefix(long_file) == FileKind::csv);
  // Zeros behind the first line are the csv reader's affair; within it they are no text.
  CHECK(kind_of(long_file + '\0') == FileKind::csv);
  CHECK(kind_by_prefix("a,b\n" + std::string(100, '\0')) == FileKind::csv);
  CHECK(kind_by_prefix("a,b" + std::string(100, '\0') + "\n1,2\n") == FileKind::unknown);
  CHECK(kind_of("No.,Time\n1,\x01\x7F a cell with control characters in a row of forty more\n") == FileKind::csv);
  CHECK(kind_of("No.,Time\n1,\x01\x02\x03\x04\n") == FileKind::unknown);
  CHECK(kind_of("sep=;\nNo.;Time\n") == FileKind::csv);
  CHECK(kind_of("What we captured\n\nNo.,Time,Source\n") == FileKind::csv);
  CHECK(kind_of("No.|Time|Source\n1|0.5|a\n") == FileKind::csv);
  CHECK(kind_of("frame.time_epoch^frame.len^ip.src^ip.dst\n") == FileKind::csv);
  CHECK(kind_of("\"No.\",\"Time\"\r\"1\",\"0.5\"\r") == FileKind::csv);
  CHECK(kind_of("\xFF\xFEN\0o\0.\0,\0T\0\n\0"sv) == FileKind::csv);
  CHECK(kind_of("\xFE\xFF\0N\0o\0.\0,\0T\0\n"sv) == FileKind::csv);
  CHECK(kind_by_prefix("N\0o\0.\0,\0T\0i\0m\0e\0\n\0"sv) == FileKind::csv);
}

TEST_CASE("sniff: other files are told what they are") {
  const auto told = [](std::string_view file) {
    CHECK(kind_of(file) == FileKind::unknown);
    return seems_to_be(Bytes::of(file));
  };
  CHECK(told("snoop\0\0\0\0\0\0\x02"sv) == "a Sun snoop capture");
  CHECK(told("GMBU\0\x02"sv) == "a Microsoft Network Monitor 2 capture");
  CHECK(told("\x28\xB5\x2F\xFD\x04"sv) == "a zstd-compressed file");
  CHECK(told("\x04\x22\x4D\x18\x64"sv) == "an lz4-compressed file");
  CHECK(told("PK\x03\x04\x14\0\x06\0trace.pcap"sv) == "a zip archive");
  CHECK(told("PK\x03\x04\x14\0\x06\0[Content_Types].xml"sv) == "an Excel workbook or other Office document");
  CHECK(told("\x89PNG\r\n\x1A\n\0"sv) == "a PNG image");
  CHECK(told("%PDF-1.7\n%\xE2\xE3") == "a PDF document");
  CHECK(told("\x7F\x45LF\x02\x01\x01\0"sv) == "a Linux program (ELF)");
  CHECK(told("\n\r\r\n\0\0\0\0\0\0\0\0"sv) == "a damaged pcapng capture");
  CHECK(told("<!DOCTYPE html>\n<p>a, b</p>") == "an HTML page");
  CHECK(told("<?xml version=\"1.0\"?>\n<pdml version=\"0\">") == "Wireshark's XML (PDML or PSML)");
  CHECK(told("[\n  {\"_index\": 1,") == "JSON");
  CHECK(told("12:00:00.123456 IP 10.0.0.1.443 > 10.0.0.2.5000: Flags [S], seq 1, length 0\n") ==
        "tcpdump's printed text (tcpdump -w FILE writes a capture)");
  CHECK(told("No.     Time           Source                Destination           Protocol Length Info\n") ==
        "Wireshark's plain-text export (\"As CSV\" in the same menu writes a csv)");
  CHECK(told("\xFF\xFEN\0o\0.\0 \0"sv) == "UTF-16 text (save it as UTF-8)");
  CHECK(told("N\0o\0.\0 \0T\0i\0c\0k\0"sv) == "UTF-16 text (save it as UTF-8)");
  CHECK(told("\xFF\xFE\0\0N\0\0\0o\0\0\0"sv) == "UTF-32 text (save it as UTF-8)");
  CHECK(told("\0\0\xFE\xFF\0\0\0N\0\0\0o"sv) == "UTF-32 text (save it as UTF-8)");
  CHECK(told("N\0\0\0o\0\0\0.\0\0\0,\0\0\0T\0\0\0"sv) == "UTF-32 text (save it as UTF-8)");
  CHECK(told("\0\0\0N\0\0\0o\0\0\0.\0\0\0,"sv) == "UTF-32 text (save it as UTF-8)");
  CHECK(told("just words\n") == "text");
  CHECK(told("\x01\x02\x03\x04\x05") == "binary data of an unknown kind");
  CHECK(seems_to_be(Bytes()) == "an empty file");
}

TEST_CASE("sniff: other files are told what to do with them") {
  const auto advice = [](std::string_view file) { return capture::what_to_do(Bytes::of(file)); };
  const auto has = [](const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; };
  CHECK(advice("PK\x03\x04\x14\0\x06\0trace.pcap"sv) ==
        "Unpack it (with a double click, or unzip FILE) and open the capture that is in it.");
  CHECK(advice("7z\xBC\xAF\x27\x1C\0"sv) == "Unpack it (7z x FILE) and open the capture that is in it.");
  CHECK(has(advice("Rar!\x1A\x07\0"sv), "unrar x FILE"));
  CHECK(has(advice(std::string("trace.pcap") + std::string(247, '\0') + "ustar"), "tar xf FILE"));
  CHECK(advice("\x28\xB5\x2F\xFD\x04"sv) == "Decompress it (zstd -d FILE) and open what comes out.");
  CHECK(has(advice("\xFD"
                   "7zXZ\0"sv),
            "xz -d FILE"));
  CHECK(has(advice("BZh9"), "bzip2 -d FILE"));
  CHECK(has(advice("\x04\x22\x4D\x18\x64"sv), "lz4 -d FILE"));
  CHECK(has(advice("snoop\0\0\0\0\0\0\x02"sv), "editcap FILE trace.pcapng"));
  CHECK(has(advice("PK\x03\x04\x14\0\x06\0[Content_Types].xml"sv), "save the sheet as csv"));
  CHECK(has(advice("\0\x05\x16\x07\0\x02\0\0"sv), "without these two characters"));
  CHECK(has(advice("<!DOCTYPE html>\n<p>a, b</p>"), "download the file itself"));
  CHECK(has(advice("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 5\n"), "git lfs pull"));
  CHECK(has(advice("/annex/objects/SHA256E-s5--4d7a.pcap\n"), "git annex get"));
  CHECK(advice("just words\n").empty());
  CHECK(advice("").empty());
}

TEST_CASE("sniff: pointers, zeros and hex dumps are no captures") {
  const auto told = [](std::string_view file) {
    CHECK(kind_of(file) == FileKind::unknown);
    return seems_to_be(Bytes::of(file));
  };
  CHECK(told("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 5\n") ==
        "a Git LFS pointer, not the file itself");
  CHECK(told(std::string(100, '\0')) == "a file of zeros");
  CHECK(told(std::string(100, '\0') + "x") == "binary data of an unknown kind");
  CHECK(told("0000  45 00 00 28 12 34  E..(\n0010  00 00\n") == "a hex dump");
  CHECK(told("00000000: 4500 0028\n") == "text");
  CHECK(told("\x89HDF\r\n\x1A\n\0"sv) == "an HDF5 file");
}

TEST_CASE("sniff: readers are made for captures only") {
  CHECK(capture::make_reader(FileKind::pcap) != nullptr);
  CHECK(capture::make_reader(FileKind::pcapng) != nullptr);
  CHECK(capture::make_reader(FileKind::csv) == nullptr);
  CHECK(capture::make_reader(FileKind::unknown) == nullptr);
}

TEST_CASE("capture: as many packets as Wireshark counts in every capture of the corpus", "[corpus]") {
  const std::filesystem::path root = corpus();
  if (root.empty()) return;
  struct Counter final : capture::RecordSink {
    void on_interface(const capture::Interface&) override {}
    void on_record(const capture::Record&) override { ++packets; }
    void on_warning(Warning) override {}
    size_t packets = 0;
  };
  std::ifstream index(root / "captures" / "index.tsv");
  std::string line;
  std::getline(index, line);
  std::map<FileKind, size_t> files;
  while (std::getline(index, line)) {
    const std::string name = line.substr(0, line.find('\t'));
    const std::string file = file_bytes(root / "captures" / name);
    const FileKind kind = kind_of(file);
    ++files[kind];
    const auto reader = capture::make_reader(kind);
    if (reader == nullptr) continue;
    Counter counter;
    for (size_t at = 0; at < file.size(); at += 65536) reader->push(Bytes::of(file).sub(at, 65536), counter);
    reader->finish(counter);
    const size_t expected = std::stoul(line.substr(line.rfind('\t') + 1));
    // Wireshark reads nothing of a file with a link type that it does not know.
    if (expected == 0) continue;
    if (kind == FileKind::pcapng) counter.packets += custom_blocks(Bytes::of(file));
    INFO(name);
    CHECK(counter.packets == expected);
  }
  CHECK(files[FileKind::pcap] > 1000);
  CHECK(files[FileKind::pcapng] > 100);
  CHECK(files[FileKind::gzip] > 10);
}
