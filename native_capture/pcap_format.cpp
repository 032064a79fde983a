// Classic pcap (draft-ietf-opsawg-pcap), in this computer's byte order:
//
//   file header   u32 magic 0xA1B2C3D4 (microseconds) or 0xA1B23C4D (nanoseconds)
//                 u16 major = 2, u16 minor = 4, u32 reserved, u32 reserved, u32 snap length, u32 link type
//   packet        u32 seconds, u32 fraction, u32 captured length, u32 length on the wire, captured bytes
#include <algorithm>
#include <cstring>

#include "capture_format.h"

namespace tracedrop::native_capture {
namespace {

struct FileHeader {
  uint32_t magic;
  uint16_t major, minor;
  uint32_t reserved[2];
  uint32_t snap_len, link_type;
};
static_assert(sizeof(FileHeader) == kPcapHeaderBytes);

struct RecordHeader {
  uint32_t seconds, fraction, cap_len, wire_len;
};
static_assert(sizeof(RecordHeader) == 16);

size_t whole(const uint8_t* data, size_t size) {
  size_t at = 0;
  while (size - at >= sizeof(RecordHeader)) {
    RecordHeader header;
    std::memcpy(&header, data + at, sizeof header);
    if (header.cap_len > size - at - sizeof header) break;
    at += sizeof header + header.cap_len;
  }
  return at;
}

class PcapFormat : public CaptureFormat {
 public:
  explicit PcapFormat(bool nanoseconds) : nanoseconds_(nanoseconds) {}

  void begin(ByteBuffer& out, const std::vector<FileInterface>& interfaces) const override {
    FileHeader header{nanoseconds_ ? 0xA1B23C4Du : 0xA1B2C3D4u, 2, 4, {0, 0}, 0, interfaces.front().link_type};
    for (const FileInterface& interface : interfaces) header.snap_len = std::max(header.snap_len, interface.snap_len);
    std::memcpy(out.extend(sizeof header), &header, sizeof header);
  }

  void packet(ByteBuffer& out, const Packet& packet) const override {
    const RecordHeader header{packet.seconds, packet.fraction, packet.cap_len, packet.wire_len};
    uint8_t* at = out.extend(sizeof header + packet.cap_len);
    std::memcpy(at, &header, sizeof header);
    std::memcpy(at + sizeof header, packet.data, packet.cap_len);
  }

  void end(ByteBuffer&, const std::vector<CaptureCounters>&, uint64_t) const override {}

  WholeRecords whole_records() const override { return whole; }

 private:
  bool nanoseconds_;
};

}  // namespace

std::unique_ptr<CaptureFormat> make_pcap_format(bool nanoseconds) { return std::make_unique<PcapFormat>(nanoseconds); }

}  // namespace tracedrop::native_capture
