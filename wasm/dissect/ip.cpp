#include "dissect/ip.h"

#include "base/text.h"

namespace tracedrop::dissect {

void call_ip_protocol(Context& context, uint8_t protocol, Bytes payload) {
  if (context.call(Table::ip_protocol, protocol, payload)) return;
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  const std::string_view name = name_of(kIpProtocolNames, protocol);
  out = name.empty() ? "Unassigned" : name;
  out += " (";
  append_number(out, protocol);
  out += ')';
}

void dissect_fragment(Context& context, const Fragment& fragment, Bytes) {
  if (context.info() == nullptr) return;
  std::string& out = *context.info();
  out = "Fragmented IP protocol (proto=";
  out += name_of(kIpProtocolNames, fragment.protocol);
  out += ' ';
  append_number(out, fragment.protocol);
  out += ", off=";
  append_number(out, fragment.at);
  out += ", ID=";
  append_hex(out, fragment.id, fragment.id_digits);
  out += ')';
}

}  // namespace tracedrop::dissect
