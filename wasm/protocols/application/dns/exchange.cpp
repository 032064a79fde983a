// Queries and responses have an id in common (RFC 1035, section 4.1.1), which is used again and again: a response
// belongs to the latest query of its conversation. A query that is repeated before it was answered, within 5 seconds,
// is the same one, as in Wireshark.
#include "protocols/application/dns/exchange.h"

#include "base/hash.h"
#include "dissect/state.h"
#include "protocols/application/dns/fields.h"

namespace tracedrop::dissect::dns {

namespace {

constexpr uint16_t kResponse = 0x8000;
constexpr int64_t kRetransmissionNs = 5'000'000'000;

/// For a replay only: reading forgets queries when they are answered.
struct Exchanges : ProtocolState {
  struct Pair {
    uint32_t query = 0, response = 0;
    int64_t asked_ns = 0;
  };
  std::unordered_map<uint64_t, Pair, KeyedHash> pairs;
};

uint64_t key_of(const Context& context, uint16_t id, bool is_response, Pairing pairing) {
  if (pairing == Pairing::conversation) return hash_mix(hash_mix(context.row.flow >> 1, id), 53);
  const AddressBytes& client = is_response ? context.destination : context.source;
  const uint16_t port = is_response ? context.destination_port : context.source_port;
  return hash_mix(hash_bytes(client.raw.text()), uint64_t{port} << 16 | id);
}

void join(Context& context, uint64_t key, bool is_response) {
  State& state = *context.state();
  if (is_response) {
    const auto asked = state.pending.find(key);
    if (asked == state.pending.end()) return;
    state.links.emplace_back(asked->second.packet, context.index + 1);
    context.row.seq = asked->second.packet + 1;
    state.pending.erase(asked);
    return;
  }
  const auto now_ms = static_cast<uint32_t>(context.row.ts_ns >> 20);
  Pending& query = state.pending[key];
  const bool again = query.packet != kNoPacket && now_ms - query.asked_ms < (kRetransmissionNs >> 20);
  if (!again) query = {context.index, now_ms};
}

Exchange asked(Context& context, Exchanges::Pair& pair) {
  const bool is_again = pair.query != 0 && pair.response == 0 && context.row.ts_ns - pair.asked_ns < kRetransmissionNs;
  if (is_again) return {.is_known = true, .original = pair.query};
  pair = {context.index + 1, 0, context.row.ts_ns};
  return {.is_known = true, .partner = context.link()};
}

Exchange answered(Context& context, Exchanges& memory, uint64_t key) {
  const auto found = memory.pairs.find(key);
  if (found == memory.pairs.end()) return {.is_known = true};
  Exchanges::Pair& pair = found->second;
  if (pair.response != 0) return {.is_known = true, .original = pair.response};
  pair.response = context.index + 1;
  return {.is_known = true, .partner = pair.query, .time_ns = context.row.ts_ns - pair.asked_ns};
}

Exchange recall(Context& context, uint64_t key, bool is_response) {
  if (context.is_reading()) return {};
  auto& memory = context.state()->of<Exchanges>();
  return is_response ? answered(context, memory, key) : asked(context, memory.pairs[key]);
}

}  // namespace

Exchange match(Context& context, Bytes message, Pairing pairing) {
  if (context.is_quoted) return {.is_known = true};  // what an error quotes is nobody's question, nor its answer
  if (!context.has_memory() || !message.has(0, 4)) return {};
  const bool is_response = (message.be16(2) & kResponse) != 0;
  const uint64_t key = key_of(context, message.be16(0), is_response, pairing);
  join(context, key, is_response);
  return recall(context, key, is_response);
}

Exchange match_in_stream(Context& context, Bytes message) {
  if (!context.has_memory() || context.is_reading() || !message.has(0, 4)) return {};
  const bool is_response = (message.be16(2) & kResponse) != 0;
  const uint64_t key = key_of(context, message.be16(0), is_response, Pairing::conversation);
  Exchange found = recall(context, key, is_response);
  if (!is_response && found.original == 0) found.is_known = false;
  return found;
}

void report(Layer& in, const Exchange& exchange, bool is_response, uint32_t id_line) {
  if (in.tree() == nullptr || !exchange.is_known) return;
  const auto of_id = [&](const Field& field, auto... text) {
    in.tree()->set_last(id_line);
    in.expert(field, Severity::warning, ExpertGroup::protocol, text...);
  };
  if (exchange.original != 0) {
    if (is_response) {
      of_id(f.retransmit_response, "DNS response retransmission. Original response in frame ", exchange.original);
      in.conclude(f.retransmit_response_in, exchange.original, 0);
    } else {
      of_id(f.retransmit_request, "DNS query retransmission. Original request in frame ", exchange.original);
      in.conclude(f.retransmit_request_in, exchange.original, 0);
    }
    return in.conclude(f.retransmission, 1, 0);
  }
  if (exchange.partner == 0) {
    return is_response ? in.conclude(f.unsolicited, 1, 0) : of_id(f.response_missing, f.response_missing.title);
  }
  in.conclude(is_response ? f.response_to : f.response_in, exchange.partner, 0);
  if (is_response) in.conclude(f.time, static_cast<uint64_t>(exchange.time_ns), 0);
}

}  // namespace tracedrop::dissect::dns
