// User Datagram Protocol, RFC 768: source port (2), destination port (2), length (2), checksum (2).
#include "base/text.h"
#include "dissect/layer.h"
#include "dissect/state.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace {

constexpr size_t kHeader = 8;

constexpr Field source_port{"udp.srcport", "Source Port", u16};
constexpr Field destination_port{"udp.dstport", "Destination Port", u16};
constexpr Field length{"udp.length", "Length", u16};
constexpr Field checksum{"udp.checksum", "Checksum", x16};
constexpr Field stream{"udp.stream", "Stream index", u32};
constexpr const Field* kFields[] = {&source_port, &destination_port, &length, &checksum, &stream};
constexpr Claim kClaims[] = {{ip_protocols, 17}};

void append_ports(Context& context) {
  std::string& out = *context.info();
  out.clear();
  append_number(out, context.source_port);
  out += " \xE2\x86\x92 ";
  append_number(out, context.destination_port);
}

/// Bytes that are needed to tell that nobody recognises a payload.
constexpr size_t kNeededToRecognise = 4;

void require_captured(Context& context, Bytes payload, size_t count) {
  if (payload.size() < std::min(count, payload.wire_size()) && context.shortage == Shortage::none)
    context.shortage = Shortage::snapped;
}

/// The claim on the lower port first, as it is more likely the server's; then whoever recognises the payload.
void call_payload(Context& context, Bytes payload) {
  if (const Protocol* announced = context.announced(Transport::udp)) {
    if (announced->dissect != nullptr) return context.call(*announced, payload);
  }
  const uint32_t low = std::min(context.source_port, context.destination_port);
  const uint32_t high = std::max(context.source_port, context.destination_port);
  if (context.call(udp_ports, low, payload) || context.call(udp_ports, high, payload)) return;
  for (const Protocol* protocol : all_protocols())
    if (protocol->recognise_datagram != nullptr && protocol->recognise_datagram(payload))
      return context.call(*protocol, payload);
  require_captured(context, payload, kNeededToRecognise);
}

void append_length(Context& context, size_t length_in_header, size_t total, size_t available) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  if (total > available || total < kHeader) {
    out += " [BAD UDP LENGTH ";
    append_number(out, length_in_header);
    out += total < kHeader ? " < 8]" : " > IP PAYLOAD LENGTH]";
  }
  if (total < kHeader) return;
  out += " Len=";
  append_number(out, total - kHeader);
  if (length_in_header == 0) out += " [Jumbogram]";
}

/// First pass: the conversation, and the bytes that it carries.
void enter(Context& context, Bytes payload) {
  context.row.flow =
      context.state()
          ->flows
          .find(Transport::udp, context.source, context.source_port, context.destination, context.destination_port)
          .id();
  context.row.payload_len = static_cast<uint16_t>(std::min<size_t>(payload.wire_size(), UINT16_MAX));
}

/// A datagram inside an ICMP error has no conversation: the row's is that of the error.
void report_stream(Layer& in, Context& context) {
  if (!context.has_conversation()) return;
  const Conversation& conversation = context.findings.conversations[context.row.flow >> 1];
  if (conversation.transport == Transport::udp) in.note(stream, conversation.stream);
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, udp_protocol, bytes);
  context.source_port = in.be16(source_port);
  context.destination_port = in.be16(destination_port);
  if (!in.ok()) return;
  context.set_protocol(udp_protocol);
  if (context.info() != nullptr) append_ports(context);
  const size_t length_in_header = in.be16(length);
  if (!in.ok()) return;
  // In IPv6, a length of 0 stands for a jumbogram (RFC 2675, section 4), and a checksum is never 0 (RFC 8200,
  // section 8.1).
  const bool in_ipv6 = context.source.kind == AddressKind::ipv6;
  const size_t total = length_in_header == 0 && in_ipv6 ? bytes.wire_size() : length_in_header;
  append_length(context, length_in_header, total, context.is_fragment ? SIZE_MAX : bytes.wire_size());
  if (total < kHeader) return;
  const uint16_t sum = in.be16(checksum);
  const Bytes payload = bytes.first(total).from(kHeader);
  if (context.has_memory()) enter(context, payload);
  if (context.tree() != nullptr) report_stream(in, context);
  if (!in.ok()) return;
  if (sum == 0 && in_ipv6) context.append_info(" [ILLEGAL CHECKSUM (0)]");
  if (!payload.empty()) return call_payload(context, payload);
  if (total > kHeader) in.skip(1);
}

}  // namespace

const Protocol udp_protocol{"udp", "UDP", "User Datagram Protocol", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
