// Capture files built by hand, and what a reader makes of them as lines of text that a reviewer can compare:
//
//   CHECK(read_capture(pcap_header() + pcap_record({.data = "abcd"})) == Lines{
//       "interface 0: Ethernet, snap length 262144, 6 digits",
//       "packet at 40: 1.000002000, 4 of 4 bytes, abcd"});
//
// read_capture() reads the file whole, byte by byte and split in two at every offset, and demands the same lines each
// time.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "capture/link_type.h"
#include "capture/sniff.h"
#include "catch.h"

namespace tracedrop::test {

using Lines = std::vector<std::string>;

/// Integers in either byte order, appended to a string.
class Blob {
 public:
  explicit Blob(bool big_endian = false) : big_endian_(big_endian) {}
  Blob& u8(uint64_t value) { return number(value, 1); }
  Blob& u16(uint64_t value) { return number(value, 2); }
  Blob& u32(uint64_t value) { return number(value, 4); }
  Blob& u64(uint64_t value) { return number(value, 8); }
  Blob& raw(std::string_view bytes) {
    bytes_ += bytes;
    return *this;
  }
  Blob& padded(std::string_view bytes) { return raw(bytes).raw(std::string((4 - bytes.size() % 4) % 4, '\0')); }
  operator std::string() const { return bytes_; }
  size_t size() const { return bytes_.size(); }

 private:
  Blob& number(uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) bytes_ += static_cast<char>(value >> 8 * (big_endian_ ? bytes - 1 - i : i));
    return *this;
  }

  bool big_endian_;
  std::string bytes_;
};

struct PcapHeader {
  uint32_t magic = 0xA1B2C3D4;
  uint16_t major = 2;
  uint16_t minor = 4;
  uint32_t snap_len = 262144;
  uint32_t network = 1;
  bool big_endian = false;
};

inline std::string pcap_header(const PcapHeader& h = {}) {
  return Blob(h.big_endian).u32(h.magic).u16(h.major).u16(h.minor).u64(0).u32(h.snap_len).u32(h.network);
}

struct PcapRecord {
  uint32_t seconds = 1;
  uint32_t fraction = 2;
  std::string_view data = "abcd";
  int64_t cap_len = -1;   ///< data.size() when negative
  int64_t wire_len = -1;  ///< data.size() when negative
  std::string_view extra_header = {};
  bool big_endian = false;
};

inline std::string pcap_record(const PcapRecord& r = {}) {
  const auto size = static_cast<int64_t>(r.data.size());
  Blob blob(r.big_endian);
  blob.u32(r.seconds).u32(r.fraction);
  blob.u32(static_cast<uint64_t>(r.cap_len < 0 ? size : r.cap_len));
  blob.u32(static_cast<uint64_t>(r.wire_len < 0 ? size : r.wire_len));
  return blob.raw(r.extra_header).raw(r.data);
}

/// pcapng's blocks, in one byte order.
class Pcapng {
 public:
  explicit Pcapng(bool big_endian = false) : big_endian_(big_endian) {}

  Blob blob() const { return Blob(big_endian_); }
  /// Any block; `trailer` is its second length, the right one when negative.
  std::string block(uint32_t type, std::string_view body, int64_t trailer = -1) const {
    const size_t length = body.size() + 12;
    return blob().u32(type).u32(length).raw(body).u32(trailer < 0 ? length : static_cast<uint64_t>(trailer));
  }
  std::string option(uint16_t code, std::string_view value) const {
    return blob().u16(code).u16(value.size()).padded(value);
  }
  std::string section(uint16_t major = 1, uint16_t minor = 0) const {
    return block(0x0A0D0D0A, std::string(blob().u32(0x1A2B3C4D).u16(major).u16(minor).u64(UINT64_MAX)));
  }
  std::string interface(uint16_t link_type = 1, uint32_t snap_len = 0, std::string_view options = {}) const {
    return block(1, std::string(blob().u16(link_type).u16(0).u32(snap_len).raw(options)));
  }
  std::string packet(uint32_t interface, uint64_t time, std::string_view data, std::string_view options = {}) const {
    return packet_block(interface, time, data.size(), data.size(), data, options);
  }
  std::string packet_block(uint32_t interface, uint64_t time, uint64_t cap_len, uint64_t wire_len,
                           std::string_view data, std::string_view options = {}) const {
    return block(
        6, std::string(
               blob().u32(interface).u32(time >> 32).u32(time).u32(cap_len).u32(wire_len).padded(data).raw(options)));
  }

 private:
  bool big_endian_;
};

/// Writes down what a reader finds, and checks each packet's bytes against the file at its offset.
class Notes final : public capture::RecordSink {
 public:
  explicit Notes(std::string_view file) : file_(file) {}

  void on_interface(const capture::Interface& interface) override {
    std::string& line = add("interface ", interfaces_++);
    line.append(": ").append(capture::link_type_name(interface.link_type));
    line += ", snap length ";
    append_number(line, interface.snap_len);
    line += ", ";
    append_number(line, interface.time_digits);
    line += " digits";
    if (interface.fcs_bytes > 0) append_number(line += ", FCS ", interface.fcs_bytes);
    if (!interface.name.empty()) line.append(", ").append(interface.name);
  }
  void on_drops(uint32_t interface, uint64_t dropped) override {
    append_number(add("interface ", interface) += " dropped ", dropped);
  }
  void on_record(const capture::Record& record) override {
    std::string& line = add("packet at ", record.offset);
    line += ": ";
    if (record.has_time) append_seconds(line, record.ts_ns, 9);
    if (!record.has_time) line += "no time";
    line += ", ";
    append_number(line, record.bytes.size());
    line += " of ";
    append_number(line, record.wire_len);
    line.append(" bytes, ").append(record.bytes.text());
    if (record.interface > 0) append_number(line += ", interface ", record.interface);
    const bool same = file_.substr(record.offset, record.bytes.size()) == record.bytes.text();
    if (!same || record.bytes.wire_size() < record.bytes.size()) line += " BUT OTHER BYTES STAND THERE";
  }
  void on_warning(Warning warning) override {
    static constexpr const char* kSeverity[] = {"note ", "warning ", "error "};
    std::string line = kSeverity[static_cast<int>(warning.severity)] + warning.code + " at ";
    append_number(line, warning.offset);
    lines_.push_back(line + ": " + warning.text);
  }
  const Lines& lines() const { return lines_; }

 private:
  std::string& add(std::string_view before, uint64_t number) {
    append_number(lines_.emplace_back(before), number);
    return lines_.back();
  }

  std::string_view file_;
  Lines lines_;
  uint32_t interfaces_ = 0;
};

/// `file` pushed as the pieces that end at `cuts` (ascending) and at its end.
inline Lines read_pieces(std::string_view file, const std::vector<size_t>& cuts) {
  const auto reader = capture::make_reader(capture::sniff(Bytes::of(file), true));
  if (reader == nullptr) return {"no capture"};
  Notes notes(file);
  size_t begin = 0;
  const auto push = [&](size_t end) {
    // A copy of its own, so that a sanitizer sees bytes used after the call.
    const std::string chunk(file.substr(begin, end - begin));
    reader->push(Bytes::of(chunk), notes);
    begin = end;
  };
  for (const size_t cut : cuts) push(cut);
  push(file.size());
  const bool failed = reader->failed();
  reader->finish(notes);
  const size_t count = notes.lines().size();
  if (failed) reader->push(Bytes::of(file), notes);
  CHECK(notes.lines().size() == count);
  return notes.lines();
}

inline Lines read_capture(std::string_view file) {
  const Lines whole = read_pieces(file, {});
  std::vector<size_t> every;
  for (size_t at = 1; at < file.size(); ++at) {
    every.push_back(at);
    INFO("split at " << at);
    REQUIRE(read_pieces(file, {at}) == whole);
  }
  INFO("byte by byte");
  REQUIRE(read_pieces(file, every) == whole);
  return whole;
}

/// The shared corpus of captures: $TRACEDROP_CORPUS, or beside the project; empty (with a word in the log) when absent.
inline std::filesystem::path corpus() {
  const char* given = std::getenv("TRACEDROP_CORPUS");
  const auto project = std::filesystem::path(__FILE__).parent_path().parent_path().parent_path();
  const std::filesystem::path found = given != nullptr ? given : project.parent_path() / "shared" / "corpus";
  std::error_code ignored;
  if (std::filesystem::is_directory(found, ignored)) return found;
  WARN("skipped: no corpus of captures at " << found.string() << " (set TRACEDROP_CORPUS)");
  return {};
}

inline std::string file_bytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace tracedrop::test
