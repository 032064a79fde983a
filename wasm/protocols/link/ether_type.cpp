#include "protocols/link/ether_type.h"

#include "base/text.h"
#include "protocols/internet/ip.h"
#include "protocols/tables.h"

namespace tracedrop::dissect {

namespace {

constexpr uint16_t kLongestFrame =
    1500;  // IEEE 802.3, section 3.2.6: between it and kFirstEtherType nothing is defined

void name_unknown_type(Context& context, uint16_t type) {
  if (context.has_memory()) {
    std::string number = "0x";
    append_hex(number, type, 4);
    context.set_protocol_text(number);
  }
  const std::string_view name = name_of(kEtherTypeNames, type);
  if (!name.empty()) context.set_info(name);
}

void name_invalid_type(Context& context, uint16_t type) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = "Ethernet Unknown: Invalid length/type: 0x";
  append_hex(out, type, 4);
  out += " (";
  append_number(out, type);
  out += ')';
}

/// IPv6 is told by its version too: under its EtherType, anything else is left alone.
bool is_of_type(uint16_t type, Bytes payload) {
  return type != kIpv6Type || payload.empty() || payload.u8(0) >> 4 == 6;
}

/// How long a packet says it is.
size_t claimed_len(uint16_t type, Bytes packet) {
  constexpr uint16_t kArpType = 0x0806;
  constexpr size_t kIpv6Header = 40, kArpHeader = 8;
  switch (type) {
    case kIpv4Type: return packet.be16(2) == 0 ? packet.wire_size() : packet.be16(2);
    case kIpv6Type: return kIpv6Header + packet.be16(4);
    case kArpType: return kArpHeader + 2 * (size_t{packet.u8(4)} + packet.u8(5));
    default: return packet.wire_size();
  }
}

/// Wireshark looks into what follows a packet: zeros fill the frame up to the least length of Ethernet, the rest is a
/// trailer, which it finds malformed when it has 3 bytes, and cut short when it is long and was not captured to its
/// end.
void check_trailer(Context& context, Bytes trailer, size_t padding_limit) {
  constexpr size_t kMalformedTrailer = 3, kShortTrailer = 14;
  if (trailer.empty() || context.shortage != Shortage::none) return;
  size_t zeros = 0;
  while (zeros < std::min(padding_limit, trailer.size()) && trailer.u8(zeros) == 0) ++zeros;
  const bool is_cut = trailer.size() < trailer.wire_size();
  const size_t rest = trailer.wire_size() - zeros;
  const bool ends_in_padding = zeros == trailer.size() && zeros < padding_limit;
  const bool is_long = padding_limit > 0 && rest > kShortTrailer;
  if (is_cut && (ends_in_padding || is_long)) context.shortage = Shortage::snapped;
  if (!is_cut && rest == kMalformedTrailer) context.shortage = Shortage::malformed;
}

}  // namespace

void call_ether_type(Context& context, uint16_t type, Bytes payload) {
  if (is_of_type(type, payload) && context.call(ether_types, type, payload)) return;
  if (!is_of_type(type, payload)) report_other_version(context, payload);
  name_unknown_type(context, type);
}

void call_type_or_length(Context& context, uint16_t type_or_length, Bytes payload, size_t header_len) {
  constexpr size_t kLeastFrame = 60;
  if (type_or_length > kLongestFrame && type_or_length < kFirstEtherType)
    return name_invalid_type(context, type_or_length);
  if (type_or_length < kFirstEtherType && type_or_length > 0) {
    context.call(ether_types, kLlcPayload, payload.first(type_or_length));
    return;
  }
  call_ether_type(context, type_or_length, payload);
  const size_t used = claimed_len(type_or_length, payload);
  const size_t filled = header_len + used;
  if (used < payload.size())
    check_trailer(context, payload.from(used), filled < kLeastFrame ? kLeastFrame - filled : 0);
}

}  // namespace tracedrop::dissect
