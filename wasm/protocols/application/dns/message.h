// A message of DNS, mDNS or LLMNR.
#pragma once

#include "protocols/application/dns/exchange.h"

namespace tracedrop::dissect::dns {

/// Dissects one and describes it in `info`, unless that is null. Over TCP, `with_length` is the message with the length
/// before it, for the tree.
void dissect_message(Context& context, const Protocol& protocol, Bytes message, std::string* info,
                     const Exchange& exchange, Bytes with_length = {nullptr, 0});

}  // namespace tracedrop::dissect::dns
