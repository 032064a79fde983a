// User Datagram Protocol, RFC 768: source port (2), destination port (2), length (2), checksum (2).
#include "base/text.h"
#include "dissect/context.h"
#include "dissect/registry.h"
#include "dissect/state.h"

namespace tracedrop::dissect {

namespace {

constexpr size_t kHeader = 8;

constexpr Field source_port{"udp.srcport", "Source Port", FieldType::uint16};
constexpr Field destination_port{"udp.dstport", "Destination Port", FieldType::uint16};
constexpr Field length{"udp.length", "Length", FieldType::uint16};
constexpr Field checksum{"udp.checksum", "Checksum", FieldType::uint16, Base::hex};
constexpr Field stream{"udp.stream", "Stream index", FieldType::uint32};
constexpr const Field* kFields[] = {&source_port, &destination_port, &length, &checksum, &stream};
constexpr Claim kClaims[] = {{Table::ip_protocol, 17}};

void append_ports(Context& context) {
  std::string& out = *context.info();
  out.clear();
  append_number(out, context.source_port);
  out += " \xE2\x86\x92 ";
  append_number(out, context.destination_port);
}

/// The claim on the lower port first, as it is more likely the server's.
void call_port(Context& context, Bytes payload) {
  const uint32_t low = std::min(context.source_port, context.destination_port);
  const uint32_t high = std::max(context.source_port, context.destination_port);
  if (!context.call(Table::udp_port, low, payload)) context.call(Table::udp_port, high, payload);
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, udp_protocol, bytes);
  context.set_protocol(udp_protocol);
  context.source_port = in.be16(source_port);
  context.destination_port = in.be16(destination_port);
  if (in.ok() && context.info() != nullptr) append_ports(context);
  const size_t datagram_len = in.be16(length);
  in.be16(checksum);
  if (!in.ok()) return;
  // A length of 0 stands for a jumbogram (RFC 2675, section 4): the network layer tells.
  const size_t total = datagram_len == 0 ? bytes.wire_size() : datagram_len;
  if (total < kHeader || total > bytes.wire_size()) {
    if (context.info() == nullptr) return;
    *context.info() += total < kHeader ? " [BAD UDP LENGTH " : " [BAD UDP LENGTH ";
    append_number(*context.info(), datagram_len);
    *context.info() += total < kHeader ? " < 8]" : " > IP PAYLOAD LENGTH]";
    return;
  }
  const Bytes payload = bytes.first(total).from(kHeader);
  if (context.first_pass()) {
    context.row.flow = context.state()
                           ->flows.find(Transport::udp, context.source, context.source_port, context.destination,
                                        context.destination_port)
                           .id();
    context.row.payload_len = static_cast<uint16_t>(std::min<size_t>(payload.wire_size(), UINT16_MAX));
  }
  if (context.fields() != nullptr) in.note(stream, context.findings.conversations[context.row.flow >> 1].stream);
  if (context.info() != nullptr) {
    *context.info() += " Len=";
    append_number(*context.info(), payload.wire_size());
  }
  if (!payload.empty()) call_port(context, payload);
}

}  // namespace

const Protocol udp_protocol{"udp", "UDP", "User Datagram Protocol", kFields, kClaims, dissect};

}  // namespace tracedrop::dissect
