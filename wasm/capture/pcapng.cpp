#include "capture/pcapng.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "base/text.h"
#include "capture/link_type.h"
#include "capture/pcap_dialect.h"
#include "capture/pcapng_options.h"
#include "capture/problem.h"

namespace tracedrop::capture {
namespace {

enum BlockType : uint32_t {
  kSectionHeader = 0x0A0D0D0A,  // the same in both byte orders
  kInterfaceDescription = 1,
  kPacket = 2,
  kSimplePacket = 3,
  kInterfaceStatistics = 5,
  kEnhancedPacket = 6,
};

constexpr uint32_t kByteOrderMagic = 0x1A2B3C4D;
constexpr uint32_t kBlockHeaderBytes = 8;
constexpr uint32_t kTrailerBytes = 4;
constexpr uint32_t kMinBlockBytes = kBlockHeaderBytes + kTrailerBytes;
constexpr uint32_t kMinSectionHeaderBytes = kMinBlockBytes + 16;
constexpr size_t kPacketHeaderBytes = 20;

/// Room for a block's options and fixed fields: two options of the largest length, as Wireshark allows.
constexpr uint32_t kOptionRoomBytes = 2 * 65536 + 32;
/// As in Wireshark: a longer block means a damaged file.
constexpr uint32_t kMaxBlockBytes = 128 * 1024 * 1024 + kOptionRoomBytes;
/// An interface's description or statistics, with all options: the only blocks besides packets that are held.
constexpr uint32_t kMaxDescriptionBytes = 1024 * 1024;
/// As many as a packet's interface can be told apart by (trace::Trace::packet_interface).
constexpr uint32_t kMaxInterfaces = 65536;

constexpr bool is_block_length(uint32_t length) {
  return length >= kMinBlockBytes && length % 4 == 0 && length <= kMaxBlockBytes;
}

/// Is the length at a block's end that at its beginning? Some programs leave the padding out of it only.
constexpr bool agrees(uint32_t trailer, uint32_t length) { return ((uint64_t{trailer} + 3) & ~uint64_t{3}) == length; }

std::string text_with(std::string before, uint64_t number, std::string_view after) {
  append_number(before, number);
  return before.append(after);
}

}  // namespace

bool is_pcapng_start(Bytes first) {
  constexpr std::string_view kType = "\n\r\r\n";
  const std::string_view magic = first.from(8).first(4).text();
  const auto begins_with = [](std::string_view whole, std::string_view part) {
    return whole.substr(0, part.size()) == part;
  };
  return !first.empty() && begins_with(kType, first.first(4).text()) &&
         (begins_with("\x1A\x2B\x3C\x4D", magic) || begins_with("\x4D\x3C\x2B\x1A", magic));
}

Outcome PcapngParser::parse(Window& window, RecordSink& sink, bool at_end) {
  at_end_ = at_end;
  while (!failed_ && !another_file_ && (zeros_ ? pass_zeros(window, sink, at_end) : read_block(window, sink))) {
  }
  // What is left may be a block that was cut short before another file was appended.
  if (at_end && !failed_ && in_section_ && trailer_of_ == 0 && !zeros_) leave_cut_block(window, window.left(), sink);
  if (another_file_) return Outcome::another_file;
  if (at_end && !failed_) finish(window, sink);
  return failed_ ? Outcome::failed : Outcome::hungry;
}

void PcapngParser::finish(Window& window, RecordSink& sink) {
  const size_t left = window.left();
  const bool zeros = window.has(left) && all_zero(window.front(left));
  if (!in_section_) {
    fail(sink, damaged(window.offset() + left, "the file ends within its section header"));
  } else if (zeros_) {
    sink.on_warning(zeros_->tail(left));
  } else if (trailer_of_ == 0 && left > 0 && zeros) {
    sink.on_warning(Zeros(window.offset()).tail(left));
  } else if (trailer_of_ != 0 || left > 0) {
    const uint64_t at = trailer_of_ != 0 ? block_offset_ : window.offset();
    sink.on_warning(truncated(at, "a block", window.offset() + left - at));
  }
}

bool PcapngParser::read_block(Window& window, RecordSink& sink) {
  if (trailer_of_ != 0) return read_trailer(window, sink);
  if (!window.has(kBlockHeaderBytes)) return false;
  block_offset_ = window.offset();
  const Bytes header = window.front(kBlockHeaderBytes);
  const uint32_t type = order_.u32(header, 0);
  if (type == kSectionHeader) return read_section_header(window, sink);
  if (!in_section_) return fail(sink, damaged(block_offset_, "it does not begin with a section header"));

  const uint32_t length = order_.u32(header, 4);
  const uint32_t most = most_bytes_to_hold(type);
  if (most == 0 && leave_blocks(window)) return true;
  if (!is_block_length(length)) return refuse_length(length, sink);
  if (length <= most) return read_whole_block(type, length, window, sink);
  if (most > 0 && type != kInterfaceStatistics) {
    return fail(sink, damaged(block_offset_,
                              text_with(text_with("a block of type ", type, " is said to have "), length, " bytes")));
  }
  skip_to_trailer(length, window);
  return true;
}

/// Is what stands in the place of a block zeros, or another file's header?
bool PcapngParser::leave_blocks(Window& window) {
  const Bytes header = window.front(kBlockHeaderBytes);
  if (all_zero(header)) {
    zeros_.emplace(block_offset_);
  } else {
    another_file_ = is_pcap_header(header);
  }
  return zeros_ || another_file_;
}

/// Does another capture file begin within a block whose end is not its own? Then this file was cut short there, before
/// it was appended to.
bool PcapngParser::leave_cut_block(Window& window, size_t size, RecordSink& sink) {
  const size_t count = std::min(size, window.left());
  const size_t kept = window.has(count) ? find_capture(window.front(count)) : 0;
  if (kept == 0) return false;
  sink.on_warning(truncated(block_offset_, "a block", kept));
  window.consume(kept);
  another_file_ = true;
  return true;
}

/// Behind zeros another section must begin, or another file; else nothing there can be read.
bool PcapngParser::pass_zeros(Window& window, RecordSink& sink, bool at_end) {
  if (!zeros_->pass(window, 1)) return false;
  if (!window.has(kToTellCapture) && !at_end) return false;
  const Bytes next = window.front(std::min(window.left(), kToTellCapture));
  if (!begins_capture(next)) {
    return fail(sink, damaged(zeros_->offset(), "zeros stand here, and no section begins behind them"));
  }
  another_file_ = is_pcap_header(next);
  sink.on_warning(zeros_->gap());
  zeros_.reset();
  return true;
}

uint32_t PcapngParser::most_bytes_to_hold(uint32_t type) const {
  switch (type) {
    case kEnhancedPacket:
    case kPacket:
    case kSimplePacket: return max_record_bytes_ + kOptionRoomBytes;
    case kInterfaceDescription:
    case kInterfaceStatistics: return kMaxDescriptionBytes;
    default: return 0;
  }
}

bool PcapngParser::read_section_header(Window& window, RecordSink& sink) {
  constexpr size_t kFixedBytes = 24;  // up to the options, which are not needed
  if (!window.has(kFixedBytes)) return false;
  const Bytes header = window.front(kFixedBytes);
  order_.big_endian = header.be32(8) == kByteOrderMagic;
  if (order_.u32(header, 8) != kByteOrderMagic) {
    return fail(sink, damaged(block_offset_, "a section header has no valid byte-order magic"));
  }
  const uint16_t major = order_.u16(header, 12);
  const uint16_t minor = order_.u16(header, 14);
  // Version 1.2 was written by some programs and means the same as 1.0.
  if (major != 1 || (minor != 0 && minor != 2)) {
    return fail(sink, unsupported(block_offset_,
                                  text_with(text_with("pcapng version ", major, "."), minor, " is not supported")));
  }
  const uint32_t length = order_.u32(header, 4);
  if (!is_block_length(length)) return refuse_length(length, sink);
  if (length < kMinSectionHeaderBytes) {
    return fail(sink, damaged(block_offset_, text_with("a section header is said to have only ", length, " bytes")));
  }
  ++sections_;
  in_section_ = true;
  interfaces_.clear();
  skip_to_trailer(length, window);
  return true;
}

void PcapngParser::skip_to_trailer(uint32_t length, Window& window) {
  window.skip(length - kTrailerBytes);
  trailer_of_ = length;
}

bool PcapngParser::read_trailer(Window& window, RecordSink& sink) {
  if (!window.has(kTrailerBytes)) return false;
  const uint32_t length = std::exchange(trailer_of_, 0);
  const uint32_t trailer = order_.u32(window.front(kTrailerBytes), 0);
  if (!agrees(trailer, length)) return refuse_trailer(length, trailer, sink);
  window.consume(kTrailerBytes);
  return true;
}

bool PcapngParser::read_whole_block(uint32_t type, uint32_t length, Window& window, RecordSink& sink) {
  if (!window.has(length)) return false;
  const Bytes block = window.front(length);
  const uint32_t trailer = order_.u32(block, length - kTrailerBytes);
  if (!agrees(trailer, length)) {
    const size_t size = size_t{length} + kToTellCapture;
    if (!window.has(size) && !at_end_) return false;
    return leave_cut_block(window, size, sink) || refuse_trailer(length, trailer, sink);
  }
  const Bytes body(block.data() + kBlockHeaderBytes, length - kMinBlockBytes);
  bool sound = true;
  switch (type) {
    case kEnhancedPacket: sound = read_packet(order_.u32(body, 0), body, sink); break;
    case kPacket: sound = read_packet(order_.u16(body, 0), body, sink); break;
    case kSimplePacket: sound = read_simple_packet(body, sink); break;
    case kInterfaceDescription: sound = read_interface(body, sink); break;
    default: read_statistics(body, sink); break;
  }
  if (sound) window.consume(length);
  return sound;
}

bool PcapngParser::read_packet(uint32_t interface, const Bytes& body, RecordSink& sink) {
  if (body.size() < kPacketHeaderBytes) return fail(sink, damaged(block_offset_, "a packet's block is too short"));
  if (interface >= interfaces_.size()) return refuse_interface(interface, sink);
  SectionInterface& from = interfaces_[interface];
  const uint32_t cap_len = order_.u32(body, 12);
  const Bytes data = body.from(kPacketHeaderBytes);
  if (cap_len > data.size() || cap_len > from.max_record_bytes) return refuse_captured(cap_len, data, from, sink);
  Record record;
  const uint64_t count = uint64_t{order_.u32(body, 4)} << 32 | order_.u32(body, 8);
  if (!from.seen) weigh_first_time(from, count, sink);
  record.ts_ns = from.clock.ns(count);
  record.interface = from.index;
  record.offset = block_offset_ + kBlockHeaderBytes + kPacketHeaderBytes;
  record.wire_len = order_.u32(body, 16);
  record.bytes = Bytes(data.data(), cap_len, record.wire_len);
  sink.on_record(record);
  return true;
}

/// A time that no unit but nanoseconds makes one of our days, from an interface that is said to count larger ones.
void PcapngParser::weigh_first_time(SectionInterface& from, uint64_t count, RecordSink& sink) {
  constexpr uint64_t kYear1990 = 631'152'000'000'000'000, kYear2100 = 4'102'444'800'000'000'000;
  from.seen = true;
  const bool possible = from.clock.ns(count) < std::numeric_limits<int64_t>::max();
  if (possible || count < kYear1990 || count > kYear2100) return;
  from.clock = *Clock::of(9, 0);
  sink.on_warning(
      {Severity::warning, "nanosecond-times",
       text_with("The interface of the packet at byte ", block_offset_,
                 " is said to count in larger units, but its times would lie thousands of years ahead: they "
                 "were read as nanoseconds. The program that wrote the file should say so (if_tsresol 9)."),
       block_offset_});
}

bool PcapngParser::read_simple_packet(Bytes body, RecordSink& sink) {
  constexpr size_t kHeaderBytes = 4;
  if (body.size() < kHeaderBytes) return fail(sink, damaged(block_offset_, "a packet's block is too short"));
  if (interfaces_.empty()) return refuse_interface(0, sink);
  const SectionInterface& from = interfaces_[0];
  Record record;
  record.wire_len = order_.u32(body, 0);
  const uint32_t cap_len = from.snap_len == 0 ? record.wire_len : std::min(record.wire_len, from.snap_len);
  const Bytes data = body.from(kHeaderBytes);
  if (cap_len > data.size() || cap_len > from.max_record_bytes) return refuse_captured(cap_len, data, from, sink);
  record.has_time = false;
  record.interface = from.index;
  record.offset = block_offset_ + kBlockHeaderBytes + kHeaderBytes;
  record.bytes = Bytes(data.data(), cap_len, record.wire_len);
  sink.on_record(record);
  return true;
}

bool PcapngParser::read_interface(Bytes body, RecordSink& sink) {
  enum Option : uint16_t { kName = 2, kDescription = 3, kTimeResolution = 9, kFcsLength = 13, kTimeOffset = 14 };
  constexpr size_t kFixedBytes = 8;
  if (body.size() < kFixedBytes) return fail(sink, damaged(block_offset_, "an interface's description is too short"));
  if (interface_count_ == kMaxInterfaces) {
    return fail(sink, unsupported(block_offset_, text_with("more than ", kMaxInterfaces, " interfaces")));
  }
  Interface interface;
  interface.link_type = order_.u16(body, 0);
  interface.snap_len = order_.u32(body, 4);
  interface.section = sections_;
  uint8_t resolution = 6;
  int64_t offset_s = 0;
  const bool sound = for_each_option(order_, body.from(kFixedBytes), [&](uint16_t code, Bytes value) {
    if (code == kName) interface.name = value.text();
    if (code == kDescription) interface.description = value.text();
    if (code == kTimeResolution && value.size() == 1) resolution = value.u8(0);
    if (code == kTimeOffset && value.size() == 8) offset_s = static_cast<int64_t>(order_.u64(value, 0));
    // The draft leaves open whether bits or bytes are meant; no frame check sequence has fewer than 8 bits.
    if (code == kFcsLength && value.size() == 1) {
      interface.fcs_bytes = value.u8(0) >= 8 ? static_cast<uint8_t>(value.u8(0) / 8) : value.u8(0);
    }
  });
  if (!sound) {
    sink.on_warning(
        {Severity::warning, "bad-option",
         text_with("The interface described at byte ", block_offset_,
                   " has an option that does not end within its block. It and those after it were left out; "
                   "the interface's name or the unit of its time stamps may be wrong."),
         block_offset_});
  }
  const std::optional<Clock> clock = Clock::of(resolution, offset_s);
  if (!clock) {
    return fail(sink, unsupported(block_offset_, text_with("an interface's time stamps have the resolution ",
                                                           resolution, ", which 64 bits cannot count")));
  }
  interface.time_digits = clock->time_digits();
  const uint32_t max_bytes = max_record_bytes(interface.link_type);
  max_record_bytes_ = std::max(max_record_bytes_, max_bytes);
  interfaces_.push_back({*clock, interface_count_++, interface.snap_len, max_bytes});
  sink.on_interface(interface);
  return true;
}

void PcapngParser::read_statistics(Bytes body, RecordSink& sink) {
  enum Option : uint16_t { kInterfaceDrops = 5, kSystemDrops = 7 };
  constexpr size_t kFixedBytes = 12;
  const uint32_t id = order_.u32(body, 0);
  if (body.size() < kFixedBytes || id >= interfaces_.size()) return;
  bool reported = false;
  uint64_t dropped = 0;
  for_each_option(order_, body.from(kFixedBytes), [&](uint16_t code, Bytes value) {
    if ((code != kInterfaceDrops && code != kSystemDrops) || value.size() != 8) return;
    reported = true;
    dropped += order_.u64(value, 0);
  });
  if (reported) sink.on_drops(interfaces_[id].index, dropped);
}

bool PcapngParser::refuse_interface(uint32_t id, RecordSink& sink) {
  return fail(sink,
              damaged(block_offset_, text_with(text_with("a packet is said to come from interface ", id, ", but only "),
                                               interfaces_.size(), " are described before it")));
}

bool PcapngParser::refuse_captured(uint32_t cap_len, Bytes data, const SectionInterface& from, RecordSink& sink) {
  const uint64_t possible = std::min<uint64_t>(data.size(), from.max_record_bytes);
  return fail(sink, damaged(block_offset_, text_with(text_with("a packet is said to have ", cap_len,
                                                               " captured bytes, more than the "),
                                                     possible, " that are possible")));
}

bool PcapngParser::refuse_length(uint32_t length, RecordSink& sink) {
  return fail(sink,
              damaged(block_offset_, text_with("a block is said to have ", length,
                                               " bytes; that must be a multiple of 4, at least 12, and below 128 MB")));
}

bool PcapngParser::refuse_trailer(uint32_t length, uint32_t trailer, RecordSink& sink) {
  return fail(sink, damaged(block_offset_,
                            text_with(text_with("a block is said to have ", length, " bytes at its beginning, but "),
                                      trailer, " at its end")));
}

bool PcapngParser::fail(RecordSink& sink, Warning warning) {
  failed_ = true;
  sink.on_warning(std::move(warning));
  return false;
}

}  // namespace tracedrop::capture
