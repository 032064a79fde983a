// pcapng (draft-ietf-opsawg-pcapng), in this computer's byte order. A file is a row of blocks, each
//
//   u32 type, u32 total length, body, u32 total length          padded to 4 bytes
//
//   section header        0x0A0D0D0A   u32 0x1A2B3C4D, u16 1, u16 0, i64 -1 (length unknown), options
//   interface description 1            u16 link type, u16 0, u32 snap length, options
//   enhanced packet       6            u32 interface, u32 time (high), u32 time (low), u32 captured, u32 on the wire,
//   bytes interface statistics  5            u32 interface, u32 time (high), u32 time (low), options
//
// An option is u16 code, u16 length, value padded to 4 bytes; code 0 ends the list.
#include <array>
#include <cstring>
#include <string_view>

#include "capture_format.h"

namespace tracedrop::native_capture {
namespace {

enum BlockType : uint32_t { kSection = 0x0A0D0D0A, kInterface = 1, kStatistics = 5, kPacket = 6 };
enum SectionOption : uint16_t { kShbOs = 3, kShbUserApplication = 4 };
enum InterfaceOption : uint16_t { kIfName = 2, kIfDescription = 3, kIfTsResol = 9, kIfFilter = 11, kIfOs = 12 };
enum StatisticsOption : uint16_t {
  kIsbEndTime = 3,
  kIsbIfRecv = 4,
  kIsbIfDrop = 5,
  kIsbFilterAccept = 6,
  kIsbOsDrop = 7,
};

constexpr size_t padded(size_t size) { return (size + 3) & ~size_t{3}; }

template <typename Number>
void put(ByteBuffer& out, Number number) {
  std::memcpy(out.extend(sizeof number), &number, sizeof number);
}

/// One block: what is put between its construction and close() is its body.
class BlockWriter {
 public:
  BlockWriter(ByteBuffer& out, BlockType type) : out_(out), start_(out.size()) {
    put(out, static_cast<uint32_t>(type));
    put(out, uint32_t{0});
  }
  void option(uint16_t code, const void* value, size_t size) {
    put(out_, code);
    put(out_, static_cast<uint16_t>(size));
    uint8_t* at = out_.extend(padded(size));
    std::memset(at, 0, padded(size));
    std::memcpy(at, value, size);
  }
  void option(uint16_t code, std::string_view text) {
    if (!text.empty()) option(code, text.data(), text.size() < 65532 ? text.size() : 65532);
  }
  void option(uint16_t code, std::optional<uint64_t> number) {
    if (number) option(code, &*number, sizeof *number);
  }
  void close() {
    put(out_, uint32_t{0});  // opt_endofopt
    const auto total = static_cast<uint32_t>(out_.size() + 4 - start_);
    put(out_, total);
    std::memcpy(const_cast<uint8_t*>(out_.data()) + start_ + 4, &total, sizeof total);
  }

 private:
  ByteBuffer& out_;
  size_t start_;
};

size_t whole(const uint8_t* data, size_t size) {
  size_t at = 0;
  while (size - at >= 12) {
    uint32_t total;
    std::memcpy(&total, data + at + 4, sizeof total);
    if (total < 12 || total > size - at) break;
    at += total;
  }
  return at;
}

class PcapngFormat : public CaptureFormat {
 public:
  PcapngFormat(bool nanoseconds, std::string system) : nanoseconds_(nanoseconds), system_(std::move(system)) {}

  void begin(ByteBuffer& out, const std::vector<FileInterface>& interfaces) const override {
    BlockWriter section(out, kSection);
    put(out, uint32_t{0x1A2B3C4D});
    put(out, uint16_t{1});
    put(out, uint16_t{0});
    put(out, int64_t{-1});
    section.option(kShbOs, system_);
    section.option(kShbUserApplication, "native_capture " TRACEDROP_VERSION);
    section.close();
    for (const FileInterface& interface : interfaces) begin_interface(out, interface);
  }

  void packet(ByteBuffer& out, const Packet& packet) const override {
    const size_t data_size = padded(packet.cap_len);
    const auto total = static_cast<uint32_t>(28 + data_size + 4);
    const uint64_t time = ticks(packet.seconds, packet.fraction);
    const std::array<uint32_t, 7> header{kPacket,
                                         total,
                                         packet.interface,
                                         static_cast<uint32_t>(time >> 32),
                                         static_cast<uint32_t>(time),
                                         packet.cap_len,
                                         packet.wire_len};
    uint8_t* at = out.extend(total);
    std::memset(at + total - 8, 0, 4);  // the padding, if there is any; what follows writes over the rest
    std::memcpy(at, header.data(), sizeof header);
    std::memcpy(at + sizeof header, packet.data, packet.cap_len);
    std::memcpy(at + total - 4, &total, sizeof total);
  }

  void end(ByteBuffer& out, const std::vector<CaptureCounters>& counters, uint64_t end_us) const override {
    const uint64_t time = nanoseconds_ ? end_us * 1000 : end_us;
    for (size_t i = 0; i < counters.size(); ++i) {
      BlockWriter statistics(out, kStatistics);
      put(out, static_cast<uint32_t>(i));
      put(out, static_cast<uint32_t>(time >> 32));
      put(out, static_cast<uint32_t>(time));
      const std::array<uint32_t, 2> end_time{static_cast<uint32_t>(time >> 32), static_cast<uint32_t>(time)};
      statistics.option(kIsbEndTime, end_time.data(), sizeof end_time);
      statistics.option(kIsbIfRecv, counters[i].received);
      statistics.option(kIsbIfDrop, counters[i].dropped_by_interface);
      statistics.option(kIsbFilterAccept, counters[i].written);
      statistics.option(kIsbOsDrop, counters[i].dropped_by_kernel);
      statistics.close();
    }
  }

  WholeRecords whole_records() const override { return whole; }

 private:
  uint64_t ticks(uint32_t seconds, uint32_t fraction) const {
    return uint64_t{seconds} * (nanoseconds_ ? 1000000000u : 1000000u) + fraction;
  }

  void begin_interface(ByteBuffer& out, const FileInterface& interface) const {
    BlockWriter block(out, kInterface);
    put(out, interface.link_type);
    put(out, uint16_t{0});
    put(out, interface.snap_len);
    block.option(kIfName, interface.name);
    block.option(kIfDescription, interface.description);
    const uint8_t digits = nanoseconds_ ? 9 : 6;
    block.option(kIfTsResol, &digits, 1);
    // The value begins with its kind: 0 is an expression in libpcap's language.
    if (!interface.filter.empty()) block.option(kIfFilter, std::string(1, '\0') + interface.filter);
    block.option(kIfOs, system_);
    block.close();
  }

  bool nanoseconds_;
  std::string system_;
};

}  // namespace

std::unique_ptr<CaptureFormat> make_pcapng_format(bool nanoseconds, const std::string& system) {
  return std::make_unique<PcapngFormat>(nanoseconds, system);
}

}  // namespace tracedrop::native_capture
