#include "protocols/internet/echo.h"

#include <cstdlib>
#include <unordered_map>

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

namespace {

/// When requests were sent, for trees.
struct Times : ProtocolState {
  std::unordered_map<PacketIndex, int64_t> asked_ns;
};

}  // namespace

void ask(Context& context, const Echo& echo) {
  context.state()->pending[key_of(context, echo)] = {context.index};
  if (State* const state = context.tree_state()) state->of<Times>().asked_ns[context.index] = context.row.ts_ns;
}

std::optional<int64_t> time_of_request(const Context& context) {
  State* const state = context.tree_state();
  if (state == nullptr || context.link() == 0) return std::nullopt;
  const auto& times = state->of<Times>().asked_ns;
  const auto found = times.find(context.link() - 1);
  return found == times.end() ? std::nullopt : std::optional(found->second);
}

void append_part(std::string& out, ThreeDigits time) {
  constexpr int64_t kHalf = 500;
  const int64_t us = (time.ns + (time.ns < 0 ? -kHalf : kHalf)) / 1000;
  if (us < 0) out += '-';
  append_number(out, std::abs(us) / 1000);
  out += '.';
  append_padded(out, static_cast<uint64_t>(std::abs(us) % 1000), 3);
}

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
