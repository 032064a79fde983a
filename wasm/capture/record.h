// What every capture file format comes down to: packets with a time and two lengths, and the interfaces they came from.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/warning.h"

namespace tracedrop::capture {

/// One capturing interface (pcapng's IDB; a classic pcap file has exactly one).
struct Interface {
  /// LINKTYPE_ value (https://www.tcpdump.org/linktypes.html).
  uint16_t link_type = 0;
  /// Frame check sequence at the end of each frame, in bytes, when the file says so; else 0.
  uint8_t fcs_bytes = 0;
  /// Decimals that the time stamps have: 6 for microseconds, 9 for nanoseconds.
  uint8_t time_digits = 6;
  /// Snap length, 0 when unlimited or unknown.
  uint32_t snap_len = 0;
  /// if_name, empty when the file does not say.
  std::string name;
  /// if_description, likewise.
  std::string description;
  /// pcapng: the section it belongs to, from 1; else 0.
  uint32_t section = 0;
  /// Packets the interface dropped (pcapng ISB isb_ifdrop + isb_osdrop); UINT64_MAX when not reported.
  uint64_t dropped = UINT64_MAX;
};

struct Record {
  /// Nanoseconds since the epoch; 0 with has_time false for pcapng's Simple Packet Block.
  int64_t ts_ns = 0;
  bool has_time = true;
  /// Index of the interface, in the order in which RecordSink::on_interface was called.
  uint32_t interface = 0;
  /// Where `bytes` begins in the (uncompressed) file: they can be read again from there.
  uint64_t offset = 0;
  /// Captured bytes; bytes.wire_size() is never less than bytes.size(). Valid only during the call.
  Bytes bytes;
  /// The frame's length on the wire, as the file says it (may be less than the captured length).
  uint32_t wire_len = 0;
};

/// Receives what a reader finds, in file order.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual void on_interface(const Interface& interface) = 0;
  /// Packets that the capture says were dropped at `interface` so far.
  virtual void on_drops(uint32_t /*interface*/, uint64_t /*dropped*/) {}
  virtual void on_record(const Record& record) = 0;
  virtual void on_warning(Warning warning) = 0;
};

/// A capture file, fed in chunks of any size. Total over any bytes: it never throws, and whatever length a file claims,
/// it buffers no more than one record (at most kMaxRecordBytes) and the file's own bytes at hand.
class Reader {
 public:
  virtual ~Reader() = default;
  /// The next bytes of the file. They are only borrowed: what a later chunk must complete is copied.
  virtual void push(Bytes chunk, RecordSink& sink) = 0;
  /// The file has ended: reports what was cut off.
  virtual void finish(RecordSink& sink) = 0;
  /// True once damage makes everything that follows unreadable; push() then does nothing.
  virtual bool failed() const = 0;
};

/// As in Wireshark: larger captured lengths mean a damaged file.
inline constexpr uint32_t kMaxRecordBytes = 262144;

}  // namespace tracedrop::capture
