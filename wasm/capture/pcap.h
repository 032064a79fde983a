// The classic pcap file (draft-ietf-opsawg-pcap), in all its dialects:
//
//   file header    magic 4 · version 2 + 2 · zone 4 · accuracy 4 · snap length 4 · link type 4
//   record header  seconds 4 · fraction 4 · captured length 4 · length on the wire 4      then the captured bytes
//
//   magic       fraction of a second   differs in
//   a1b2c3d4    microseconds
//   a1b23c4d    nanoseconds
//   a1b2cd34    microseconds           8 more bytes in each record header ("modified", Alexey Kuznetzov's libpcap
//   patch) 1c0001ac    nanoseconds            4 more bytes after the file header (Ixia, hardware time stamps) 1c0001ab
//   microseconds           4 more bytes after the file header (Ixia, software time stamps)
//
// The magic tells the byte order, too. The link type's low 16 bits are the type; bit 26 says that the top four bits
// hold the length of the frame check sequence, in units of two bytes. Before version 2.3 the two lengths stood in the
// other order, in version 2.3 in either.
#pragma once

#include "capture/byte_order.h"
#include "capture/record.h"
#include "capture/window.h"

namespace tracedrop::capture {

/// Do the first four bytes begin a pcap file?
bool is_pcap_magic(Bytes first);

class PcapReader final : public Reader {
 public:
  void push(Bytes chunk, RecordSink& sink) override;
  void finish(RecordSink& sink) override;
  bool failed() const override { return state_ == State::failed; }

 private:
  enum class State : uint8_t { file_header, records, failed };
  enum class Lengths : uint8_t { captured_first, wire_first, either };

  void read_file_header(RecordSink& sink);
  bool read_record(RecordSink& sink);
  void fail(RecordSink& sink, Warning warning);

  Window window_;
  ByteOrder order_;
  State state_ = State::file_header;
  Lengths lengths_ = Lengths::captured_first;
  uint8_t record_header_bytes_ = 16;
  uint32_t fraction_ns_ = 1000;
  uint32_t max_record_bytes_ = kMaxRecordBytes;
};

}  // namespace tracedrop::capture
