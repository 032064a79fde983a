// Domain Name System, RFC 1035, section 4.1, and what shares its format: multicast DNS (RFC 6762) and LLMNR (RFC 4795).
// Over TCP each message is preceded by its length (2).
#include "protocols/application/dns/fields.h"
#include "protocols/application/dns/message.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace dns {

namespace {

constexpr size_t kLengthPrefix = 2;
constexpr size_t kIdAndFlags = 4;
constexpr uint16_t kResponse = 0x8000;

constexpr Claim kDnsClaims[] = {{udp_ports, 53}, {tcp_ports, 53}, {tcp_ports, 5353}};
constexpr Claim kMdnsClaims[] = {{udp_ports, 5353}};
constexpr Claim kLlmnrClaims[] = {{udp_ports, 5355}};

void dissect_datagram(Context& context, const Protocol& protocol, Bytes bytes) {
  context.set_protocol(protocol);
  const Exchange exchange =
      match(context, bytes, &protocol == &llmnr_protocol ? Pairing::client : Pairing::conversation);
  std::string* info = context.info();
  Tree* const tree = context.tree();
  if (info == nullptr && tree == nullptr) {
    if (bytes.has(0, kIdAndFlags)) context.enter_layer(protocol);
    return;
  }
  if (info != nullptr) info->clear();
  if (!bytes.has(0, kIdAndFlags)) context.want_tree(nullptr);  // Wireshark shows no layer that has no flags
  dissect_message(context, protocol, bytes, info, exchange);
  context.want_tree(tree);
}

void dissect_dns(Context& context, Bytes bytes) { dissect_datagram(context, dns_protocol, bytes); }
void dissect_mdns(Context& context, Bytes bytes) { dissect_datagram(context, mdns_protocol, bytes); }
void dissect_llmnr(Context& context, Bytes bytes) { dissect_datagram(context, llmnr_protocol, bytes); }

StreamResult dissect_stream(Context& context, Bytes bytes) {
  StreamResult result;
  while (result.used < bytes.wire_size()) {
    const Bytes rest = bytes.from(result.used);
    if (rest.wire_size() < kLengthPrefix) {
      result.message_len = StreamResult::kOneMoreSegment;
      return result;
    }
    const size_t length = kLengthPrefix + rest.be16(0);
    if (length > rest.wire_size()) {
      result.message_len = length;
      return result;
    }
    context.set_protocol(dns_protocol);
    context.keep_info("");
    const Bytes message = rest.first(length).from(kLengthPrefix);
    const Exchange exchange = match_in_stream(context, message);
    context.report_pdu(rest.first(length));
    dissect_message(context, dns_protocol, message, &context.keep_info(), exchange, rest.first(length));
    result.used += length;
  }
  return result;
}

/// On ports that nobody claims, Wireshark takes a datagram for DNS when its header is plausible for its length.
bool recognise(Bytes payload) {
  constexpr size_t kHeader = 12, kMinQuestion = 6, kMinRecord = 11, kMaxAnswers = 100, kMaxRecords = 10;
  if (!payload.has(0, kHeader)) return false;
  const uint16_t flags = payload.be16(2);
  const size_t questions = payload.be16(4), answers = payload.be16(6), authorities = payload.be16(8),
               more = payload.be16(10);
  if ((flags >> 11 & 15) != 0 || questions > 1 || answers > kMaxAnswers || authorities > kMaxRecords ||
      more > kMaxRecords)
    return false;
  const bool is_response = (flags & kResponse) != 0;
  if (!is_response && (questions != 1 || answers != 0 || authorities != 0)) return false;
  if (is_response && questions == 0 && answers == 0) return false;
  return kHeader + kMinQuestion * questions + kMinRecord * (answers + authorities + more) <= payload.wire_size();
}

}  // namespace
}  // namespace dns

const Protocol dns_protocol{.filter_name = "dns",
                            .column_name = "DNS",
                            .title = "Domain Name System",
                            .fields = listed<dns::f>,
                            .claims = dns::kDnsClaims,
                            .dissect = dns::dissect_dns,
                            .dissect_stream = dns::dissect_stream,
                            .recognise_datagram = dns::recognise,
                            .owns_ports = true};
// (Their messages are DNS's, fields and all.)
const Protocol mdns_protocol{"mdns",         "MDNS",           "Multicast Domain Name System",
                             listed<dns::f>, dns::kMdnsClaims, dns::dissect_mdns};
const Protocol llmnr_protocol{"llmnr",        "LLMNR",           "Link-local Multicast Name Resolution",
                              listed<dns::f>, dns::kLlmnrClaims, dns::dissect_llmnr};

}  // namespace tracedrop::dissect
