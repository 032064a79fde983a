#include "capture/capture_reader.h"

#include <string>

#include "base/text.h"
#include "capture/pcap.h"
#include "capture/pcapng.h"

namespace tracedrop::capture {
namespace {

Warning appended(uint64_t offset, bool pcapng) {
  std::string text = "At byte ";
  append_number(text, offset);
  text += pcapng ? " another capture begins, a pcapng file: " : " another capture begins, a pcap file: ";
  text +=
      "files were appended to each other, as \"cat a.pcap b.pcap\" does, and Wireshark does not read on there. Here "
      "its "
      "packets follow those before it; their times may go backwards. mergecap -w both.pcapng a.pcap b.pcap joins "
      "captures in order of time.";
  return {Severity::warning, "appended-capture", std::move(text), offset};
}

}  // namespace

std::unique_ptr<Parser> CaptureReader::make_parser(bool pcapng) {
  if (pcapng) return std::make_unique<PcapngParser>(interface_count_);
  return std::make_unique<PcapParser>(interface_count_);
}

void CaptureReader::push(Bytes chunk, RecordSink& sink) {
  if (failed_) return;
  window_.push(chunk);
  run(sink, false);
  window_.keep();
}

void CaptureReader::finish(RecordSink& sink) {
  if (!failed_) run(sink, true);
}

void CaptureReader::run(RecordSink& sink, bool at_end) {
  while (true) {
    const Outcome outcome = parser_->parse(window_, sink, at_end);
    failed_ = outcome == Outcome::failed;
    if (outcome != Outcome::another_file) return;
    begin_another(sink);
  }
}

/// The parser before has seen that another file begins; its header is at hand as far as telling it apart goes.
void CaptureReader::begin_another(RecordSink& sink) {
  const bool pcapng = !is_pcap_magic(window_.front(4));
  sink.on_warning(appended(window_.offset(), pcapng));
  parser_ = make_parser(pcapng);
}

}  // namespace tracedrop::capture
