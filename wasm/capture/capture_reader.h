// A capture file from its first byte to its last. Captures that were appended to each other ("cat a.pcap b.pcap") are
// read one after the other, whatever the formats; only for pcapng is that a proper file, so it is said of all others.
#pragma once

#include <memory>

#include "capture/parser.h"
#include "capture/record.h"
#include "capture/window.h"

namespace tracedrop::capture {

class CaptureReader final : public Reader {
 public:
  explicit CaptureReader(bool pcapng) : parser_(make_parser(pcapng)) {}

  void push(Bytes chunk, RecordSink& sink) override;
  void finish(RecordSink& sink) override;
  bool failed() const override { return failed_; }

 private:
  std::unique_ptr<Parser> make_parser(bool pcapng);
  void run(RecordSink& sink, bool at_end);
  void begin_another(RecordSink& sink);

  Window window_;
  uint32_t interface_count_ = 0;  // of all parsers so far; they count it up
  std::unique_ptr<Parser> parser_;
  bool failed_ = false;
};

}  // namespace tracedrop::capture
