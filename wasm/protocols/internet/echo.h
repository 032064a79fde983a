// Echo requests and their replies, of ICMP and ICMPv6: who answered whom.
#pragma once

#include <optional>

#include "dissect/context.h"

namespace tracedrop::dissect {

/// What a request and its reply have in common, besides their addresses.
struct Echo {
  uint32_t id_and_sequence = 0;
  /// Checksum of the reply: it covers the data that were sent there and back.
  uint16_t reply_checksum = 0;
};

/// The checksum that the reply to a request has, as only the type differs (RFC 1624).
uint16_t reply_checksum(uint16_t request_checksum, uint8_t request_type, uint8_t reply_type);

/// First pass: a request waits for its reply; one that waited with the same numbers has lost.
void ask(Context& context, const Echo& echo);
/// First pass: a reply links itself and its request, unless another one did.
void answer(Context& context, const Echo& echo);

/// What trees show of a reply: when its request was sent, where that is remembered.
std::optional<int64_t> time_of_request(const Context& context);

/// Nanoseconds as milliseconds with three digits behind the point: "0.251".
struct ThreeDigits {
  int64_t ns;
};
void append_part(std::string& out, ThreeDigits time);

/// " (reply in 2)", " (request in 1)", " (no response found!)".
void append_echo_link(std::string& out, const Context& context, bool is_request);

}  // namespace tracedrop::dissect
