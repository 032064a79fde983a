// User Datagram Protocol, RFC 768: source port (2), destination port (2), length (2), checksum (2).
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"
#include "dissect/layer.h"
#include "dissect/state.h"
#include "protocols/application/data.h"
#include "protocols/internet/checksum.h"
#include "protocols/list.h"
#include "protocols/transport/udp.h"

namespace tracedrop::dissect {

namespace udp {
namespace {

constexpr size_t kHeader = 8;

struct Fields {
  Field source_port{"udp.srcport", "Source Port", u16, {}, "udp.port"};
  Field destination_port{"udp.dstport", "Destination Port", u16, {}, "udp.port"};
  Field length{"udp.length", "Length", u16};
  Field checksum{"udp.checksum", "Checksum", x16};
  Field checksum_status{"udp.checksum.status", "Checksum Status", u8, write_checksum_status};
  Field stream{"udp.stream", "Stream index", u32};
  Field stream_number{"udp.stream.pnum", "Stream Packet Number", u32};
  Field since_first{"udp.time_relative", "Time since first frame", relative_ns};
  Field since_previous{"udp.time_delta", "Time since previous frame", relative_ns};
  Field pdu_size{"udp.pdu.size", "PDU Size", u32};
  Field payload{"udp.payload", "Payload", raw_bytes};
  Field bad_length{"udp.length.bad", "Bad length value"};
  Field zero_length{"udp.length.bad_zero", "Length is zero but payload < 65536"};
  Field zero_checksum{"udp.checksum.zero", "Illegal checksum value (0)"};
} constexpr f;
constexpr Claim kClaims[] = {{ip_protocols, 17}};

/// What trees tell of a stream; a datagram that is only quoted begins one, too, but is none of its packets.
struct Stream {
  uint32_t index = 0;
  uint32_t packets = 0;
  int64_t first_ns = 0, previous_ns = 0;
};

class Streams : public ProtocolState {
 public:
  Stream& find(const Context& context) {
    std::string a = endpoint(context.source, context.source_port);
    std::string b = endpoint(context.destination, context.destination_port);
    if (b < a) std::swap(a, b);
    const auto [found, is_new] = streams_.try_emplace(a + b);
    if (is_new) {
      const auto index = static_cast<uint32_t>(streams_.size() - 1);
      found->second = {index, 0, context.row.ts_ns, context.row.ts_ns};
    }
    return found->second;
  }

 private:
  static std::string endpoint(const AddressBytes& address, uint16_t port) {
    std::string out(address.raw.text());
    out += static_cast<char>(port >> 8);
    out += static_cast<char>(port & 0xFF);
    return out;
  }
  std::unordered_map<std::string, Stream, KeyedHash> streams_;
};

void append_ports(Context& context) {
  context.set_info(context.source_port, " \xE2\x86\x92 ", context.destination_port);
}

/// Bytes that are needed to tell that nobody recognises a payload.
constexpr size_t kNeededToRecognise = 4;

void require_captured(Context& context, Bytes payload, size_t count) {
  if (payload.size() < std::min(count, payload.wire_size()) && context.shortage == Shortage::none)
    context.shortage = Shortage::snapped;
}

/// Whether a protocol wants what reaches its port: all of it, unless it can tell.
bool takes(const Protocol& claimed, Bytes payload) {
  if (claimed.wants_datagram != nullptr) return claimed.wants_datagram(payload);
  return claimed.recognise_datagram == nullptr || claimed.owns_ports || claimed.recognise_datagram(payload);
}

/// The claim on the lower port first, as it is more likely the server's; then whoever recognises the payload.
void call_payload(Context& context, Bytes payload) {
  if (const Protocol* announced = context.announced(Transport::udp)) {
    const bool is_wanted = announced->wants_datagram == nullptr || announced->wants_datagram(payload);
    if (announced->dissect != nullptr && announced != &data_protocol && is_wanted)
      return context.call(*announced, payload);
  }
  const uint32_t low = std::min(context.source_port, context.destination_port);
  const uint32_t high = std::max(context.source_port, context.destination_port);
  for (const uint32_t port : {low, high}) {
    const Protocol* const claimed = udp_ports.find(port);
    if (claimed != nullptr && claimed->dissect != nullptr && takes(*claimed, payload))
      return context.call(*claimed, payload);
  }
  call_whoever_recognises(context, payload);
}

void append_length(Layer& in, size_t length_in_header, size_t total, size_t available) {
  Context& context = in.context();
  if (total < kHeader) {
    context.append_info(" [BAD UDP LENGTH ", length_in_header, " < 8]");
    in.append(" (bogus, must be >= ", kHeader, ')');
    in.expert(f.bad_length, Severity::error, ExpertGroup::malformed, "Bad length value ", length_in_header, " < ",
              kHeader);
    return;
  }
  if (total > available) {
    context.append_info(" [BAD UDP LENGTH ", length_in_header, " > IP PAYLOAD LENGTH]");
    if (!context.is_quoted) {
      in.append(" (bogus, payload length ", available, ')');
      in.expert(f.bad_length, Severity::error, ExpertGroup::malformed, "Bad length value ", length_in_header,
                " > IP payload length");
    }
  }
  context.append_info(" Len=", total - kHeader);
  if (length_in_header != 0) return;
  context.append_info(" [Jumbogram]");
  constexpr size_t kLeastJumbo = 65536;
  if (available < kLeastJumbo) in.expert(f.zero_length, Severity::warning, ExpertGroup::protocol, f.zero_length.title);
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

/// Reads the checksum, which takes much to verify and is not: often the capture was made before the card filled it in.
uint32_t read_checksum(Layer& in, bool in_ipv6) {
  const uint32_t sum = in(f.checksum);
  if (in.tree() == nullptr || !in.ok()) return sum;
  if (sum != 0) {
    in.append(" [unverified]");
    in.conclude(f.checksum_status, kChecksumUnverified, 6);
    return sum;
  }
  in.append(in_ipv6 ? " [zero-value illegal]" : " [zero-value ignored]");
  if (in_ipv6) in.expert(f.zero_checksum, Severity::error, ExpertGroup::checksum, f.zero_checksum.title);
  const auto below = in.below();
  in.conclude(f.checksum_status, in_ipv6 ? kChecksumIllegal : kChecksumNotPresent, 6, 2);
  return sum;
}

/// The stream, and where in it the datagram stands.
void report_stream(Layer& in) {
  Context& context = in.context();
  State* const state = context.tree_state();
  if (state == nullptr) return;
  Stream& stream = state->of<Streams>().find(context);
  in.conclude(f.stream, stream.index, kHeader);
  if (context.is_quoted) return;
  in.conclude(f.stream_number, ++stream.packets, 0);
  if (in.tree() != nullptr) {
    const auto times = in.group_line(0, 0, "Timestamps");
    in.generated();
    in.conclude(f.since_first, static_cast<uint64_t>(context.row.ts_ns - stream.first_ns), 0);
    in.conclude(f.since_previous, static_cast<uint64_t>(context.row.ts_ns - stream.previous_ns), 0);
  }
  stream.previous_ns = context.row.ts_ns;
}

void report_payload(Layer& in, Bytes payload) {
  if (in.tree() == nullptr || payload.empty()) return;
  in.add_bytes(f.payload, kHeader, payload.size());
  in.replace("UDP payload (", Counted{payload.size(), "byte", "bytes"}, ')');
}

void dissect(Context& context, Bytes bytes) {
  Layer in(context, udp_protocol, bytes);
  context.source_port = static_cast<uint16_t>(in(f.source_port));
  context.destination_port = static_cast<uint16_t>(in(f.destination_port));
  if (!in.ok()) return;
  in.append_title(", Src Port: ", context.source_port, ", Dst Port: ", context.destination_port);
  context.set_protocol(udp_protocol);
  append_ports(context);
  const size_t length_in_header = in(f.length);
  if (!in.ok()) return;
  // In IPv6, a length of 0 stands for a jumbogram (RFC 2675, section 4), and a checksum is never 0 (RFC 8200,
  // section 8.1).
  const bool in_ipv6 = context.source.kind == AddressKind::ipv6;
  const size_t total = length_in_header == 0 && in_ipv6 ? bytes.wire_size() : length_in_header;
  append_length(in, length_in_header, total, context.is_fragment ? SIZE_MAX : bytes.wire_size());
  if (total < kHeader) return;
  const uint32_t sum = read_checksum(in, in_ipv6 && !context.is_quoted);
  const Bytes payload = bytes.first(total).from(kHeader);
  if (context.has_memory()) enter(context, payload);
  if (context.is_quoted && in.ok()) context.quoted_stream(Transport::udp);
  if (in.ok()) report_stream(in);
  if (!in.ok()) return;
  report_payload(in, payload);
  if (sum == 0 && in_ipv6) context.append_info(" [ILLEGAL CHECKSUM (0)]");
  context.pdu_line = {in.line(), &f.pdu_size};
  if (!payload.empty()) return call_payload(context, payload);
  if (total > kHeader) in.skip(1);
}

}  // namespace
}  // namespace udp

void call_whoever_recognises(Context& context, Bytes payload) {
  for (const Protocol* protocol : all_protocols())
    if (protocol->recognise_datagram != nullptr && protocol->recognise_datagram(payload))
      return context.call(*protocol, payload);
  udp::require_captured(context, payload, udp::kNeededToRecognise);
  dissect_data(context, payload);
}

const Protocol udp_protocol{.filter_name = "udp",
                            .column_name = "UDP",
                            .title = "User Datagram Protocol",
                            .fields = listed<udp::f>,
                            .claims = udp::kClaims,
                            .dissect = udp::dissect,
                            .holds_own_fields_only = true};

}  // namespace tracedrop::dissect
