// IPsec. Encapsulating Security Payload, RFC 4303: security parameters index (4), sequence number (4), then ciphertext.
// Authentication Header, RFC 4302: next header (1), length in words less 2 (1), reserved (2), index (4), sequence
// number (4), check value. ESP in UDP, RFC 3948: a single FF keeps a binding alive, four zeros announce a key exchange.
#include "base/text.h"
#include "dissect/layer.h"
#include "protocols/internet/ip.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr Field esp_index{"esp.spi", "ESP SPI", x32};
constexpr Field esp_sequence{"esp.sequence", "ESP Sequence", u32};
constexpr const Field* kEspFields[] = {&esp_index, &esp_sequence};
constexpr Claim kEspClaims[] = {{ip_protocols, 50}};

constexpr Field ah_next{"ah.next_header", "Next header", u8, kIpProtocolNames};
constexpr Field ah_length{"ah.length", "Length", u8};
constexpr Field ah_index{"ah.spi", "AH SPI", x32};
constexpr Field ah_sequence{"ah.sequence", "AH Sequence", u32};
constexpr Field ah_check{"ah.icv", "AH ICV", raw_bytes};
constexpr const Field* kAhFields[] = {&ah_next, &ah_length, &ah_index, &ah_sequence, &ah_check};
constexpr Claim kAhClaims[] = {{ip_protocols, 51}};

constexpr Claim kUdpClaims[] = {{udp_ports, 4500}};

constexpr size_t kAhFixed = 12;

void name_index(Context& context, std::string_view name, uint32_t index) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = name;
  out += " (SPI=0x";
  append_hex(out, index, 8);
  out += ')';
}

void dissect_esp(Context& context, Bytes bytes) {
  Layer in(context, esp_protocol, bytes);
  context.set_protocol(esp_protocol);
  context.clear_info();
  const uint32_t index = in.be32(esp_index);
  in.be32(esp_sequence);
  if (in.ok()) name_index(context, "ESP", index);
}

void dissect_ah(Context& context, Bytes bytes) {
  Layer in(context, ah_protocol, bytes);
  context.set_protocol(ah_protocol);
  context.clear_info();
  const uint8_t next = in.u8(ah_next);
  const size_t length = (size_t{in.u8(ah_length)} + 2) * 4;
  in.skip(2);
  const uint32_t index = in.be32(ah_index);
  if (!in.ok()) return;
  name_index(context, "AH", index);
  in.be32(ah_sequence);
  if (length > kAhFixed) in.bytes(ah_check, length - kAhFixed);
  if (!in.ok()) return;
  context.hop_limit.reset();  // Wireshark shows none behind this header
  if (!context.call(ip_protocols, next, bytes.from(std::max(length, size_t{8})))) return;
}

void dissect_udp(Context& context, Bytes bytes) {
  constexpr uint8_t kKeepAlive = 0xFF;
  constexpr size_t kLeastPacket = 4;
  Layer in(context, esp_in_udp_protocol, bytes);
  context.set_protocol(esp_in_udp_protocol);
  context.clear_info();
  if (bytes.wire_size() == 1 && bytes.u8(0) == kKeepAlive) return context.set_info("NAT-keepalive");
  in.skip(kLeastPacket);
  if (in.ok() && bytes.be32(0) != 0) context.call(esp_protocol, bytes);
}

}  // namespace

const Protocol esp_protocol{"esp", "ESP", "Encapsulating Security Payload", kEspFields, kEspClaims, dissect_esp};
const Protocol ah_protocol{"ah", "AH", "Authentication Header", kAhFields, kAhClaims, dissect_ah};
const Protocol esp_in_udp_protocol{"udpencap", "UDPENCAP", "UDP Encapsulation of IPsec Packets",
                                   {},         kUdpClaims, dissect_udp};

}  // namespace tracedrop::dissect
