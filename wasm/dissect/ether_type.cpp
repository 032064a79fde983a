#include "dissect/ether_type.h"

#include "base/text.h"

namespace tracedrop::dissect {

void call_ether_type(Context& context, uint16_t type, Bytes payload, std::string_view carrier) {
  if (context.call(Table::ether_type, type, payload)) return;
  if (context.first_pass()) {
    std::string name = "0x";
    append_hex(name, type, 4);
    context.set_protocol_text(name);
  }
  if (context.info() != nullptr) *context.info() = carrier;
}

}  // namespace tracedrop::dissect
