// Dissection of any bytes: the input is cut into packets (a length byte pair before each) of one link type (its first
// byte) and goes through the whole engine as a pcap, so that no packet is lost to a damaged file header. Every row is
// formatted.
#include <array>
#include <cstdint>
#include <string>

#include "engine/engine.h"

namespace {

using tracedrop::Bytes;

// Ethernet, BSD loopback, raw IP, OpenBSD loopback, Linux cooked v1 and v2, PKTAP, NFLOG.
constexpr std::array<uint16_t, 8> kLinkTypes{1, 0, 101, 108, 113, 276, 258, 239};

class Memory : public tracedrop::engine::ByteSource {
 public:
  explicit Memory(const std::string& bytes) : bytes_(Bytes::of(bytes)) {}
  Bytes read(uint64_t offset, size_t length) override { return bytes_.sub(static_cast<size_t>(offset), length); }

 private:
  Bytes bytes_;
};

void append_le32(std::string& out, uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(value >> shift));
}

void append_file_header(std::string& out, uint16_t link_type) {
  append_le32(out, 0xA1B2C3D4);
  append_le32(out, 2 | 4 << 16);
  append_le32(out, 0);
  append_le32(out, 0);
  append_le32(out, 262144);
  append_le32(out, link_type);
}

std::string as_pcap(Bytes input) {
  std::string file;
  append_file_header(file, kLinkTypes[input.u8(0) % kLinkTypes.size()]);
  uint32_t packet = 0;
  for (size_t at = 1; at < input.size();) {
    const size_t length = input.le16(at) % 2048;
    const Bytes bytes = input.sub(at + 2, length);
    append_le32(file, packet / 1000);
    append_le32(file, packet % 1000 * 1000);
    append_le32(file, static_cast<uint32_t>(bytes.size()));
    append_le32(file, static_cast<uint32_t>(bytes.size()) + (input.u8(at + 1) >> 6) * 100u);
    file.append(bytes.text());
    at += 2 + length;
    ++packet;
  }
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string file = as_pcap(Bytes(data, size));
  Memory source(file);
  tracedrop::engine::Engine engine(source);
  engine.push(Bytes::of(file));
  engine.finish();
  tracedrop::engine::RowTexts texts;
  for (uint32_t i = 0; i < engine.trace().size(); ++i) engine.row_texts(i, texts);
  return 0;
}
