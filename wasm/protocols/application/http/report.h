// What a message shows: its row, and its lines for whoever asks for them.
#pragma once

#include "dissect/layer.h"
#include "protocols/application/http/head.h"
#include "protocols/application/http/media.h"

namespace tracedrop::dissect::http {

/// Sets the Protocol column and appends to `info` (when it is not null) the first line and what the body is.
void write_row(Context& context, const Protocol& protocol, std::string* info, const Head& head,
               const BodyDescription& body);

/// The request that a response answers, or the other way round.
struct Exchange {
  uint32_t request_in = 0, response_in = 0;  ///< numbers of packets; 0: unknown
  std::optional<int64_t> response_time_ns;
  std::string_view request_uri, full_uri;  ///< of the request
};

/// Event notification (UPnP): no request that a response is looked for.
bool is_notification(const Head& head);

/// "http://example.com/x" of a request's header field and its target; empty without a host.
std::string full_uri_of(const Head& head);

/// Reports the first line and the header fields, and reads them; `in` is the message.
void report_head(Layer& in, const Head& head, const Exchange& exchange);

}  // namespace tracedrop::dissect::http
