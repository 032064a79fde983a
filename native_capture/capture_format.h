// Packets as the bytes of a capture file: classic pcap and pcapng. Pure functions of their input; files are elsewhere.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tracedrop::native_capture {

/// One captured packet, borrowed from the kernel's buffer.
struct Packet {
  uint32_t interface = 0;
  uint32_t seconds = 0;   ///< since 1970-01-01 UTC
  uint32_t fraction = 0;  ///< microseconds or nanoseconds, as the file has them
  uint32_t cap_len = 0;
  uint32_t wire_len = 0;
  const uint8_t* data = nullptr;
};

/// What a file says of an interface.
struct FileInterface {
  std::string name;
  std::string description;
  uint16_t link_type = 0;  ///< LINKTYPE_ value
  uint32_t snap_len = 0;
  bool nanoseconds = false;
  std::string filter;
};

/// What an interface counted over a capture; nothing where the system does not report it.
struct CaptureCounters {
  std::optional<uint64_t> received;
  std::optional<uint64_t> dropped_by_kernel;
  std::optional<uint64_t> dropped_by_interface;
  uint64_t written = 0;
};

/// Bytes that are being gathered: as std::vector, but without clearing what is about to be overwritten.
class ByteBuffer {
 public:
  explicit ByteBuffer(size_t capacity) : bytes_(new uint8_t[capacity]), capacity_(capacity) {}
  const uint8_t* data() const { return bytes_.get(); }
  size_t size() const { return size_; }
  size_t room() const { return capacity_ - size_; }
  void clear() { size_ = 0; }
  /// The next `count` bytes, to be written by the caller; the buffer grows when it must.
  uint8_t* extend(size_t count) {
    if (count > room()) grow(count);
    uint8_t* at = bytes_.get() + size_;
    size_ += count;
    return at;
  }

 private:
  void grow(size_t count);

  std::unique_ptr<uint8_t[]> bytes_;
  size_t capacity_;
  size_t size_ = 0;
};

/// How many of the first `size` bytes at `data`, which begins with a record, are whole records.
using WholeRecords = size_t (*)(const uint8_t* data, size_t size);

class CaptureFormat {
 public:
  virtual ~CaptureFormat() = default;
  /// Everything before the first packet.
  virtual void begin(ByteBuffer& out, const std::vector<FileInterface>& interfaces) const = 0;
  virtual void packet(ByteBuffer& out, const Packet& packet) const = 0;
  /// Everything after the last packet; one entry an interface. `end_us` is the time, in microseconds since 1970.
  virtual void end(ByteBuffer& out, const std::vector<CaptureCounters>& counters, uint64_t end_us) const = 0;
  virtual WholeRecords whole_records() const = 0;
};

/// What stands before a classic pcap's first packet.
inline constexpr size_t kPcapHeaderBytes = 24;

/// Classic pcap: one interface (or several of one link type).
std::unique_ptr<CaptureFormat> make_pcap_format(bool nanoseconds);

/// pcapng. `system` says in the file what it was made on.
std::unique_ptr<CaptureFormat> make_pcapng_format(bool nanoseconds, const std::string& system);

}  // namespace tracedrop::native_capture
