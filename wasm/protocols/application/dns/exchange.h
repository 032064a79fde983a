// Which query a response answers, and which of them were sent again.
#pragma once

#include "dissect/context.h"
#include "dissect/layer.h"

namespace tracedrop::dissect::dns {

/// How a message's other half is found: by what else than its id.
enum class Pairing : uint8_t {
  conversation,
  client,  ///< LLMNR: queries go to a group, whose members answer
};

/// What other messages tell of one, in a replay. Numbers are those of packets; 0: none.
struct Exchange {
  bool is_known = false;
  uint32_t original = 0;  ///< the first of messages that were sent again
  uint32_t partner = 0;   ///< of a query its response, of a response its query
  int64_t time_ns = 0;    ///< from the query to the response
};

/// Remembers a message, and joins those that belong together.
Exchange match(Context& context, Bytes message, Pairing pairing);
/// The same over TCP, where rows have other links: a query's response is not known.
Exchange match_in_stream(Context& context, Bytes message);

/// Lines about what was found; `id_line` is the transaction id's.
void report(Layer& in, const Exchange& exchange, bool is_response, uint32_t id_line);

}  // namespace tracedrop::dissect::dns
