// Makes a trace from a capture's records: dissects each in file order and appends its row.
#pragma once

#include <vector>

#include "capture/record.h"
#include "dissect/dissector.h"
#include "trace/trace.h"

namespace tracedrop::trace {

class CaptureBuilder : public capture::RecordSink {
 public:
  explicit CaptureBuilder(Trace& trace) : trace_(trace), dissector_(trace.findings) {}

  void on_interface(const capture::Interface& interface) override;
  void on_drops(uint32_t interface, uint64_t dropped) override;
  void on_record(const capture::Record& record) override;
  void on_warning(Warning warning) override { trace_.warnings.add(std::move(warning)); }

  /// The file has ended: what only the whole file tells (the TLS version of a connection) is put into its rows.
  void finish();

 private:
  void note_interface(uint32_t interface);
  void note_missing_time(const capture::Record& record, Row& row);

  Trace& trace_;
  dissect::Dissector dissector_;
};

/// The packet as dissection takes it; `bytes` are its captured bytes.
dissect::Packet packet_of(const Trace& trace, PacketIndex i, Bytes bytes);

}  // namespace tracedrop::trace
