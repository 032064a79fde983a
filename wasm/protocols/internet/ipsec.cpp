// IPsec. Encapsulating Security Payload, RFC 4303: security parameters index (4), sequence number (4), then ciphertext.
// Authentication Header, RFC 4302: next header (1), length in words less 2 (1), reserved (2), index (4), sequence
// number (4), check value. ESP in UDP, RFC 3948: a single FF keeps a binding alive, four zeros announce a key exchange.
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"
#include "dissect/layer.h"
#include "dissect/state.h"
#include "protocols/internet/ip.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

void write_ah_len(std::string& out, uint64_t words) { append(out, words, " (", (words + 2) * 4, " bytes)"); }

constexpr size_t kAhFixed = 12;

struct EspFields {
  Field index{"esp.spi", "ESP SPI", in_base(u32, Base::hex_dec)};
  Field sequence{"esp.sequence", "ESP Sequence", u32};
  Field expected{"esp.sequence-analysis.expected-sn", "Expected SN", u32};
  Field previous{"esp.sequence-analysis.previous-frame", "Previous Frame", packet_number};
  Field wrong{"esp.sequence-analysis.wrong-sequence-number", "Wrong Sequence Number"};
} constexpr esp;
constexpr Claim kEspClaims[] = {{ip_protocols, 50}};

struct AhFields {
  Field next{"ah.next_header", "Next header", u8, kIpProtocolNames};
  Field length{"ah.length", "Length", u8, write_ah_len};
  Field reserved{"ah.reserved", "Reserved", raw_bytes};
  Field index{"ah.spi", "AH SPI", x32};
  Field sequence{"ah.sequence", "AH Sequence", u32};
  Field check{"ah.icv", "AH ICV", raw_bytes};
} constexpr ah;
constexpr Claim kAhClaims[] = {{ip_protocols, 51}};

struct UdpFields {
  Field keep_alive{"udpencap.nat_keepalive", "NAT-keepalive packet"};
  Field marker{"udpencap.non_esp_marker", "Non-ESP Marker"};
} constexpr in_udp;
constexpr Claim kUdpClaims[] = {{udp_ports, 4500}};

void name_index(Context& context, std::string_view name, uint32_t index) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = name;
  out += " (SPI=0x";
  append_hex(out, index, 8);
  out += ')';
}

/// The last packet of each security association, for trees.
struct Associations : ProtocolState {
  struct Last {
    uint32_t sequence = 0;
    PacketIndex packet = 0;
  };
  std::unordered_map<uint64_t, Last, KeyedHash> last;
};

void report_order(Layer& in, uint32_t index, uint32_t sequence) {
  State* const state = in.context().tree_state();
  if (state == nullptr || in.context().is_quoted) return;
  const auto [found, is_new] = state->of<Associations>().last.try_emplace(index);
  const Associations::Last before = found->second;
  found->second = {sequence, in.context().index};
  const uint32_t expected = before.sequence + 1;
  if (is_new || sequence == expected || in.tree() == nullptr) return;
  const uint32_t missing = sequence - expected;
  const bool is_gap = sequence > expected;
  in.conclude(esp.expected, expected, 0);
  if (is_gap) in.append(" (", missing, " SNs missing)");
  std::string spi;
  append_hex(spi, index, 8);
  in.expert(esp.wrong, Severity::warning, ExpertGroup::sequence, "Wrong Sequence Number for SPI ", spi, " - ",
            is_gap ? missing : sequence, is_gap ? " missing" : " repeated");
  in.conclude(esp.previous, before.packet + 1, 0);
}

void dissect_esp(Context& context, Bytes bytes) {
  Layer in(context, esp_protocol, bytes);
  context.set_protocol(esp_protocol);
  context.clear_info();
  const uint32_t index = in(esp.index);
  const uint32_t sequence = in(esp.sequence);
  if (!in.ok()) return;
  name_index(context, "ESP", index);
  in.span_all();
  report_order(in, index, sequence);
}

void dissect_payload_of_ah(Context& context, uint8_t next, Bytes payload) {
  context.hop_limit.reset();  // Wireshark shows none behind this header
  context.call(ip_protocols, next, payload);
}

void read_ah(Layer& in, Bytes bytes) {
  Context& context = in.context();
  context.set_protocol(ah_protocol);
  context.clear_info();
  const auto next = static_cast<uint8_t>(in(ah.next));
  const size_t length = (size_t{in(ah.length)} + 2) * 4;
  in.bytes(ah.reserved, 2);
  const uint32_t index = in(ah.index);
  if (!in.ok()) return;
  name_index(context, "AH", index);
  in(ah.sequence);
  if (length > kAhFixed) in.bytes(ah.check, length - kAhFixed);
  if (in.ok()) dissect_payload_of_ah(context, next, bytes.from(std::max(length, size_t{8})));
}

/// In IPv6 it is an extension header, and stands in its layer.
void dissect_ah(Context& context, Bytes bytes) {
  if (context.source.kind == AddressKind::ipv6) {
    Layer in(context, ah_protocol, bytes, ipv6_protocol);
    return read_ah(in, bytes);
  }
  Layer in(context, ah_protocol, bytes);
  read_ah(in, bytes);
}

void dissect_udp(Context& context, Bytes bytes) {
  constexpr uint8_t kKeepAlive = 0xFF;
  constexpr size_t kMarker = 4;
  Layer in(context, esp_in_udp_protocol, bytes);
  context.set_protocol(esp_in_udp_protocol);
  context.clear_info();
  if (bytes.wire_size() == 1 && bytes.u8(0) == kKeepAlive) {
    in.bytes(in_udp.keep_alive, 1);
    return context.set_info("NAT-keepalive");
  }
  if (bytes.be32(0) == 0) {
    in.bytes(in_udp.marker, kMarker);
    return;
  }
  in.skip(kMarker);
  if (!in.ok()) return;
  in.seek(0);
  context.call(esp_protocol, bytes);
}

}  // namespace

const Protocol esp_protocol{.filter_name = "esp",
                            .column_name = "ESP",
                            .title = "Encapsulating Security Payload",
                            .fields = listed<esp>,
                            .claims = kEspClaims,
                            .dissect = dissect_esp};
const Protocol ah_protocol{.filter_name = "ah",
                           .column_name = "AH",
                           .title = "Authentication Header",
                           .fields = listed<ah>,
                           .claims = kAhClaims,
                           .dissect = dissect_ah};
const Protocol esp_in_udp_protocol{.filter_name = "udpencap",
                                   .column_name = "UDPENCAP",
                                   .title = "UDP Encapsulation of IPsec Packets",
                                   .fields = listed<in_udp>,
                                   .claims = kUdpClaims,
                                   .dissect = dissect_udp};

}  // namespace tracedrop::dissect
