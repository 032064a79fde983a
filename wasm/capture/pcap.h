// The classic pcap file (draft-ietf-opsawg-pcap), in all its dialects (pcap_dialect.h):
//
//   file header    magic 4 · version 2 + 2 · zone 4 · accuracy 4 · snap length 4 · link type 4
//   record header  seconds 4 · fraction 4 · captured length 4 · length on the wire 4      then the captured bytes
//
// The first records are looked at before any is handed out, because some dialects show only there. Zeros in the place
// of a record are passed over (zeros.h), and another file's header ends this one (capture_reader.h), also within a
// record that was cut short: a record is handed out when the next one's header is there.
#pragma once

#include "capture/parser.h"
#include "capture/pcap_dialect.h"
#include "capture/zeros.h"

namespace tracedrop::capture {

class PcapParser final : public Parser {
 public:
  /// `interface_count` is that of the whole file, and is counted up.
  explicit PcapParser(uint32_t& interface_count) : interface_count_(interface_count) {}

  Outcome parse(Window& window, RecordSink& sink, bool at_end) override;

 private:
  enum class State : uint8_t { file_header, first_records, records, zeros, another_file, failed };

  void step(Window& window, RecordSink& sink, bool at_end);
  void read_file_header(Window& window, RecordSink& sink);
  void weigh_first_records(Window& window, RecordSink& sink, bool at_end);
  void read_records(Window& window, RecordSink& sink, bool at_end);
  bool read_record(Window& window, RecordSink& sink, bool at_end, PcapRecordHeader& header);
  bool leave_cut_record(Window& window, size_t size, RecordSink& sink);
  bool leave_records(Bytes header, uint64_t offset, RecordSink& sink);
  void pass_zeros(Window& window, RecordSink& sink, bool at_end);
  void finish(Window& window, RecordSink& sink);
  void fail(RecordSink& sink, Warning warning);

  uint32_t& interface_count_;
  uint32_t interface_index_ = 0;
  State state_ = State::file_header;
  PcapDialect dialect_;
  Interface interface_;
  size_t needed_ = 0;  // bytes of the first records, at least, for a look at them to be worth it
  uint32_t fraction_ns_ = 1000;
  uint32_t most_fraction_ = 0;
  uint32_t last_seconds_ = 0;
  bool has_packets_ = false;  // that are not empty packets of 1970
  bool told_of_zeros_ = false;
  Zeros zeros_;
};

}  // namespace tracedrop::capture
