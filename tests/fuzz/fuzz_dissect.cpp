// Dissection of any bytes: the input is cut into packets of one link type (packets.h) and goes through the whole engine
// as a pcap, so that no packet is lost to a damaged file header. Every row is formatted, and everything that can be
// asked of the file is asked.
#include <cstdint>
#include <string>

#include "engine/engine.h"
#include "packets.h"
#include "support/look_at_all.h"

namespace {

using tracedrop::Bytes;

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
  const auto& link_types = tracedrop::fuzz::link_types();
  append_file_header(file, link_types[input.u8(0) % link_types.size()]);
  uint32_t packet = 0;
  for (size_t at = 1; at < input.size();) {
    const size_t length = input.le16(at) & tracedrop::fuzz::kMostPacketBytes;
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
  tracedrop::test::MemorySource source(file);
  tracedrop::engine::Engine engine(source);
  engine.push(Bytes::of(file));
  engine.finish();
  tracedrop::test::look_at_all(engine);
  tracedrop::test::replay_all(engine.trace(), source);
  return 0;
}
