#include "protocols/application/sip/exchange.h"

namespace tracedrop::dissect::sip {

namespace {

void append_endpoint(std::string& key, const AddressBytes& address, uint16_t port) {
  key += address.raw.text();
  key += static_cast<char>(port >> 8);
  key += static_cast<char>(port & 0xFF);
}

/// As in Wireshark seconds and nanoseconds are subtracted each, and the latter rounded towards zero.
uint32_t milliseconds_between(int64_t from_ns, int64_t to_ns) {
  constexpr int64_t kSecond = 1'000'000'000, kMs = 1'000'000;
  return static_cast<uint32_t>((to_ns / kSecond - from_ns / kSecond) * 1000 +
                               (to_ns % kSecond - from_ns % kSecond) / kMs);
}

}  // namespace

Relation Calls::relate(const Context& context, const Message& message) {
  Relation found;
  if (!message.has_call_id || message.cseq_method.empty()) return found;
  std::string there, back;
  append_endpoint(there, context.source, context.source_port);
  append_endpoint(there, context.destination, context.destination_port);
  append_endpoint(back, context.destination, context.destination_port);
  append_endpoint(back, context.source, context.source_port);
  there += message.call_id;
  back += message.call_id;
  const uint32_t number = context.index + 1;
  const int64_t now = context.row.ts_ns;

  Transaction& mine = all_[there];
  const bool is_new = mine.method.empty();
  const auto answers = [&](const Transaction& asked) {
    found.request = asked.packet;
    found.time_ms = milliseconds_between(asked.asked_ns, now);
  };
  const bool is_ack = message.is_request && message.method == "ACK";
  if (is_ack && mine.packet != 0) answers(mine);
  if (is_new || mine.cseq != message.cseq) {
    mine.stage = Transaction::Stage::none;
    mine.cseq = message.cseq;
    mine.method = message.cseq_method;
    mine.code = mine.packet = 0;
  }
  const bool is_same = mine.method == message.cseq_method;
  if (message.is_request) {
    if (!is_ack && mine.stage == Transaction::Stage::asked && is_same) {
      found.original = mine.packet;
    } else {
      mine.stage = Transaction::Stage::asked;
      mine.packet = number;
      mine.asked_ns = now;
    }
    return found;
  }
  if (mine.stage == Transaction::Stage::final && is_same && mine.code == message.code) {
    found.original = mine.packet;
  } else if (message.code >= 200) {
    mine.stage = Transaction::Stage::final;
    mine.code = message.code;
    mine.packet = number;
  } else {
    mine.stage = Transaction::Stage::provisional;
  }
  const auto asked = all_.find(back);
  if (asked != all_.end() && asked->second.stage == Transaction::Stage::asked && asked->second.cseq == message.cseq &&
      asked->second.method == message.cseq_method)
    answers(asked->second);
  return found;
}

}  // namespace tracedrop::dissect::sip
