// What IPv4 and IPv6 share: protocol numbers, and the way to the next layer.
#pragma once

#include "dissect/context.h"
#include "protocols/internet/ip_protocol_names.h"

namespace tracedrop::dissect {

/// The name of a protocol number; "Unassigned" and "Unknown" where it has none.
std::string_view ip_protocol_name(uint8_t protocol);

/// Hands `payload` to who claims the protocol number; where nobody does, the row names it.
void call_ip_protocol(Context& context, uint8_t protocol, Bytes payload);

/// What trees show where IPv6 was announced and another version found: a layer of IPv6 that says so, and no more.
void report_other_version(Context& context, Bytes packet);

}  // namespace tracedrop::dissect
