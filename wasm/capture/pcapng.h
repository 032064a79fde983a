// pcapng (draft-ietf-opsawg-pcapng): sections of blocks.
//
//   block                       type 4 · total length 4 · body · total length again 4        total length: multiple of
//   4 section header (0A0D0D0A)   1A2B3C4D in the section's byte order 4 · version 2 + 2 · section length 8 · options
//   interface description (1)   link type 2 · reserved 2 · snap length 4 · options
//   enhanced packet (6)         interface 4 · time, high 4 and low 4 · captured length 4 · wire length 4 · data ·
//   options packet (2, obsolete)        interface 2 · drops 2 · then as an enhanced packet simple packet (3) wire
//   length 4 · data; no time, interface 0, cut at its snap length interface statistics (5)    interface 4 · time, high
//   4 and low 4 · options
//
// A section has its own byte order and counts its own interfaces from 0, so that files may be appended to each other.
// Blocks of any other type (names, secrets, custom ones) are passed over without being held, zeros as zeros.h tells.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "capture/byte_order.h"
#include "capture/clock.h"
#include "capture/parser.h"
#include "capture/zeros.h"

namespace tracedrop::capture {

/// Do these bytes begin a pcapng file? Twelve are needed for a sure answer; fewer are compared as far as they go.
bool is_pcapng_start(Bytes first);

class PcapngParser final : public Parser {
 public:
  /// `interface_count` is that of the whole file, and is counted up.
  uint32_t sections_ = 0;
  explicit PcapngParser(uint32_t& interface_count) : interface_count_(interface_count) {}

  Outcome parse(Window& window, RecordSink& sink, bool at_end) override;

 private:
  struct SectionInterface {
    Clock clock;
    uint32_t index = 0;  // over the whole file
    uint32_t snap_len = 0;
    uint32_t max_record_bytes = kMaxRecordBytes;
    bool seen = false;  // a packet of it
  };

  bool read_block(Window& window, RecordSink& sink);
  bool read_section_header(Window& window, RecordSink& sink);
  bool read_trailer(Window& window, RecordSink& sink);
  bool read_whole_block(uint32_t type, uint32_t length, Window& window, RecordSink& sink);
  bool leave_blocks(Window& window);
  bool leave_cut_block(Window& window, size_t size, RecordSink& sink);
  bool pass_zeros(Window& window, RecordSink& sink, bool at_end);
  void finish(Window& window, RecordSink& sink);

  bool read_interface(Bytes body, RecordSink& sink);
  bool read_packet(uint32_t interface, const Bytes& body, RecordSink& sink);
  void weigh_first_time(SectionInterface& from, uint64_t count, RecordSink& sink);
  bool read_simple_packet(Bytes body, RecordSink& sink);
  void read_statistics(Bytes body, RecordSink& sink);

  /// The longest block of this type that can be sound and is read as a whole; 0 for types that are passed over.
  uint32_t most_bytes_to_hold(uint32_t type) const;
  // These report why the block at hand cannot be, and return false.
  bool refuse_length(uint32_t length, RecordSink& sink);
  bool refuse_trailer(uint32_t length, uint32_t trailer, RecordSink& sink);
  bool refuse_interface(uint32_t id, RecordSink& sink);
  bool refuse_captured(uint32_t cap_len, Bytes data, const SectionInterface& from, RecordSink& sink);
  bool fail(RecordSink& sink, Warning warning);
  void skip_to_trailer(uint32_t length, Window& window);

  ByteOrder order_;
  bool failed_ = false;
  bool another_file_ = false;
  bool at_end_ = false;  // the file ends with the bytes at hand
  bool in_section_ = false;
  uint32_t trailer_of_ = 0;    // total length of the block whose trailer comes next; 0 when a block comes next
  uint64_t block_offset_ = 0;  // where the block at hand begins
  uint32_t& interface_count_;
  uint32_t max_record_bytes_ = kMaxRecordBytes;  // the largest of all interfaces
  std::vector<SectionInterface> interfaces_;
  std::optional<Zeros> zeros_;  // while they are passed over
};

}  // namespace tracedrop::capture
