#include "capture/pcap.h"

#include <string>
#include <utility>

#include "base/text.h"
#include "capture/link_type.h"
#include "capture/problem.h"

namespace tracedrop::capture {
namespace {

struct Dialect {
  uint32_t magic;
  uint8_t time_digits;
  uint8_t record_header_bytes;
  uint8_t file_header_bytes;
};

constexpr size_t kFileHeaderBytes = 24;
constexpr Dialect kDialects[] = {
    {0xA1B2C3D4, 6, 16, 24}, {0xA1B23C4D, 9, 16, 24}, {0xA1B2CD34, 6, 24, 24},
    {0x1C0001AC, 9, 16, 28}, {0x1C0001AB, 6, 16, 28},
};

/// The dialect and byte order that the magic tells; null when it is none of pcap's.
const Dialect* dialect_of(Bytes first, ByteOrder& order) {
  for (const Dialect& dialect : kDialects) {
    for (const bool big_endian : {false, true}) {
      order.big_endian = big_endian;
      if (first.size() >= 4 && order.u32(first, 0) == dialect.magic) return &dialect;
    }
  }
  return nullptr;
}

constexpr uint32_t kFcsLengthPresent = 0x04000000;

uint8_t fcs_bytes_of(uint32_t network) {
  return (network & kFcsLengthPresent) != 0 ? static_cast<uint8_t>((network >> 28) * 2) : uint8_t{0};
}

}  // namespace

bool is_pcap_magic(Bytes first) {
  ByteOrder order;
  return dialect_of(first, order) != nullptr;
}

void PcapReader::push(Bytes chunk, RecordSink& sink) {
  if (failed()) return;
  window_.push(chunk);
  if (state_ == State::file_header) read_file_header(sink);
  if (state_ == State::records) {
    while (read_record(sink)) {
    }
  }
  window_.keep();
}

void PcapReader::read_file_header(RecordSink& sink) {
  if (!window_.has(kFileHeaderBytes)) return;
  const Bytes header = window_.front(kFileHeaderBytes);
  const Dialect* dialect = dialect_of(header, order_);
  if (dialect == nullptr) {
    fail(sink, damaged(0, "it does not begin as a pcap file does"));
    return;
  }
  const uint16_t major = order_.u16(header, 4);
  const uint16_t minor = order_.u16(header, 6);
  if (major < 2) {
    std::string what = "pcap version ";
    append_number(what, major);
    what += '.';
    append_number(what, minor);
    fail(sink, unsupported(4, what += " is not supported"));
    return;
  }
  // Version 543.0 was written by DG/UX's tcpdump, which kept the old order of the lengths.
  if ((major == 2 && minor < 3) || major == 543) lengths_ = Lengths::wire_first;
  if (major == 2 && minor == 3) lengths_ = Lengths::either;

  const uint32_t network = order_.u32(header, 20);
  Interface interface;
  interface.link_type = static_cast<uint16_t>(network);
  interface.fcs_bytes = fcs_bytes_of(network);
  interface.time_digits = dialect->time_digits;
  interface.snap_len = order_.u32(header, 16);

  record_header_bytes_ = dialect->record_header_bytes;
  fraction_ns_ = dialect->time_digits == 9 ? 1 : 1000;
  max_record_bytes_ = max_record_bytes(interface.link_type);
  state_ = State::records;
  window_.skip(dialect->file_header_bytes);
  sink.on_interface(interface);
}

bool PcapReader::read_record(RecordSink& sink) {
  if (!window_.has(record_header_bytes_)) return false;
  const Bytes header = window_.front(record_header_bytes_);
  uint32_t cap_len = order_.u32(header, 8);
  uint32_t wire_len = order_.u32(header, 12);
  if (lengths_ == Lengths::wire_first || (lengths_ == Lengths::either && cap_len > wire_len)) {
    std::swap(cap_len, wire_len);
  }
  if (cap_len > max_record_bytes_) {
    std::string what = "a packet is said to have ";
    append_number(what, cap_len);
    what += " captured bytes, more than the ";
    append_number(what, max_record_bytes_);
    fail(sink, damaged(window_.offset(), what += " that are possible"));
    return false;
  }
  const size_t total = size_t{record_header_bytes_} + cap_len;
  if (!window_.has(total)) return false;

  const Bytes whole = window_.front(total);
  Record record;
  record.ts_ns = int64_t{order_.u32(whole, 0)} * 1'000'000'000 + int64_t{order_.u32(whole, 4)} * fraction_ns_;
  record.offset = window_.offset() + record_header_bytes_;
  record.bytes = Bytes(whole.data() + record_header_bytes_, cap_len, wire_len);
  record.wire_len = wire_len;
  sink.on_record(record);
  window_.consume(total);
  return true;
}

void PcapReader::finish(RecordSink& sink) {
  if (failed()) return;
  if (state_ == State::file_header) {
    fail(sink, damaged(window_.left(), "the file ends within the 24 bytes of its header"));
  } else if (window_.left() > 0) {
    sink.on_warning(truncated(window_.offset(), "a packet", window_.left()));
  }
}

void PcapReader::fail(RecordSink& sink, Warning warning) {
  state_ = State::failed;
  sink.on_warning(std::move(warning));
}

}  // namespace tracedrop::capture
