// What every capture reader must keep to, whatever the bytes: each packet's bytes stand in the file at its offset,
// offsets and interfaces only count up, and the pieces in which the file comes make no difference.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "base/hash.h"
#include "capture/sniff.h"

namespace tracedrop::fuzz {

inline void demand(bool holds) {
  if (!holds) std::abort();
}

/// Checks each packet, and keeps one number that stands for all that was reported.
class Checker final : public capture::RecordSink {
 public:
  explicit Checker(Bytes file) : file_(file) {}

  void on_interface(const capture::Interface& interface) override {
    ++interfaces_;
    note(interface.link_type, interface.time_digits);
    note(interface.snap_len, hash_bytes(interface.name));
    demand(interface.time_digits <= 9);
  }
  void on_drops(uint32_t interface, uint64_t dropped) override {
    demand(interface < interfaces_);
    note(interface, dropped);
  }
  void on_record(const capture::Record& record) override {
    demand(record.interface < interfaces_);
    demand(record.offset >= last_end_ && file_.has(record.offset, record.bytes.size()));
    demand(record.bytes.wire_size() >= record.bytes.size() && record.bytes.wire_size() >= record.wire_len);
    if (!record.bytes.empty()) {
      demand(std::memcmp(record.bytes.data(), file_.data() + record.offset, record.bytes.size()) == 0);
    }
    last_end_ = record.offset + record.bytes.size();
    note(static_cast<uint64_t>(record.ts_ns), record.has_time ? 1 : 0);
    note(record.offset, record.wire_len);
  }
  void on_warning(Warning warning) override { note(hash_bytes(warning.code + warning.text), warning.offset); }

  uint64_t seen() const { return seen_; }

 private:
  void note(uint64_t a, uint64_t b) { seen_ = hash_mix(seen_ ^ a, b); }

  Bytes file_;
  uint64_t seen_ = 0;
  uint64_t last_end_ = 0;
  uint32_t interfaces_ = 0;
};

/// Reads `file` in pieces of `step` bytes.
inline uint64_t read_in_steps(capture::FileKind kind, Bytes file, size_t step) {
  const auto reader = capture::make_reader(kind);
  Checker checker(file);
  for (size_t at = 0; at < file.size(); at += step) {
    const Bytes piece = file.sub(at, step);
    const std::vector<uint8_t> own(piece.data(), piece.data() + piece.size());
    reader->push(Bytes(own.data(), own.size()), checker);
  }
  const bool failed = reader->failed();
  reader->finish(checker);
  demand(!failed || reader->failed());
  return checker.seen();
}

inline int check_reader(capture::FileKind kind, const uint8_t* data, size_t size) {
  const Bytes file(data, size);
  const uint64_t whole = read_in_steps(kind, file, size + 1);
  demand(read_in_steps(kind, file, size % 61 + 1) == whole);
  if (size < 4096) demand(read_in_steps(kind, file, 1) == whole);
  capture::seems_to_be(file);
  demand(capture::sniff(file, true) != capture::FileKind::need_more);
  return 0;
}

}  // namespace tracedrop::fuzz
