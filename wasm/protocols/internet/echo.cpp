#include "protocols/internet/echo.h"

#include "base/hash.h"
#include "base/text.h"
#include "dissect/state.h"

namespace tracedrop::dissect {

namespace {

/// Both directions of a conversation have one key, so that the reply finds its request.
uint64_t key_of(Context& context, const Echo& echo) {
  const Flow flow = context.state()->flows.find(Transport::none, context.source, 0, context.destination, 0);
  context.row.flow = flow.id();
  return hash_mix(uint64_t{flow.conversation} << 16 | echo.reply_checksum, uint64_t{echo.id_and_sequence} << 1);
}

}  // namespace

uint16_t reply_checksum(uint16_t request_checksum, uint8_t request_type, uint8_t reply_type) {
  uint32_t sum = static_cast<uint16_t>(~request_checksum);
  sum += static_cast<uint16_t>(~(request_type << 8));
  sum += static_cast<uint32_t>(reply_type) << 8;
  while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
  const auto reply = static_cast<uint16_t>(~sum);
  return reply == 0 ? 0xFFFF : reply;
}

void ask(Context& context, const Echo& echo) { context.state()->pending[key_of(context, echo)] = {context.index}; }

void answer(Context& context, const Echo& echo) {
  State& state = *context.state();
  const auto found = state.pending.find(key_of(context, echo));
  if (found == state.pending.end()) return;
  context.row.link = found->second.packet + 1;
  state.links.emplace_back(found->second.packet, context.index + 1);
  state.pending.erase(found);
}

void append_echo_link(std::string& out, const Context& context, bool is_request) {
  if (context.link() == 0) {
    if (is_request) out += " (no response found!)";
    return;
  }
  out += is_request ? " (reply in " : " (request in ";
  append_number(out, context.link());
  out += ')';
}

}  // namespace tracedrop::dissect
