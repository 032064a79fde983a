#include "protocols/link/ether_type.h"

#include "base/text.h"
#include "protocols/internet/ip.h"
#include "protocols/list.h"
#include "protocols/tables.h"

namespace tracedrop::dissect {

namespace {

void name_unknown_type(Context& context, uint16_t type) {
  if (context.has_memory()) {
    std::string number = "0x";
    append_hex(number, type, 4);
    context.set_protocol_text(number);
  }
  const std::string_view name = name_of(kEtherTypeNames, type);
  if (!name.empty()) context.set_info(name);
}

/// IPv6 is told by its version too: under its EtherType, anything else is left alone.
bool is_of_type(uint16_t type, Bytes payload) {
  return type != kIpv6Type || payload.empty() || payload.u8(0) >> 4 == 6;
}

/// How long an IP packet says it is; as long as it is here when its header cannot be.
size_t claimed_ip_len(Bytes packet) {
  constexpr size_t kIpv6Header = 40;
  const unsigned version = packet.u8(0) >> 4;
  const size_t header = size_t{packet.u8(0)} % 16 * 4, total = packet.be16(2);
  if (version == 6) return kIpv6Header + packet.be16(4);
  return version != 4 || header < 20 || total < header ? packet.wire_size() : total;
}

size_t labels_len(Bytes packet) {
  constexpr uint32_t kBottom = 0x100;
  size_t at = 0;
  while (packet.has(at, 4) && (packet.be32(at) & kBottom) == 0) at += 4;
  return at + 4;
}

/// How long a packet says it is.
size_t claimed_len(uint16_t type, Bytes packet) {
  constexpr uint16_t kArpType = 0x0806, kReverseArpType = 0x8035, kMpls = 0x8847, kMplsMulticast = 0x8848;
  constexpr size_t kArpHeader = 8;
  switch (type) {
    case kIpv4Type:
    case kIpv6Type: return claimed_ip_len(packet);
    case kArpType:
    case kReverseArpType: return kArpHeader + 2 * (size_t{packet.u8(4)} + packet.u8(5));
    case kMpls:
    case kMplsMulticast: {
      const size_t labels = labels_len(packet);
      return labels + claimed_ip_len(packet.from(labels));
    }
    default: return packet.wire_size();
  }
}

}  // namespace

void call_by_ether_type(Context& context, uint16_t type, Bytes payload) {
  if (is_of_type(type, payload) && context.call(ether_types, type, payload)) return;
  if (!is_of_type(type, payload)) report_other_version(context, payload);
  name_unknown_type(context, type);
}

void call_ether_type(Context& context, uint16_t type, Bytes payload) {
  context.enter_layer(ether_type_protocol);
  call_by_ether_type(context, type, payload);
}

void call_ether_type(Layer& in, const Field& trailer, CheckSequence check, uint16_t type) {
  const Bytes payload = in.rest();
  call_ether_type(in.context(), type, payload);
  if (is_of_type(type, payload))
    dissect_trailer(in, {trailer, check, ether_type_protocol}, payload, claimed_len(type, payload));
}

void call_llc(Layer& in, const Field& past_end, const Trailer& trailer, size_t length) {
  const Bytes payload = in.rest();
  if (length > payload.wire_size()) in.expert(past_end, Severity::error, ExpertGroup::malformed, past_end.title);
  in.context().call(ether_types, kLlcPayload, payload.first(length));
  dissect_trailer(in, trailer, payload, length);
}

/// Layers that are no line of the tree: the dispatch by EtherType, and a trailer of the Parallel Redundancy Protocol
/// (IEC 62439-3), which is named only where it cannot be one.
const Protocol ether_type_protocol{.filter_name = "ethertype", .column_name = "Ethertype", .title = "Ethertype"};
const Protocol redundancy_trailer_protocol{
    .filter_name = "prp", .column_name = "PRP", .title = "Parallel Redundancy Protocol (IEC62439 Part 3)"};

}  // namespace tracedrop::dissect
