#include "dissect/ether_type.h"

#include "base/text.h"

namespace tracedrop::dissect {

namespace {

constexpr uint16_t kLongestFrame = 1500;  // IEEE 802.3, section 3.2.6: between it and kFirstEtherType nothing is defined

void name_unknown_type(Context& context, uint16_t type) {
  if (context.first_pass()) {
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

}  // namespace

void call_ether_type(Context& context, uint16_t type, Bytes payload) {
  if (is_of_type(type, payload) && context.call(Table::ether_type, type, payload)) return;
  name_unknown_type(context, type);
}

void call_type_or_length(Context& context, uint16_t type_or_length, Bytes payload) {
  if (type_or_length >= kFirstEtherType || type_or_length == 0) return call_ether_type(context, type_or_length, payload);
  if (type_or_length > kLongestFrame) return name_invalid_type(context, type_or_length);
  context.call(Table::ether_type, kLlcPayload, payload.first(type_or_length));
}

}  // namespace tracedrop::dissect
