// The dialects of the classic pcap file: what its header says, and what only its first records tell.
//
//   magic      fraction       record header   written by
//   a1b2c3d4   microseconds   16 bytes        libpcap
//              nanoseconds    16              programs that count nanoseconds and keep the usual magic; AIX, whose
//                                             version is 2.2 and whose link type is an ifType (RFC 1573)
//              microseconds   20, 24          Nokia; Red Hat 6.1 (Kuznetzov's patch of 1999-04-17)
//   a1b2cd34   microseconds   24, 28          Kuznetzov's patch of 1999-10-29; SuSE 6.3 (that of 1999-09-15)
//   a1b23c4d   nanoseconds    16              libpcap
//   1c0001ac   nanoseconds    16              Ixia's hardware time stamps; 4 more bytes after the file header
//   1c0001ab   microseconds   16              Ixia's software time stamps; the same
//
// The magic tells the byte order, too. Longer record headers have their additional bytes at the end.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "capture/byte_order.h"
#include "capture/record.h"

namespace tracedrop::capture {

struct PcapDialect {
  ByteOrder order;
  uint8_t file_header_bytes = 24;
  uint8_t record_header_bytes = 16;
  bool nanoseconds = false;
  /// Before version 2.4 the length on the wire may stand first: the captured length is the smaller one.
  bool any_order = false;
  uint32_t max_record_bytes = kMaxRecordBytes;
};

struct PcapFileHeader {
  PcapDialect dialect;
  uint16_t major = 0, minor = 0;
  Interface interface;
};

inline constexpr size_t kPcapFileHeaderBytes = 24;
inline constexpr size_t kPcapMostRecordHeaderBytes = 32;

/// Do the first four bytes begin a pcap file?
bool is_pcap_magic(Bytes first);
/// Are these (eight at least) a pcap file's header, in the place of a record's or a block's?
bool is_pcap_header(Bytes first);

/// What the header says; nothing when it is none of pcap's.
std::optional<PcapFileHeader> read_pcap_header(Bytes header);

struct PcapRecordHeader {
  uint32_t seconds = 0, fraction = 0, cap_len = 0, wire_len = 0;
};

inline PcapRecordHeader read_record_header(const PcapDialect& dialect, Bytes header) {
  PcapRecordHeader h{dialect.order.u32(header, 0), dialect.order.u32(header, 4), dialect.order.u32(header, 8),
                     dialect.order.u32(header, 12)};
  if (dialect.any_order && h.cap_len > h.wire_len) std::swap(h.cap_len, h.wire_len);
  return h;
}

/// Could this be a record's header, near a packet of this time? Headers that no program writes on purpose are none.
bool is_plausible(const PcapDialect& dialect, Bytes header, uint32_t near_seconds);

/// No more bytes than these are waited for and looked at by weigh_records().
inline constexpr size_t kPcapMostWeighedBytes = size_t{1} << 20;

struct PcapEvidence {
  PcapDialect dialect;
  /// Nanoseconds are read from a file whose magic says microseconds.
  bool nanoseconds_by_records = false;
};

/// What the first records, which begin at records.front(), make of the dialect that the header told: one that does not
/// fit gives way to another that does. Nothing when more bytes are needed to tell, `needed` at least; `at_end`: there
/// are no more.
std::optional<PcapEvidence> weigh_records(const PcapDialect& told, Bytes records, bool at_end, size_t& needed);

}  // namespace tracedrop::capture
