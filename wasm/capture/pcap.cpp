#include "capture/pcap.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "capture/problem.h"

namespace tracedrop::capture {
namespace {

constexpr uint32_t kMicroseconds = 1'000'000;
constexpr uint32_t kNanoseconds = 1'000'000'000;
/// As many as a packet's interface can be told apart by (trace::Trace::packet_interface).
constexpr uint32_t kMaxInterfaces = 65536;

/// What cannot follow this record: a packet of another decade or too large, which is neither zeros nor another file.
bool is_strange(const PcapDialect& dialect, const PcapRecordHeader& h, Bytes next, const PcapRecordHeader& before) {
  constexpr uint32_t kDecade = 10 * 366 * 86400;
  const bool usual = h.seconds - before.seconds + kDecade <= 2 * kDecade && h.cap_len <= dialect.max_record_bytes;
  return !usual && !all_zero(next) && !begins_capture(next);
}

Warning nanoseconds_found(uint64_t offset) {
  return {Severity::warning, "nanosecond-fractions",
          "The file's header says that its time stamps count microseconds, but most are larger than 999,999: they were "
          "read as nanoseconds. Wireshark reads them as microseconds, and shows times that are wrong by minutes. The "
          "program that wrote the file should begin it with the number of nanosecond files, a1b23c4d.",
          offset};
}

Warning odd_fraction(uint64_t offset, bool nanoseconds) {
  std::string text = "A packet's time stamp has a fraction of ";
  text += nanoseconds ? "1,000,000,000 nanoseconds" : "1,000,000 microseconds";
  text += " or more, which is a second; the first such packet begins at byte ";
  append_number(text, offset);
  text += ". The times were taken as they are: figures of time are not to be trusted.";
  return {Severity::warning, "odd-fraction", std::move(text), offset};
}

Warning impossible_length(uint64_t offset, uint32_t cap_len, uint32_t possible) {
  std::string what = "a packet is said to have ";
  append_number(what, cap_len);
  what += " captured bytes, more than the ";
  append_number(what, possible);
  return damaged(offset, what += " that are possible");
}

Warning unknown_version(uint64_t offset, const PcapFileHeader& file) {
  std::string what = "pcap version ";
  append_number(what, file.major);
  what += '.';
  append_number(what, file.minor);
  return unsupported(offset, what += " is not supported");
}

}  // namespace

Outcome PcapParser::parse(Window& window, RecordSink& sink, bool at_end) {
  for (State before = State::failed; before != state_;) {
    before = state_;
    step(window, sink, at_end);
  }
  if (state_ == State::another_file) return Outcome::another_file;
  if (at_end && state_ != State::failed) finish(window, sink);
  return state_ == State::failed ? Outcome::failed : Outcome::hungry;
}

/// Goes on within a state until it changes or more bytes are needed.
void PcapParser::step(Window& window, RecordSink& sink, bool at_end) {
  switch (state_) {
    case State::file_header: return read_file_header(window, sink);
    case State::first_records: return weigh_first_records(window, sink, at_end);
    case State::records: return read_records(window, sink, at_end);
    case State::zeros: return pass_zeros(window, sink, at_end);
    case State::another_file:
    case State::failed: return;
  }
}

void PcapParser::read_file_header(Window& window, RecordSink& sink) {
  if (!window.has(kPcapFileHeaderBytes)) return;
  const std::optional<PcapFileHeader> file = read_pcap_header(window.front(kPcapFileHeaderBytes));
  if (!file) return fail(sink, damaged(window.offset(), "it does not begin as a pcap file does"));
  if (file->major < 2) return fail(sink, unknown_version(window.offset() + 4, *file));
  if (interface_count_ >= kMaxInterfaces) {
    return fail(sink, unsupported(window.offset(), "more than 65536 captures were appended to each other"));
  }
  dialect_ = file->dialect;
  interface_ = file->interface;
  state_ = State::first_records;
  window.skip(dialect_.file_header_bytes);
}

void PcapParser::weigh_first_records(Window& window, RecordSink& sink, bool at_end) {
  const size_t count = std::min(window.left(), kPcapMostWeighedBytes);
  if ((count < std::min(needed_, kPcapMostWeighedBytes) && !at_end) || !window.has(count)) return;
  const std::optional<PcapEvidence> evidence = weigh_records(dialect_, window.front(count), at_end, needed_);
  if (!evidence) return;
  dialect_ = evidence->dialect;
  fraction_ns_ = dialect_.nanoseconds ? 1 : 1000;
  most_fraction_ = (dialect_.nanoseconds ? kNanoseconds : kMicroseconds) - 1;
  if (dialect_.nanoseconds) interface_.time_digits = 9;
  state_ = State::records;
  interface_index_ = interface_count_++;
  sink.on_interface(interface_);
  if (evidence->nanoseconds_by_records) sink.on_warning(nanoseconds_found(window.offset()));
}

void PcapParser::read_records(Window& window, RecordSink& sink, bool at_end) {
  if (!window.has(dialect_.record_header_bytes)) return;
  PcapRecordHeader header = read_record_header(dialect_, window.front(dialect_.record_header_bytes));
  while (read_record(window, sink, at_end, header)) {
  }
}

/// `header` is the next record's, and becomes that of the one behind it; false when that is not there.
bool PcapParser::read_record(Window& window, RecordSink& sink, bool at_end, PcapRecordHeader& header) {
  const size_t header_bytes = dialect_.record_header_bytes;
  const PcapRecordHeader h = header;
  // What is no record shows as a time of another second: that alone is looked at for each.
  if ((h.seconds != last_seconds_ || h.seconds == 0) &&
      leave_records(window.front(header_bytes), window.offset(), sink))
    return false;
  last_seconds_ = h.seconds;
  if (h.cap_len > dialect_.max_record_bytes) {
    // Cut short within its header, which another file's completes?
    if (!window.has(header_bytes + kToTellCapture) && !at_end) return false;
    if (leave_cut_record(window, header_bytes + kToTellCapture, sink)) return false;
    fail(sink, impossible_length(window.offset(), h.cap_len, dialect_.max_record_bytes));
    return false;
  }
  const size_t total = header_bytes + h.cap_len;
  if (window.left() >= total + header_bytes) {
    std::array<uint8_t, kPcapMostRecordHeaderBytes> scratch;
    const Bytes next = window.peek(total, header_bytes, scratch.data());
    header = read_record_header(dialect_, next);
    if (is_strange(dialect_, header, next, h) && leave_cut_record(window, total + header_bytes, sink)) return false;
  } else if (!at_end) {
    return false;
  }
  if (!window.has(total)) {
    leave_cut_record(window, total, sink);
    return false;
  }

  const Bytes whole = window.front(total);
  Record record;
  record.ts_ns = int64_t{h.seconds} * kNanoseconds + int64_t{h.fraction} * fraction_ns_;
  record.interface = interface_index_;
  record.offset = window.offset() + header_bytes;
  record.bytes = Bytes(whole.data() + header_bytes, h.cap_len, h.wire_len);
  record.wire_len = h.wire_len;
  if (h.fraction > most_fraction_) {
    sink.on_warning(odd_fraction(window.offset(), dialect_.nanoseconds));
    most_fraction_ = UINT32_MAX;  // it is said once
  }
  sink.on_record(record);
  has_packets_ = has_packets_ || h.seconds != 0 || h.cap_len != 0;
  window.consume(total);
  return window.has(header_bytes);
}

/// Does another capture file begin in the `size` bytes of a record whose next one's header cannot be? Then this file
/// was cut short there, before it was appended to.
bool PcapParser::leave_cut_record(Window& window, size_t size, RecordSink& sink) {
  const size_t count = std::min(size, window.left());
  const size_t kept = window.has(count) ? find_capture(window.front(count)) : 0;
  if (kept == 0) return false;
  sink.on_warning(truncated(window.offset(), "a packet", kept));
  window.consume(kept);
  state_ = State::another_file;
  return true;
}

/// Is what stands at `offset` no record's header? Then it is zeros, or another file's.
/// (Where no packet came before, zeros may as well be the packets: they are listed, as Wireshark does.)
bool PcapParser::leave_records(Bytes header, uint64_t offset, RecordSink& sink) {
  if (all_zero(header) && has_packets_) {
    state_ = State::zeros;
    zeros_ = Zeros(offset);
  } else if (all_zero(header)) {
    if (!std::exchange(told_of_zeros_, true)) sink.on_warning(zeros_from_the_start(offset));
  } else if (begins_capture(header)) {
    state_ = State::another_file;
  }
  return state_ != State::records;
}

/// Behind zeros a record must begin, where one may, or another file, at any byte; else nothing there can be read.
void PcapParser::pass_zeros(Window& window, RecordSink& sink, bool at_end) {
  const size_t unit = dialect_.record_header_bytes;
  if (!zeros_.pass(window, unit)) return;
  if (!window.has(unit + kToTellCapture) && !at_end) return;
  const Bytes next = window.front(std::min(window.left(), unit + kToTellCapture));
  const size_t more = leading_zeros(next);
  if (begins_capture(next.from(more))) {
    zeros_.pass_more(window, more);
    state_ = State::another_file;
  } else if (is_plausible(dialect_, next, last_seconds_)) {
    state_ = State::records;
    last_seconds_ = read_record_header(dialect_, next).seconds;
  } else {
    return fail(sink, damaged(zeros_.offset(), "zeros stand here, and no packet begins behind them"));
  }
  sink.on_warning(zeros_.gap());
}

void PcapParser::finish(Window& window, RecordSink& sink) {
  const size_t left = window.left();
  const bool zeros = window.has(left) && all_zero(window.front(left));
  if (state_ == State::file_header) {
    fail(sink, damaged(window.offset() + left, "the file ends within the 24 bytes of its header"));
  } else if (state_ == State::zeros && zeros) {
    sink.on_warning(zeros_.tail(left));
  } else if (left > 0 && zeros) {
    sink.on_warning(Zeros(window.offset()).tail(left));
  } else if (left > 0) {
    sink.on_warning(truncated(window.offset(), "a packet", left));
  }
}

void PcapParser::fail(RecordSink& sink, Warning warning) {
  state_ = State::failed;
  sink.on_warning(std::move(warning));
}

}  // namespace tracedrop::capture
