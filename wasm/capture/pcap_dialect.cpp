#include "capture/pcap_dialect.h"

#include <algorithm>

#include "capture/link_type.h"
#include "capture/parser.h"
#include "capture/zeros.h"

namespace tracedrop::capture {
namespace {

struct Magic {
  uint32_t number;
  bool nanoseconds;
  uint8_t record_header_bytes;
  uint8_t file_header_bytes;
};

constexpr Magic kMagics[] = {
    {0xA1B2C3D4, false, 16, 24}, {0xA1B23C4D, true, 16, 24},  {0xA1B2CD34, false, 24, 24},
    {0x1C0001AC, true, 16, 28},  {0x1C0001AB, false, 16, 28},
};

/// The magic and byte order of the first four bytes; null when it is none of pcap's.
const Magic* magic_of(Bytes first, ByteOrder& order) {
  for (const Magic& magic : kMagics) {
    for (const bool big_endian : {false, true}) {
      order.big_endian = big_endian;
      if (first.size() >= 4 && order.u32(first, 0) == magic.number) return &magic;
    }
  }
  return nullptr;
}

/// The link type's low 16 bits are the type; bit 26 says that the top four bits hold the length of the frame check
/// sequence, in units of two bytes.
uint8_t fcs_bytes_of(uint32_t network) {
  constexpr uint32_t kFcsLengthPresent = 0x04000000;
  return (network & kFcsLengthPresent) != 0 ? static_cast<uint8_t>((network >> 28) * 2) : uint8_t{0};
}

/// AIX writes version 2.2 and an ifType: the link type that it stands for, or nothing when it is none of AIX's.
std::optional<uint16_t> aix_link_type(const PcapFileHeader& file, uint32_t network) {
  if (file.major != 2 || file.minor != 2) return std::nullopt;
  switch (network) {
    case 6: return 1;    // Ethernet
    case 9: return 6;    // Token Ring
    case 15: return 10;  // FDDI
    case 24: return 0;   // loopback
    default: return std::nullopt;
  }
}

/// As many records tell a dialect for sure.
constexpr uint32_t kEnoughRecords = 32;

/// What one dialect finds when it goes through the first records.
struct Walk {
  uint32_t records = 0;
  /// Records whose header is possible, but of a kind that no program writes on purpose.
  uint32_t odd = 0;
  /// Fractions of a million and more, and the largest of all.
  uint32_t large_fractions = 0;
  uint32_t largest_fraction = 0;
  uint32_t first_seconds = 0;
  bool broken = false;  ///< a header that cannot be
  bool hungry = false;  ///< what follows is cut off; with so many bytes of all it would not be:
  size_t needed = 0;
  Bytes left;  ///< what was not used
};

constexpr uint32_t kTwoYears = 2 * 366 * 86400;

bool far_apart(uint32_t a, uint32_t b, uint32_t seconds) { return std::max(a, b) - std::min(a, b) > seconds; }

bool is_odd(const PcapDialect& dialect, const PcapRecordHeader& h, uint32_t first_seconds) {
  constexpr uint32_t kMostOnWire = 128 * 1024 * 1024;
  constexpr uint32_t kNanoseconds = 1'000'000'000;
  return h.cap_len > h.wire_len || h.wire_len > std::max(kMostOnWire, dialect.max_record_bytes) ||
         h.fraction >= kNanoseconds || far_apart(h.seconds, first_seconds, kTwoYears);
}

Walk walk(const PcapDialect& dialect, Bytes records) {
  Walk found;
  found.left = records;
  while (found.records < kEnoughRecords) {
    const size_t at = records.size() - found.left.size();
    found.needed = at + dialect.record_header_bytes;
    found.hungry = records.size() < found.needed;
    if (found.hungry) return found;
    const Bytes header = found.left.first(dialect.record_header_bytes);
    if (found.records > 0 && (all_zero(header) || begins_capture(header))) return found;
    const PcapRecordHeader h = read_record_header(dialect, header);
    if (found.records == 0) found.first_seconds = h.seconds;
    found.broken = h.cap_len > dialect.max_record_bytes;
    if (found.broken) return found;
    found.odd += is_odd(dialect, h, found.first_seconds);
    found.large_fractions += h.fraction >= 1'000'000;
    found.largest_fraction = std::max(found.largest_fraction, h.fraction);
    const size_t total = size_t{dialect.record_header_bytes} + h.cap_len;
    found.needed = at + total;
    found.hungry = records.size() < found.needed;
    if (found.hungry) return found;
    found.left = found.left.from(total);
    ++found.records;
  }
  return found;
}

/// A lone record that ends the file exactly, while the usual header leaves just the bytes over that this one has more
/// (and they do not begin a record of the same day).
bool fits_alone(const Walk& other, const Walk& usual, const PcapDialect& dialect, size_t additional) {
  constexpr uint32_t kDay = 86400;
  return other.records == 1 && other.left.empty() && usual.records == 1 && usual.left.size() == additional &&
         far_apart(dialect.order.u32(usual.left, 0), usual.first_seconds, kDay);
}

/// Several records without a flaw, or with one here and there, but to the end, which the usual header does not reach.
bool fits(const Walk& other, const Walk& usual, bool nanoseconds) {
  const bool flawless = other.odd == 0 && (nanoseconds || other.large_fractions == 0);
  const bool to_end = other.records == kEnoughRecords || other.left.empty();
  return other.records >= 2 && (flawless || (to_end && (usual.broken || usual.hungry)));
}

/// Where the usual record header does not fit: another length of it that does. Nothing when more bytes would tell.
std::optional<uint8_t> find_record_header(const PcapDialect& told, const Walk& usual, Bytes records, bool all,
                                          size_t& needed) {
  bool wait = false;
  for (const uint8_t additional : {uint8_t{4}, uint8_t{8}}) {
    PcapDialect other = told;
    other.record_header_bytes = static_cast<uint8_t>(told.record_header_bytes + additional);
    const Walk found = walk(other, records);
    if (found.broken) continue;
    if (found.hungry && !all) {
      needed = wait ? std::min(needed, found.needed) : found.needed;
      wait = true;
    }
    if (!wait && (fits(found, usual, told.nanoseconds) || fits_alone(found, usual, told, additional)))
      return other.record_header_bytes;
  }
  return wait ? std::nullopt : std::optional(told.record_header_bytes);
}

/// Nearly every fraction of nanoseconds is a million or more; a count of microseconds that ran over by mistake is less
/// than two.
bool tells_nanoseconds(const Walk& found) {
  return found.large_fractions * 2 > found.records && found.largest_fraction >= 2'000'000 &&
         found.largest_fraction < 1'000'000'000;
}

}  // namespace

bool is_pcap_magic(Bytes first) {
  ByteOrder order;
  return magic_of(first, order) != nullptr;
}

bool is_pcap_header(Bytes first) {
  ByteOrder order;
  if (magic_of(first, order) == nullptr || first.size() < 8) return false;
  const uint16_t major = order.u16(first, 4);
  const uint16_t minor = order.u16(first, 6);
  return (major == 2 && minor <= 4) || (major == 543 && minor == 0);
}

std::optional<PcapFileHeader> read_pcap_header(Bytes header) {
  PcapFileHeader file;
  PcapDialect& dialect = file.dialect;
  const Magic* magic = magic_of(header, dialect.order);
  if (magic == nullptr) return std::nullopt;
  const ByteOrder order = dialect.order;
  file.major = order.u16(header, 4);
  file.minor = order.u16(header, 6);
  const uint32_t network = order.u32(header, 20);
  const std::optional<uint16_t> aix = aix_link_type(file, network);

  dialect.nanoseconds = magic->nanoseconds || aix;
  dialect.record_header_bytes = magic->record_header_bytes;
  dialect.file_header_bytes = magic->file_header_bytes;
  // Version 543.0 was written by DG/UX's tcpdump, which kept the old order of the lengths.
  dialect.any_order = (file.major == 2 && file.minor <= 3) || file.major == 543;

  file.interface.link_type = aix.value_or(static_cast<uint16_t>(network));
  file.interface.fcs_bytes = fcs_bytes_of(network);
  file.interface.snap_len = order.u32(header, 16);
  file.interface.time_digits = dialect.nanoseconds ? 9 : 6;
  dialect.max_record_bytes = max_record_bytes(file.interface.link_type);
  return file;
}

bool is_plausible(const PcapDialect& dialect, Bytes header, uint32_t near_seconds) {
  const PcapRecordHeader h = read_record_header(dialect, header);
  return h.cap_len <= dialect.max_record_bytes && !is_odd(dialect, h, near_seconds);
}

std::optional<PcapEvidence> weigh_records(const PcapDialect& told, Bytes records, bool at_end, size_t& needed) {
  records = records.first(kPcapMostWeighedBytes);
  const bool all = at_end || records.size() == kPcapMostWeighedBytes;
  Walk found = walk(told, records);
  needed = found.needed;
  if (found.hungry && !all) return std::nullopt;
  PcapEvidence evidence{told, false};
  if (found.odd > 0 || found.broken || (at_end && !found.left.empty())) {
    const std::optional<uint8_t> header_bytes = find_record_header(told, found, records, all, needed);
    if (!header_bytes) return std::nullopt;
    evidence.dialect.record_header_bytes = *header_bytes;
    found = walk(evidence.dialect, records);
  }
  evidence.nanoseconds_by_records = !told.nanoseconds && tells_nanoseconds(found);
  evidence.dialect.nanoseconds = told.nanoseconds || evidence.nanoseconds_by_records;
  return evidence;
}

}  // namespace tracedrop::capture
